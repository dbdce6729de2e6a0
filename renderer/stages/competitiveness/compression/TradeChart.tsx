import { formatShare, formatShort } from '../../../../shared/i18n/number.ts';
import { useT } from '../../../app/language.ts';
import { BubbleChart } from '../../../charts/BubbleChart.tsx';
import { Card } from '../../../components/Card.tsx';
import { numberWithUnit } from '../../../components/NumberText.tsx';
import type { ModelRow } from './rows.ts';

interface Props {
  readonly rows: readonly ModelRow[];
  /** The compressed model in question. */
  readonly chosen: ModelRow;
  readonly onChoose: (id: string) => void;
}

/** An original and what was made from it: accuracy against latency, size as area, the lowest accuracy that is allowed dashed. */
export function TradeChart({ rows, chosen, onChoose }: Props) {
  const t = useT();
  const { compression, gate, testLock } = chosen.view.result;
  const family = rows.filter(
    ({ id, view }) =>
      view.result.testLock === testLock &&
      (id === compression?.parentId || view.result.compression?.parentId === compression?.parentId),
  );
  const parent = family.find(({ compressed }) => !compressed);
  if (gate === null || parent === undefined) return null;
  const lowest = parent.view.result.test.accuracy.value - gate.tolerance;
  const points = family.flatMap(({ id, view, latency, sizeMb }) => {
    if (latency === null) return [];
    const { test, gate: own, name } = view.result;
    return [
      {
        id,
        name: id,
        x: latency.p95Ms,
        y: test.accuracy.value,
        yInterval: [test.accuracy.low, test.accuracy.high] as const,
        size: sizeMb,
        n: test.rows,
        tone: own === null ? ('muted' as const) : own.verdict === 'refused' ? ('failed' as const) : ('accent' as const),
        text: [
          `${id} ${name}`,
          `${t('stage.competitiveness.screen.models.accuracy')} ${formatShare(test.accuracy.value, 1)}`,
          `${t('stage.competitiveness.screen.models.p95')} ${numberWithUnit(t, latency.p95Ms, 'milliseconds')}`,
          ...(sizeMb === null ? [] : [numberWithUnit(t, sizeMb, 'megabytes')]),
        ].join(' · '),
      },
    ];
  });
  return (
    <Card
      title={t('stage.competitiveness.screen.compression.chart')}
      extra={<span className="muted">{t('stage.competitiveness.screen.compression.chartSize')}</span>}
      testId="competitiveness-compression-chart"
    >
      <BubbleChart
        points={points}
        x={{ label: t('stage.competitiveness.screen.compression.chartX'), format: formatShort }}
        y={{
          label: t('stage.competitiveness.screen.models.accuracy'),
          format: (value) => formatShare(value),
          exact: (value) => formatShare(value, 1),
        }}
        floor={{
          value: lowest,
          name: t('stage.competitiveness.screen.compression.chartFloor', { value: formatShare(lowest, 1) }),
        }}
        selected={chosen.id}
        onSelect={(id) => id !== parent.id && onChoose(id)}
      />
    </Card>
  );
}
