import { Button, Input, InputNumber, Select } from 'antd';
import type { ExperimentResult } from '../../../../shared/stages/competitiveness/experiment/results.ts';
import type { OtherStrategy } from '../../../../shared/stages/competitiveness/strategy/choice.ts';
import { useT } from '../../../app/language.ts';
import { Field } from '../../../components/Field.tsx';
import { GainFields } from './GainFields.tsx';

interface Props {
  readonly others: readonly OtherStrategy[];
  readonly needs: readonly { readonly value: string; readonly label: string }[];
  readonly experiments: readonly ExperimentResult[];
  readonly onChange: (others: OtherStrategy[]) => void;
}

const TYPES = ['model', 'product', 'experience'] as const;

/** The first id `O1`, `O2`, … that none has. */
function freeId(others: readonly OtherStrategy[]): string {
  for (let number = 1; ; number++) {
    if (!others.some(({ id }) => id === `O${number}`)) return `O${number}`;
  }
}

/** What could be done beside the runs: a name, a type, and on which needs it gains how much, from an experiment or by estimate. */
export function OtherStrategies({ others, needs, experiments, onChange }: Props) {
  const t = useT();
  return (
    <section className="settings-part">
      <h3>{t('stage.competitiveness.screen.strategy.assumed')}</h3>
      <p className="muted">{t('stage.competitiveness.screen.strategy.assumedHint')}</p>
      {others.map((strategy) => (
        <StrategyFields
          key={strategy.id}
          strategy={strategy}
          needs={needs}
          experiments={experiments}
          onChange={(changed) => onChange(others.map((old) => (old.id === changed.id ? changed : old)))}
          onRemove={() => onChange(others.filter(({ id }) => id !== strategy.id))}
        />
      ))}
      <Button
        size="small"
        onClick={() =>
          onChange([
            ...others,
            { id: freeId(others), name: '', type: 'product', gains: [], latencyP95Ms: null, sizeMb: null },
          ])
        }
        data-testid="competitiveness-strategy-assumed-add"
      >
        {t('stage.competitiveness.screen.strategy.assumedAdd')}
      </Button>
    </section>
  );
}

interface FieldsProps {
  readonly strategy: OtherStrategy;
  readonly needs: Props['needs'];
  readonly experiments: Props['experiments'];
  readonly onChange: (strategy: OtherStrategy) => void;
  readonly onRemove: () => void;
}

function StrategyFields({ strategy, needs, experiments, onChange, onRemove }: FieldsProps) {
  const t = useT();
  const free = needs.filter(({ value }) => !strategy.gains.some(({ needId }) => needId === value));
  const first = free[0];
  return (
    <div
      className={strategy.gains.some(({ source }) => source.type === 'assumed') ? 'assumed' : 'assumed assumed-none'}
      data-testid={`competitiveness-assumed-${strategy.id}`}
    >
      <div className="form-row">
        <span className="tag">{strategy.id}</span>
        <Field label={t('stage.competitiveness.screen.strategy.assumedName')}>
          <Input
            className="form-wide"
            value={strategy.name}
            maxLength={200}
            placeholder={t('stage.competitiveness.screen.strategy.assumedNamePlaceholder')}
            onChange={(event) => onChange({ ...strategy, name: event.target.value })}
          />
        </Field>
        <Field label={t('stage.competitiveness.screen.strategy.typeLabel')}>
          <Select
            value={strategy.type}
            options={TYPES.map((type) => ({
              value: type,
              label: t(`stage.competitiveness.screen.strategy.type.${type}`),
            }))}
            onChange={(type) => onChange({ ...strategy, type })}
            data-testid={`competitiveness-assumed-${strategy.id}-type`}
          />
        </Field>
        <Field label={t('stage.competitiveness.screen.strategy.assumedLatency')}>
          <InputNumber
            min={0.001}
            value={strategy.latencyP95Ms}
            onChange={(latencyP95Ms) => onChange({ ...strategy, latencyP95Ms })}
          />
        </Field>
        <Field label={t('stage.competitiveness.screen.strategy.assumedSize')}>
          <InputNumber min={0.001} value={strategy.sizeMb} onChange={(sizeMb) => onChange({ ...strategy, sizeMb })} />
        </Field>
        <Button size="small" type="text" onClick={onRemove}>
          {t('stage.competitiveness.screen.strategy.remove')}
        </Button>
      </div>
      {strategy.gains.map((gain, index) => (
        <GainFields
          key={gain.needId}
          gain={gain}
          needs={needs.filter(({ value }) => value === gain.needId || free.some((need) => need.value === value))}
          experiments={experiments}
          onChange={(changed) =>
            onChange({ ...strategy, gains: strategy.gains.map((old, at) => (at === index ? changed : old)) })
          }
          onRemove={() => onChange({ ...strategy, gains: strategy.gains.filter((_, at) => at !== index) })}
        />
      ))}
      {first !== undefined && (
        <Button
          size="small"
          onClick={() =>
            onChange({
              ...strategy,
              gains: [...strategy.gains, { needId: first.value, source: { type: 'assumed', low: 0, high: 0.05 } }],
            })
          }
        >
          {t('stage.competitiveness.screen.strategy.gainAdd')}
        </Button>
      )}
    </div>
  );
}
