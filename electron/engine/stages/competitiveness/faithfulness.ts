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
import { defineKind, type SlotReader, type StepContext, type StepOutcome } from '../../artifacts/kind.ts';
import { explainedModel, explainedSlot } from './explained-model.ts';
import { labelledTextInputs } from './labels.ts';
import { modelRequest } from './project-model.ts';
import { isTaskRun, taskRunSlot } from './tasks/task-model.ts';
import { testedRows } from './tested-rows.ts';

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
    inputs: (_params, slots, key) => [...rowInputs(stage, slots, key), explainedSlot(key)],
    defaultParams: () => null,
    run: measureFaithfulness,
  });

/** Where a model's test rows stand; those of an adapted one are those that it was made from. */
function rowInputs(stage: ExplainingStage, slots: SlotReader, key: string): readonly string[] {
  if (stage === 'adaptation') return [];
  if (!isTaskRun(key)) return labelledTextInputs(slots);
  return (slots.current(taskRunSlot(key))?.inputs ?? []).map(({ slot }) => slot);
}

async function measureFaithfulness(
  context: StepContext<z.output<typeof faithfulnessParamsSchema>>,
): Promise<StepOutcome<FaithfulnessResult>> {
  const { key, params, seed, store, deps, compute, worker, signal, progress } = context;
  const { model, task } = explainedModel(store, deps, key);
  const all = testedRows(store, key);
  const sampled = shuffle(Int32Array.from(all.keys()), createRng(seed)).subarray(0, params.texts);
  const texts = Array.from(sampled, (at) => all[at]!.text);
  const ends = await compute.run('competitiveness.wordEnds', { texts: packStrings(texts) }, { signal });
  const request = await modelRequest(context, { ...model, precision: 'float32' });
  const { probabilities, tooShort, gap } = await worker.run(
    {
      type: 'faithfulness',
      ...request,
      ...(task === 'multi-label' ? { task } : {}),
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
