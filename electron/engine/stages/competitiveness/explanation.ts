import { z } from 'zod';
import { packStrings } from '../../../../shared/data/string-table.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { NO_PROGRESS } from '../../../../shared/jobs/state.ts';
import {
  type Explanation,
  explainedSourceSchema,
  explanationSchema,
  saidSchema,
} from '../../../../shared/stages/competitiveness/explanation/results.ts';
import type { ExplainingStage } from '../../../../shared/stages/competitiveness/explanation/slots.ts';
import { defineKind, type StepContext, type StepOutcome } from '../../artifacts/kind.ts';
import { explainedModel, explainedSlot } from './explained-model.ts';
import { modelRequest } from './project-model.ts';

const explanationParamsSchema = z.strictObject({
  source: explainedSourceSchema,
  /** The text that the source is, as the model reads it. */
  text: z.string(),
  actual: z.nullable(saidSchema),
  /** The class or label to explain; null for the likeliest, and for a rating or a number. */
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
    inputs: (_params, _slots, key) => [explainedSlot(key)],
    defaultParams: () => null,
    run: explain,
  });

async function explain(context: StepContext<ExplanationParams>): Promise<StepOutcome<Explanation>> {
  const { key, params, store, deps, compute, worker, signal, progress } = context;
  const { model, task, asked, targets, levels, said, probabilities, temperature } = explainedModel(store, deps, key);
  const target = params.label === null ? null : targets.indexOf(params.label);
  if (target === -1) throw new AppError('artifact.not-found', { id: params.label ?? '' });
  const [wordEnds] = await compute.run('competitiveness.wordEnds', { texts: packStrings([params.text]) }, { signal });
  const request = await modelRequest(context, { ...model, precision: 'float32' });
  const explained = await worker.run(
    { type: 'explain', ...request, ...asked, text: params.text, wordEnds: wordEnds ?? [], target },
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
  const likely = probabilities(logits);
  const result: Explanation = {
    runId: key,
    task,
    ofOriginal: model.precision !== 'float32',
    text: params.text,
    source: params.source,
    actual: params.actual,
    predicted: said(logits),
    label: targets[explained.target] ?? null,
    probabilities: targets
      .map((label, at) => ({ label, probability: likely[at]! }))
      .sort((a, b) => b.probability - a.probability),
    calibrated:
      temperature === null
        ? null
        : {
            temperature: temperature.temperature,
            devRows: temperature.devRows,
            probability: probabilities(logits, temperature.temperature)[explained.target]!,
          },
    // A question's logit is the score and its bias: it says yes above the bias turned round.
    thresholds: levels.slice(1).map((level, question) => ({ level, above: score - logits[question]! })),
    score,
    baselineScore,
    gap,
    steps,
    words: [...words],
    truncated,
  };
  return { type: 'done', result };
}
