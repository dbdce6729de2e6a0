import type { ReactNode } from 'react';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import type { Method } from '../../../shared/train/usual-method.ts';
import { useT } from '../../app/language.ts';
import { NumberField } from '../NumberField.tsx';
import { type BaseModelChoice, BaseModelField } from './BaseModelField.tsx';
import { MethodFields } from './MethodFields.tsx';

interface Props {
  readonly config: RunConfig;
  /** Of the encoder. */
  readonly layers: number;
  readonly onChange: (config: RunConfig) => void;
  /** A choice of base model, and with it of the seed; a training that goes on from a model has both from elsewhere. */
  readonly base?: BaseModelChoice;
  /** The encoder stays as it is, so that there is no method to choose. */
  readonly headOnly?: boolean;
  /** The learning rate that a newly chosen method begins with; its usual one unless given. */
  readonly rate?: (type: Method['type']) => number;
  /** Further fields behind the numbers. */
  readonly children?: ReactNode;
}

const NUMBERS = [
  { id: 'epochs', min: 0.1, max: 1000, step: 1 },
  { id: 'learningRate', min: 0.000001, max: 1, step: 0.0001 },
  { id: 'batchSize', min: 1, max: 1024, step: 1 },
  { id: 'maxLength', min: 8, max: 512, step: 1 },
  { id: 'dropout', min: 0, max: 0.9, step: 0.05 },
] as const;

/** What is tuned, of which base model, and the numbers that most often matter. The same in every form that starts a training. */
export function RecipeFields({ config, layers, onChange, base, headOnly = false, rate, children }: Props) {
  const t = useT();
  return (
    <>
      {!headOnly && (
        <MethodFields config={config} layers={layers} onChange={onChange} {...(rate === undefined ? {} : { rate })} />
      )}
      <div className="form-grid">
        {base !== undefined && <BaseModelField {...base} />}
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
        {base !== undefined && (
          <NumberField
            label={t('stage.competitiveness.screen.models.seed')}
            min={0}
            max={4294967295}
            value={config.seed}
            onChange={(seed) => onChange({ ...config, seed })}
          />
        )}
        {children}
      </div>
    </>
  );
}
