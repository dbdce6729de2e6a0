import { Button, Checkbox, Input, InputNumber, Select, Tooltip } from 'antd';
import { KPI_UNITS, VALUE_INPUTS } from '../../../../shared/stages/landing/goals/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { Field } from '../../../components/Field.tsx';
import { useCommand } from '../../../components/use-command.ts';
import { isRange, RangeFields } from '../RangeFields.tsx';
import { changeGoal, type GoalDraft, useLanding } from '../store.ts';
import { EMPTY_VALUE } from './new-goal.ts';

interface Props {
  readonly draft: GoalDraft;
  readonly needs: readonly { readonly value: string; readonly label: string }[];
}

const PERCENT = 100;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** All that a person decides about a goal. */
export function GoalForm({ draft: { id, settings }, needs }: Props) {
  const t = useT();
  const { send, busy, error, clear } = useCommand();
  const { value } = settings;
  const factor = settings.unit === 'share' ? PERCENT : 1;
  const missing =
    settings.title.trim() === '' || settings.kpi.trim() === ''
      ? t('stage.landing.screen.goals.form.missing')
      : settings.dueDate !== null && !DATE.test(settings.dueDate)
        ? t('stage.landing.screen.goals.form.badDate')
        : value !== null && !VALUE_INPUTS.every((input) => isRange(value[input]))
          ? t('stage.landing.screen.goals.form.invalidRange')
          : null;
  const close = () => useLanding.setState({ goal: null });
  const save = async () => {
    if (await send('landing.saveGoal', { goalId: id, settings })) close();
  };
  const shown = (number: number | null) => (number === null ? null : Number((number * factor).toFixed(6)));
  return (
    <Card
      title={
        id === null
          ? t('stage.landing.screen.goals.form.newTitle')
          : t('stage.landing.screen.goals.form.editTitle', { id })
      }
      extra={
        <>
          <Button size="small" onClick={close}>
            {t('action.cancel')}
          </Button>
          <Tooltip title={missing}>
            <Button
              type="primary"
              size="small"
              disabled={missing !== null || busy}
              onClick={() => void save()}
              data-testid="landing-goal-save"
            >
              {t('stage.landing.screen.goals.form.save')}
            </Button>
          </Tooltip>
        </>
      }
      testId="landing-goal-form"
    >
      {error !== null && <ErrorNotice error={error} onClose={clear} />}
      <div className="form-grid">
        <div className="form-field-wide">
          <Field label={t('stage.landing.screen.goals.form.title')}>
            <Input
              value={settings.title}
              onChange={({ target }) => changeGoal({ title: target.value })}
              data-testid="landing-goal-title"
            />
          </Field>
        </div>
        <div className="form-field-wide">
          <Field label={t('stage.landing.screen.goals.form.kpi')}>
            <Input
              value={settings.kpi}
              onChange={({ target }) => changeGoal({ kpi: target.value })}
              data-testid="landing-goal-kpi"
            />
          </Field>
        </div>
        <Field label={t('stage.landing.screen.goals.form.unit')}>
          <Select
            value={settings.unit}
            options={KPI_UNITS.map((unit) => ({ value: unit, label: t(`stage.landing.screen.goals.unit.${unit}`) }))}
            onChange={(unit) => changeGoal({ unit })}
          />
        </Field>
        <Field label={t('stage.landing.screen.goals.form.direction')}>
          <Select
            value={settings.direction}
            options={(['increase', 'decrease'] as const).map((direction) => ({
              value: direction,
              label: t(`stage.landing.screen.goals.form.${direction}`),
            }))}
            onChange={(direction) => changeGoal({ direction })}
          />
        </Field>
        <Field label={t('stage.landing.screen.goals.form.baseline')}>
          <InputNumber
            value={shown(settings.baseline)}
            onChange={(number) => changeGoal({ baseline: number === null ? null : number / factor })}
            data-testid="landing-goal-baseline"
          />
        </Field>
        <Field label={t('stage.landing.screen.goals.form.target')}>
          <InputNumber
            value={shown(settings.target)}
            onChange={(number) => changeGoal({ target: number === null ? null : number / factor })}
            data-testid="landing-goal-target"
          />
        </Field>
        <Field label={t('stage.landing.screen.goals.form.due')}>
          <Input
            value={settings.dueDate ?? ''}
            placeholder="2027-03-31"
            onChange={({ target }) => changeGoal({ dueDate: target.value.trim() === '' ? null : target.value.trim() })}
          />
        </Field>
        <Field label={t('stage.landing.screen.goals.form.owner')}>
          <Input value={settings.owner} onChange={({ target }) => changeGoal({ owner: target.value })} />
        </Field>
        <div className="form-field-wide">
          <Field label={t('stage.landing.screen.goals.form.needs')}>
            <Select
              mode="multiple"
              value={[...settings.needIds]}
              options={[...needs]}
              optionFilterProp="label"
              onChange={(needIds: string[]) => changeGoal({ needIds })}
            />
          </Field>
        </div>
      </div>
      <Checkbox
        checked={value !== null}
        onChange={({ target }) => changeGoal({ value: target.checked ? EMPTY_VALUE : null })}
        data-testid="landing-goal-value"
      >
        {t('stage.landing.screen.goals.form.valueOn')}
      </Checkbox>
      {value !== null && (
        <>
          <p className="muted">{t('stage.landing.screen.goals.form.valueHint')}</p>
          <div className="form-grid">
            <Field label={t('stage.landing.screen.goals.form.unitName')}>
              <Input
                value={value.unitName}
                onChange={({ target }) => changeGoal({ value: { ...value, unitName: target.value } })}
              />
            </Field>
            <Field label={t('stage.landing.screen.goals.form.currency')}>
              <Input
                value={value.currency}
                maxLength={10}
                onChange={({ target }) => changeGoal({ value: { ...value, currency: target.value } })}
              />
            </Field>
          </div>
          <div className="range-row">
            {VALUE_INPUTS.map((input) => (
              <RangeFields
                key={input}
                label={t(`stage.landing.screen.goals.form.${input}`)}
                range={value[input]}
                factor={input === 'change' ? factor : 1}
                onChange={(range) => changeGoal({ value: { ...value, [input]: range } })}
              />
            ))}
          </div>
        </>
      )}
    </Card>
  );
}
