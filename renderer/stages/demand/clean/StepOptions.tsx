import { Checkbox, InputNumber, Select } from 'antd';
import { LANGUAGES } from '../../../../shared/stages/demand/clean/language.ts';
import { PERSONAL_DATA_KINDS } from '../../../../shared/stages/demand/clean/personal-data.ts';
import type { CleaningStepId, Recipe } from '../../../../shared/stages/demand/clean/recipe.ts';
import { useT } from '../../../app/language.ts';
import { withStep } from './recipe-edit.ts';

interface Props {
  readonly step: CleaningStepId;
  readonly recipe: Recipe;
  readonly onChange: (recipe: Recipe) => void;
}

/** The options of a cleaning step; a step without any says so. */
export function StepOptions({ step, recipe, onChange }: Props) {
  const t = useT();
  switch (step) {
    case 'missingCodes':
      return (
        <span className="option">
          <span className="muted">{t('stage.demand.screen.clean.codes')}</span>
          <Select
            mode="tags"
            size="small"
            aria-label={t('stage.demand.screen.clean.codes')}
            className="fill"
            value={recipe.missingCodes.codes.map((code) =>
              code === '' ? t('stage.demand.screen.clean.emptyCell') : code,
            )}
            onChange={(codes: string[]) => {
              const empty = t('stage.demand.screen.clean.emptyCell');
              onChange(withStep(recipe, step, { codes: codes.map((code) => (code === empty ? '' : code)) }));
            }}
            open={false}
            suffixIcon={null}
          />
        </span>
      );
    case 'exactDuplicates':
    case 'nearDuplicates':
      return (
        <span className="option">
          <Checkbox
            checked={recipe[step].acrossRespondents}
            onChange={({ target }) => onChange(withStep(recipe, step, { acrossRespondents: target.checked }))}
          >
            {t('stage.demand.screen.clean.acrossRespondents')}
          </Checkbox>
          {step === 'nearDuplicates' && (
            <span className="option">
              <span className="muted">{t('stage.demand.screen.clean.threshold')} </span>
              <InputNumber
                size="small"
                aria-label={t('stage.demand.screen.clean.threshold')}
                min={0.5}
                max={1}
                step={0.05}
                value={recipe.nearDuplicates.threshold}
                onChange={(threshold) =>
                  threshold !== null && onChange(withStep(recipe, 'nearDuplicates', { threshold }))
                }
              />
            </span>
          )}
        </span>
      );
    case 'straightLiners':
      return (
        <span className="option">
          <span className="muted">{t('stage.demand.screen.clean.minItems')}</span>
          <InputNumber
            size="small"
            aria-label={t('stage.demand.screen.clean.minItems')}
            min={3}
            max={1000}
            value={recipe.straightLiners.minItems}
            onChange={(minItems) => minItems !== null && onChange(withStep(recipe, step, { minItems }))}
          />
        </span>
      );
    case 'languageFilter':
      return (
        <span className="option">
          <span className="muted">{t('stage.demand.screen.clean.keepLanguages')}</span>
          <Checkbox.Group
            value={recipe.languageFilter.keep}
            options={LANGUAGES.map((value) => ({ value, label: t(`stage.demand.screen.language.${value}`) }))}
            onChange={(keep) => keep.length > 0 && onChange(withStep(recipe, step, { keep }))}
          />
        </span>
      );
    case 'personalData':
      return (
        <span className="option">
          <span className="muted">{t('stage.demand.screen.clean.mask')}</span>
          <Checkbox.Group
            value={recipe.personalData.kinds}
            options={PERSONAL_DATA_KINDS.map((value) => ({
              value,
              label: t(`stage.demand.screen.personal.${value}`),
            }))}
            onChange={(kinds) => kinds.length > 0 && onChange(withStep(recipe, step, { kinds }))}
          />
        </span>
      );
    case 'normalise':
    case 'outOfRange':
    case 'emptyRows':
      return <span className="faint">{t('stage.demand.screen.clean.noOptions')}</span>;
  }
}
