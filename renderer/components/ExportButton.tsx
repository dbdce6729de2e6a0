import { Button, Popover } from 'antd';
import { useState } from 'react';
import type { ExportedFiles } from '../../shared/contract/export.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { useT } from '../app/language.ts';
import { asAppError } from '../app/session.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import './export-button.css';

interface Props {
  readonly label: string;
  readonly run: () => Promise<ExportedFiles>;
  readonly testId: string;
}

/** Writes tables as CSV beside the project and then says which files lie where. */
export function ExportButton({ label, run, testId }: Props) {
  const t = useT();
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<ExportedFiles | AppError | null>(null);
  const start = () => {
    setBusy(true);
    setOutcome(null);
    run()
      .then(setOutcome, (failure: unknown) => setOutcome(asAppError(failure)))
      .finally(() => setBusy(false));
  };
  return (
    <Popover
      open={outcome !== null}
      onOpenChange={(open) => !open && setOutcome(null)}
      trigger="click"
      placement="bottomRight"
      destroyOnHidden
      content={
        outcome === null ? null : 'folder' in outcome ? <Written written={outcome} /> : <ErrorNotice error={outcome} />
      }
    >
      <Button loading={busy} title={t('export.hint')} onClick={start} data-testid={testId}>
        {label}
      </Button>
    </Popover>
  );
}

function Written({ written: { folder, files } }: { readonly written: ExportedFiles }) {
  const t = useT();
  const [copied, setCopied] = useState(false);
  return (
    <div className="export-done" data-testid="export-done" role="status">
      <strong>✓ {t('export.done', { count: files.length })}</strong>
      <ul>
        {files.map(({ name, title, rows }) => (
          <li key={name}>
            {title} <span className="muted number">{t('export.rows', { count: rows })}</span>
            <code>{name}</code>
          </li>
        ))}
      </ul>
      <p>
        <code title={folder}>{folder}</code>{' '}
        <button
          type="button"
          className="link"
          onClick={() => {
            void navigator.clipboard.writeText(folder).then(() => setCopied(true));
          }}
        >
          {t(copied ? 'reports.copied' : 'reports.copy')}
        </button>
      </p>
      <p className="muted small">{t('export.inert')}</p>
    </div>
  );
}
