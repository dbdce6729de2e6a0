import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import { useT } from '../../../app/language.ts';
import { asAppError } from '../../../app/session.ts';
import { Card } from '../../../components/Card.tsx';
import { nameOfFile } from '../../../components/chosen-file.ts';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { upload } from '../../../engine.ts';
import { type SourceDraft, useDemand } from '../store.ts';

const ACCEPTED = '.csv,.tsv,.txt,.xlsx,.json,.jsonl,.ndjson';

type PasteShape = 'lines' | 'table';

const NOTHING_KNOWN = { overrides: {}, kind: null, columns: null } as const;
/** Who says “one text per line” has said what the column is for. */
const PASTED_LINES = {
  overrides: { encoding: 'utf-8', format: 'lines' },
  kind: 'feedback',
  columns: [{ id: 'c0', name: '', role: 'text' }],
} as const;

/** Hands a file to the host and opens it for a look; nothing is imported yet. */
async function openSource(file: File, known: Pick<SourceDraft, 'overrides' | 'kind' | 'columns'>): Promise<void> {
  const { sourceId, name, bytes } = await upload(file);
  useDemand.setState({
    source: {
      sourceId,
      fileName: name,
      bytes,
      ...known,
      name: nameOfFile(name),
    },
  });
}

/** Where data comes in: a dropped or chosen file, or pasted text. */
export function SourceChooser({ quiet }: { /** Beside another main action. */ readonly quiet: boolean }) {
  const t = useT();
  const [over, setOver] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const [pasting, setPasting] = useState(false);
  const [text, setText] = useState('');
  const [shape, setShape] = useState<PasteShape>('lines');

  const open = (file: File, known: Pick<SourceDraft, 'overrides' | 'kind' | 'columns'> = NOTHING_KNOWN) => {
    setBusy(true);
    setError(null);
    openSource(file, known)
      .catch((failure: unknown) => setError(asAppError(failure)))
      .finally(() => setBusy(false));
  };
  const usePasted = () => {
    const name = t('stage.demand.screen.import.pastedName');
    const isTable = shape === 'table';
    const file = new File([text], `${name}.${isTable ? 'csv' : 'txt'}`, { type: 'text/plain' });
    open(file, isTable ? { ...NOTHING_KNOWN, overrides: { encoding: 'utf-8' } } : PASTED_LINES);
  };

  return (
    <Card testId="demand-import-chooser">
      {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
      <label
        className={over ? 'drop drop-over' : 'drop'}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          const file = event.dataTransfer.files[0];
          if (file !== undefined) open(file);
        }}
      >
        <input
          type="file"
          className="visually-hidden"
          accept={ACCEPTED}
          disabled={busy}
          data-testid="demand-import-file"
          onChange={({ target }) => {
            const file = target.files?.[0];
            target.value = '';
            if (file !== undefined) open(file);
          }}
        />
        <strong>{busy ? t('stage.demand.screen.import.uploading') : t('stage.demand.screen.import.drop')}</strong>
        <span className="muted">{t('stage.demand.screen.import.formats')}</span>
        <span className={quiet ? 'drop-button drop-button-quiet' : 'drop-button'}>
          {t('stage.demand.screen.import.choose')}
        </span>
      </label>
      <div className="paste">
        <Button
          type="link"
          size="small"
          aria-expanded={pasting}
          onClick={() => setPasting(!pasting)}
          data-testid="demand-import-paste"
        >
          {t('stage.demand.screen.import.paste')}
        </Button>
        {pasting && (
          <>
            <Segmented<PasteShape>
              size="small"
              value={shape}
              onChange={setShape}
              options={[
                { value: 'lines', label: t('stage.demand.screen.import.pasteLines') },
                { value: 'table', label: t('stage.demand.screen.import.pasteTable') },
              ]}
            />
            <Input.TextArea
              rows={6}
              value={text}
              onChange={({ target }) => setText(target.value)}
              placeholder={t('stage.demand.screen.import.pastePlaceholder')}
              data-testid="demand-import-text"
            />
            <Button disabled={text.trim() === '' || busy} onClick={usePasted} data-testid="demand-import-use-text">
              {t('stage.demand.screen.import.usePasted')}
            </Button>
          </>
        )}
      </div>
    </Card>
  );
}
