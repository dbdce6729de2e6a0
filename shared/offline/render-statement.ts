import type { NativeFile, OfflineFacts, StatedProject } from '../contract/offline.ts';
import { formatNumber } from '../i18n/number.ts';
import type { Language, Translate } from '../i18n/translate.ts';
import { escapeHtml } from '../report/html/escape.ts';
import { REPORT_POLICY } from '../report/html/policy.ts';
import { REPORT_STYLE } from '../report/html/style.ts';
import { offlineAnswers } from './answers.ts';
import { sizeText } from './size.ts';
import { socketSummary } from './socket-summary.ts';
import { UNSIGNED } from './statement-checksum.ts';
import { verifications } from './verify.ts';

export interface StatementInput {
  readonly facts: OfflineFacts;
  readonly project: StatedProject | null;
  readonly binaries: readonly NativeFile[];
  readonly language: Language;
  readonly fileName: string;
}

const STYLE = `${REPORT_STYLE}
section.sheet { margin-top: 7mm; }
td code { overflow-wrap: anywhere; }
td.narrow { white-space: nowrap; }
.good { color: var(--accent); font-weight: 600; }
.bad { color: #9c2b23; font-weight: 600; }
dl.signed { display: grid; grid-template-columns: 1fr 1fr; gap: 12mm; margin-top: 14mm; }
dl.signed div { border-top: 1px solid var(--ink); padding-top: 1mm; }
@media print { section.sheet { break-inside: auto; } pre { white-space: pre-wrap; } }
pre { background: var(--fill); padding: 1.5mm 2mm; margin: 0 0 2mm; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 11px; }`;

/** To the second, in UTC: the same on every machine that opens the statement. */
const utcSeconds = (iso: string) => iso.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length).replace('T', ' ');

