import { Button, Checkbox } from 'antd';
import { useState } from 'react';
import type { OfflineStatement } from '../../../shared/contract/offline.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { Card } from '../../components/Card.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { call } from '../../engine.ts';
import { saveFile } from '../../save-file.ts';
import { useLanguage, useT } from '../language.ts';
import { asAppError, useSession } from '../session.ts';
import { printDocument } from './print-document.ts';

type Way = 'html' | 'pdf' | 'print';

/** Writes the statement of this moment and hands it out: as a file, as a PDF, to a printer. */
export function StatementActions() {
  const t = useT();
  const language = useLanguage();
  const { projectId, overview } = useSession();
  const [named, setNamed] = useState(true);
  const [busy, setBusy] = useState<Way | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);

  const hand = async (way: Way): Promise<string | null> => {
    const statement: OfflineStatement = await call('app.offlineStatement', {
      language,
      projectId: named ? projectId : null,
      pdf: way === 'pdf',
    });
    if (way === 'print') {
      await printDocument(statement.html);
      return null;
    }
    if (way === 'html') {
      saveFile(statement.fileName, new Blob([statement.html], { type: 'text/html' }));
      return t('offline.action.saved', { name: statement.fileName });
    }
    if (statement.pdf === null) return t(`offline.pdfProblem.${statement.pdfProblem ?? 'browser-failed'}`);
    const bytes = Uint8Array.from(atob(statement.pdf.base64), (sign) => sign.charCodeAt(0));
    saveFile(statement.pdf.fileName, new Blob([bytes], { type: 'application/pdf' }));
    return t('offline.action.saved', { name: statement.pdf.fileName });
  };
  const start = (way: Way) => {
    setBusy(way);
    setSaid(null);
    setError(null);
    hand(way)
      .then(setSaid, (failure: unknown) => setError(asAppError(failure)))
      .finally(() => setBusy(null));
  };

  return (
    <Card title={t('offline.section.statement')} testId="offline-statement">
      <p className="muted">{t('offline.statement.lead')}</p>
      <div className="offline-actions">
        <Button type="primary" loading={busy === 'html'} onClick={() => start('html')} data-testid="statement-save">
          {t('offline.action.save')}
        </Button>
        <Button loading={busy === 'pdf'} onClick={() => start('pdf')} data-testid="statement-pdf">
          {t('offline.action.savePdf')}
        </Button>
        <Button loading={busy === 'print'} onClick={() => start('print')} data-testid="statement-print">
          {t('offline.action.print')}
        </Button>
        {projectId !== null && (
          <Checkbox checked={named} onChange={(event) => setNamed(event.target.checked)}>
            {t('offline.action.forProject', { name: overview?.project.name ?? '' })}
          </Checkbox>
        )}
        <span role="status" data-testid="statement-said">
          {busy === null ? said : t('offline.action.making')}
        </span>
      </div>
      {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
    </Card>
  );
}
