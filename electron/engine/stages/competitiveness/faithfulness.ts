import { z } from 'zod';
import { packStrings } from '../../../../shared/data/string-table.ts';
import { FRACTIONS } from '../../../../shared/explanation/deletion.ts';
import { NO_PROGRESS } from '../../../../shared/jobs/state.ts';
import { createRng, shuffle } from '../../../../shared/rng.ts';
import {
  type FaithfulnessResult,
  faithfulnessSchema,
} from '../../../../shared/stages/competitiveness/explanation/results.ts';
import type { ExplainingStage } from '../../../../shared/stages/competitiveness/explanation/slots.ts';
import { defineKind, type StepContext, type StepOutcome } from '../../artifacts/kind.ts';
import { labelledTextInputs } from './labels.ts';
import { measuredRun, testTextsOf } from './predictions.ts';
import { modelRequest, modelSlot, projectModel } from './project-model.ts';

const faithfulnessParamsSchema = z.strictObject({ texts: z.int().min(5) });

/** Which explanation of a model of a stage may be trusted, on a sample of its locked test rows. */
export const faithfulnessKind = (stage: ExplainingStage) =>
  defineKind({
    name: `${stage}.faithfulness`,
    stage,
    lane: 'infer',
    revision: 1,
    params: faithfulnessParamsSchema,
    result: faithfulnessSchema,
    pausable: false,
    training: false,
    takesStale: true,
    // The rows of an adapted model are those that it was made from.
    inputs: (_params, slots, key) => [
      ...(stage === 'competitiveness' ? labelledTextInputs(slots) : []),
      modelSlot(key),
    ],
    defaultParams: () => null,
    run: measureFaithfulness,
  });

async function measureFaithfulness(
  context: StepContext<z.output<typeof faithfulnessParamsSchema>>,
): Promise<StepOutcome<FaithfulnessResult>> {
  const { key, params, seed, store, deps, compute, worker, signal, progress } = context;
  const model = projectModel(store, deps, key);
  const all = testTextsOf(store, measuredRun(store, key));
  const sampled = shuffle(Int32Array.from(all.keys()), createRng(seed)).subarray(0, params.texts);
  const texts = Array.from(sampled, (at) => all[at]!);
  const ends = await compute.run('competitiveness.wordEnds', { texts: packStrings(texts) }, { signal });
  const request = await modelRequest(context, { ...model, precision: 'float32' });
  const { probabilities, tooShort, gap } = await worker.run(
    {
      type: 'faithfulness',
      ...request,
      texts: texts.map((text, i) => ({ text, wordEnds: ends[i] ?? [] })),
      seed,
    },
    {
      signal,
      onEvent(event) {
        if (event.type !== 'progress') return;
        const { done, total } = event;
        const fraction = done / Math.max(1, total);
        progress({ ...NO_PROGRESS, phase: 'explaining', fraction, done, total, unit: 'texts' });
      },
    },
  );
  const found = await compute.run('competitiveness.faithfulness', { probabilities, seed }, { signal });
  const whole = probabilities.whole.reduce((sum, value) => sum + value, 0) / probabilities.whole.length;
  const result: FaithfulnessResult = {
    runId: key,
    ofOriginal: model.precision !== 'float32',
    sampled: texts.length,
    tooShort,
    fractions: [...FRACTIONS],
    whole,
    gap,
    ...found,
  };
  return { type: 'done', result };
}
