import type { ReactNode } from 'react';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import { useT } from '../../app/language.ts';
import { RobustnessFields } from './RobustnessFields.tsx';
import { TuningFields } from './TuningFields.tsx';
import './run-settings.css';

interface Props {
  readonly config: RunConfig;
  /** Training rows. */
  readonly rows: number;
  readonly onChange: (config: RunConfig) => void;
  /** The choice of method, where the form does not show it above. */
  readonly method?: ReactNode;
}

/** What a run can take besides its recipe, folded away. The same in every form that starts a training. */
export function MoreSettings({ config, rows, onChange, method }: Props) {
  const t = useT();
  return (
    <details className="more-settings" data-testid="more-settings">
      <summary>{t('training.moreSettings')}</summary>
      <p className="muted small">{t('training.moreSettingsLead')}</p>
      {method}
      <TuningFields config={config} onChange={onChange} />
      <RobustnessFields config={config} rows={rows} onChange={onChange} />
    </details>
  );
}
