import { Button, Input, InputNumber, Select } from 'antd';
import type { Output } from '../../../../shared/contract/index.ts';
import {
  AUTHENTICATIONS,
  COST_BASES,
  INTERFACES,
  type Load,
  type SolutionSettings,
} from '../../../../shared/stages/landing/solution/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { Field } from '../../../components/Field.tsx';
import { NumberField } from '../../../components/NumberField.tsx';
import { useCommand } from '../../../components/use-command.ts';
import { isRange, RangeFields } from '../RangeFields.tsx';
import { useLanding } from '../store.ts';
import { SolutionLists } from './SolutionLists.tsx';

interface Props {
  /** As they hold in the engine. */
  readonly held: SolutionSettings;
  readonly choices: Output<'landing.solutionModels'>;
}

const PERCENT = 100;
const NUMBERS = ['hoursPerDay', 'daysPerYear', 'spareInstances', 'logDays', 'bytesPerText', 'versionsKept'] as const;
const LABELS = {
  hoursPerDay: 'hoursPerDay',
  daysPerYear: 'daysPerYear',
  spareInstances: 'spare',
  logDays: 'logDays',
  bytesPerText: 'bytesPerText',
  versionsKept: 'versionsKept',
} as const;

function isValid({ load, costs, assumptions }: SolutionSettings): boolean {
  const loads = [load.textsPerDay, load.peakFactor];
  return (
    loads.every((range) => isRange(range) && range.low > 0) &&
    (load.reviewShare === null || isRange(load.reviewShare)) &&
    costs.every(({ name, amount }) => name.trim() !== '' && isRange(amount)) &&
    assumptions.every((words) => words.trim() !== '')
  );
}

