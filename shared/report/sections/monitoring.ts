import type { ArtifactInfo } from '../../contract/artifact.ts';
import { formatNumber, formatShare } from '../../i18n/number.ts';
import { formatP } from '../../stages/competitiveness/strategy/plan-text.ts';
import {
  type BacklogItem,
  backlogResultSchema,
  type DomainTest,
  type DriftResult,
  driftResultSchema,
} from '../../stages/service/results.ts';
import type { Basis, Block, Cell } from '../blocks.ts';
import { count, plain, share } from '../cells.ts';
import { whiskerChart } from '../charts/whisker-chart.ts';
import type { SectionReader } from '../input.ts';
import { idAndName, left, right, sentences, wordOf } from './section.ts';
import { datasetNameOf } from './service.ts';

const WORDS = 8;
const BACKLOG_DRAWN = 12;

/** Whether new texts have moved away from what the model was trained on. */
export function writeMonitoring(reader: SectionReader): readonly Block[] {
  return reader
    .views('service.drift', driftResultSchema)
    .flatMap(({ artifact, result }) => driftBlocks(reader, artifact, result));
}

function driftBlocks(reader: SectionReader, artifact: ArtifactInfo, result: DriftResult): readonly Block[] {
  const { t } = reader;
  const key = 'report.outcomes.drift';
  const basis: Basis = {
    n: t(`${key}.texts`, { count: result.overall.newOf }),
    interval: t(`${key}.interval`, { permutations: result.overall.permutations }),
    method: t(`${key}.method`, { encoder: result.encoderId, model: idAndName(result.modelId, result.modelName) }),
    sources: [artifact],
  };
  const tests: readonly { readonly name: string; readonly test: DomainTest }[] = [
    { name: t(`${key}.all`), test: result.overall },
    ...result.slices.map((test) => ({ name: test.slice, test })),
  ];
  const reading = (flagged: boolean | null) =>
    t(`${key}.${flagged === null ? 'notMeasured' : flagged ? 'flagged' : 'same'}`);
  const words = (direction: 'more' | 'less') =>
    result.words
      .filter((word) => word.direction === direction)
      .slice(0, WORDS)
      .map(({ word }) => word)
      .join(t('list.separator')) || '—';
  const { labelShift } = result;
  return [
    {
      type: 'answer',
      items: [
        {
          text: `${datasetNameOf(reader, result.datasetId)} — ${reading(result.overall.flagged)} (AUC ${result.overall.auc === null ? '—' : formatNumber(result.overall.auc, 2)})`,
          source: artifact,
        },
      ],
    },
    {
      type: 'chart',
      caption: t(`${key}.chart`),
      svg: whiskerChart({
        title: t(`${key}.chart`),
        axis: t(`${key}.axis`),
        formatTick: (value) => formatNumber(value, 2),
        include: [0.5],
        points: tests.map(({ name, test }) => ({
          name,
          value: test.auc,
          low: test.bandLow,
          high: test.band,
          text: `${test.auc === null ? '—' : formatNumber(test.auc, 2)} ${reading(test.flagged)}`,
        })),
      }),
      basis,
    },
    {
      type: 'table',
      caption: t(`${key}.caption`, { dataset: datasetNameOf(reader, result.datasetId) }),
      columns: [
        left(t(`${key}.slice`)),
        right(t(`${key}.n`)),
        right(t(`${key}.auc`)),
        right(t(`${key}.band`)),
        left(t(`${key}.p`)),
        left(t(`${key}.verdict`)),
      ],
      rows: tests.map(({ name, test }): readonly Cell[] => [
        name,
        count(test.newOf),
        plain(test.auc, { decimals: 3 }),
        plain(test.band, { decimals: 3 }),
        test.pAdjusted === null ? '—' : formatP(test.pAdjusted),
        {
          tag: `${test.flagged === true ? '▲ ' : ''}${reading(test.flagged)}`,
          tone: test.flagged === true ? 'attention' : test.flagged === false ? 'good' : 'plain',
        },
      ]),
      basis,
    },
    {
      type: 'paragraph',
      text: sentences(t, [
        t(`${key}.words`, { more: words('more'), less: words('less') }),
        ...(labelShift === null
          ? []
          : [
              t(`${key}.labels`, {
                psi: formatNumber(labelShift.psi, 3),
                band: formatNumber(labelShift.psiBand, 3),
                p: formatP(labelShift.p),
                reading: reading(labelShift.flagged),
              }),
            ]),
      ]),
    },
  ];
}

/** What to improve next, by f1. */
export function writeImprovement(reader: SectionReader): readonly Block[] {
  const { t, view } = reader;
  const key = 'report.outcomes.backlog';
  const backlog = view('service.backlog', backlogResultSchema);
  if (backlog === null || backlog.result.items.length === 0) return [];
  const { artifact, result } = backlog;
  const basis: Basis = {
    n: t(`${key}.draws`, { count: result.draws }),
    interval: t(`${key}.interval`, { level: formatShare(result.level), draws: result.draws }),
    method: t(`${key}.method`, { effort: formatNumber(result.assumedEffort, 1) }),
    sources: [artifact],
  };
  const name = ({ type, subject, detail }: BacklogItem) =>
    `${wordOf(t, `${key}.type`, type)}: ${[subject, detail]
      .flatMap((word) =>
        word === null || word === '' ? [] : [/^d\d+$/.test(word) ? datasetNameOf(reader, word) : word],
      )
      .join(' · ')}`;
  return [
    {
      type: 'chart',
      caption: t(`${key}.caption`),
      svg: whiskerChart({
        title: t(`${key}.caption`),
        axis: t(`${key}.score`),
        formatTick: (value) => formatNumber(value, value < 10 ? 1 : 0),
        include: [0],
        points: result.items.slice(0, BACKLOG_DRAWN).map((item) => {
          const cell = plain(item.score.value, { decimals: 2, interval: item.score });
          return {
            name: name(item),
            value: item.score.value,
            low: item.score.low,
            high: item.score.high,
            text: `${cell.text} ${cell.interval ?? ''}`,
          };
        }),
      }),
      basis,
    },
    {
      type: 'table',
      caption: t(`${key}.caption`),
      columns: [
        right(t(`${key}.rank`)),
        left(t(`${key}.item`)),
        left(t(`${key}.needs`)),
        right(t(`${key}.score`)),
        right(t(`${key}.effort`)),
        right(t(`${key}.first`)),
      ],
      rows: result.items.map((item): readonly Cell[] => [
        count(item.rank, { interval: { low: item.rankLow, high: item.rankHigh } }),
        name(item),
        item.needs.map((need) => need.name).join(t('list.separator')),
        plain(item.score.value, { decimals: 2, interval: item.score }),
        {
          value: item.effort.value,
          text: `${formatNumber(item.effort.value, 1)} (${t(`${key}.${item.effort.origin}`)})`,
        },
        share(item.firstShare, { decimals: 0 }),
      ]),
      basis,
    },
  ];
}
