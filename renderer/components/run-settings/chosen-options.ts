import type { Augmentation } from '../../../shared/augmentation/plan.ts';
import { formatShort } from '../../../shared/i18n/number.ts';
import type { Adversary } from '../../../shared/train/robustness-config.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import type { useT } from '../../app/language.ts';

type Option = readonly [name: string, value: string];

/** The options of a run that are not at rest, each with its value. */
export function chosenOptions(t: ReturnType<typeof useT>, config: RunConfig): readonly Option[] {
  const numbers = (['labelSmoothing', 'focalGamma', 'logitAdjustment', 'rDrop'] as const).flatMap((id) => {
    const value = config[id];
    return value === undefined ? [] : [[t(`training.robustness.${id}.name`), formatShort(value)] as const];
  });
  const { adversary, augmentation } = config;
  return [
    ...numbers,
    ...(adversary === undefined ? [] : [adversaryOption(t, adversary)]),
    ...(augmentation === undefined ? [] : [augmentationOption(t, augmentation)]),
  ];
}

function adversaryOption(t: ReturnType<typeof useT>, { type, ...sizes }: Adversary): Option {
  const values = Object.values(sizes).map((size) => (size === null ? '∞' : formatShort(size)));
  return [t(`training.robustness.adversary.types.${type}`), values.join(', ')];
}

function augmentationOption(t: ReturnType<typeof useT>, { techniques, copies, rate }: Augmentation): Option {
  const names = techniques.map((technique) => t(`training.robustness.augmentation.technique.${technique}`));
  return [t('training.robustness.augmentation.name'), `×${copies}, α ${formatShort(rate)}: ${names.join(', ')}`];
}
