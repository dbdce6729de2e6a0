import { maskPersonalData, PERSONAL_DATA_KINDS } from '../../../../../shared/stages/demand/clean/personal-data.ts';
import { chooseSamples } from '../../../../../shared/stages/landing/package/choose-samples.ts';
import { softmaxAt } from '../../../../../shared/statistics/softmax.ts';
import type { StorageFormat } from '../../../../../shared/train/storage.ts';
import type { StepContext } from '../../../artifacts/kind.ts';
import type { modelRequest } from '../../competitiveness/project-model.ts';
import type { PackedModel } from './packed-model.ts';

/** Samples that a self-test should have at least. */
export const SAMPLES_NEEDED = 20;
const SAMPLES_WANTED = 24;
const MOST_SAMPLES = 80;

/** Largest difference of a probability between this machine and the customer's. Eight-bit products are summed differently on processors
 *  without the instructions for them. */
export const TOLERANCE: Readonly<Record<StorageFormat, number>> = {
  float32: 0.001,
  float16: 0.001,
  sparse: 0.001,
  int8: 0.03,
  'int8-static': 0.03,
  int4: 0.03,
};

export interface PackageSamples {
  readonly samples: readonly {
    readonly text: string;
    readonly expectedLabel: string;
    readonly label: string;
    readonly probabilities: Readonly<Record<string, number>>;
    readonly truncated: boolean;
  }[];
  /** Where they come from. */
  readonly dataset: Int32Array;
  readonly row: Int32Array;
  readonly correct: number;
  readonly masked: number;
}

/** Locked test rows with what the packed form answers to each by itself, by its temperature: another process must get the same. */
export async function packageSamples(
  { worker, signal, seed }: Pick<StepContext<unknown>, 'worker' | 'signal' | 'seed'>,
  { model, test }: PackedModel,
  form: Awaited<ReturnType<typeof modelRequest>>,
  temperature: number,
): Promise<PackageSamples> {
  const wanted = Math.min(MOST_SAMPLES, Math.max(SAMPLES_WANTED, model.labels.length));
  const withText = Array.from(test.texts.keys()).filter((row) => test.texts[row] !== '');
  const rows = chooseSamples(
    withText.map((row) => test.actual[row]!),
    wanted,
    seed,
  ).map((at) => withText[at]!);
  const samples: PackageSamples['samples'][number][] = [];
  let masked = 0;
  for (const row of rows) {
    const { text } = maskPersonalData(test.texts[row]!, PERSONAL_DATA_KINDS);
    if (text !== test.texts[row]) masked += 1;
    const { logits, truncated } = await worker.run({ type: 'classify', ...form, texts: [text] }, { signal });
    const probabilities = softmaxAt(logits, model.labels.length, temperature);
    const best = probabilities.indexOf(Math.max(...probabilities));
    samples.push({
      text,
      expectedLabel: model.labels[test.actual[row]!] ?? '',
      label: model.labels[best] ?? '',
      probabilities: Object.fromEntries(model.labels.map((label, at) => [label, probabilities[at] ?? 0])),
      truncated: truncated > 0,
    });
  }
  return {
    samples,
    dataset: Int32Array.from(rows, (row) => test.dataset[row]!),
    row: Int32Array.from(rows, (row) => test.row[row]!),
    correct: samples.filter(({ expectedLabel, label }) => expectedLabel === label).length,
    masked,
  };
}
