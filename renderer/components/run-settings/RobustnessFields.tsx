import { InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { DEFAULT_EFFECTIVE_BETA } from '../../../shared/train/robustness-config.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import { optionFits, type TextTask, type UnfitOption } from '../../../shared/train/text-task.ts';
import { useT } from '../../app/language.ts';
import { Field } from '../Field.tsx';
import { NumberField } from '../NumberField.tsx';
import { AdversaryFields } from './AdversaryFields.tsx';
import { AugmentationFields } from './AugmentationFields.tsx';
import { SettingRow } from './SettingRow.tsx';

interface Props {
  readonly config: RunConfig;
  /** Training rows. */
  readonly rows: number;
  /** What is learnt; one of several classes where left out. */
  readonly task?: TextTask;
  readonly onChange: (config: RunConfig) => void;
  readonly paraphrases?: ReactNode;
}

/** Options of one number: what they begin with, and their bounds. */
const NUMBERS = [
  { id: 'labelSmoothing', start: 0.1, min: 0.01, max: 0.9, step: 0.05 },
  { id: 'focalGamma', start: 2, min: 0.1, max: 10, step: 0.5 },
  { id: 'logitAdjustment', start: 1, min: 0.1, max: 4, step: 0.25 },
  { id: 'rDrop', start: 0.5, min: 0.05, max: 10, step: 0.25 },
  { id: 'huberDelta', start: 1, min: 0.05, max: 100, step: 0.25 },
] as const;

const WEIGHTS = ['none', 'balanced', 'effective-number'] as const satisfies readonly RunConfig['classWeights'][];

/** Options for little data, uneven classes and altered texts. */
export function RobustnessFields({ config, rows, task, onChange, paraphrases }: Props) {
  const t = useT();
  const fits = (option: UnfitOption) => optionFits(task ?? 'single-label', option);
  return (
    <section className="setting-group" aria-label={t('training.robustness.title')}>
      <h3>{t('training.robustness.title')}</h3>
      {task !== undefined && <p className="muted small">{t(`training.robustness.unfit.${task}`)}</p>}
      {fits('classWeights') && (
        <SettingRow
          name={t('training.robustness.classWeights.name')}
          when={t('training.robustness.classWeights.when')}
          on={config.classWeights !== 'none'}
          onSwitch={(on) => onChange({ ...config, classWeights: on ? 'balanced' : 'none' })}
          testId="setting-classWeights"
        >
          <Select
            className="form-medium"
            value={config.classWeights}
            options={WEIGHTS.filter((value) => task === undefined || value !== 'effective-number').map((value) => ({
              value,
              label: t(`training.robustness.classWeights.options.${value}`),
            }))}
            onChange={(classWeights) => onChange({ ...config, classWeights })}
            aria-label={t('training.robustness.classWeights.name')}
          />
          {config.classWeights === 'effective-number' && (
            <Field label={t('training.robustness.classWeights.beta')}>
              <InputNumber
                min={0}
                max={0.9999}
                step={0.001}
                value={config.effectiveNumberBeta ?? DEFAULT_EFFECTIVE_BETA}
                onChange={(effectiveNumberBeta) =>
                  effectiveNumberBeta !== null && onChange({ ...config, effectiveNumberBeta })
                }
              />
            </Field>
          )}
        </SettingRow>
      )}
      {NUMBERS.filter(({ id }) => fits(id)).map(({ id, start, ...range }) => (
        <SettingRow
          key={id}
          name={t(`training.robustness.${id}.name`)}
          when={t(`training.robustness.${id}.when`)}
          on={config[id] !== undefined}
          onSwitch={(on) => onChange({ ...config, [id]: on ? start : undefined })}
          missing={id === 'rDrop' && config.dropout === 0 ? t('training.robustness.rDrop.needs') : null}
          testId={`setting-${id}`}
        >
          <NumberField
            label={t(`training.robustness.${id}.value`)}
            {...range}
            value={config[id] ?? start}
            onChange={(value) => onChange({ ...config, [id]: value })}
            data-testid={`setting-${id}-value`}
          />
        </SettingRow>
      ))}
      <AdversaryFields config={config} onChange={onChange} />
      {fits('augmentation') && (
        <AugmentationFields config={config} rows={rows} onChange={onChange} paraphrases={paraphrases} />
      )}
    </section>
  );
}
