import { useLanguage, useT } from '../app/language.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { timeText } from './time.ts';
import { useCommand } from './use-command.ts';
import { useView } from './use-view.ts';

/** Earlier versions of what stands in a slot, each of which can stand again. Nothing where there is only one. */
export function Versions({ slot }: { readonly slot: string }) {
  const t = useT();
  const language = useLanguage();
  const { value } = useView('project.versions', { slot }, [slot]);
  const { send, busy, error, clear } = useCommand();
  if (value === undefined || value.length < 2) return null;
  return (
    <section data-testid="versions">
      <h3>{t('undo.versions')}</h3>
      <ul className="help-lines">
        {value.map(({ artifact, stands }) => (
          <li key={artifact.id}>
            <span className="number muted">{timeText(language, artifact.createdAt)} </span>
            {stands ? (
              <span className="number">
                {t('map.version', { version: artifact.version })} <span className="tag">{t('undo.standing')}</span>
              </span>
            ) : (
              <button
                type="button"
                className="link number"
                disabled={busy}
                onClick={() => void send('project.restore', { artifactId: artifact.id })}
                data-testid={`restore-${artifact.version}`}
              >
                {t('undo.restore', { version: artifact.version })}
              </button>
            )}
          </li>
        ))}
      </ul>
      {error !== null && <ErrorNotice error={error} onClose={clear} />}
    </section>
  );
}
