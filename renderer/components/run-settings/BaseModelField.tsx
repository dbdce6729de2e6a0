import { Select } from 'antd';
import type { BaseModel } from '../../../shared/stages/competitiveness/contract.ts';
import { useT } from '../../app/language.ts';
import { Field } from '../Field.tsx';

export interface BaseModelChoice {
  readonly models: readonly BaseModel[];
  readonly modelId: string;
  readonly onModel: (modelId: string) => void;
}

/** Which base model a training begins from. */
export function BaseModelField({ models, modelId, onModel }: BaseModelChoice) {
  const t = useT();
  return (
    <Field label={t('stage.competitiveness.screen.models.baseModel')}>
      <Select
        value={modelId}
        options={models.map((option) => ({ value: option.id, label: option.name }))}
        onChange={onModel}
        data-testid="competitiveness-models-base-model"
      />
    </Field>
  );
}
