import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatShare, formatShort } from '../../../../shared/i18n/number.ts';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { BubbleChart } from '../../../charts/BubbleChart.tsx';
import { Card } from '../../../components/Card.tsx';
import { numberWithUnit } from '../../../components/NumberText.tsx';
import { useCompetitiveness } from '../store.ts';

interface Props {
  readonly runs: readonly ArtifactView<RunRecord>[];
  readonly floor: { readonly name: string; readonly accuracy: number; readonly testLock: string } | null;
  readonly selected: string | null;
}

/** Accuracy against latency, size as area, the strongest floor dashed. Runs on other test rows stay out. */
export function QualityChart({ runs, floor, selected }: Props) {
  const t = useT();
  const points = runs.flatMap(({ result: { id, name, latency, sizeMb, test, testLock } }) =>
    latency === null || floor === null || testLock !== floor.testLock
      ? []
      : [
          {
            id,
            name: id,
            x: latency.p95Ms,
            y: test.accuracy.value,
            yInterval: [test.accuracy.low, test.accuracy.high] as const,
            size: sizeMb,
            n: test.rows,
            tone: test.accuracy.value < floor.accuracy ? ('failed' as const) : ('accent' as const),
            text: [
              `${id} ${name}`,
              `${t('stage.competitiveness.screen.models.accuracy')} ${formatShare(test.accuracy.value, 1)}`,
              `${t('stage.competitiveness.screen.models.p95')} ${numberWithUnit(t, latency.p95Ms, 'milliseconds')}`,
              ...(sizeMb === null ? [] : [numberWithUnit(t, sizeMb, 'megabytes')]),
            ].join(' · '),
          },
        ],
  );
  return (
    <Card
      title={t('stage.competitiveness.screen.models.chart')}
      extra={<span className="muted">{t('stage.competitiveness.screen.models.chartSize')}</span>}
      testId="competitiveness-models-chart"
    >
      {points.length === 0 || floor === null ? (
        <p className="muted">{t('stage.competitiveness.screen.models.chartNone')}</p>
      ) : (
        <BubbleChart
          points={points}
          x={{ label: t('stage.competitiveness.screen.models.chartX'), format: formatShort }}
          y={{
            label: t('stage.competitiveness.screen.models.accuracy'),
            format: (value) => formatShare(value),
            exact: (value) => formatShare(value, 1),
          }}
          floor={{
            value: floor.accuracy,
            name: t('stage.competitiveness.screen.models.chartFloor', {
              name: floor.name,
              value: formatShare(floor.accuracy, 1),
            }),
          }}
          selected={selected}
          onSelect={(selectedRun) => useCompetitiveness.setState({ selectedRun })}
        />
      )}
    </Card>
  );
}
