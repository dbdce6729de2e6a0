import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import {
  SHARE_MEASURES,
  TASK_MEASURES,
  type TaskMeasure,
  type TaskRun,
  type TaskSeeds,
} from '../../../../shared/stages/competitiveness/tasks/results.ts';
import { useT } from '../../../app/language.ts';
import { type SeedFigure, SeedMean, SeedsTable } from '../../../components/SeedsTable.tsx';
import { PLAIN_DECIMALS } from '../../../components/TaskFigures.tsx';

type RunView = ArtifactView<TaskRun>;

const shownAs = (measure: TaskMeasure) =>
  SHARE_MEASURES.has(measure) ? ({ unit: 'share' } as const) : ({ unit: 'plain', decimals: PLAIN_DECIMALS } as const);

function seedFigure(
  t: ReturnType<typeof useT>,
  seeds: TaskSeeds,
  measure: TaskMeasure,
): SeedFigure<TaskSeeds['runs'][number]> {
  return {
    id: measure,
    word: t(`stage.competitiveness.screen.tasks.measure.${measure}`),
    shown: shownAs(measure),
    mean: seeds.figures.find((figure) => figure.measure === measure)?.mean ?? null,
    of: (run) => run.figures.find((figure) => figure.measure === measure)?.value ?? null,
  };
}

/** A figure as a mean over seeds; nothing for a run from one seed. */
export function TaskSeedMean({ view, measure }: { readonly view: RunView; readonly measure: TaskMeasure }) {
  const t = useT();
  const { artifact, result } = view;
  const { id, seeds } = result;
  if (seeds === undefined) return null;
  const { length } = seeds.runs;
  return <SeedMean id={id} slot={artifact.slot} count={length} figure={seedFigure(t, seeds, measure)} />;
}

/** Every seed of a run with what came of it, and which is kept. */
export function TaskSeedsPanel({ view }: { readonly view: RunView }) {
  const t = useT();
  const { artifact, result } = view;
  const { id, seeds, task, test } = result;
  if (seeds === undefined) return null;
  const [main] = TASK_MEASURES[task];
  const measure = t(`stage.competitiveness.screen.tasks.measure.${main}`);
  return (
    <SeedsTable
      id={id}
      slot={artifact.slot}
      seeds={seeds}
      dev={{ word: t('stage.competitiveness.screen.tasks.devScore', { measure }), shown: shownAs(main) }}
      figures={TASK_MEASURES[task].map((of) => seedFigure(t, seeds, of))}
      rows={test.rows}
      testId="competitiveness-task-seeds"
    />
  );
}
