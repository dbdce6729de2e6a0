import type { ArtifactInfo } from '../../contract/artifact.ts';
import { formatNumber, formatShare } from '../../i18n/number.ts';
import { type RoundSeries, roundsResultSchema } from '../../stages/service/results.ts';
import type { Basis, Block, Cell, NumberCell } from '../blocks.ts';
import { count, plain, points, share } from '../cells.ts';
import { trendChart } from '../charts/trend-chart.ts';
import type { SectionReader } from '../input.ts';
import { left, right } from './section.ts';

const PERCENT = 100;
const TONES = { worse: 'failed', better: 'good', unclear: 'attention' } as const;

type Bounds = { readonly value: number | null; readonly low: number | null; readonly high: number | null };

/** A score of a round in its own unit. */
export function roundValue(type: RoundSeries['type'], { value, low, high }: Bounds, source?: ArtifactInfo): NumberCell {
  const options = { interval: { low, high }, ...(source === undefined ? {} : { source }) };
  return type === 'csat' ? share(value, options) : plain(value, { decimals: type === 'nps' ? 1 : 2, ...options });
}

/** Scores of the rounds, what changed, and control limits. */
export function writeRounds(reader: SectionReader): readonly Block[] {
  const { t, view } = reader;
  const key = 'report.outcomes.rounds';
  const found = view('service.rounds', roundsResultSchema);
  if (found === null) return [];
  const { artifact, result } = found;
  const names = new Map(result.rounds.map(({ id, name }) => [id, name]));
  return [
    {
      type: 'table',
      caption: t(`${key}.caption`),
      columns: [left(t(`${key}.round`)), left(t(`${key}.date`)), right(t(`${key}.rows`)), left(t(`${key}.adopted`))],
      rows: result.rounds.map(({ name, date, rows, adopted }) => [
        name,
        date,
        count(rows),
        t(`${key}.${adopted ? 'yes' : 'no'}`),
      ]),
      basis: {
        n: t(`${key}.count`, { count: result.rounds.length }),
        interval: t('report.sheet.intervalCount'),
        method: t(`${key}.method`),
        sources: [artifact],
      },
    },
    ...result.series.flatMap((series) => seriesBlocks(reader, artifact, series, names, result.level)),
  ];
}

function seriesBlocks(
  { t }: SectionReader,
  artifact: ArtifactInfo,
  series: RoundSeries,
  names: ReadonlyMap<string, string>,
  level: number,
): readonly Block[] {
  const key = 'report.outcomes.rounds';
  const name = `${t(`${key}.type.${series.type}`)} · ${series.name}`;
  const basis: Basis = {
    n: t(`${key}.answers`, { count: series.rounds.reduce((sum, { score }) => sum + score.n, 0) }),
    interval: t(`${key}.interval`, { level: formatShare(level) }),
    method: t(`${key}.seriesMethod`),
    sources: [artifact],
  };
  const scale = series.type === 'csat' ? PERCENT : 1;
  const scaled = (value: number | null) => (value === null ? null : value * scale);
  const { chart } = series;
  const centre = chart === null ? [] : [{ value: chart.centre * scale, name: t(`${key}.centre`) }];
  return [
    ...(series.rounds.length < 2 || series.type === 'item'
      ? []
      : [
          {
            type: 'chart',
            caption: t(`${key}.chart`, { name }),
            svg: trendChart({
              title: t(`${key}.chart`, { name }),
              axis: series.type === 'csat' ? '%' : t(`${key}.type.${series.type}`),
              formatTick: (value) => formatNumber(value, series.type === 'csat' || series.type === 'nps' ? 0 : 1),
              lines: chart?.by === 'round' ? centre : [],
              points: series.rounds.map(({ roundId, score }) => ({
                name: names.get(roundId) ?? roundId,
                value: scaled(score.value),
                low: scaled(score.low),
                high: scaled(score.high),
              })),
            }),
            basis,
          } satisfies Block,
        ]),
    {
      type: 'table',
      caption: t(`${key}.series`, { name }),
      columns: [
        left(t(`${key}.round`)),
        right('n'),
        right(t(`${key}.value`)),
        right(t(`${key}.difference`)),
        left(t('report.trials.tests.verdict')),
      ],
      rows: series.rounds.map(({ roundId, score }): readonly Cell[] => {
        const change = series.differences.find(({ toRoundId }) => toRoundId === roundId);
        const bounds = change === undefined ? null : { low: change.low, high: change.high };
        return [
          names.get(roundId) ?? roundId,
          count(score.n),
          roundValue(series.type, score),
          change === undefined
            ? '—'
            : series.type === 'csat'
              ? points(change.difference, { interval: bounds })
              : plain(change.difference, { decimals: series.type === 'nps' ? 1 : 2, interval: bounds }),
          change === undefined ? '—' : { tag: t(`${key}.verdict.${change.verdict}`), tone: TONES[change.verdict] },
        ];
      }),
      basis,
    },
  ];
}
