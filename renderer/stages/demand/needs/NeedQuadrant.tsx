import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { NeedsResult } from '../../../../shared/stages/demand/results.ts';
import { useT } from '../../../app/language.ts';
import { ScatterQuadrant } from '../../../charts/ScatterQuadrant.tsx';
import { Card } from '../../../components/Card.tsx';
import { boundsOf } from '../../../components/InspectedNumber.tsx';

type Need = NeedsResult['needs'][number];

/** Points with names that can still be told apart. */
const MOST_POINTS = 9;

interface Props {
  readonly result: NeedsResult;
  readonly selected: string | null;
  readonly onSelect: (need: Need) => void;
}

/** Importance against satisfaction: heavy and little satisfied comes first. */
export function NeedQuadrant({ result, selected, onSelect }: Props) {
  const t = useT();
  const known = result.needs.filter(({ satisfaction }) => satisfaction !== null);
  const shown = [...known].sort((a, b) => b.weight - a.weight).slice(0, MOST_POINTS);
  return (
    <Card title={t('stage.demand.screen.needs.quadrant')} testId="demand-needs-quadrant">
      {shown.length < 2 ? (
        <p className="muted">{t('stage.demand.screen.needs.quadrantNone')}</p>
      ) : (
        <>
          <ScatterQuadrant
            points={shown.map(({ id, name, satisfaction, weight, volume, low, high }) => {
              const yInterval = boundsOf(low, high);
              return {
                id,
                name,
                x: satisfaction ?? 0,
                y: weight,
                n: volume,
                ...(yInterval === null ? {} : { yInterval }),
              };
            })}
            x={{
              label: t('stage.demand.screen.needs.satisfaction'),
              format: (value) => formatNumber(value, 2),
              split:
                result.overallSatisfaction ??
                shown.reduce((sum, { satisfaction }) => sum + (satisfaction ?? 0), 0) / shown.length,
            }}
            y={{
              label: t('stage.demand.screen.needs.weight'),
              format: (value) => formatShare(value),
              exact: (value) => formatShare(value, 1),
              split: 1 / result.needs.length,
            }}
            zone={{ name: t('chart.fixFirst'), corner: 'top-left' }}
            selected={selected}
            onSelect={(id) => {
              const need = shown.find((candidate) => candidate.id === id);
              if (need !== undefined) onSelect(need);
            }}
          />
          <p className="muted small">
            {t('stage.demand.screen.needs.quadrantGloss', { shown: shown.length, all: result.needs.length })}
          </p>
        </>
      )}
    </Card>
  );
}
