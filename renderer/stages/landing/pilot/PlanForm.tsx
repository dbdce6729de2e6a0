import { Button, Input, InputNumber, Select, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import type { Output } from '../../../../shared/contract/index.ts';
import { PILOT_DESIGNS, type PilotPlanSettings } from '../../../../shared/stages/landing/pilot/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { Field } from '../../../components/Field.tsx';
import { useCommand } from '../../../components/use-command.ts';
import { useView } from '../../../components/use-view.ts';
import { changePlan, useLanding } from '../store.ts';
import { GuardrailFields } from './GuardrailFields.tsx';
import { isComplete, withBaseline } from './new-plan.ts';
import { PlanFigures } from './PlanFigures.tsx';

interface Props {
  readonly plan: PilotPlanSettings;
  readonly baselines: Output<'landing.pilotBaselines'>;
  readonly goals: Output<'landing.goals'>;
  /** A new plan makes an evaluation stale. */
  readonly isSigned: boolean;
}

const PERCENT = 100;
const HALF = 0.5;

/** All that is settled before the data, with what it needs beside it; signing makes it stand. */
export function PlanForm({ plan, baselines, goals, isSigned }: Props) {
  const t = useT();
  const { send, busy, error, clear } = useCommand();
  const ready = isComplete(plan);
  const preview = useView('landing.previewPilotPlan', ready ? plan : null, ['landing.goal']);
  const { metric, stopRule, signedBy } = plan;
  const isShare = metric.type === 'proportion';
  const factor = isShare ? PERCENT : 1;
  const setMetric = (change: Partial<typeof metric>) => changePlan({ metric: { ...metric, ...change } });
  const sign = async () => {
    if (await send('landing.planPilot', plan)) useLanding.setState({ plan: null });
  };
  const text = (
    key: keyof typeof import('../../../../shared/stages/landing/pilot/screen.zh-CN.ts').pilotScreenZhCN.form,
  ) => t(`stage.landing.screen.pilot.form.${key}`);
  const number = (
    label: string,
    value: number | null,
    onChange: (value: number | null) => void,
    scale = 1,
    testId?: string,
  ): ReactNode => (
    <Field label={label}>
      <InputNumber
        value={value === null || value === 0 ? null : Number((value * scale).toFixed(6))}
        onChange={(entered) => onChange(entered === null ? null : entered / scale)}
        data-testid={testId}
      />
    </Field>
  );
  const points = isShare ? ` · ${text('points')}` : '';
  return (
    <Card
      title={text('title')}
      extra={
        <>
          {isSigned && <span className="tag tag-attention">▲ {text('resign')}</span>}
          <Button size="small" onClick={() => useLanding.setState({ plan: null })}>
            {t('action.cancel')}
          </Button>
          <Tooltip title={ready ? null : text('invalid')}>
            <Button
              type="primary"
              size="small"
              disabled={!ready || busy}
              onClick={() => void sign()}
              data-testid="landing-plan-sign"
            >
              {text('sign')}
            </Button>
          </Tooltip>
        </>
      }
      testId="landing-plan-form"
    >
      {error !== null && <ErrorNotice error={error} onClose={clear} />}
      {preview.value !== undefined && ready && <PlanFigures result={preview.value} />}
      <div className="form-grid">
        <div className="form-field-wide">
          <Field label={text('name')}>
            <Input
              value={plan.name}
              onChange={({ target }) => changePlan({ name: target.value })}
              data-testid="landing-plan-name"
            />
          </Field>
        </div>
        <Field label={text('goal')}>
          <Select
            value={plan.goalId ?? ''}
            options={[
              { value: '', label: text('noGoal') },
              ...goals.map(({ result: { id, settings } }) => ({ value: id, label: `${id} ${settings.title}` })),
            ]}
            onChange={(id) => changePlan({ goalId: id === '' ? null : id })}
          />
        </Field>
        <Field label={text('design')}>
          <Select
            value={plan.design}
            options={PILOT_DESIGNS.map((design) => ({
              value: design,
              label: t(`stage.landing.screen.pilot.design.${design}`),
            }))}
            onChange={(design) => changePlan({ design })}
          />
        </Field>
        <div className="form-field-wide">
          <Field label={text('baselineFrom')}>
            <Select
              value={plan.baselineOrigin.type === 'artifact' ? plan.baselineOrigin.slot : ''}
              options={[
                { value: '', label: text('byPerson') },
                ...baselines.map(({ slot, name }) => ({ value: slot, label: name })),
              ]}
              onChange={(slot) => {
                const chosen = baselines.find((baseline) => baseline.slot === slot);
                if (chosen === undefined) changePlan({ baselineOrigin: { type: 'person', note: '' } });
                else useLanding.setState({ plan: withBaseline(plan, chosen) });
              }}
            />
          </Field>
        </div>
        <div className="form-field-wide">
          <Field label={text('metric')}>
            <Input
              value={metric.name}
              onChange={({ target }) => setMetric({ name: target.value })}
              data-testid="landing-plan-metric"
            />
          </Field>
        </div>
        <Field label={text('type')}>
          <Select
            value={metric.type}
            options={(['proportion', 'mean'] as const).map((type) => ({ value: type, label: text(type) }))}
            onChange={(type) => setMetric({ type })}
          />
        </Field>
        <Field label={text('direction')}>
          <Select
            value={metric.direction}
            options={(['increase', 'decrease'] as const).map((direction) => ({
              value: direction,
              label: text(direction),
            }))}
            onChange={(direction) => setMetric({ direction })}
          />
        </Field>
        {number(
          `${text('baseline')}${isShare ? ' (%)' : ''}`,
          metric.baseline,
          (value) => setMetric({ baseline: value ?? 0 }),
          factor,
          'landing-plan-baseline',
        )}
        {!isShare &&
          number(text('deviation'), metric.standardDeviation, (value) => setMetric({ standardDeviation: value }))}
        {number(
          `${text('smallest')}${points}`,
          plan.smallestEffect,
          (value) => changePlan({ smallestEffect: value ?? 0 }),
          factor,
          'landing-plan-smallest',
        )}
        {number(
          `${text('target')}${points}`,
          plan.targetEffect,
          (value) => changePlan({ targetEffect: value }),
          factor,
        )}
        {number(
          text('perDay'),
          plan.unitsPerDay,
          (value) => changePlan({ unitsPerDay: value ?? 0 }),
          1,
          'landing-plan-per-day',
        )}
        {number(text('level'), plan.level, (value) => value !== null && changePlan({ level: value }), PERCENT)}
        {number(text('power'), plan.power, (value) => value !== null && changePlan({ power: value }), PERCENT)}
        {number(text('ratio'), plan.ratio, (value) => value !== null && changePlan({ ratio: value }))}
        <Field label={text('stop')}>
          <Select
            value={stopRule.type}
            options={[
              { value: 'fixed', label: text('stopFixed') },
              { value: 'harm', label: text('stopHarm') },
            ]}
            onChange={(type) =>
              changePlan({ stopRule: type === 'harm' ? { type: 'harm', fraction: HALF } : { type: 'fixed' } })
            }
          />
        </Field>
        {stopRule.type === 'harm' &&
          number(
            text('stopAt'),
            stopRule.fraction,
            (value) => value !== null && changePlan({ stopRule: { type: 'harm', fraction: value } }),
            PERCENT,
          )}
        <Field label={text('forecast')}>
          <Select
            value={plan.forecastSlot ?? ''}
            options={[
              { value: '', label: text('noForecast') },
              ...baselines
                .filter(({ source }) => source === 'experiment')
                .map(({ slot, name }) => ({ value: slot, label: name })),
            ]}
            onChange={(slot) => changePlan({ forecastSlot: slot === '' ? null : slot })}
          />
        </Field>
        <Field label={text('signer')}>
          <Input
            value={signedBy.name}
            onChange={({ target }) => changePlan({ signedBy: { ...signedBy, name: target.value } })}
            data-testid="landing-plan-signer"
          />
        </Field>
        <Field label={text('role')}>
          <Input
            value={signedBy.role}
            onChange={({ target }) => changePlan({ signedBy: { ...signedBy, role: target.value } })}
          />
        </Field>
      </div>
      <GuardrailFields guardrails={plan.guardrails} onChange={(guardrails) => changePlan({ guardrails })} />
    </Card>
  );
}
