import { Button, Input } from 'antd';
import { useState } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import type { Verification } from '../../../shared/contract/project.ts';
import { type AppError, fromAppErrorJson } from '../../../shared/errors/app-error.ts';
import { formatNumber, formatShort } from '../../../shared/i18n/number.ts';
import type { Translate } from '../../../shared/i18n/translate.ts';
import { Card } from '../../components/Card.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { durationText, timeText } from '../../components/time.ts';
import { call } from '../../engine.ts';
import { windowBridge } from '../../window/bridge.ts';
import { useLanguage, useT } from '../language.ts';
import { asAppError, useSession } from '../session.ts';
import { useVerification } from '../verification.ts';

type Doing = 'copy' | 'verify';

const BYTES_PER_MB = 1e6;
const HASH_SHOWN = 16;

const sizeText = (t: Translate, bytes: number) => `${formatShort(bytes / BYTES_PER_MB)}\u00a0${t('unit.megabytes')}`;

/** `Bank 2026-11-26.csw` for `/work/Bank.csw`. */
function copyNameOf(path: string, now: Date): string {
  const stem = (path.split(/[\\/]/).at(-1) ?? '').replace(/\.csw$/, '');
  const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0'));
  return `${stem} ${day.join('-')}.csw`;
}

function Found({ found }: { readonly found: Verification }) {
  const t = useT();
  const language = useLanguage();
  return (
    <div data-testid="verification" data-intact={found.intact}>
      <p>
        <span className={found.intact ? 'pill pill-good' : 'pill pill-failed'}>
          {found.intact ? `✓ ${t('file.intact')}` : `✕ ${t('file.damaged')}`}
        </span>{' '}
        <span className="muted number">
          {t('file.verified', {
            size: sizeText(t, found.bytes),
            took: durationText(t, found.durationMs),
            time: timeText(language, found.at),
          })}
        </span>
      </p>
      <ul className="lines">
        {found.checks.map(({ check, count, problemCount, problems }) => (
          <li key={check} data-testid={`verified-${check}`}>
            <span className="lines-grow">
              {t(`file.check.${check}`)}
              {problems.map((problem) => (
                <code key={problem} className="file-problem">
                  {problem}
                </code>
              ))}
            </span>
            <span className="number muted">{t(`file.counted.${check}`, { count })}</span>
            <span className={problemCount === 0 ? 'number' : 'number status-failed'}>
              {problemCount === 0 ? `✓ ${t('file.sound')}` : `✕ ${t('file.problems', { count: problemCount })}`}
            </span>
          </li>
        ))}
      </ul>
      {!found.intact && <p>{t('file.damagedRemedy')}</p>}
    </div>
  );
}

interface CopyFormProps {
  readonly path: string;
  readonly copying: boolean;
  readonly disabled: boolean;
  readonly onCopy: (place: () => Promise<string | null>) => void;
}

/** Where the copy goes: asked by the dialog of the system in a window, typed in a browser, which has no such dialog. */
function CopyForm({ path, copying, disabled, onCopy }: CopyFormProps) {
  const t = useT();
  const [name, setName] = useState(() => copyNameOf(path, new Date()));
  if (windowBridge !== null) {
    const bridge = windowBridge;
    const choose = async () => {
      const reply = await bridge.chooseCopy(name);
      if (!reply.ok) throw fromAppErrorJson(reply.error);
      return reply.value;
    };
    return (
      <Button loading={copying} disabled={disabled} onClick={() => onCopy(choose)} data-testid="save-copy">
        {t('window.file.copy')}
      </Button>
    );
  }
  return (
    <form
      className="home-path"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') onCopy(async () => name.trim());
      }}
    >
      <Input
        value={name}
        onChange={(event) => setName(event.target.value)}
        aria-label={t('file.copyName')}
        maxLength={4096}
        data-testid="copy-name"
      />
      <Button htmlType="submit" loading={copying} disabled={disabled || name.trim() === ''} data-testid="save-copy">
        {t('file.copy')}
      </Button>
    </form>
  );
}

/** The one file that holds the project: where it lies, a copy to pass on, and whether all of it is still as it was written. */
export function ProjectFileCard() {
  const t = useT();
  const project = useSession((state) => state.overview?.project);
  const path = project?.path ?? '';
  const [doing, setDoing] = useState<Doing | null>(null);
  const [copied, setCopied] = useState<Output<'project.saveCopy'> | null>(null);
  const [found, setFound] = useState<Verification | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const progress = useVerification((state) => state.progress);
  if (project === undefined) return null;

  const run = (what: Doing, work: () => Promise<void>) => {
    setDoing(what);
    setError(null);
    work()
      .catch((failure: unknown) => setError(asAppError(failure)))
      .finally(() => setDoing(null));
  };
  const saveCopy = (place: () => Promise<string | null>) => {
    setCopied(null);
    run('copy', async () => {
      const wanted = await place();
      if (wanted !== null) setCopied(await call('project.saveCopy', { path: wanted }));
    });
  };
  const verify = () => {
    setFound(null);
    useVerification.setState({ progress: null });
    run('verify', async () => setFound(await call('project.verify', {})));
  };

  return (
    <Card
      title={t('file.title')}
      testId="project-file"
      extra={
        <Button
          size="small"
          onClick={verify}
          loading={doing === 'verify'}
          disabled={doing !== null}
          data-testid="verify"
        >
          {t('file.verify')}
        </Button>
      }
    >
      <div className="file-parts">
        <p className="file-path">
          <code>{path}</code>
        </p>
        {project.syncedBy !== null && (
          <p className="notice notice-attention" data-testid="synced-folder">
            <span>▲ {t(`file.synced.${project.syncedBy}`)}</span>
          </p>
        )}
        <CopyForm path={path} copying={doing === 'copy'} disabled={doing !== null} onCopy={saveCopy} />
        <p className="muted">{t(project.encrypted ? 'file.copyHintEncrypted' : 'file.copyHint')}</p>
        {copied !== null && (
          <p role="status" data-testid="copied">
            ✓ {t('file.copied', { path: copied.path, size: sizeText(t, copied.bytes) })}{' '}
            <code title={copied.sha256}>SHA-256 {copied.sha256.slice(0, HASH_SHOWN)}…</code>
          </p>
        )}
        {doing === 'verify' && progress !== null && (
          <p className="status-running" role="status">
            ▶{' '}
            {t('file.verifying', {
              check: t(`file.check.${progress.check}`),
              done: formatNumber(progress.done),
              total: formatNumber(progress.total),
            })}
          </p>
        )}
        {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
        {found !== null && <Found found={found} />}
      </div>
    </Card>
  );
}
