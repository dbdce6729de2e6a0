import { appliedTemperature } from '../../../../../shared/stages/competitiveness/evaluation/temperature.ts';
import type { TemperatureResult } from '../../../../../shared/stages/competitiveness/results.ts';
import { softmaxAt } from '../../../../../shared/statistics/softmax.ts';
import type { StepContext } from '../../../artifacts/kind.ts';
import type { modelRequest } from '../../competitiveness/project-model.ts';
import type { PackedModel } from './packed-model.ts';

export interface PackageCalibration {
  /** Of the form that is packed, applied or not; null without dev rows. */
  readonly fitted: TemperatureResult | null;
  /** Of the answer to each test row, as the service gives it. */
  readonly confidence: Float64Array;
}

/** How sure the packed form is, and the temperature that corrects it. A form that was measured has the temperature of its record; the logits of another
 *  are its own, so that one is fitted on the same dev rows.
 *  @param form the model as it is packed */
export async function packageCalibration(
  { compute, worker, signal, seed }: Pick<StepContext<unknown>, 'compute' | 'worker' | 'signal' | 'seed'>,
  { model, record, dev, test }: PackedModel,
  form: Awaited<ReturnType<typeof modelRequest>>,
): Promise<PackageCalibration> {
  const { classes } = form;
  const logitsOf = async (texts: readonly string[]) =>
    (await worker.run({ type: 'classify', ...form, texts: [...texts] }, { signal })).logits;
  const logits = await logitsOf(test.texts);
  const fitHere = async () =>
    compute.run(
      'competitiveness.calibrate',
      {
        classes,
        dev: { labels: dev.actual, logits: await logitsOf(dev.texts) },
        test: { labels: test.actual, logits },
        seed,
      },
      { signal },
    );
  const measured = form.precision === model.precision ? record.temperature : null;
  const fitted = measured ?? (dev.texts.length === 0 ? null : await fitHere());
  const probabilities = softmaxAt(logits, classes, appliedTemperature(fitted)?.temperature ?? 1);
  return {
    fitted,
    confidence: Float64Array.from(test.texts, (_, row) =>
      probabilities.subarray(row * classes, (row + 1) * classes).reduce((most, value) => Math.max(most, value), 0),
    ),
  };
}
