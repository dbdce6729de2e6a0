import { slotName } from '../../i18n/slot-name.ts';
import type { Translate } from '../../i18n/translate.ts';
import { type Block, isFigure } from '../blocks.ts';
import type { ReportModel } from '../build-report.ts';
import type { ReportInput } from '../input.ts';
import { reportTermsZhCN } from '../texts/terms.zh-CN.ts';
import { type PrintedFigure, renderAppendix } from './appendix.ts';
import { escapeHtml } from './escape.ts';
import { REPORT_POLICY } from './policy.ts';
import { type BlockContext, renderBlock } from './render-block.ts';
import { REPORT_STYLE } from './style.ts';
import { utcTime } from './time.ts';

const TERMS = Object.keys(reportTermsZhCN) as (keyof typeof reportTermsZhCN)[];

/** One HTML file that stands alone: no script, no external resource. */
export function renderReport(model: ReportModel, input: ReportInput, t: Translate): string {
  const { choice, project } = input;
  const figures = new Map<Block, PrintedFigure>();
  const printed = new Map<string, PrintedFigure[]>();
  for (const block of model.stages.flatMap(({ sections }) => sections.flatMap(({ blocks }) => blocks))) {
    if (!isFigure(block) || block.type === 'facts') continue;
    const number = figures.size + 1;
    const kind = block.type === 'table' ? 'table' : block.type === 'chart' ? 'chart' : 'quote';
    const figure = { name: t(`report.sheet.${kind}`, { number }), anchor: `f-${number}` };
    figures.set(block, figure);
    for (const { id } of block.basis.sources) printed.set(id, [...(printed.get(id) ?? []), figure]);
  }
  const context: BlockContext = {
    t,
    dataVersion: project.dataVersion,
    figure: (block) => figures.get(block) ?? { name: '', anchor: '' },
  };
  const blocksHtml = (blocks: readonly Block[]) => blocks.map((block) => renderBlock(block, context)).join('\n');
  const stageHtml = model.stages.map(
    ({ stage, sections }) =>
      `<section class="stage" id="s-${stage}"><h2>${escapeHtml(t(`stage.${stage}.name`))}</h2><p class="lead">${escapeHtml(t(`stage.${stage}.about`))}</p>
${sections
  .map(
    ({ id, title, lead, blocks }) =>
      `<section class="part" id="s-${escapeHtml(id.replace('.', '-'))}"><h3>${escapeHtml(title)}</h3><p class="lead">${escapeHtml(lead)}</p>\n${blocksHtml(blocks)}</section>`,
  )
  .join('\n')}</section>`,
  );
  const terms = TERMS.map(
    (term) =>
      `<dt>${escapeHtml(t(`report.terms.${term}.name`))}</dt><dd>${escapeHtml(t(`report.terms.${term}.what`))}</dd>`,
  );
  const { audit } = input;
  return `<!doctype html>
<html lang="${choice.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(REPORT_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(model.title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
${frontPage(model, input, t, blocksHtml)}
${stageHtml.join('\n')}
<section class="chapter" id="methods"><h2>${escapeHtml(t('report.sheet.methods'))}</h2><p class="lead">${escapeHtml(t('report.sheet.methodsLead'))}</p><dl class="facts-of">${terms.join('')}</dl></section>
<section class="chapter" id="chain"><h2>${escapeHtml(t('report.sheet.chain'))}</h2><p class="lead">${escapeHtml(t('report.sheet.chainLead'))} <a class="back" href="#contents">${escapeHtml(t('report.sheet.back'))}</a></p>
${renderAppendix(input, t, printed)}</section>
<section class="part" id="audit"><h2>${escapeHtml(t('report.sheet.audit'))}</h2><p>${escapeHtml(t(audit.intact ? 'report.sheet.auditIntact' : 'report.sheet.auditBroken', { count: audit.entries }))}</p><p>${escapeHtml(t('report.sheet.offline'))}</p></section>
</body>
</html>
`;
}

function frontPage(
  model: ReportModel,
  { choice, project, madeAt, appVersion }: ReportInput,
  t: Translate,
  blocksHtml: (blocks: readonly Block[]) => string,
): string {
  const facts: readonly (readonly [string, string])[] = [
    ...(project.customer === '' ? [] : [[t('report.sheet.customer'), project.customer] as const]),
    ...(project.period === '' ? [] : [[t('report.sheet.period'), project.period] as const]),
    ...(choice.author === '' ? [] : [[t('report.sheet.author'), choice.author] as const]),
    [t('report.sheet.madeAt'), t('report.sheet.time', { time: utcTime(madeAt) })],
    [t('report.sheet.dataVersion'), `D${project.dataVersion}`],
    [t('report.sheet.software'), t('report.sheet.softwareName', { version: appVersion })],
  ];
  const separator = t('list.separator');
  const missing = model.missing
    .map(({ stage, steps }) =>
      t('report.sheet.stageSteps', { stage: t(`stage.${stage}.name`), steps: steps.join(separator) }),
    )
    .join('; ');
  const state: readonly Block[] = [
    model.staleSlots.length === 0
      ? { type: 'paragraph', text: t('report.sheet.stateGood') }
      : {
          type: 'note',
          tone: 'attention',
          text: t('report.sheet.stateStale', {
            count: model.staleSlots.length,
            slots: model.staleSlots.map((slot) => slotName(t, slot)).join(separator),
          }),
        },
    ...(missing === ''
      ? []
      : [{ type: 'note', tone: 'missing', text: t('report.sheet.stateMissing', { steps: missing }) } as const]),
  ];
  const contents = [
    ...model.stages.map(
      ({ stage, sections }) =>
        `<li><a href="#s-${stage}">${escapeHtml(t(`stage.${stage}.name`))}</a><ol>${sections
          .map(({ id, title }) => `<li><a href="#s-${escapeHtml(id.replace('.', '-'))}">${escapeHtml(title)}</a></li>`)
          .join('')}</ol></li>`,
    ),
    ...(['methods', 'chain', 'audit'] as const).map(
      (id) => `<li><a href="#${id}">${escapeHtml(t(`report.sheet.${id}`))}</a></li>`,
    ),
  ];
  return `<header>
<p class="kicker">${escapeHtml(t('report.sheet.subtitle'))}</p>
<h1>${escapeHtml(model.title)}</h1>
${project.sample ? `<p class="note note-attention">${escapeHtml(t('report.sheet.sample'))}</p>` : ''}
<dl class="facts-of">${facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>
</header>
<section id="answer"><h2>${escapeHtml(t('report.sheet.answer'))}</h2>
${blocksHtml([
  { type: 'answer', items: model.answers },
  ...model.summaryComments.map((text) => ({ type: 'comment', text, author: choice.author }) as const),
  ...state,
])}</section>
<nav id="contents"><h2>${escapeHtml(t('report.sheet.contents'))}</h2><ol>${contents.join('')}</ol></nav>`;
}
