import type { ArtifactInfo } from '../../contract/artifact.ts';
import { formatNumber } from '../../i18n/number.ts';
import { ownerName, slotName } from '../../i18n/slot-name.ts';
import type { Translate } from '../../i18n/translate.ts';
import { datasetResultSchema } from '../../stages/demand/contract.ts';
import type { ReportInput } from '../input.ts';
import { escapeHtml } from './escape.ts';
import { artifactAnchor, artifactLink, staleMark } from './render-block.ts';
import { utcTime } from './time.ts';

const PARAMS_CHARACTERS = 700;
const MS_PER_SECOND = 1000;

export interface PrintedFigure {
  readonly name: string;
  readonly anchor: string;
}

/** Every artifact of the report with links to what it was made from, what uses it and where it is printed. */
export function renderAppendix(
  input: ReportInput,
  t: Translate,
  printed: ReadonlyMap<string, readonly PrintedFigure[]>,
): string {
  const bySlot = new Map(input.artifacts.map(({ info }) => [info.slot, info]));
  return input.artifacts
    .toSorted((a, b) => a.info.createdAt.localeCompare(b.info.createdAt) || a.info.slot.localeCompare(b.info.slot))
    .map(({ info, result }) => renderArtifact(info, result, bySlot, t, printed.get(info.id) ?? []))
    .join('\n');
}

function renderArtifact(
  info: ArtifactInfo,
  result: unknown,
  bySlot: ReadonlyMap<string, ArtifactInfo>,
  t: Translate,
  printed: readonly PrintedFigure[],
): string {
  const separator = escapeHtml(t('list.separator'));
  const inputs = info.inputs.map((input) => inputLink(input, bySlot.get(input.slot), t));
  const outputs = [...bySlot.values()]
    .filter((other) => other.inputs.some((input) => input.slot === info.slot))
    .map((other) => artifactLink(other, escapeHtml(slotName(t, other.slot))));
  const params = JSON.stringify(info.params, withoutFolder) ?? '';
  const shown =
    params.length > PARAMS_CHARACTERS
      ? `${params.slice(0, PARAMS_CHARACTERS)}${t('report.sheet.chainParamsCut', { count: params.length })}`
      : params;
  const dataset = info.kind === 'demand.dataset' ? datasetResultSchema.safeParse(result) : null;
  const facts: readonly (readonly [string, string])[] = [
    [t('report.sheet.chainSlot'), `<code>${escapeHtml(info.slot)}</code>`],
    [t('report.sheet.chainHash'), `<code>${escapeHtml(info.hash)}</code>`],
    [
      t('report.sheet.chainMade'),
      escapeHtml(
        [
          t('report.sheet.time', { time: utcTime(info.createdAt) }),
          t('report.sheet.chainTook', { seconds: formatNumber(info.durationMs / MS_PER_SECOND, 1) }),
          t('report.sheet.basisSeed', { seed: String(info.seed) }),
          `${t('report.sheet.chainCode')} ${info.codeVersion}`,
        ].join(' · '),
      ),
    ],
    [t('report.sheet.chainParams'), `<code>${escapeHtml(shown)}</code>`],
    ...(dataset?.success === true
      ? [
          [
            t('report.sheet.chainSource'),
            escapeHtml(
              t('report.sheet.chainSourceText', {
                name: dataset.data.source.name,
                bytes: dataset.data.source.bytes,
                sha: dataset.data.source.sha256,
              }),
            ),
          ] as const,
        ]
      : []),
    [
      t('report.sheet.chainInputs'),
      inputs.length === 0 ? escapeHtml(t('report.sheet.chainNoInputs')) : inputs.join(separator),
    ],
    [
      t('report.sheet.chainOutputs'),
      outputs.length === 0 ? escapeHtml(t('report.sheet.chainNoOutputs')) : outputs.join(separator),
    ],
    ...(printed.length === 0
      ? []
      : [
          [
            t('report.sheet.chainPrinted'),
            printed.map(({ name, anchor }) => `<a href="#${anchor}">${escapeHtml(name)}</a>`).join(separator),
          ] as const,
        ]),
  ];
  const title = escapeHtml(`${slotName(t, info.slot)} · ${t('report.sheet.basisVersion', { version: info.version })}`);
  const rows = facts.map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd>${value}</dd>`);
  return `<article class="artifact" id="${escapeHtml(artifactAnchor(info.id))}"><h3>${title} <span class="muted">${escapeHtml(ownerName(t, info.stage))}</span>${staleMark(t, [info])}</h3><dl>${rows.join('')}</dl></article>`;
}

/** A report goes to others: where a file lay on this machine is left out, its name stays. */
function withoutFolder(key: string, value: unknown): unknown {
  if (key !== 'sourceId' || typeof value !== 'string') return value;
  return value.split(/[\\/]/).at(-1);
}

function inputLink(input: ArtifactInfo['inputs'][number], stands: ArtifactInfo | undefined, t: Translate): string {
  const name = escapeHtml(slotName(t, input.slot));
  if (stands === undefined) return `${name} (${escapeHtml(t('report.sheet.chainGone'))})`;
  const link = artifactLink(stands, name);
  return stands.hash === input.hash ? link : `${link} (${escapeHtml(t('report.sheet.chainEarlier'))})`;
}
