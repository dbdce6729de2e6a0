import { formatNumber, formatShare, formatShort } from '../../i18n/number.ts';
import { strategyResultSchema } from '../../stages/competitiveness/strategy/results.ts';
import type { Basis, Block, Cell } from '../blocks.ts';
import { plain, points, share } from '../cells.ts';
import { scatterChart } from '../charts/scatter-chart.ts';
import { shareBars } from '../charts/share-bars.ts';
import { whiskerChart } from '../charts/whisker-chart.ts';
import type { SectionReader } from '../input.ts';
import { planBlocks } from './plans.ts';
import { left, right, wordOf } from './section.ts';
import { strategyAnswer, strategyNames } from './strategy-words.ts';

const POINTS = 100;

/** g: which strategy ranks first, how sure that is, and what would change it. */
export function writeStrategy(reader: SectionReader): readonly Block[] {
  const { t, view } = reader;
  const decision = view('competitiveness.decision', strategyResultSchema);
  if (decision === null) return [];
  const { artifact, result } = decision;
  const names = strategyNames(reader, result);
  const basis: Basis = {
    n: t('report.stages.competitiveness.draws', { count: result.draws }),
    interval: t('report.stages.competitiveness.scoreInterval', { draws: result.draws }),
    method: t('report.stages.competitiveness.scoreMethod'),
    sources: [artifact],
  };
  const scaled = result.strategies.map((strategy) => ({
    strategy,
    name: names.strategy(strategy.id),
    value: strategy.score.value * POINTS,
    low: strategy.score.low * POINTS,
    high: strategy.score.high * POINTS,
  }));
  const timed = scaled.filter(({ strategy }) => strategy.latencyP95Ms !== null);
  const limit = result.strategies
    .flatMap(({ limits }) => limits)
    .find((check) => check.limit === 'latency-p95-ms')?.bound;
  const signed = (value: number) => `${value > 0 ? '+' : ''}${formatNumber(value, 1)}`;
  return [
    { type: 'answer', items: [{ text: strategyAnswer(t, result, names), source: artifact }] },
    {
      type: 'chart',
      caption: t('report.stages.competitiveness.scoreChart'),
      svg: whiskerChart({
        title: t('report.stages.competitiveness.scoreChart'),
        axis: t('report.stages.competitiveness.scoreAxis'),
        formatTick: signed,
        lines: [{ value: 0, name: t('report.stages.competitiveness.reference') }],
        points: scaled.map(({ strategy, name, value, low, high }) => ({
          name,
          value,
          low,
          high,
          hollow: strategy.isReference || !strategy.feasible,
          text: `${signed(value)} [${signed(low)}, ${signed(high)}]`,
        })),
      }),
      basis,
    },
    {
      type: 'chart',
      caption: t('report.stages.competitiveness.firstChart'),
      svg: shareBars(
        t('report.stages.competitiveness.firstChart'),
        scaled.map(({ strategy, name }) => ({
          name,
          share: strategy.firstShare,
          text: formatShare(strategy.firstShare),
        })),
      ),
      basis: { ...basis, method: t('report.stages.competitiveness.firstMethod', { draws: result.draws }) },
    },
    {
      type: 'table',
      caption: t('report.stages.competitiveness.decision'),
      columns: [
        left(t('stage.competitiveness.screen.strategy.strategy')),
        left(t('report.stages.competitiveness.basis')),
        right(t('stage.competitiveness.screen.strategy.score')),
        right(t('stage.competitiveness.screen.strategy.first')),
        left(t('stage.competitiveness.screen.strategy.limitsColumn')),
        right(t('report.stages.competitiveness.latency')),
        right(t('report.stages.competitiveness.size')),
      ],
      rows: scaled.map(({ strategy, name }): readonly Cell[] => [
        strategy.isReference ? `${name} (${t('report.stages.competitiveness.reference')})` : name,
        wordOf(t, 'stage.competitiveness.screen.strategy.basis', strategy.basis),
        points(strategy.score.value, { interval: strategy.score }),
        share(strategy.firstShare, { decimals: 0 }),
        strategy.limits.some(({ status }) => status === 'unknown') && strategy.feasible
          ? { tag: `▲ ${t('stage.competitiveness.screen.strategy.unknown')}`, tone: 'attention' }
          : strategy.feasible
            ? { tag: `✓ ${t('stage.competitiveness.screen.strategy.feasible')}`, tone: 'good' }
            : { tag: `✕ ${t('stage.competitiveness.screen.strategy.infeasible')}`, tone: 'failed' },
        plain(strategy.latencyP95Ms),
        plain(strategy.sizeMb),
      ]),
      basis,
    },
    ...(timed.length < 2
      ? []
      : [
          {
            type: 'chart',
            caption: t('report.stages.competitiveness.pareto'),
            svg: scatterChart({
              title: t('report.stages.competitiveness.pareto'),
              axisX: t('report.stages.competitiveness.latency'),
              axisY: t('stage.competitiveness.screen.strategy.chartY'),
              formatX: formatShort,
              formatY: signed,
              limitX:
                limit === undefined
                  ? undefined
                  : { value: limit, name: t('stage.competitiveness.screen.strategy.latencyLimit') },
              points: timed.map(({ strategy, name, value, low, high }) => ({
                name,
                x: strategy.latencyP95Ms ?? 0,
                y: value,
                low,
                high,
                best: strategy.pareto,
              })),
            }),
            basis: { ...basis, method: t('report.stages.competitiveness.paretoMethod') },
          } satisfies Block,
        ]),
    ...planBlocks(reader, artifact, result),
    ...(result.wouldChange.length === 0
      ? [{ type: 'paragraph', text: t('stage.competitiveness.screen.strategy.changeNone') } satisfies Block]
      : [
          {
            type: 'table',
            caption: t('report.stages.competitiveness.change'),
            columns: [
              left(t('stage.competitiveness.screen.strategy.need')),
              right(t('stage.competitiveness.screen.strategy.weight')),
              right(t('report.stages.competitiveness.flipsAt')),
              left(t('report.stages.competitiveness.rival')),
              left(t('report.stages.competitiveness.inside')),
            ],
            rows: result.wouldChange.map(({ needId, weight, flipsAt, rivalId, insideInterval }) => [
              names.need(needId),
              share(weight),
              share(flipsAt),
              names.strategy(rivalId),
              t(`stage.competitiveness.screen.strategy.${insideInterval ? 'changeInside' : 'changeOutside'}`),
            ]),
            basis: { ...basis, method: t('report.stages.competitiveness.changeMethod') },
          } satisfies Block,
        ]),
  ];
}
