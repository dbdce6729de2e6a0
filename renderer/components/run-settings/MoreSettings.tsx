import type { ReactNode } from 'react';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import type { TextTask } from '../../../shared/train/text-task.ts';
import { useT } from '../../app/language.ts';
import { ContinualFields } from './ContinualFields.tsx';
import { ContrastiveFields } from './ContrastiveFields.tsx';
import { LearningFields } from './LearningFields.tsx';
import { RobustnessFields } from './RobustnessFields.tsx';
import { TuningFields } from './TuningFields.tsx';
import './run-settings.css';

interface Props {
  readonly config: RunConfig;
  /** Training rows. */
  readonly rows: number;
  /** Of the model that training starts from, where it was trained before: whether its classifier is kept. */
  readonly earlier?: { readonly keepsHead: boolean };
  readonly onChange: (config: RunConfig) => void;
  /** What is learnt; one of several classes where left out. */
  readonly task?: TextTask;
  /** Where back-translations are made and looked at; none are offered where left out. */
  readonly paraphrases?: ReactNode;
}

/** What a run can take besides its recipe, folded away. The same in every form that starts a training. */
export function MoreSettings({ config, rows, earlier, task, onChange, paraphrases }: Props) {
  const t = useT();
  return (
    <details className="more-settings" data-testid="more-settings">
      <summary>{t('training.moreSettings')}</summary>
      <p className="muted small">{t('training.moreSettingsLead')}</p>
      <LearningFields config={config} hasNewHead={earlier?.keepsHead !== true} task={task} onChange={onChange} />
      <TuningFields config={config} onChange={onChange} />
      <RobustnessFields
        config={config}
        rows={rows}
        {...(task === undefined ? {} : { task })}
        onChange={onChange}
        paraphrases={paraphrases}
      />
      {earlier?.keepsHead !== true && task === undefined && <ContrastiveFields config={config} onChange={onChange} />}
      {earlier !== undefined && <ContinualFields config={config} keepsHead={earlier.keepsHead} onChange={onChange} />}
    </details>
  );
}
