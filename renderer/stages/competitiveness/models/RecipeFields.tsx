import { Select } from 'antd';
import type { ReactNode } from 'react';
import type { BaseModel } from '../../../../shared/stages/competitiveness/contract.ts';
import type { RunConfig } from '../../../../shared/train/run-config.ts';
import { useT } from '../../../app/language.ts';
import { Field } from '../../../components/Field.tsx';
import { NumberField } from '../../../components/NumberField.tsx';
import { MethodFields } from '../../../components/run-settings/MethodFields.tsx';

interface Props {
  readonly config: RunConfig;
  readonly models: readonly BaseModel[];
  readonly modelId: string;
  readonly onModel: (modelId: string) => void;
  readonly onChange: (config: RunConfig) => void;
  /** Further fields behind the seed. */
  readonly children?: ReactNode;
}

const NUMBERS = [
  { id: 'epochs', min: 0.1, max: 1000, step: 1 },
  { id: 'learningRate', min: 0.000001, max: 1, step: 0.0001 },
  { id: 'batchSize', min: 1, max: 1024, step: 1 },
  { id: 'maxLength', min: 8, max: 512, step: 1 },
  { id: 'dropout', min: 0, max: 0.9, step: 0.05 },
] as const;

/** What is tuned, of which base model, and the numbers that most often matter. */
export function RecipeFields({ config, models, modelId, onModel, onChange, children }: Props) {
  const t = useT();
  const model = models.find(({ id }) => id === modelId);
  return (
    <>
      <MethodFields config={config} layers={model?.layers ?? 1} onChange={onChange} />
      <div className="form-grid">
        <Field label={t('stage.competitiveness.screen.models.baseModel')}>
          <Select
            value={modelId}
            options={models.map((option) => ({ value: option.id, label: option.name }))}
            onChange={onModel}
            data-testid="competitiveness-models-base-model"
          />
        </Field>
        {NUMBERS.map(({ id, ...range }) => (
          <NumberField
            key={id}
            label={t(`stage.competitiveness.screen.models.${id}`)}
            hint={t(`stage.competitiveness.screen.models.${id}Hint`)}
            {...range}
            value={config[id]}
            onChange={(value) => onChange({ ...config, [id]: value })}
            data-testid={`competitiveness-models-${id}`}
          />
        ))}
        <NumberField
          label={t('stage.competitiveness.screen.models.seed')}
          min={0}
          max={4294967295}
          value={config.seed}
          onChange={(seed) => onChange({ ...config, seed })}
        />
        {children}
      </div>
    </>
  );
}
