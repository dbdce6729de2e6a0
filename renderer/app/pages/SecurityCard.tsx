import { Button } from 'antd';
import { useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { Card } from '../../components/Card.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { NewPassword } from '../../components/NewPassword.tsx';
import { PasswordField } from '../../components/PasswordField.tsx';
import { useT } from '../language.ts';
import { asAppError, changePassword, lockProject, useSession } from '../session.ts';

type Change = 'set' | 'change' | 'remove';

interface FormProps {
  readonly change: Change;
  readonly onDone: (note: string) => void;
  readonly onCancel: () => void;
}

function ChangeForm({ change, onDone, onCancel }: FormProps) {
  const t = useT();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const complete = (change === 'set' || current !== '') && (change === 'remove' || next !== null);
  return (
    <form
      className="password-form"
      data-testid="security-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!complete || busy) return;
        setBusy(true);
        setError(null);
        changePassword(change === 'set' ? null : current, change === 'remove' ? null : next)
          .then(({ originalOverwritten }) =>
            onDone(originalOverwritten === false ? t('security.notOverwritten') : t(`security.done.${change}`)),
          )
          .catch((failure: unknown) => {
            setError(asAppError(failure));
            setBusy(false);
          });
      }}
    >
      <p className="muted">{t(`security.about.${change}`)}</p>
      {error !== null && <ErrorNotice error={error} />}
      {change !== 'set' && (
        <PasswordField
          label={t('security.current')}
          value={current}
          kind="current-password"
          focus
          disabled={busy}
          onChange={setCurrent}
          testId="current-password"
        />
      )}
      {change !== 'remove' && <NewPassword onChange={setNext} disabled={busy} />}
      <div className="password-actions">
        <Button type="primary" htmlType="submit" loading={busy} disabled={!complete} data-testid="security-submit">
          {t(`security.action.${change}`)}
        </Button>
        <Button type="text" disabled={busy} onClick={onCancel}>
          {t('action.cancel')}
        </Button>
      </div>
    </form>
  );
}

/** Whether the project is encrypted, what that covers, and how its password is set, changed or removed. */
export function SecurityCard() {
  const t = useT();
  const encrypted = useSession((state) => state.overview?.project.encrypted);
  const [change, setChange] = useState<Change | null>(null);
  const [note, setNote] = useState<string | null>(null);
  if (encrypted === undefined) return null;
  const start = (wanted: Change) => {
    setNote(null);
    setChange(wanted);
  };
  return (
    <Card title={t('security.title')} testId="security">
      <p>{encrypted ? t('security.encrypted') : t('security.plain')}</p>
      {encrypted && <p className="muted">{t('security.limits')}</p>}
      {note !== null && (
        <p role="status" data-testid="security-note">
          {note}
        </p>
      )}
      {change === null ? (
        <div className="password-actions">
          {encrypted ? (
            <>
              <Button onClick={() => void lockProject()} data-testid="lock-now">
                {t('lock.now')}
              </Button>
              <Button onClick={() => start('change')}>{t('security.action.change')}</Button>
              <Button type="text" onClick={() => start('remove')}>
                {t('security.action.remove')}
              </Button>
            </>
          ) : (
            <Button onClick={() => start('set')} data-testid="security-set">
              {t('security.action.set')}
            </Button>
          )}
        </div>
      ) : (
        <ChangeForm
          key={change}
          change={change}
          onCancel={() => setChange(null)}
          onDone={(done) => {
            setChange(null);
            setNote(done);
          }}
        />
      )}
    </Card>
  );
}
