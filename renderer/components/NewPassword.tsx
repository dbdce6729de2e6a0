import { useState } from 'react';
import { SHORTEST_PASSWORD } from '../../shared/contract/app.ts';
import { useT } from '../app/language.ts';
import { PasswordField } from './PasswordField.tsx';

const FAIR_LENGTH = 12;
const GOOD_LENGTH = 16;

interface Props {
  /** The password once it is long enough and typed twice alike; null before. */
  readonly onChange: (password: string | null) => void;
  readonly disabled?: boolean;
}

/** A new password, typed twice, with what nobody should learn too late: there is no way back in without it. */
export function NewPassword({ onChange, disabled = false }: Props) {
  const t = useT();
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const change = (a: string, b: string) => {
    setFirst(a);
    setSecond(b);
    onChange(a.length >= SHORTEST_PASSWORD && a === b ? a : null);
  };
  const quality =
    first === ''
      ? t('password.advice')
      : first.length < SHORTEST_PASSWORD
        ? t('password.tooShort', { count: SHORTEST_PASSWORD })
        : first.length < FAIR_LENGTH
          ? t('password.short')
          : first.length < GOOD_LENGTH
            ? t('password.fair')
            : t('password.good');
  return (
    <div className="new-password">
      <PasswordField
        label={t('password.new')}
        value={first}
        kind="new-password"
        hint={quality}
        disabled={disabled}
        onChange={(value) => change(value, second)}
        testId="new-password"
      />
      <PasswordField
        label={t('password.again')}
        value={second}
        kind="new-password"
        hint={second !== '' && second !== first ? t('password.differ') : undefined}
        disabled={disabled}
        onChange={(value) => change(first, value)}
        testId="new-password-again"
      />
      <p className="notice-line">▲ {t('password.noRecovery')}</p>
    </div>
  );
}
