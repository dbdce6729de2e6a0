import { Button, Input, InputNumber, Select } from 'antd';
import type { StrategyChoice } from '../../../../shared/stages/competitiveness/contract.ts';
import { useT } from '../../../app/language.ts';
import { Field } from '../../../components/Field.tsx';

type Assumed = StrategyChoice['assumed'][number];

interface Props {
  readonly assumed: readonly Assumed[];
  readonly needs: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (assumed: Assumed[]) => void;
}

/** The first id `A1`, `A2`, … that none has. */
function freeId(assumed: readonly Assumed[]): string {
  for (let number = 1; ; number++) {
    if (!assumed.some(({ id }) => id === `A${number}`)) return `A${number}`;
  }
}

/** Ways that nobody has tried yet: a name, and on which needs they would gain how much. */
export function AssumedList({ assumed, needs, onChange }: Props) {
  const t = useT();
  return (
    <section className="settings-part">
      <h3>{t('stage.competitiveness.screen.strategy.assumed')}</h3>
      <p className="muted">{t('stage.competitiveness.screen.strategy.assumedHint')}</p>
      {assumed.map((strategy) => (
        <AssumedFields
          key={strategy.id}
          strategy={strategy}
          needs={needs}
          onChange={(changed) => onChange(assumed.map((old) => (old.id === changed.id ? changed : old)))}
          onRemove={() => onChange(assumed.filter(({ id }) => id !== strategy.id))}
        />
      ))}
      <Button
        size="small"
        onClick={() =>
          onChange([...assumed, { id: freeId(assumed), name: '', gains: [], latencyP95Ms: null, sizeMb: null }])
        }
        data-testid="competitiveness-strategy-assumed-add"
      >
        {t('stage.competitiveness.screen.strategy.assumedAdd')}
      </Button>
    </section>
  );
}

interface FieldsProps {
  readonly strategy: Assumed;
  readonly needs: Props['needs'];
  readonly onChange: (strategy: Assumed) => void;
  readonly onRemove: () => void;
}

const POINTS = 100;

function AssumedFields({ strategy, needs, onChange, onRemove }: FieldsProps) {
  const t = useT();
  const free = needs.filter(({ value }) => !strategy.gains.some(({ needId }) => needId === value));
  const changeGain = (index: number, part: Partial<Assumed['gains'][number]>) =>
    onChange({ ...strategy, gains: strategy.gains.map((old, at) => (at === index ? { ...old, ...part } : old)) });
  return (
    <div className="assumed" data-testid={`competitiveness-assumed-${strategy.id}`}>
      <div className="form-row">
        <span className="tag tag-attention">
          ▲ {strategy.id} {t('stage.competitiveness.screen.strategy.basis.assumption')}
        </span>
        <Field label={t('stage.competitiveness.screen.strategy.assumedName')}>
          <Input
            className="form-wide"
            value={strategy.name}
            maxLength={200}
            placeholder={t('stage.competitiveness.screen.strategy.assumedNamePlaceholder')}
            onChange={(event) => onChange({ ...strategy, name: event.target.value })}
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
        <div key={gain.needId} className="form-row">
          <Select
            className="form-wide"
            value={gain.needId}
            options={needs.filter(({ value }) => value === gain.needId || free.some((need) => need.value === value))}
            aria-label={t('stage.competitiveness.screen.strategy.need')}
            onChange={(needId: string) => changeGain(index, { needId })}
          />
          <InputNumber
            value={Number((gain.low * POINTS).toFixed(2))}
            aria-label={t('stage.competitiveness.screen.strategy.gainLow')}
            onChange={(value) => value !== null && changeGain(index, { low: value / POINTS })}
          />
          <span>{t('stage.competitiveness.screen.strategy.to')}</span>
          <InputNumber
            value={Number((gain.high * POINTS).toFixed(2))}
            aria-label={t('stage.competitiveness.screen.strategy.gainHigh')}
            onChange={(value) => value !== null && changeGain(index, { high: value / POINTS })}
          />
          <span className="muted">{t('stage.competitiveness.screen.models.points')}</span>
          <Button
            size="small"
            type="text"
            onClick={() => onChange({ ...strategy, gains: strategy.gains.filter((_, at) => at !== index) })}
          >
            {t('stage.competitiveness.screen.strategy.remove')}
          </Button>
        </div>
      ))}
      {free[0] !== undefined && (
        <Button
          size="small"
          onClick={() =>
            free[0] !== undefined &&
            onChange({ ...strategy, gains: [...strategy.gains, { needId: free[0].value, low: 0, high: 0.05 }] })
          }
        >
          {t('stage.competitiveness.screen.strategy.gainAdd')}
        </Button>
      )}
    </div>
  );
}
