import type { Augmentation } from '../../../shared/augmentation/plan.ts';
import { formatShare, formatShort } from '../../../shared/i18n/number.ts';
import { type Continual, continualProblems } from '../../../shared/train/continual-config.ts';
import { type Contrastive, contrastiveProblems } from '../../../shared/train/contrastive-config.ts';
import { type Adversary, robustnessProblems } from '../../../shared/train/robustness-config.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import type { useT } from '../../app/language.ts';

type Option = readonly [name: string, value: string];

/** The options of a run that are not at rest, each with its value. */
export function chosenOptions(t: ReturnType<typeof useT>, config: RunConfig): readonly Option[] {
  const numbers = (['labelSmoothing', 'focalGamma', 'logitAdjustment', 'rDrop', 'huberDelta'] as const).flatMap(
    (id) => {
      const value = config[id];
      return value === undefined ? [] : [[t(`training.robustness.${id}.name`), formatShort(value)] as const];
    },
  );
  const { adversary, augmentation, continual, contrastive, precision } = config;
  return [
    ...numbers,
    ...(precision === undefined ? [] : [[t('training.half.name'), t('training.half.used')] as const]),
    ...(adversary === undefined
      ? []
      : [[t('training.robustness.adversary.name'), adversaryText(t, adversary)] as const]),
    ...(augmentation === undefined
      ? []
      : [[t('training.robustness.augmentation.name'), augmentationText(t, augmentation)] as const]),
    ...(contrastive === undefined ? [] : [[t('training.contrastive.name'), contrastiveText(t, contrastive)] as const]),
    ...(continual === undefined ? [] : [[t('training.continual.title'), continualText(t, continual)] as const]),
  ];
}

/** The sizes of an adversary behind its kind. */
export function adversaryText(t: ReturnType<typeof useT>, { type, ...sizes }: Adversary): string {
  const values = Object.values(sizes).map((size) => (size === null ? '∞' : formatShort(size)));
  return `${t(`training.robustness.adversary.types.${type}`)} ${values.join(', ')}`;
}

/** Copies, share of words and techniques of an augmentation. */
export function augmentationText(t: ReturnType<typeof useT>, { techniques, copies, rate }: Augmentation): string {
  const names = techniques.map((technique) => t(`training.robustness.augmentation.technique.${technique}`));
  return `×${copies}, α ${formatShort(rate)}: ${names.join(', ')}`;
}

/** Loss, rounds and learning rate of a contrastive start. */
export function contrastiveText(t: ReturnType<typeof useT>, { loss, rounds, learningRate }: Contrastive): string {
  return `${t(`training.contrastive.loss.${loss}`)}, ×${rounds}, ${formatShort(learningRate)}`;
}

/** What is done against forgetting, each with its strength. */
export function continualText(t: ReturnType<typeof useT>, { replay, lwf, ewc }: Continual): string {
  return [
    ...(replay === undefined ? [] : [`${t('training.continual.replay.name')} ${formatShare(replay.share)}`]),
    ...(lwf === undefined ? [] : [`${t('training.continual.lwf.name')} λo ${formatShort(lwf.weight)}`]),
    ...(ewc === undefined ? [] : [`${t('training.continual.ewc.name')} λ ${formatShort(ewc.strength)}`]),
  ].join(', ');
}

/** Why a run cannot start with these options, in words; null where it can. */
export function optionsMissing(t: ReturnType<typeof useT>, config: RunConfig): string | null {
  const told = [
    ...robustnessProblems(config).map(({ option }) => `training.robustness.${option}` as const),
    ...contrastiveProblems(config).map(({ option }) => `training.${option}` as const),
    ...continualProblems(config).map(({ part }) => `training.continual.${part}` as const),
  ];
  const [first] = told;
  return first === undefined ? null : `${t(`${first}.name`)}: ${t(`${first}.needs`)}`;
}
