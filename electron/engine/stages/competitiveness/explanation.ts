import { z } from 'zod';
import { packStrings } from '../../../../shared/data/string-table.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { NO_PROGRESS } from '../../../../shared/jobs/state.ts';
import {
  type Explanation,
  explainedSourceSchema,
  explanationSchema,
} from '../../../../shared/stages/competitiveness/explanation/results.ts';
import type { ExplainingStage } from '../../../../shared/stages/competitiveness/explanation/slots.ts';
import { softmaxAt } from '../../../../shared/statistics/softmax.ts';
import { predictedClasses } from '../../../../shared/train/evaluation.ts';
import { defineKind, type StepContext, type StepOutcome } from '../../artifacts/kind.ts';
import { modelRequest, modelSlot, projectModel } from './project-model.ts';

const explanationParamsSchema = z.strictObject({
  source: explainedSourceSchema,
  /** The text that the source is. */
  text: z.string(),
  actual: z.nullable(z.string()),
  /** The class to explain; null for the one that the model answers. */
  label: z.nullable(z.string()),
});
export type ExplanationParams = z.output<typeof explanationParamsSchema>;

/** Why a model of a stage answers one text as it does; the latest of each model stands. A model stored otherwise is explained by its weights in float32,
 *  which have gradients. */
export const explanationKind = (stage: ExplainingStage) =>
  defineKind({
    name: `${stage}.explanation`,
    stage,
    lane: 'infer',
    revision: 1,
    params: explanationParamsSchema,
    result: explanationSchema,
    pausable: false,
    training: false,
    takesStale: true,
    inputs: (_params, _slots, key) => [modelSlot(key)],
    defaultParams: () => null,
    run: explain,
  });

async function explain(context: StepContext<ExplanationParams>): Promise<StepOutcome<Explanation>> {
  const { key, params, store, deps, compute, worker, signal, progress } = context;
  const model = projectModel(store, deps, key);
  const target = params.label === null ? null : model.labels.indexOf(params.label);
  if (target === -1) throw new AppError('artifact.not-found', { id: params.label ?? '' });
  const [wordEnds] = await compute.run('competitiveness.wordEnds', { texts: packStrings([params.text]) }, { signal });
  const request = await modelRequest(context, { ...model, precision: 'float32' });
  const explained = await worker.run(
    { type: 'explain', ...request, text: params.text, wordEnds: wordEnds ?? [], target },
    {
      signal,
      onEvent(event) {
        if (event.type !== 'progress') return;
        const { done, total } = event;
        progress({ ...NO_PROGRESS, phase: 'explaining', fraction: done / Math.max(1, total), done, total });
      },
    },
  );
  const { logits, words, score, baselineScore, gap, steps, truncated } = explained;
  const name = (index: number) => model.labels[index] ?? '';
  const result: Explanation = {
    runId: key,
    ofOriginal: model.precision !== 'float32',
    text: params.text,
    source: params.source,
    actual: params.actual,
    predicted: name(predictedClasses(logits, model.labels.length)[0]!),
    label: name(explained.target),
    probabilities: Array.from(softmaxAt(logits, model.labels.length, 1))
      .map((probability, index) => ({ label: name(index), probability }))
      .sort((a, b) => b.probability - a.probability),
    score,
    baselineScore,
    gap,
    steps,
    words: [...words],
    truncated,
  };
  return { type: 'done', result };
}
