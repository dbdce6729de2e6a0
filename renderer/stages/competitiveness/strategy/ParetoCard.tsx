import { formatNumber, formatShort } from '../../../../shared/i18n/number.ts';
import type { StrategyResult } from '../../../../shared/stages/competitiveness/strategy/results.ts';
import { useT } from '../../../app/language.ts';
import { BubbleChart } from '../../../charts/BubbleChart.tsx';
import { Card } from '../../../components/Card.tsx';
import { numberWithUnit } from '../../../components/NumberText.tsx';
import type { StrategyNames } from './names.ts';

const POINTS = 100;

/** Score against latency, size as area; strategies of the Pareto set in the main colour, the rest grey, those that violate a limit red. */
export function ParetoCard({ result, names }: { readonly result: StrategyResult; readonly names: StrategyNames }) {
  const t = useT();
  const points = result.strategies.flatMap((strategy) => {
    const { id, score, latencyP95Ms, sizeMb, pareto, feasible } = strategy;
    if (latencyP95Ms === null) return [];
    return [
      {
        id,
        name: /^[A-Z]\d+$/.test(id) ? id : names.strategy(id),
        x: latencyP95Ms,
        y: score.value * POINTS,
        yInterval: [score.low * POINTS, score.high * POINTS] as const,
        size: sizeMb,
        tone: feasible ? (pareto ? ('accent' as const) : ('muted' as const)) : ('failed' as const),
        text: [
          names.strategy(id),
          `${t('stage.competitiveness.screen.strategy.chartY')} ${formatNumber(score.value * POINTS, 1)}`,
          numberWithUnit(t, latencyP95Ms, 'milliseconds'),
          ...(sizeMb === null ? [] : [numberWithUnit(t, sizeMb, 'megabytes')]),
          ...(pareto ? [t('stage.competitiveness.screen.strategy.paretoTag')] : []),
          ...(feasible ? [] : [t('stage.competitiveness.screen.strategy.infeasible')]),
        ].join(' · '),
      },
    ];
  });
  return (
    <Card
      title={t('stage.competitiveness.screen.strategy.chart')}
      extra={<span className="muted">{t('stage.competitiveness.screen.models.chartSize')}</span>}
      testId="competitiveness-strategy-pareto"
    >
      {points.length === 0 ? (
        <p className="muted">{t('stage.competitiveness.screen.strategy.chartNone')}</p>
      ) : (
        <BubbleChart
          points={points}
          x={{ label: t('stage.competitiveness.screen.models.chartX'), format: formatShort }}
          y={{
            label: t('stage.competitiveness.screen.strategy.chartY'),
            format: (value) => numberWithUnit(t, value, 'points'),
          }}
          floor={{ value: 0, name: t('stage.competitiveness.screen.strategy.chartFloor') }}
        />
      )}
    </Card>
  );
}
