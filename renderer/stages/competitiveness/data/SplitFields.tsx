import { Segmented, Select } from 'antd';
import type { BaseModel } from '../../../../shared/stages/competitiveness/contract.ts';
import type { TestChoice } from '../../../../shared/stages/competitiveness/split-choice.ts';
import { useT } from '../../../app/language.ts';
import { Field } from '../../../components/Field.tsx';
import { NumberField } from '../../../components/NumberField.tsx';
import type { Dataset } from '../../../components/use-datasets.ts';

/** How rows are set aside, whatever is predicted. */
interface Split {
  readonly devShare: number;
  readonly modelId: string;
  readonly maxLength: number;
  readonly seed: number;
}

export const SPLIT_DEFAULTS = { devShare: 0.1, maxLength: 64 } as const;
const DEFAULT_TEST_SHARE = 0.2;
export const DEFAULT_TEST: TestChoice = { type: 'share', share: DEFAULT_TEST_SHARE };
/** A share as a percentage in the field. */
const PERCENT = 100;

/** Why the test rows are not said yet, as a sentence; null where they are. */
export function testMissing(t: ReturnType<typeof useT>, test: TestChoice): string | null {
  return test.type === 'dataset' && test.datasetId === ''
    ? t('stage.competitiveness.screen.data.testDatasetMissing')
    : null;
}

interface TestProps {
  readonly test: TestChoice;
  readonly datasets: readonly Dataset[];
  readonly onChange: (test: TestChoice) => void;
}

/** A share of the rows, or a dataset of its own. */
export function TestFields({ test, datasets, onChange }: TestProps) {
  const t = useT();
  return (
    <>
      <div className="form-field form-field-wide">
        <span>{t('stage.competitiveness.screen.data.testFrom')}</span>
        <Segmented
          aria-label={t('stage.competitiveness.screen.data.testFrom')}
          data-testid="competitiveness-data-test-from"
          value={test.type}
          options={[
            { value: 'share', label: t('stage.competitiveness.screen.data.testShare') },
            { value: 'dataset', label: t('stage.competitiveness.screen.data.testDataset') },
          ]}
          onChange={(type) => onChange(type === 'share' ? DEFAULT_TEST : { type: 'dataset', datasetId: '' })}
        />
      </div>
      {test.type === 'share' ? (
        <NumberField
          label={t('stage.competitiveness.screen.data.share')}
          min={1}
          max={89}
          suffix="%"
          value={Math.round(test.share * PERCENT)}
          onChange={(value) => onChange({ type: 'share', share: value / PERCENT })}
          data-testid="competitiveness-data-test-share"
        />
      ) : (
        <Field label={t('stage.competitiveness.screen.data.testDatasetChoose')}>
          <Select
            value={test.datasetId === '' ? null : test.datasetId}
            options={datasets.map(({ id, dataset: { name } }) => ({ value: id, label: name }))}
            placeholder={t('stage.competitiveness.screen.data.testDatasetChoose')}
            onChange={(datasetId) => onChange({ type: 'dataset', datasetId })}
            data-testid="competitiveness-data-test-dataset"
          />
        </Field>
      )}
    </>
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