/** What the solution consists of; it holds once saved. */
export function SolutionForm({ held, choices }: Props) {
  const t = useT();
  const draft = useLanding((state) => state.solution);
  const { send, busy, error, clear } = useCommand();
  const settings = draft ?? held;
  const { load, integration } = settings;
  const change = (part: Partial<SolutionSettings>) => useLanding.setState({ solution: { ...settings, ...part } });
  const setLoad = (part: Partial<Load>) => change({ load: { ...load, ...part } });
  const save = async () => {
    if (await send('landing.setSolution', settings)) useLanding.setState({ solution: null });
  };
  const text = (key: Parameters<typeof formKey>[0]) => t(formKey(key));
  const valid = isValid(settings);
  return (
    <Card
      title={text('load')}
      extra={
        draft !== null && (
          <>
            <span className="tag tag-attention">▲ {t('stage.landing.screen.solution.unsaved')}</span>
            <Button
              type="primary"
              size="small"
              disabled={!valid || busy}
              title={valid ? undefined : text('invalid')}
              onClick={() => void save()}
              data-testid="landing-solution-save"
            >
              {t('stage.landing.screen.solution.save')}
            </Button>
          </>
        )
      }
      testId="landing-solution-form"
    >
      {error !== null && <ErrorNotice error={error} onClose={clear} />}
      <div className="form-grid">
        <Field label={text('model')}>
          <Select
            value={settings.modelId}
            options={choices.models.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
            onChange={(modelId) => change({ modelId })}
          />
        </Field>
        <Field label={text('scenario')}>
          <Select
            value={settings.scenarioId ?? ''}
            options={[
              { value: '', label: text('noScenario') },
              ...choices.scenarios.map(({ id, name }) => ({ value: id, label: `${id} ${name}` })),
            ]}
            onChange={(id) => change({ scenarioId: id === '' ? null : id })}
          />
        </Field>
        {NUMBERS.map((name) => (
          <Field key={name} label={text(LABELS[name])}>
            <InputNumber value={load[name]} onChange={(value) => value !== null && setLoad({ [name]: value })} />
          </Field>
        ))}
        <NumberField
          label={text('utilisation')}
          min={10}
          max={95}
          value={Math.round(load.utilisationTarget * PERCENT)}
          onChange={(value) => setLoad({ utilisationTarget: value / PERCENT })}
        />
        <Field label={text('currency')}>
          <Input
            value={settings.currency}
            maxLength={10}
            onChange={({ target }) => change({ currency: target.value })}
          />
        </Field>
      </div>
      <div className="range-row">
        <RangeFields
          label={text('textsPerDay')}
          range={load.textsPerDay}
          onChange={(textsPerDay) => setLoad({ textsPerDay })}
          testId="landing-solution-texts"
        />
        <RangeFields
          label={text('peakFactor')}
          range={load.peakFactor}
          onChange={(peakFactor) => setLoad({ peakFactor })}
        />
        <RangeFields
          label={text('reviewShare')}
          range={load.reviewShare ?? { low: 0, likely: 0, high: 0 }}
          factor={PERCENT}
          onChange={(reviewShare) => setLoad({ reviewShare })}
        />
      </div>
      <div className="settings-part">
        <strong>{t('stage.landing.screen.solution.section.costs')}</strong>
        {settings.costs.map((cost) => {
          const replace = (part: Partial<typeof cost>) =>
            change({ costs: settings.costs.map((other) => (other.id === cost.id ? { ...other, ...part } : other)) });
          return (
            <div key={cost.id} className="form-row">
              <Field label={text('cost')}>
                <Input value={cost.name} onChange={({ target }) => replace({ name: target.value })} />
              </Field>
              <Field label={text('basis')}>
                <Select
                  className="form-medium"
                  value={cost.basis}
                  options={COST_BASES.map((basis) => ({
                    value: basis,
                    label: t(`stage.landing.screen.solution.basis.${basis}`),
                  }))}
                  onChange={(basis) => replace({ basis })}
                />
              </Field>
              <RangeFields label={settings.currency} range={cost.amount} onChange={(amount) => replace({ amount })} />
              <Button
                type="link"
                danger
                size="small"
                onClick={() => change({ costs: settings.costs.filter(({ id }) => id !== cost.id) })}
              >
                {t('stage.landing.screen.solution.drop')}
              </Button>
            </div>
          );
        })}
        <Button
          size="small"
          onClick={() => {
            const next = Math.max(0, ...settings.costs.map(({ id }) => Number(id.slice(1)))) + 1;
            const fresh = {
              id: `k${next}`,
              name: '',
              basis: 'per-year',
              amount: { low: 0, likely: 0, high: 0 },
            } as const;
            change({ costs: [...settings.costs, fresh] });
          }}
        >
          {t('stage.landing.screen.solution.add')}
        </Button>
      </div>
      <div className="settings-part">
        <strong>{t('stage.landing.screen.solution.section.integration')}</strong>
        <div className="form-grid">
          <Field label={text('interface')}>
            <Select
              value={integration.interface}
              options={INTERFACES.map((value) => ({
                value,
                label: t(`stage.landing.screen.solution.interface.${value}`),
              }))}
              onChange={(value) => change({ integration: { ...integration, interface: value } })}
            />
          </Field>
          <Field label={text('authentication')}>
            <Select
              value={integration.authentication}
              options={AUTHENTICATIONS.map((value) => ({
                value,
                label: t(`stage.landing.screen.solution.authentication.${value}`),
              }))}
              onChange={(value) => change({ integration: { ...integration, authentication: value } })}
            />
          </Field>
          <div className="form-field-wide">
            <Field label={text('note')}>
              <Input
                value={integration.note}
                onChange={({ target }) => change({ integration: { ...integration, note: target.value } })}
              />
            </Field>
          </div>
        </div>
      </div>
      <SolutionLists settings={settings} onChange={change} />
    </Card>
  );
}

function formKey<
  K extends keyof typeof import('../../../../shared/stages/landing/solution/screen.zh-CN.ts').solutionScreenZhCN.form,
>(key: K): `stage.landing.screen.solution.form.${K}` {
  return `stage.landing.screen.solution.form.${key}`;
}
