import { formatNumber, formatShare, formatShort } from '../../i18n/number.ts';
import { cleanResultSchema, datasetResultSchema } from '../../stages/demand/contract.ts';
import { driversResultSchema, scoresResultSchema, topicsResultSchema } from '../../stages/demand/results.ts';
import type { Block } from '../blocks.ts';
import { count, plain, share } from '../cells.ts';
import { trendChart } from '../charts/trend-chart.ts';
import { whiskerChart } from '../charts/whisker-chart.ts';
import type { SectionReader } from '../input.ts';
import { left, right, sentences } from './section.ts';

const SHORT_SHA = 12;
const NPS_UNIT = 0;

/** What was imported, from which files. */
export function writeImports({ t, views }: SectionReader): readonly Block[] {
  const datasets = views('demand.dataset', datasetResultSchema);
  const [first, ...others] = datasets.map(({ artifact }) => artifact);
  if (first === undefined) return [];
  return [
    {
      type: 'table',
      caption: t('report.stages.demand.datasets'),
      columns: [
        left(t('stage.demand.screen.dataset')),
        left(t('stage.demand.screen.import.kind')),
        right(t('stage.demand.screen.import.rows')),
        right(t('report.stages.demand.columns')),
        right(t('report.stages.demand.problems')),
        left(t('report.stages.demand.file')),
      ],
      rows: datasets.map(({ artifact, result }) => [
        result.name,
        t(`stage.demand.screen.kind.${result.kind}`),
        count(result.rowCount, { source: artifact }),
        count(result.columns.length, { source: artifact }),
        count(result.problems.total, { source: artifact }),
        `${result.source.name} #${result.source.sha256.slice(0, SHORT_SHA)}`,
      ]),
      basis: {
        n: t('report.stages.demand.rows', { count: datasets.reduce((sum, { result }) => sum + result.rowCount, 0) }),
        interval: t('report.sheet.intervalCount'),
        method: t('report.stages.demand.datasetMethod'),
        sources: [first, ...others],
      },
    },
  ];
}

/** What each cleaning step took away. */
export function writeCleaning({ t, view, views }: SectionReader): readonly Block[] {
  return views('demand.clean', cleanResultSchema).map(({ artifact, result }) => {
    const id = artifact.slot.slice('demand.clean:'.length);
    const dataset = view(`demand.dataset:${id}`, datasetResultSchema);
    return {
      type: 'table',
      caption: t('report.stages.demand.cleaning', { dataset: dataset?.result.name ?? id }),
      columns: [
        left(t('stage.demand.screen.clean.step')),
        right(t('stage.demand.screen.clean.rowsIn')),
        right(t('stage.demand.screen.clean.removed')),
        right(t('stage.demand.screen.clean.left')),
        right(t('stage.demand.screen.clean.cells')),
      ],
      rows: result.steps
        .filter(({ enabled, notApplicable }) => enabled && notApplicable === null)
        .map((step) => [
          t(`stage.demand.screen.cleanStep.${step.id}.name`),
          count(step.rowsIn),
          count(step.rowsIn - step.rowsOut),
          count(step.rowsOut),
          count(step.cellsChanged),
        ]),
      basis: {
        n: t('report.stages.demand.rows', { count: result.rowsIn }),
        interval: t('report.sheet.intervalCount'),
        method: t('report.stages.demand.cleanMethod'),
        sources: [artifact],
      },
    } satisfies Block;
  });
}

/** Topics as found, with the text nearest to each centre. */
export function writeTopics({ t, view }: SectionReader): readonly Block[] {
  const topics = view('demand.topics', topicsResultSchema);
  if (topics === null) return [];
  const { artifact, result } = topics;
  const largest = Math.max(0, ...result.topics.map((topic) => topic.share));
  return [
    {
      type: 'table',
      caption: t('report.stages.demand.topics'),
      columns: [
        left(t('stage.demand.screen.topics.name')),
        right(t('report.stages.demand.topicTexts')),
        right(t('report.stages.demand.topicShare')),
        right(t('stage.demand.screen.topics.cohesion')),
        left(t('stage.demand.screen.topics.representative')),
      ],
      rows: result.topics.map((topic) => [
        topic.name,
        count(topic.size),
        share(topic.share, { bar: topic.share / largest }),
        plain(topic.cohesion, { decimals: 2 }),
        topic.representatives[0]?.text ?? '',
      ]),
      basis: {
        n: t('report.stages.demand.texts', { count: result.texts }),
        interval: t('report.sheet.intervalCount'),
        method: t('stage.demand.screen.topics.method', {
          vectors: t(`stage.demand.screen.vectors.${result.vectors}`),
          model: result.modelId ?? '—',
          segmenter: result.segmenter,
        }),
        sources: [artifact],
      },
    },
    {
      type: 'paragraph',
      text: sentences(t, [
        ...(result.stability.adjustedRandIndex === null
          ? []
          : [
              t('report.stages.demand.topicStability', {
                value: formatNumber(result.stability.adjustedRandIndex, 2),
                runs: result.stability.runs,
              }),
            ]),
        t('report.stages.demand.topicOutliers', {
          count: result.outliers.size,
          share: formatShare(result.outliers.share, 1),
        }),
        t('report.stages.demand.topicsAsFound'),
        t('report.sheet.masked'),
      ]),
    },
  ];
}

