import { Select } from 'antd';
import type { ReactNode } from 'react';
import { type Augmentation, suggestAugmentation, TECHNIQUES } from '../../../shared/augmentation/plan.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import { useT } from '../../app/language.ts';
import { Field } from '../Field.tsx';
import { NumberField } from '../NumberField.tsx';
import { SettingRow } from './SettingRow.tsx';

interface Props {
  readonly config: RunConfig;
  /** Training rows, from which copies and share are suggested. */
  readonly rows: number;
  readonly onChange: (config: RunConfig) => void;
  /** Where back-translations are made and looked at; the form does not offer them where left out. */
  readonly paraphrases?: ReactNode;
}

/** Changed copies of the training rows: by which techniques, how many, and what that means for the time. */
export function AugmentationFields({ config, rows, onChange, paraphrases }: Props) {
  const t = useT();
  const { augmentation: plan } = config;
  const change = (changed: Augmentation | undefined) => onChange({ ...config, augmentation: changed });
  return (
    <SettingRow
      name={t('training.robustness.augmentation.name')}
      when={t('training.robustness.augmentation.when')}
      on={plan !== undefined}
      onSwitch={(on) => change(on ? suggestAugmentation(rows) : undefined)}
      testId="setting-augmentation"
    >
      {plan !== undefined && (
        <>
          <Field label={t('training.robustness.augmentation.techniques')}>
            <Select
              mode="multiple"
              className="setting-techniques"
              value={plan.techniques}
              options={TECHNIQUES.filter((value) => value !== 'backtranslation' || paraphrases !== undefined).map(
                (value) => ({
                  value,
                  label: t(`training.robustness.augmentation.technique.${value}`),
                }),
              )}
              onChange={(techniques) => techniques.length > 0 && change({ ...plan, techniques })}
              data-testid="setting-augmentation-techniques"
            />
          </Field>
          <NumberField
            label={t('training.robustness.augmentation.copies')}
            min={1}
            max={16}
            value={plan.copies}
            onChange={(copies) => change({ ...plan, copies })}
            data-testid="setting-augmentation-copies"
          />
          <NumberField
            label={t('training.robustness.augmentation.rate')}
            min={0.01}
            max={0.5}
            step={0.05}
            value={plan.rate}
            onChange={(rate) => change({ ...plan, rate })}
          />
          <span className="muted small">
            {t('training.robustness.augmentation.cost', { times: plan.copies + 1, copies: plan.copies })}
          </span>
          {plan.techniques.includes('backtranslation') && paraphrases}
        </>
      )}
    </SettingRow>
  );
}
