import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { formatNumber } from '../../../shared/i18n/number.ts';
import { type PackInfo, packPathSchema } from '../../../shared/translation/pack.ts';
import { Card } from '../../components/Card.tsx';
import { placeInFolder } from '../../components/chosen-file.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { FileButton } from '../../components/FileButton.tsx';
import { call, upload } from '../../engine.ts';
import { useT } from '../language.ts';
import { asAppError } from '../session.ts';

/** The translation pack that back-translation needs: what it is, imported from a folder on disk, taken away. */
export function TranslationPackCard() {
  const t = useT();
  const [pack, setPack] = useState<PackInfo | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ReturnType<typeof asAppError> | null>(null);
  const work = (task: () => Promise<PackInfo | null>) => {
    setBusy(true);
    setError(null);
    task()
      .then(setPack, (failure: unknown) => setError(asAppError(failure)))
      .finally(() => setBusy(false));
  };
  useEffect(() => {
    call('app.translationPack', {}).then(setPack, (failure: unknown) => setError(asAppError(failure)));
  }, []);
  const bring = async (chosen: readonly File[]) => {
    const files: { path: string; sourceId: string }[] = [];
    for (const file of chosen) {
      const { path } = placeInFolder(file);
      // What the pack's list would not name is left where it is.
      if (packPathSchema.safeParse(path).success) files.push({ path, sourceId: (await upload(file)).sourceId });
    }
    return call('app.importTranslationPack', { files });
  };
  return (
    <Card title={t('packs.title')} testId="settings-pack">
      <p className="muted">{t('packs.lead')}</p>
      {pack === null ? (
        <p data-testid="settings-pack-none">{t('packs.none')}</p>
      ) : (
        <p data-testid="settings-pack-name">
          <strong>{pack.name}</strong>{' '}
          <span className="muted">
            {t('packs.about', { licence: pack.licence, source: pack.source, size: formatNumber(pack.sizeMb, 1) })}
          </span>
        </p>
      )}
      {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
      <p className="actions">
        <FileButton
          label={t(busy ? 'packs.checking' : 'packs.import')}
          disabled={busy}
          onFiles={(files) => work(() => bring(files))}
          testId="settings-pack-import"
        />
        {pack !== null && (
          <Button
            disabled={busy}
            onClick={() => work(() => call('app.removeTranslationPack', {}).then(() => null))}
            data-testid="settings-pack-remove"
          >
            {t('packs.remove')}
          </Button>
        )}
      </p>
    </Card>
  );
}
