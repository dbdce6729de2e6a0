import { Button } from 'antd';
import { PasswordForm } from '../components/PasswordForm.tsx';
import { useT } from './language.ts';
import { closeProject, unlockProject } from './session.ts';

/** Stands in the place of everything: no name, no figure and no text of the project is on the screen or in the page. */
export function LockScreen() {
  const t = useT();
  return (
    <main className="lock-screen" data-testid="lock-screen">
      <section className="card" aria-labelledby="lock-title">
        <h1 id="lock-title">{t('lock.title')}</h1>
        <p className="muted">{t('lock.lead')}</p>
        <PasswordForm
          action={t('lock.unlock')}
          onSubmit={unlockProject}
          extra={
            <Button type="text" onClick={() => void closeProject()}>
              {t('lock.close')}
            </Button>
          }
        />
      </section>
    </main>
  );
}
