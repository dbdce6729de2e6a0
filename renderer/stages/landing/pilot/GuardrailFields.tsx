import { Button, Input, InputNumber, Select } from 'antd';
import type { Guardrail } from '../../../../shared/stages/landing/pilot/results.ts';
import { useT } from '../../../app/language.ts';
import { Field } from '../../../components/Field.tsx';
import { NumberField } from '../../../components/NumberField.tsx';

interface Props {
  readonly guardrails: readonly Guardrail[];
  readonly onChange: (guardrails: Guardrail[]) => void;
}

const PERCENT = 100;

/** What must not get worse, and by how much. */
export function GuardrailFields({ guardrails, onChange }: Props) {
  const t = useT();
  const change = (id: string, part: Partial<Guardrail>) =>
    onChange(guardrails.map((guardrail) => (guardrail.id === id ? { ...guardrail, ...part } : guardrail)));
  const add = () => {
    const next = Math.max(0, ...guardrails.map(({ id }) => Number(id.slice(1)))) + 1;
    const fresh: Guardrail = {
      id: `g${next}`,
      name: '',
      type: 'proportion',
      better: 'lower',
      baseline: null,
      standardDeviation: null,
      margin: 0.03,
    };
    onChange([...guardrails, fresh]);
  };
  return (
    <div className="settings-part">
      <strong>{t('stage.landing.screen.pilot.guardrails')}</strong>
      {guardrails.map((guardrail) => {
        const { id, name, type, better, baseline, standardDeviation, margin } = guardrail;
        const factor = type === 'proportion' ? PERCENT : 1;
        return (
          <div key={id} className="form-row">
            <Field label={t('stage.landing.screen.pilot.guardrail')}>
              <Input value={name} onChange={({ target }) => change(id, { name: target.value })} />
            </Field>
            <Field label={t('stage.landing.screen.pilot.form.type')}>
              <Select
                className="form-medium"
                value={type}
                options={(['proportion', 'mean'] as const).map((value) => ({
                  value,
                  label: t(`stage.landing.screen.pilot.form.${value}`),
                }))}
                onChange={(value) => change(id, { type: value })}
              />
            </Field>
            <Field label={t('stage.landing.screen.pilot.form.better')}>
              <Select
                value={better}
                options={(['higher', 'lower'] as const).map((value) => ({
                  value,
                  label: t(`stage.landing.screen.pilot.form.${value}`),
                }))}
                onChange={(value) => change(id, { better: value })}
              />
            </Field>
            <NumberField
              label={`${t('stage.landing.screen.pilot.margin')}${type === 'proportion' ? ' (%)' : ''}`}
              min={0}
              value={Number((margin * factor).toFixed(6))}
              onChange={(value) => change(id, { margin: value / factor })}
            />
            <Field label={`${t('stage.landing.screen.pilot.baseline')}${type === 'proportion' ? ' (%)' : ''}`}>
              <InputNumber
                value={baseline === null ? null : Number((baseline * factor).toFixed(6))}
                onChange={(value) => change(id, { baseline: value === null ? null : value / factor })}
              />
            </Field>
            {type === 'mean' && (
              <Field label={t('stage.landing.screen.pilot.form.deviation')}>
                <InputNumber
                  min={0}
                  value={standardDeviation}
                  onChange={(value) => change(id, { standardDeviation: value === 0 ? null : value })}
                />
              </Field>
            )}
            <Button
              type="link"
              danger
              size="small"
              onClick={() => onChange(guardrails.filter((other) => other.id !== id))}
            >
              {t('stage.landing.screen.goals.remove')}
            </Button>
          </div>
        );
      })}
      <Button size="small" onClick={add} data-testid="landing-guardrail-add">
        {t('stage.landing.screen.pilot.form.addGuardrail')}
      </Button>
    </div>
  );
}
