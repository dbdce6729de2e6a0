import { z } from 'zod';
import type { ArtifactInfo } from '../../../../shared/contract/artifact.ts';
import type { Input } from '../../../../shared/contract/index.ts';
import { canonicalJson } from '../../../../shared/data/canonical-json.ts';
import { isSettled } from '../../../../shared/jobs/state.ts';
import { type AdaptedModel, recipeIdSchema } from '../../../../shared/stages/adaptation/results.ts';
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
import { type RunConfig, runConfigSchema } from '../../../../shared/train/run-config.ts';
import { TEXT_TASKS } from '../../../../shared/train/text-task.ts';
import type { EngineContext } from '../../context.ts';
import { PARAPHRASES } from './paraphrases.ts';
import { compareRuns, required } from './predictions.ts';
import { modelSlot } from './project-model.ts';
import { compareTaskRuns } from './tasks/handlers.ts';
import { taskRunSlot } from './tasks/task-model.ts';

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
    // What is trained now learns and is tested on the data as they stand, and so stands beside no run of older data.
    const current = runs.filter(({ isStale }) => !isStale);
    const queued = queuedTrainings(context, among);
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
      missing: missingRuns(current).map(({ run, option, config }) => ({
        runId: run.id,
        option,
        config,
        queued: queued.some(
          (waiting) =>
            waiting.begins === run.begins &&
            canonicalJson(waiting.seeds) === canonicalJson(run.seeds) &&
            sameTraining(waiting.config, config),
        ),
      })),
    };
  };
}

/** A training that is done. */
interface Trained extends AblationRun {
  /** What it began with, as a job says it that has yet to begin. */
  readonly begins: string;
  readonly isStale: boolean;
}

/** Trainings of this program that can be held against each other; what was compressed or trained elsewhere differs in more than its options. */
function runsAmong({ store, view }: EngineContext, among: AblationAmong): Trained[] {
  const viewsOf = <R>(kind: string) => store.slotsOf(kind).flatMap((slot) => view<R>(slot) ?? []);
  // What was made of the training rows for an option of a run is that option.
  const learntFrom = (slot: string) =>
    required(store, slot)
      .inputs.filter((input) => !input.slot.startsWith(PARAPHRASES))
      .map((input) => `${input.slot} ${input.hash}`)
      .sort();
  const trained = (
    { stale }: ArtifactInfo,
    slot: string,
    result: Parameters<typeof beginning>[0] & Parameters<typeof seedsOf>[1] & Pick<Trained, 'id' | 'testLock'>,
    config: RunConfig,
    model: string | null,
  ): Trained => {
    const begins = beginning(result);
    return {
      id: result.id,
      start: canonicalJson([model ?? begins, learntFrom(slot)]),
      testLock: result.testLock,
      config,
      seeds: seedsOf(config, result),
      begins,
      isStale: stale.length > 0,
    };
  };
  switch (among.type) {
    case 'classes':
      return viewsOf<RunRecord>(KINDS.classes).flatMap(({ artifact, result }) => {
        const { id, kind, modelHash, config } = result;
        return kind !== 'tuned' || config === null ? [] : [trained(artifact, modelSlot(id), result, config, modelHash)];
      });
    case 'task':
      return viewsOf<TaskRun>(KINDS.task).flatMap(({ artifact, result }) => {
        const { id, task, modelHash, config } = result;
        return task !== among.task ? [] : [trained(artifact, taskRunSlot(id), result, config, modelHash)];
      });
    case 'scenario':
      return viewsOf<AdaptedModel>(KINDS.scenario).flatMap(({ artifact, result }) => {
        const { id, kind, scenarioId, config } = result;
        const isOurs = scenarioId === among.scenarioId && kind === 'tuned';
        return !isOurs || config === null ? [] : [trained(artifact, modelSlot(id), result, config, null)];
      });
  }
}

/** The seeds that a training was done from. */
function seedsOf(
  { seed }: RunConfig,
  { seeds }: { readonly seeds?: { readonly runs: readonly { readonly seed: number }[] } | undefined },
): readonly number[] {
  return seeds?.runs.map((run) => run.seed) ?? [seed];
}

const KINDS = {
  classes: 'competitiveness.run',
  task: 'competitiveness.taskRun',
  scenario: 'adaptation.model',
} as const;

/** What a training says it begins with, in its result as in its job: scenario with source and recipe, task with base model, or base model. */
const beginningSchema = z.union([
  z.object({ scenarioId: z.string(), sourceId: z.string(), recipe: recipeIdSchema }),
  z.object({ task: z.enum(TEXT_TASKS), modelId: z.string() }),
  z.object({ modelId: z.string() }),
]);

function beginning(of: z.output<typeof beginningSchema>): string {
  // A new head forgets the source's; the other recipes begin with all of it.
  if ('scenarioId' in of) return canonicalJson([of.scenarioId, of.sourceId, of.recipe === 'new-head']);
  return canonicalJson('task' in of ? [of.task, of.modelId] : [of.modelId]);
}

const trainingSchema = z.object({
  config: runConfigSchema,
  seeds: z.array(z.int()).optional(),
  elsewhere: z.undefined().optional(),
});

/** Trainings of the kind that run or wait. What is read in from elsewhere and what is compressed are jobs of the kind, too, and no trainings. */
function queuedTrainings({ store }: EngineContext, { type }: AblationAmong) {
  return store.jobs
    .list()
    .filter(({ slot, state }) => slot.startsWith(`${KINDS[type]}:`) && !isSettled(state))
    .flatMap(({ params }) => {
      const training = trainingSchema.safeParse(params);
      if (!training.success) return [];
      const { config, seeds = [config.seed] } = training.data;
      return [{ config, seeds, begins: beginning(beginningSchema.parse(params)) }];
    });
}
