import { Modal } from 'antd';
import { PasswordForm } from '../components/PasswordForm.tsx';
import { useT } from './language.ts';
import { openWithPassword, useSession } from './session.ts';

/** Asks for the password of a project that is being opened. */
export function PasswordPrompt() {
  const t = useT();
  const asking = useSession((state) => state.asking);
  return (
    <Modal
      open={asking !== null}
      title={t('password.needed')}
      footer={null}
      destroyOnHidden
      width={480}
      afterOpenChange={(open) => {
        // The dialog takes the focus as it opens.
        if (open) document.querySelector<HTMLInputElement>('[data-testid="password"]')?.focus();
      }}
      onCancel={() => useSession.setState({ asking: null })}
    >
      {asking !== null && (
        <div data-testid="password-prompt">
          <p className="muted path">{asking.path}</p>
          <PasswordForm action={t('password.open')} onSubmit={(password) => openWithPassword(asking, password)} />
        </div>
      )}
    </Modal>
  );
}
