import { Select } from 'antd';
import type { BaseModel } from '../../../../shared/stages/competitiveness/contract.ts';
import { useT } from '../../../app/language.ts';
import { Field } from '../../../components/Field.tsx';
import { NumberField } from '../../../components/NumberField.tsx';

/** How rows are set aside, whatever is predicted. */
interface Split {
  readonly devShare: number;
  readonly modelId: string;
  readonly maxLength: number;
  readonly seed: number;
}

export const SPLIT_DEFAULTS = { devShare: 0.1, maxLength: 64 } as const;
export const DEFAULT_TEST_SHARE = 0.2;
/** A share as a percentage in the field. */
const PERCENT = 100;

interface TestShareProps {
  readonly share: number;
  readonly onChange: (share: number) => void;
}

export function TestShareField({ share, onChange }: TestShareProps) {
  const t = useT();
  return (
    <NumberField
      label={t('stage.competitiveness.screen.data.share')}
      min={1}
      max={89}
      suffix="%"
      value={Math.round(share * PERCENT)}
      onChange={(value) => onChange(value / PERCENT)}
      data-testid="competitiveness-data-test-share"
    />
  );
}

interface Props {
  readonly split: Split;
  readonly models: readonly BaseModel[];
  readonly onChange: (changed: Partial<Split>) => void;
}

/** Dev rows, by whose tokeniser lengths are counted, the longest text, the seed. */
export function SplitFields({ split, models, onChange }: Props) {
  const t = useT();
  return (
    <>
      <NumberField
        label={t('stage.competitiveness.screen.data.devShare')}
        min={1}
        max={49}
        suffix="%"
        value={Math.round(split.devShare * PERCENT)}
        onChange={(value) => onChange({ devShare: value / PERCENT })}
        data-testid="competitiveness-data-dev-share"
      />
      <Field label={t('stage.competitiveness.screen.data.model')}>
        <Select
          value={split.modelId === '' ? null : split.modelId}
          options={models.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(modelId) => onChange({ modelId })}
        />
      </Field>
      <NumberField
        label={t('stage.competitiveness.screen.data.maxLength')}
        min={8}
        max={512}
        value={split.maxLength}
        onChange={(maxLength) => onChange({ maxLength })}
      />
      <NumberField
        label={t('stage.competitiveness.screen.data.seed')}
        hint={t('stage.competitiveness.screen.data.seedHint')}
        min={0}
        max={4294967295}
        value={split.seed}
        onChange={(seed) => onChange({ seed })}
      />
    </>
  );
}
