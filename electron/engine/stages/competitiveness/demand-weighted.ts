import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { correctness } from '../../../../shared/stages/competitiveness/evaluation/changes.ts';
import type { Evaluation, RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { type NeedsResult, needsResultSchema } from '../../../../shared/stages/demand/results.ts';
import { keyOf } from '../../artifacts/kind.ts';
import { asFloat32, asInt32 } from '../../artifacts/parts.ts';
import { DEFAULT_SEED, type EngineContext } from '../../context.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { type LockedTest, measuredRun, testOf } from './predictions.ts';

/** Index of the need of each test row, −1 where the row's text belongs to none. */
export function needsOfTestRows(store: ProjectStore, needs: ArtifactRecord, { rows }: LockedTest): Int32Array {
  const dataset = asInt32(store.part(needs, 'dataset'));
  const row = asInt32(store.part(needs, 'row'));
  const needOf = new Map<string, number>();
  asInt32(store.part(needs, 'need')).forEach((index, at) => {
    needOf.set(`${dataset[at]}/${row[at]}`, index);
  });
  return rows.test.map((at) => needOf.get(`${rows.rows.dataset[at]}/${rows.rows.row[at]}`) ?? -1);
}

/** Gives runs their accuracy weighted by f1 as it stands now. It is not in the run's artifact: a new f1 must not ask for a new training. Each pair of run and f1 is computed once. */
export function createDemandWeighting(
  context: EngineContext,
): (view: ArtifactView<RunRecord>) => Promise<ArtifactView<RunRecord>> {
  const known = new Map<string, Promise<Evaluation['demandWeighted']>>();
  const compute = async (slot: string, needs: ArtifactRecord): Promise<Evaluation['demandWeighted']> => {
    const { store } = context;
    const run = measuredRun(store, keyOf(slot));
    const test = testOf(store, run);
    const f1: NeedsResult = needsResultSchema.parse(needs.result);
    return context.previewCompute.run('competitiveness.demandWeighted', {
      correct: correctness(test.actual, run.predictions),
      rowNeeds: needsOfTestRows(store, needs, test),
      weights: f1.needs.map(({ weight }) => weight),
      weightDraws: asFloat32(store.part(needs, 'draws')),
      seed: DEFAULT_SEED,
    });
  };
  return async (view) => {
    const needs = context.store.current('demand.needs');
    if (needs === undefined) return view;
    const key = `${view.artifact.id} ${needs.id}`;
    const weighted = known.get(key) ?? compute(view.artifact.slot, needs);
    known.set(key, weighted);
    weighted.catch(() => known.delete(key));
    return {
      artifact: view.artifact,
      result: { ...view.result, test: { ...view.result.test, demandWeighted: await weighted } },
    };
  };
}
