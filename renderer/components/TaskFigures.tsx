import { SHARE_MEASURES, type TaskFigure } from '../../shared/stages/competitiveness/tasks/results.ts';
import { useT } from '../app/language.ts';
import { InspectedNumber } from './InspectedNumber.tsx';
import { NumberText } from './NumberText.tsx';
import { PointsNumber } from './PointsNumber.tsx';

/** Of figures that are no shares. */
export const PLAIN_DECIMALS = 3;

interface Props {
  readonly figure: TaskFigure;
  /** Whose figure it is. */
  readonly name: string;
  readonly slot: string;
  readonly seed: number;
  readonly rows: number;
  readonly resamples: number;
}

/** A figure of a task with its interval; it opens with what it means, rows and seed. */
export function TaskNumber({ figure: { measure, estimate }, name, slot, seed, rows, resamples }: Props) {
  const t = useT();
  if (estimate === null) return <NumberText value={null} />;
  const isShare = SHARE_MEASURES.has(measure);
  return (
    <InspectedNumber
      value={estimate.value}
      unit={isShare ? 'share' : 'plain'}
      {...(isShare ? {} : { decimals: PLAIN_DECIMALS })}
      interval={[estimate.low, estimate.high]}
      inspected={{
        title: `${name} · ${t(`stage.competitiveness.screen.tasks.measure.${measure}`)}`,
        method: t('stage.competitiveness.screen.tasks.interval', {
          what: t(`stage.competitiveness.screen.tasks.measureWhat.${measure}`),
          rows,
          resamples,
        }),
        n: rows,
        slot,
        seed,
      }}
    />
  );
}

/** A difference of two figures on the same rows, in points where they are shares. */
export function TaskDifference({ figure: { measure, estimate }, name, slot, seed, rows, resamples }: Props) {
  const t = useT();
  if (estimate === null) return <NumberText value={null} />;
  const inspected = {
    title: name,
    method: t('stage.competitiveness.screen.tasks.differenceMethod', {
      measure: t(`stage.competitiveness.screen.tasks.measure.${measure}`),
      rows,
      resamples,
    }),
    n: rows,
    slot,
    seed,
  };
  if (SHARE_MEASURES.has(measure)) return <PointsNumber estimate={estimate} inspected={inspected} />;
  return (
    <InspectedNumber
      value={estimate.value}
      unit="plain"
      decimals={PLAIN_DECIMALS}
      interval={[estimate.low, estimate.high]}
      inspected={inspected}
    />
  );
}
