import type { Input } from '../../../../shared/contract/index.ts';
import { isSettled } from '../../../../shared/jobs/state.ts';
import type { AdaptedModel } from '../../../../shared/stages/adaptation/results.ts';
import {
  type AblationAmong,
  type AblationPair,
  type AblationResult,
  type AblationRun,
  ablationPairs,
  missingRuns,
  sameTraining,
} from '../../../../shared/stages/competitiveness/ablation.ts';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import type { TaskRun } from '../../../../shared/stages/competitiveness/tasks/results.ts';
import { runConfigSchema } from '../../../../shared/train/run-config.ts';
import type { EngineContext } from '../../context.ts';
import { compareRuns, required } from './predictions.ts';
import { modelSlot } from './project-model.ts';
import { taskRunSlot } from './tasks/answers.ts';
import { compareTaskRuns } from './tasks/handlers.ts';

/** Each pair has rows to be drawn again thousands of times. */
const MOST_PAIRS = 12;

type Compared = AblationResult['pairs'][number]['compared'];

/** What each option of a training brings. Both trainings of a pair are done with, so each pair is compared once. */
export function createAblation(
  context: EngineContext,
): (input: Input<'competitiveness.ablation'>) => Promise<AblationResult> {
  const { store } = context;
  const known = new Map<string, Promise<Compared>>();
  const compared = (among: AblationAmong, { run, reference }: AblationPair): Promise<Compared> => {
    const [slotOf, compare] = among.type === 'task' ? [taskRunSlot, compareTaskRuns] : [modelSlot, compareRuns];
    const key = [run, reference].map(({ id }) => required(store, slotOf(id)).id).join(' ');
    const found = known.get(key) ?? compare(context, run.id, reference.id);
    known.set(key, found);
    found.catch(() => known.delete(key));
    return found;
  };
  return async ({ among }) => {
    const runs = runsAmong(context, among);
    const queued = queuedConfigs(context, among);
    const pairs = ablationPairs(runs).slice(-MOST_PAIRS);
    return {
      pairs: await Promise.all(
        pairs.map(async (pair) => ({
          option: pair.option,
          runId: pair.run.id,
          referenceId: pair.reference.id,
          compared: await compared(among, pair),
        })),
      ),
      missing: missingRuns(runs).map(({ run, option, config }) => ({
        runId: run.id,
        option,
        config,
        queued: queued.some((waiting) => sameTraining(waiting, config)),
      })),
    };
  };
}

/** Trainings of this program that can be held against each other; what was compressed or trained elsewhere differs in more than its options. */
function runsAmong({ store, view }: EngineContext, among: AblationAmong): AblationRun[] {
  switch (among.type) {
    case 'classes':
      return store
        .slotsOf('competitiveness.run')
        .flatMap((slot) => view<RunRecord>(slot)?.result ?? [])
        .flatMap(({ id, kind, modelHash, testLock, config }) =>
          kind === 'tuned' && config !== null ? [{ id, start: modelHash, testLock, config }] : [],
        );
    case 'task':
      return store
        .slotsOf('competitiveness.taskRun')
        .flatMap((slot) => view<TaskRun>(slot)?.result ?? [])
        .flatMap(({ id, task, modelHash, testLock, config }) =>
          task === among.task ? [{ id, start: modelHash, testLock, config }] : [],
        );
    case 'scenario':
      return store
        .slotsOf('adaptation.model')
        .flatMap((slot) => view<AdaptedModel>(slot)?.result ?? [])
        .flatMap(({ id, kind, scenarioId, sourceId, recipe, testLock, config }) =>
          scenarioId === among.scenarioId && kind === 'tuned' && config !== null
            ? // A new head forgets the source's; the other recipes begin with all of it.
              [{ id, start: recipe === 'new-head' ? `${sourceId} without head` : sourceId, testLock, config }]
            : [],
        );
  }
}

const KINDS = {
  classes: 'competitiveness.run',
  task: 'competitiveness.taskRun',
  scenario: 'adaptation.model',
} as const;

/** What trainings of the kind that run or wait will be. */
function queuedConfigs({ store }: EngineContext, { type }: AblationAmong) {
  return store.jobs
    .list()
    .filter(({ slot, state }) => slot.startsWith(`${KINDS[type]}:`) && !isSettled(state))
    .flatMap(({ params }) => {
      const config = runConfigSchema.safeParse((params as { config?: unknown }).config);
      return config.success ? [config.data] : [];
    });
}
