import type { ArtifactInfo } from '../../contract/artifact.ts';
import { slotName } from '../../i18n/slot-name.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { AnswerItem, Basis, Block, Cell } from '../blocks.ts';
import { escapeHtml } from './escape.ts';
import { utcTime } from './time.ts';

export interface BlockContext {
  readonly t: Translate;
  readonly dataVersion: number;
  /** The printed number of a figure, e.g. `Table 3`, and its place in the document. */
  figure(block: Block): { readonly name: string; readonly anchor: string };
}

const SHORT_HASH = 8;

/** Where the appendix tells about an artifact. */
export function artifactAnchor(id: string): string {
  return `a-${id}`;
}

export function artifactLink({ id }: ArtifactInfo, text: string, className = ''): string {
  const kind = className === '' ? '' : ` class="${className}"`;
  return `<a${kind} href="#${escapeHtml(artifactAnchor(id))}">${text}</a>`;
}

export function renderBlock(block: Block, context: BlockContext): string {
  switch (block.type) {
    case 'heading':
      return `<h4>${escapeHtml(block.text)}</h4>`;
    case 'paragraph':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'answer':
      return `<ul class="answer">${block.items.map((item) => renderAnswer(item, context.t)).join('')}</ul>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
    case 'note':
      return `<p class="note note-${block.tone}">${escapeHtml(block.text)}</p>`;
    case 'comment':
      return `<div class="comment"><strong>${escapeHtml(commentTitle(block.author, context.t))}</strong>${escapeHtml(block.text)}</div>`;
    case 'table':
      return figure(block, context, 'table', renderTable(block, context.t));
    case 'chart':
      return figure(block, context, 'chart', block.svg);
    case 'quotes':
      return figure(block, context, 'quotes', block.quotes.map(renderQuote).join(''));
    case 'facts': {
      const [source] = block.basis.sources;
      const items = block.items.map(
        ({ name, value }) => `<div><dt>${escapeHtml(name)}</dt><dd>${renderCell(value, source, context.t)}</dd></div>`,
      );
      return `<figure class="facts-figure"><dl class="facts">${items.join('')}</dl>${basisLine(block.basis, context)}</figure>`;
    }
  }
}

function renderAnswer({ text, source }: AnswerItem, t: Translate): string {
  if (source === null) return `<li class="muted">${escapeHtml(text)}</li>`;
  return `<li>${artifactLink(source, escapeHtml(text))}${staleMark(t, [source])}</li>`;
}

function commentTitle(author: string, t: Translate): string {
  return author === '' ? t('report.sheet.comment') : t('report.sheet.commentBy', { author });
}

function figure(
  block: Extract<Block, { caption: string }>,
  context: BlockContext,
  className: string,
  content: string,
): string {
  const { name, anchor } = context.figure(block);
  const caption = `${escapeHtml(name)}　${escapeHtml(block.caption)}${staleMark(context.t, block.basis.sources)}`;
  return `<figure class="${className}" id="${anchor}"><figcaption>${caption}</figcaption>${content}${basisLine(block.basis, context)}</figure>`;
}

function renderTable(block: Extract<Block, { type: 'table' }>, t: Translate): string {
  const [source] = block.basis.sources;
  const head = block.columns.map(
    ({ title, align }) => `<th scope="col"${align === 'right' ? ' class="number"' : ''}>${escapeHtml(title)}</th>`,
  );
  const rows = block.rows.map((cells) => {
    const written = cells.map((cell, index) => {
      const isRight = block.columns[index]?.align === 'right';
      return `<td${isRight ? ' class="number"' : ''}>${renderCell(cell, source, t)}</td>`;
    });
    return `<tr>${written.join('')}</tr>`;
  });
  return `<table><thead><tr>${head.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
}

function renderCell(cell: Cell, source: ArtifactInfo, t: Translate): string {
  if (typeof cell === 'string') return escapeHtml(cell);
  if ('tag' in cell) return `<span class="tag tag-${cell.tone}">${escapeHtml(cell.tag)}</span>`;
  if (cell.value === null) return `<span class="muted">${escapeHtml(t('report.sheet.notMeasured'))}</span>`;
  const from = cell.source ?? source;
  const interval = cell.interval === undefined ? '' : ` <span class="interval">${escapeHtml(cell.interval)}</span>`;
  const bar =
    cell.bar === undefined
      ? ''
      : `<span class="bar" style="width:${(Math.max(0, Math.min(1, cell.bar)) * 100).toFixed(1)}%"></span>`;
  const number = artifactLink(from, `<data value="${cell.value}">${escapeHtml(cell.text)}</data>`, 'number');
  return `${number}${interval}${bar}`;
}

function renderQuote({ text, source }: { readonly text: string; readonly source: string }): string {
  return `<blockquote><p>${escapeHtml(text)}</p><footer>${escapeHtml(source)}</footer></blockquote>`;
}

export function staleMark(t: Translate, sources: readonly ArtifactInfo[]): string {
  return sources.some(({ stale }) => stale.length > 0)
    ? ` <span class="stale">▲ ${escapeHtml(t('report.sheet.stale'))}</span>`
    : '';
}

/** n, interval, method, and for each source its version, hash, seed and time: what makes a figure answerable. */
function basisLine(basis: Basis, { t, dataVersion }: BlockContext): string {
  const sources = basis.sources.map(
    (source) =>
      `${artifactLink(
        source,
        escapeHtml(
          [
            slotName(t, source.slot),
            t('report.sheet.basisVersion', { version: source.version }),
            `#${source.hash.slice(0, SHORT_HASH)}`,
          ].join(' '),
        ),
      )}${staleMark(t, [source])} · ${escapeHtml(
        [
          t('report.sheet.basisSeed', { seed: String(source.seed) }),
          t('report.sheet.time', { time: utcTime(source.createdAt) }),
        ].join(' · '),
      )}`,
  );
  const words = [
    basis.n === null ? t('report.sheet.basisNone') : t('report.sheet.basisN', { n: basis.n }),
    t('report.sheet.basisInterval', { interval: basis.interval }),
    t('report.sheet.basisMethod', { method: basis.method }),
  ].map(escapeHtml);
  const all = [...words, ...sources, escapeHtml(t('report.sheet.basisData', { version: String(dataVersion) }))];
  return `<p class="basis">${all.join(' · ')}</p>`;
}
