import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import type { AppError } from '../../shared/errors/app-error.ts';
import { useT } from '../app/language.ts';
import { asAppError } from '../app/session.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { PasswordField } from './PasswordField.tsx';

interface Props {
  readonly action: string;
  readonly onSubmit: (password: string) => Promise<void>;
  readonly extra?: ReactNode;
}

/** Asks for the password of a project until it opens. What was typed goes from the screen with every try. */
export function PasswordForm({ action, onSubmit, extra }: Props) {
  const t = useT();
  const [password, setPassword] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  return (
    <form
      className="password-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (password === '' || busy) return;
        setBusy(true);
        setError(null);
        onSubmit(password)
          .catch((failure: unknown) => setError(asAppError(failure)))
          .finally(() => {
            setPassword('');
            setBusy(false);
          });
      }}
    >
      {error !== null && <ErrorNotice error={error} />}
      <PasswordField
        label={t('password.label')}
        value={password}
        kind="current-password"
        focus
        disabled={busy}
        onChange={setPassword}
        testId="password"
      />
      <div className="password-actions">
        <Button
          type="primary"
          htmlType="submit"
          loading={busy}
          disabled={password === ''}
          data-testid="password-submit"
        >
          {action}
        </Button>
        {extra}
      </div>
    </form>
  );
}
