import { Switch } from 'antd';
import type { ReactNode } from 'react';
import { useT } from '../../app/language.ts';
import { GlossedText } from '../GlossedText.tsx';

interface Props {
  readonly name: string;
  /** When it is worth using, in one line. */
  readonly when: string;
  readonly on: boolean;
  readonly onSwitch: (on: boolean) => void;
  /** Why it cannot be used now; null where it can. */
  readonly missing?: string | null;
  readonly testId: string;
  /** Its numbers, shown while it is on. */
  readonly children?: ReactNode;
}

/** One option of a run: a switch, when to use it, and its numbers once it is on. */
export function SettingRow({ name, when, on, onSwitch, missing = null, testId, children }: Props) {
  const t = useT();
  return (
    <div className="setting-row" data-testid={testId}>
      <Switch
        size="small"
        checked={on}
        disabled={missing !== null && !on}
        onChange={onSwitch}
        aria-label={t('training.robustness.on', { name })}
      />
      <div className="setting-text">
        <strong>
          <GlossedText text={name} />
        </strong>
        <div className="muted small">
          <GlossedText text={missing === null ? when : `${when} ${missing}`} />
        </div>
      </div>
      {on && <div className="form-row setting-values">{children}</div>}
    </div>
  );
}