/** NPS, CSAT and CES, and what drives the outcome of each survey. */
export function writeDrivers(reader: SectionReader): readonly Block[] {
  return [...scoreBlocks(reader), ...driverBlocks(reader)];
}

function scoreBlocks({ t, view }: SectionReader): readonly Block[] {
  const scores = view('demand.scores', scoresResultSchema);
  if (scores === null || scores.result.scores.length === 0) return [];
  const { artifact, result } = scores;
  const basis = {
    n: t('report.stages.demand.scoreN'),
    interval: t('report.sheet.interval95'),
    method: t('report.stages.demand.scoreMethod'),
    sources: [artifact],
  } as const;
  const trends = result.scores.filter(({ type, periods }) => (type === 'nps' || type === 'csat') && periods.length > 1);
  return [
    {
      type: 'table',
      caption: t('report.stages.demand.scores'),
      columns: [
        left(t('report.stages.demand.score')),
        left(t('stage.demand.screen.drivers.source')),
        right('n'),
        right(t('report.stages.demand.value')),
        right(t('stage.demand.screen.drivers.meanAnswer')),
        right(t('report.stages.demand.missing')),
      ],
      rows: result.scores.map(({ type, name, datasetId, overall, mean, missing }) => [
        `${t(`stage.demand.screen.scoreType.${type}`)} · ${name}`,
        datasetId,
        count(overall.n),
        type === 'csat'
          ? share(overall.value, { interval: overall })
          : plain(overall.value, { decimals: type === 'nps' ? 1 : 2, interval: overall }),
        plain(mean.value, { decimals: 2, interval: mean }),
        count(missing),
      ]),
      basis,
    },
    ...trends.map(({ name, type, periods }): Block => {
      const isShare = type === 'csat';
      const scaled = (value: number | null) => (value === null ? null : isShare ? value * 100 : value);
      return {
        type: 'chart',
        caption: t('report.stages.demand.trend', { name: `${t(`stage.demand.screen.scoreType.${type}`)} · ${name}` }),
        svg: trendChart({
          title: t('report.stages.demand.trend', { name }),
          axis: isShare ? '%' : t('stage.demand.screen.scoreType.nps'),
          formatTick: (value) => formatNumber(value, NPS_UNIT),
          points: periods.map((point) => ({
            name: point.period,
            value: scaled(point.value),
            low: scaled(point.low),
            high: scaled(point.high),
          })),
        }),
        basis: { ...basis, n: formatNumber(periods.reduce((sum, { n }) => sum + n, 0)) },
      };
    }),
  ];
}

function driverBlocks({ t, views }: SectionReader): readonly Block[] {
  return views('demand.drivers', driversResultSchema).flatMap(({ artifact, result }): Block[] => {
    const items = result.items.toSorted((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity));
    const basis = {
      n: t('report.stages.demand.answers', { count: result.n }),
      interval: t('report.stages.demand.driverInterval', { resamples: result.resamples }),
      method: t('report.stages.demand.driverMethod', {
        rSquared: formatNumber(result.rSquared, 2),
        adjusted: result.adjustedRSquared === null ? '—' : formatNumber(result.adjustedRSquared, 2),
      }),
      sources: [artifact],
    } as const;
    const caption = t('report.stages.demand.driverChart', { outcome: result.outcome.name });
    return [
      {
        type: 'chart',
        caption,
        svg: whiskerChart({
          title: caption,
          axis: t('stage.demand.screen.drivers.share'),
          formatTick: (value) => formatShare(value),
          lines: [{ value: 1 / Math.max(1, items.length), name: t('report.stages.demand.evenShare') }],
          include: [0],
          points: items.map((item) => {
            const cell = share(item.share, { interval: item });
            return {
              name: item.name,
              value: item.share,
              low: item.low,
              high: item.high,
              text: item.share === null ? t('report.sheet.notMeasured') : `${cell.text} ${cell.interval ?? ''}`,
            };
          }),
        }),
        basis,
      },
      {
        type: 'table',
        caption,
        columns: [
          right(t('stage.demand.screen.rank')),
          left(t('stage.demand.screen.drivers.item')),
          right(t('stage.demand.screen.drivers.share')),
          left(t('stage.demand.screen.drivers.sign')),
          right(t('stage.demand.screen.drivers.correlation')),
          right('VIF'),
          right(t('stage.demand.screen.drivers.performance')),
        ],
        rows: items.map((item) => [
          item.rank === null
            ? '—'
            : item.rankLow === null || item.rankHigh === null
              ? count(item.rank)
              : count(item.rank, { interval: { low: item.rankLow, high: item.rankHigh } }),
          item.name,
          share(item.share, { interval: item }),
          item.sign === null ? '—' : t(`stage.demand.screen.sign.${item.sign}`),
          plain(item.correlation, { decimals: 2 }),
          item.vif === null ? '—' : { value: item.vif, text: formatShort(item.vif) },
          plain(item.performance, { decimals: 2 }),
        ]),
        basis,
      },
    ];
  });
}
