import { z } from 'zod';
import type { HandlersFor } from '../../../../shared/contract/index.ts';
import { defineSlice } from '../../../../shared/contract/stage.ts';
import { NO_PROGRESS } from '../../../../shared/jobs/state.ts';
import { adaptedModelSchema, type RejectOption } from '../../../../shared/stages/adaptation/results.ts';
import {
  type Classified,
  classifiedRequests,
  classifiedSchema,
  MOST_NAMED_CLASSES,
} from '../../../../shared/stages/competitiveness/classified.ts';
import { softmaxAt } from '../../../../shared/statistics/softmax.ts';
import { defineKind } from '../../artifacts/kind.ts';
import { DEFAULT_SEED, type EngineContext } from '../../context.ts';
import { cleanedTexts, modelCleaning } from './model-cleaning.ts';
import { modelTemperature } from './model-temperature.ts';
import { required } from './predictions.ts';
import { modelRequest, modelSlot, projectModel } from './project-model.ts';

const slice = defineSlice('competitiveness', classifiedRequests);

export const classifiedSlot = (modelId: string) => `competitiveness.classified:${modelId}`;

/** What a model answers to texts that a person gives, cleaned as those that it learnt from; the latest of each model stands. */
export const classifiedKind = defineKind({
  name: 'competitiveness.classified',
  stage: 'competitiveness',
  lane: 'infer',
  revision: 2,
  params: z.strictObject({ texts: z.array(z.string()) }),
  result: classifiedSchema,
  pausable: false,
  training: false,
  takesStale: true,
  inputs: (_params, _slots, key) => [modelSlot(key)],
  defaultParams: () => null,
  async run(context) {
    const { key, params, store, deps, worker, signal, progress, input } = context;
    const model = projectModel(store, deps, key);
    const { result } = input(modelSlot(key));
    const texts = cleanedTexts(params.texts, modelCleaning(store, model), 'competitiveness.classify');
    const request = await modelRequest(context, model);
    const { logits, truncated } = await worker.run(
      { type: 'classify', ...request, texts },
      {
        signal,
        onEvent(event) {
          if (event.type !== 'progress') return;
          const { done, total } = event;
          progress({ ...NO_PROGRESS, phase: 'evaluating', fraction: done / Math.max(1, total), done, total });
        },
      },
    );
    const applied = modelTemperature(store, key);
    const temperature = applied === null ? null : { value: applied.temperature, devRows: applied.devRows };
    const reject = key.startsWith('A') ? adaptedModelSchema.parse(result).reject : null;
    const answers = answersTo(params.texts, model.labels, logits, temperature?.value ?? 1, reject);
    return {
      type: 'done',
      result: { modelId: key, temperature, classes: model.labels.length, truncated, answers },
    };
  },
});

/** The likeliest classes of each text; among equals the first, as everywhere. */
function answersTo(
  texts: readonly string[],
  labels: readonly string[],
  logits: Float32Array,
  temperature: number,
  reject: RejectOption | null,
): Classified['answers'] {
  const classes = labels.length;
  const probabilities = softmaxAt(logits, classes, temperature);
  // The limit below which people look was chosen on probabilities without a temperature.
  const uncalibrated = softmaxAt(logits, classes, 1);
  return texts.map((text, at) => {
    const own = Array.from(probabilities.subarray(at * classes, (at + 1) * classes));
    const likeliest = labels
      .map((label, index) => ({ label, probability: own[index]! }))
      .sort((a, b) => b.probability - a.probability)
      .slice(0, MOST_NAMED_CLASSES);
    const sureness = uncalibrated.subarray(at * classes, (at + 1) * classes).reduce((a, b) => Math.max(a, b), 0);
    const toPerson = reject !== null && sureness < reject.confidence;
    return { text, label: likeliest[0]!.label, probability: likeliest[0]!.probability, likeliest, toPerson };
  });
}

export const classifiedHandlers = ({ store, view, start }: EngineContext): HandlersFor<typeof slice.requests> => ({
  'competitiveness.classify': ({ modelId, texts }) => {
    required(store, modelSlot(modelId));
    return start([{ slot: classifiedSlot(modelId), params: { texts }, seed: DEFAULT_SEED }]);
  },
  'competitiveness.classified': ({ modelId }) => view<Classified>(classifiedSlot(modelId)),
});
