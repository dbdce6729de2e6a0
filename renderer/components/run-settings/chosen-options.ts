import { formatShort } from '../../../shared/i18n/number.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import type { useT } from '../../app/language.ts';

/** The options of a run that are not at rest, each with its value. */
export function chosenOptions(
  t: ReturnType<typeof useT>,
  config: RunConfig,
): readonly (readonly [name: string, value: string])[] {
  const numbers = (['labelSmoothing', 'focalGamma', 'logitAdjustment', 'rDrop'] as const).flatMap((id) => {
    const value = config[id];
    return value === undefined ? [] : [[t(`training.robustness.${id}.name`), formatShort(value)] as const];
  });
  const { adversary } = config;
  if (adversary === undefined) return numbers;
  const { type, ...sizes } = adversary;
  const text = Object.values(sizes)
    .map((size) => (size === null ? '∞' : formatShort(size)))
    .join(', ');
  return [...numbers, [t(`training.robustness.adversary.types.${type}`), text]];
}
