import { Select } from 'antd';
import { type RunConfig, USUAL_CLIP, USUAL_PATIENCE } from '../../../shared/train/run-config.ts';
import type { TextTask } from '../../../shared/train/text-task.ts';
import { useT } from '../../app/language.ts';
import { Field } from '../Field.tsx';
import { NumberField } from '../NumberField.tsx';
import { Explained } from './Explained.tsx';
import { headStartText, optionName } from './option-text.ts';
import { SettingRow } from './SettingRow.tsx';

interface Props {
  readonly config: RunConfig;
  /** The classifier is made anew, so that it has to begin as something. */
  readonly hasNewHead: boolean;
  /** What is learnt; one of several classes where left out. */
  readonly task: TextTask | undefined;
  readonly onChange: (config: RunConfig) => void;
}

const SHARES = [
  { id: 'warmupShare', step: 0.05 },
  { id: 'weightDecay', step: 0.01 },
] as const;
/** Options that may be off: what they begin with, and their bounds. */
const LIMITS = [
  { id: 'maxGradNorm', start: USUAL_CLIP, min: 0.01, max: 1000, step: 0.5 },
  { id: 'earlyStopPatience', start: USUAL_PATIENCE, min: 1, max: 1000, step: 1 },
] as const;
const SCHEDULES = ['linear', 'cosine', 'constant'] as const satisfies readonly RunConfig['schedule'][];
const STARTS = ['logistic', 'random'] as const satisfies readonly RunConfig['headStart'][];

/** How the learning rate goes over the training, what holds an update back, what the classifier begins as and when to stop. */
export function LearningFields({ config, hasNewHead, task, onChange }: Props) {
  const t = useT();
  return (
    <>
      <div className="form-grid">
        <Explained hint={t('training.option.when.schedule')}>
          <Field label={optionName(t, 'schedule')}>
            <Select
              value={config.schedule}
              options={SCHEDULES.map((value) => ({
                value,
                label: t(`stage.competitiveness.screen.models.schedule.${value}`),
              }))}
              onChange={(schedule) => onChange({ ...config, schedule })}
              data-testid="setting-schedule"
            />
          </Field>
        </Explained>
        {SHARES.map(({ id, step }) => (
          <Explained key={id} hint={t(`training.option.when.${id}`)}>
            <NumberField
              label={optionName(t, id)}
              min={0}
              max={1}
              step={step}
              value={config[id]}
              onChange={(value) => onChange({ ...config, [id]: value })}
              data-testid={`setting-${id}`}
            />
          </Explained>
        ))}
        {hasNewHead && (
          <Explained hint={t(`training.option.when.${task === 'regression' ? 'headStartNumber' : 'headStart'}`)}>
            <Field label={optionName(t, 'headStart', task)}>
              <Select
                value={config.headStart}
                options={STARTS.map((value) => ({ value, label: headStartText(t, value, task) }))}
                onChange={(headStart) => onChange({ ...config, headStart })}
                data-testid="setting-headStart"
              />
            </Field>
          </Explained>
        )}
      </div>
      {LIMITS.map(({ id, start, ...range }) => (
        <SettingRow
          key={id}
          name={optionName(t, id)}
          when={t(`training.option.when.${id}`)}
          on={config[id] !== null}
          onSwitch={(on) => onChange({ ...config, [id]: on ? start : null })}
          testId={`setting-${id}`}
        >
          <NumberField
            label={t(`training.option.value.${id}`)}
            {...range}
            value={config[id] ?? start}
            onChange={(value) => onChange({ ...config, [id]: value })}
            data-testid={`setting-${id}-value`}
          />
        </SettingRow>
      ))}
    </>
  );
}