/** The facts as one HTML file that stands alone; its checksum is still to be put in. */
export function renderStatement(input: StatementInput, t: Translate): string {
  const { facts, project, binaries, language, fileName } = input;
  const text = (words: string) => escapeHtml(words);
  const code = (words: string | null) => (words === null ? '' : `<code>${escapeHtml(words)}</code>`);
  const section = (title: string, lead: string | null, body: string) =>
    `<section class="sheet"><h2>${text(title)}</h2>${lead === null ? '' : `<p class="lead">${text(lead)}</p>`}\n${body}</section>`;
  const time = (iso: string) => t('offline.statement.time', { time: utcSeconds(iso) });

  const answers = offlineAnswers(facts, t).map(
    ({ tone, text: words }) => `<li>${tone === 'good' ? '✓' : '▲'} ${text(words)}</li>`,
  );
  const layers = table(
    [t('offline.column.layer'), t('offline.column.basis'), t('offline.column.value')],
    facts.layers.map(({ id, basis, value }) => [
      `<strong>${text(t(`offline.layer.${id}.title`))}</strong><br>${text(t(`offline.layer.${id}.what`))}`,
      text(t(`offline.basis.${basis}`)),
      code(value),
    ]),
  );
  const checks = table(
    [t('offline.column.check'), t('offline.column.found'), t('offline.column.value'), t('offline.column.at')],
    facts.checks.map(({ id, passed, found, at }) => [
      text(t(`offline.check.${id}`)),
      `<span class="${passed ? 'good' : 'bad'}">${passed ? '✓' : '✗'} ${text(t(passed ? 'offline.passed' : 'offline.failed'))}</span>`,
      code(found),
      text(time(at)),
    ]),
  );
  const { sockets } = facts;
  const connections =
    sockets === null
      ? `<p>${text(t('offline.answer.unread'))}</p>`
      : `<p>${text(socketSummary(sockets, t))}</p>${factList([
          [t('offline.sockets.listening'), code(sockets.listening.join(', ') || t('offline.sockets.none'))],
          [t('offline.sockets.foreign'), code(sockets.foreign.join(', ') || t('offline.sockets.none'))],
        ])}`;
  const refused =
    facts.refused.total === 0
      ? `<p>${text(t('offline.refusedNone'))}</p>`
      : `${table(
          [t('offline.column.kind'), t('offline.column.count')],
          facts.refused.byKind.map(({ kind, count }) => [text(t(`offline.kind.${kind}`)), formatNumber(count)]),
        )}<h4>${text(t('offline.refusedLast', { count: facts.refused.last.length }))}</h4>${table(
          [t('offline.column.at'), t('offline.column.kind'), t('offline.column.what')],
          facts.refused.last.map(({ at, kind, what }) => [text(time(at)), text(t(`offline.kind.${kind}`)), code(what)]),
        )}`;
  const stored = table(
    [t('offline.column.place'), t('offline.column.path'), t('offline.column.files'), t('offline.column.size')],
    facts.stored.map(({ id, path, files, bytes }) => [
      text(t(`offline.stored.${id}`)),
      code(path),
      formatNumber(files),
      text(sizeText(t, bytes)),
    ]),
  );
  const outside = `<ul>${facts.outside.map((id) => `<li>${text(t(`offline.outside.${id}`))}</li>`).join('')}</ul>`;
  const verify = verifications(facts, binaries, fileName)
    .map(
      ({ id, command }) =>
        `<p>${text(t(`offline.verify.${id}`))}</p><pre>${text(command)}</pre>${id === 'wireshark' ? `<p class="muted">${text(t('offline.verify.wiresharkNote'))}</p>` : ''}`,
    )
    .join('\n');
  const natives = table(
    [t('offline.column.path'), t('offline.column.size'), t('offline.column.sha256')],
    binaries.map(({ path, bytes, sha256 }) => [code(path), text(sizeText(t, bytes)), code(sha256)]),
  );

  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${text(REPORT_POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${text(t('offline.statement.title'))}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="kicker">${text(t('offline.statement.kicker'))}</p>
<h1>${text(t('offline.statement.title'))}</h1>
<p class="lead">${text(t('offline.statement.lead'))}</p>
${factList([
  [t('offline.statement.version'), text(facts.version)],
  [t('offline.statement.build'), code(facts.buildHash)],
  [t('offline.statement.platform'), text(facts.platform)],
  [t('offline.statement.host'), text(t(`offline.host.${facts.host}`))],
  [t('offline.statement.pid'), text(String(facts.pid))],
  [t('offline.statement.started'), text(time(facts.startedAt))],
  [t('offline.statement.read'), text(time(facts.readAt))],
  ...projectFacts(project, t),
  [t('offline.statement.checksum'), `<code id="checksum">${UNSIGNED}</code>`],
])}
<p class="muted">${text(t('offline.statement.checksumNote'))}</p>
</header>
<ul class="answer">${answers.join('')}</ul>
${section(t('offline.section.layers'), t('offline.sectionLead.layers'), layers)}
${section(t('offline.section.checks'), null, checks)}
${section(t('offline.section.sockets'), null, connections)}
${section(t('offline.section.refused'), t('offline.sectionLead.refused'), refused)}
${section(t('offline.section.stored'), t('offline.sectionLead.stored'), stored)}
${section(t('offline.section.outside'), t('offline.sectionLead.outside'), outside)}
${section(t('offline.section.verify'), t('offline.sectionLead.verify'), verify)}
${section(t('offline.section.binaries'), t('offline.sectionLead.binaries'), natives)}
<dl class="signed"><div>${text(t('offline.statement.signed'))}</div><div>${text(t('offline.statement.date'))}</div></dl>
</body>
</html>
`;
}

function projectFacts(project: StatedProject | null, t: Translate): readonly (readonly [string, string])[] {
  if (project === null) return [[t('offline.statement.project'), escapeHtml(t('offline.statement.projectNone'))]];
  return [
    [t('offline.statement.project'), `${escapeHtml(project.name)}<br><code>${escapeHtml(project.path)}</code>`],
    ...(project.customer === '' ? [] : [[t('offline.statement.customer'), escapeHtml(project.customer)] as const]),
    [
      t('offline.statement.encryption'),
      escapeHtml(t(project.encrypted ? 'offline.statement.encrypted' : 'offline.statement.plain')),
    ],
    [
      t('offline.statement.audit'),
      escapeHtml(
        t(project.auditIntact ? 'offline.statement.auditIntact' : 'offline.statement.auditBroken', {
          count: project.auditEntries,
        }),
      ),
    ],
  ];
}

/** Names are words, values are HTML. */
function factList(facts: readonly (readonly [string, string])[]): string {
  return `<dl class="facts-of">${facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${value}</dd>`).join('')}</dl>`;
}

/** Headings are words, cells are HTML. */
function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return `<table><thead><tr>${columns.map((name) => `<th>${escapeHtml(name)}</th>`).join('')}</tr></thead><tbody>${rows
    .map((cells) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`)
    .join('')}</tbody></table>`;
}
