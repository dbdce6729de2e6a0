import { formatNumber, formatShort } from '../../../shared/i18n/number.ts';
import { OPTION_TEXTS } from '../../../shared/train/option-texts.ts';
import { DEFAULT_EFFECTIVE_BETA } from '../../../shared/train/robustness-config.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import type { TextTask } from '../../../shared/train/text-task.ts';
import type { useT } from '../../app/language.ts';
import { adversaryText, augmentationText, continualText, contrastiveText } from './chosen-options.ts';

type T = ReturnType<typeof useT>;

/** What a run predicts; undefined for one of several classes. */
export function taskOf(run: { readonly id: string; readonly task?: TextTask }): TextTask | undefined {
  return run.task;
}

/** The name of an option of a run, which predicts one of several classes where no task is given. An option without a name does not compile. */
export function optionName(t: T, option: keyof RunConfig, task?: TextTask): string {
  if (option === 'headStart' && task === 'regression') return t('training.option.headStartNumber');
  return t(OPTION_TEXTS[option].name);
}

/** What the classifier begins as, which of a number is no classifier: a ridge regression is fitted there (`taskHead`). */
export function headStartText(t: T, headStart: RunConfig['headStart'], task?: TextTask): string {
  return t(`training.option.${task === 'regression' ? 'headStartsNumber' : 'headStarts'}.${headStart}`);
}

/** What an option was set to. */
export function optionValue(t: T, config: RunConfig, option: keyof RunConfig, task?: TextTask): string {
  const { adversary, augmentation, continual, contrastive, method, classWeights, headStart, schedule } = config;
  switch (option) {
    case 'adversary':
      return adversary === undefined ? t('training.robustness.none') : adversaryText(t, adversary);
    case 'augmentation':
      return augmentation === undefined ? t('training.robustness.none') : augmentationText(t, augmentation);
    case 'continual':
      return continual === undefined ? t('training.robustness.none') : continualText(t, continual);
    case 'contrastive':
      return contrastive === undefined ? t('training.robustness.none') : contrastiveText(t, contrastive);
    case 'method':
      return t(`stage.competitiveness.screen.models.methods.${method.type}`);
    case 'classWeights':
      return classWeights === 'effective-number'
        ? t('training.option.weightsWithBeta', {
            weights: t(`training.robustness.classWeights.options.${classWeights}`),
            beta: formatShort(config.effectiveNumberBeta ?? DEFAULT_EFFECTIVE_BETA),
          })
        : t(`training.robustness.classWeights.options.${classWeights}`);
    case 'headStart':
      return headStartText(t, headStart, task);
    case 'schedule':
      return t(`stage.competitiveness.screen.models.schedule.${schedule}`);
    case 'unfreezing':
      return t(`stage.competitiveness.screen.models.${config.unfreezing === undefined ? 'no' : 'yes'}`);
    case 'precision':
      return t(`stage.competitiveness.screen.models.${config.precision === undefined ? 'no' : 'yes'}`);
    default: {
      const value = config[option];
      if (value === undefined || value === null) return t('training.robustness.none');
      return Number.isInteger(value) ? formatNumber(value) : formatShort(value);
    }
  }
}
