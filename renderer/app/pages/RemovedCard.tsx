import { Button } from 'antd';
import { ownerName } from '../../../shared/i18n/slot-name.ts';
import { slotName } from '../../components/artifact-name.ts';
import { Card } from '../../components/Card.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { timeText } from '../../components/time.ts';
import { useCommand } from '../../components/use-command.ts';
import { useView } from '../../components/use-view.ts';
import { useLanguage, useT } from '../language.ts';

/** What was taken out and lies in the file's history, each with its way back. Nothing where nothing was. */
export function RemovedCard() {
  const t = useT();
  const language = useLanguage();
  const { value } = useView('project.removed', {});
  const { send, busy, error, clear } = useCommand();
  if (value === undefined || value.length === 0) return null;
  return (
    <Card title={t('undo.removed')} testId="removed">
      <p className="muted">{t('undo.removedAbout')}</p>
      <ul className="lines">
        {value.map(({ id, slot, stage, createdAt, version }) => (
          <li key={id}>
            <span className="muted number">{timeText(language, createdAt)}</span>
            <span className="lines-grow">
              {ownerName(t, stage)} › {slotName(t, slot)}
            </span>
            <span className="muted number">{t('map.version', { version })}</span>
            <Button
              size="small"
              disabled={busy}
              onClick={() => void send('project.restore', { artifactId: id })}
              data-testid={`put-back-${slot}`}
            >
              {t('undo.putBack')}
            </Button>
          </li>
        ))}
      </ul>
      {error !== null && <ErrorNotice error={error} onClose={clear} />}
    </Card>
  );
}
