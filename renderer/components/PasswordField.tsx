import { Input } from 'antd';
import { type KeyboardEvent, useId, useState } from 'react';
import { useT } from '../app/language.ts';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Tells a browser's own password store what it is looking at. */
  readonly kind: 'current-password' | 'new-password';
  readonly focus?: boolean;
  readonly disabled?: boolean;
  /** What is wrong with it, or how good it is. */
  readonly hint?: string | undefined;
  readonly testId?: string;
}

/** A password with its name above, that can be shown, and that says when caps lock is on. */
export function PasswordField({ label, value, onChange, kind, focus = false, disabled = false, hint, testId }: Props) {
  const t = useT();
  const id = useId();
  const [capsLock, setCapsLock] = useState(false);
  const [shown, setShown] = useState(false);
  const look = (event: KeyboardEvent<HTMLInputElement>) => setCapsLock(event.getModifierState('CapsLock'));
  const note = capsLock ? `▲ ${t('password.capsLock')}` : hint;
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      <span className="password-line">
        <Input
          id={id}
          type={shown ? 'text' : 'password'}
          value={value}
          maxLength={1024}
          autoComplete={kind}
          autoFocus={focus}
          disabled={disabled}
          spellCheck={false}
          aria-describedby={`${id}-note`}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={look}
          onKeyUp={look}
          data-testid={testId}
        />
        <button type="button" className="link" aria-pressed={shown} onClick={() => setShown(!shown)}>
          {shown ? t('password.hide') : t('password.show')}
        </button>
      </span>
      <span id={`${id}-note`} className="muted" role="status">
        {note ?? ''}
      </span>
    </div>
  );
}
