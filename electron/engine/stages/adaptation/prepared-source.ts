import { join } from 'node:path';
import { answerMap, modelLabels } from '../../../../shared/stages/adaptation/label-map.ts';
import type { RecipeId, Scenario } from '../../../../shared/stages/adaptation/results.ts';
import type { RunConfig } from '../../../../shared/train/run-config.ts';
import type { StepContext } from '../../artifacts/kind.ts';
import { paraphrasesFor } from '../competitiveness/paraphrases.ts';
import { modelRequest, type ProjectModel } from '../competitiveness/project-model.ts';
import { rowsAt, type ScenarioRows } from './data.ts';
import { earlierRows, type Training } from './lineage.ts';
import { currentScenario } from './scenario.ts';
import { adaptedTo } from './tests.ts';

/** Whether a recipe trains at all. */
export const trainsAnything = (recipe: RecipeId): boolean => recipe !== 'reuse' && recipe !== 'threshold';

interface Choice {
  readonly scenarioId: string;
  readonly sourceId: string;
}

/** What a source calls the classes of a scenario; null where it calls them the same. */
export function sourceNames(
  { store }: Pick<StepContext<unknown>, 'store'>,
  { scenarioId, sourceId }: Choice,
): Scenario['labelMap'] {
  const isOwn = adaptedTo(store, sourceId) === scenarioId;
  return isOwn ? null : currentScenario(store, scenarioId).scenario.labelMap;
}

/** Which outputs of a source answer the classes of its new rows. */
export function sourceAnswers(names: Scenario['labelMap'], { result }: ScenarioRows, source: ProjectModel) {
  const labels = result.classes.map(({ label }) => label);
  const rowsPerClass = result.classes.map(({ train }) => train);
  return answerMap(labels, modelLabels(labels, names, source.labels), source.labels, rowsPerClass);
}

/** The source's weights in the job's folder, with the classifier that the scenario's classes take. A head that knows all classes is kept and trained
 *  on; else it starts anew on the encoder. */
export async function preparedSource(
  context: Pick<StepContext<unknown>, 'store' | 'deps' | 'worker' | 'spoolFolder' | 'spoolKey' | 'signal'>,
  source: ProjectModel,
  recipe: RecipeId,
  outputOf: Int32Array,
) {
  const { worker, spoolFolder, signal } = context;
  const request = await modelRequest(context, source);
  const keepsHead = !trainsAnything(recipe) || (recipe !== 'new-head' && outputOf.every((output) => output >= 0));
  const selected = join(spoolFolder, 'selected.safetensors');
  await worker.run(
    { type: 'selectHead', tuned: request.tuned, outputs: keepsHead ? outputOf : null, file: selected },
    { signal },
  );
  return { request, selected, keepsHead };
}

/** What a training on a scenario's rows learns from; earlier rows where the recipe is against forgetting. */
export function scenarioTraining(
  context: Pick<StepContext<unknown>, 'store' | 'input'>,
  scenarioId: string,
  data: ScenarioRows,
  config: RunConfig,
  trainings: readonly Training[],
  outputOf: Int32Array,
) {
  const earlier = config.continual === undefined ? null : earlierRows(trainings, outputOf);
  const learnt = rowsAt(data, data.train);
  return {
    train: learnt,
    ...paraphrasesFor(context, config, learnt.texts, { scenarioId }),
    dev: data.dev.length === 0 ? null : rowsAt(data, data.dev),
    ...(earlier === null || earlier.texts.length === 0 ? {} : { earlier }),
  };
}
