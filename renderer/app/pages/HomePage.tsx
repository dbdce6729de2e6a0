import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { Card } from '../../components/Card.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { NewPassword } from '../../components/NewPassword.tsx';
import { timeText } from '../../components/time.ts';
import { useView } from '../../components/use-view.ts';
import { call } from '../../engine.ts';
import { windowBridge } from '../../window/bridge.ts';
import { useLanguage, useT } from '../language.ts';
import { asAppError, enterOpened, openProjectFile, useSession } from '../session.ts';
import { TourOffer, useOffersTour } from './TourCard.tsx';

interface NewProject {
  readonly name: string;
  readonly customer?: string;
  readonly period?: string;
}

interface FileEntry {
  readonly path: string;
  readonly name: string;
  readonly when: string;
  readonly missing: boolean;
}

interface FileListProps {
  readonly files: readonly FileEntry[];
  /** Path of the file that is being opened. */
  readonly opening: string | null;
  readonly disabled: boolean;
  readonly onOpen: (path: string) => void;
}

function FileList({ files, opening, disabled, onOpen }: FileListProps) {
  const t = useT();
  const language = useLanguage();
  return (
    <ul className="file-list">
      {files.map(({ path, name, when, missing }) => (
        <li key={path}>
          <button type="button" disabled={disabled || missing} onClick={() => onOpen(path)} title={path}>
            <strong>{name}</strong>
            <span className="muted number" role={path === opening ? 'status' : undefined}>
              {path === opening ? t('home.opening') : missing ? t('home.missing') : timeText(language, when)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Any other project file: from the dialog of the system in a window, by its path in a browser, which has no such dialog. */
function OpenByPath({ disabled, onOpen }: Pick<FileListProps, 'disabled' | 'onOpen'>) {
  const t = useT();
  const [path, setPath] = useState('');
  if (windowBridge !== null) {
    const bridge = windowBridge;
    const choose = async () => {
      const reply = await bridge.chooseProject();
      if (reply.ok && reply.value !== null) onOpen(reply.value);
    };
    return (
      <Button disabled={disabled} onClick={() => void choose()} data-testid="choose-project">
        {t('window.home.choose')}
      </Button>
    );
  }
  return (
    <form
      className="home-path"
      onSubmit={(event) => {
        event.preventDefault();
        if (path.trim() !== '') onOpen(path.trim());
      }}
    >
      <Input
        value={path}
        onChange={(event) => setPath(event.target.value)}
        placeholder={t('home.path')}
        aria-label={t('home.path')}
        maxLength={4096}
      />
      <Button htmlType="submit" disabled={disabled || path.trim() === ''}>
        {t('action.open')}
      </Button>
    </form>
  );
}

/** The list of projects, and the first thing a new person sees. */
export function HomePage() {
  const t = useT();
  const language = useLanguage();
  const folder = useSession((state) => state.info?.projectsFolder ?? '');
  const [busy, setBusy] = useState<'project' | 'sample' | 'file' | null>(null);
  const [opening, setOpening] = useState<string | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const [readOnly, setReadOnly] = useState(false);
  const [encrypt, setEncrypt] = useState(false);
  const [password, setPassword] = useState<string | null>(null);
  const { value: recent } = useView('app.recentProjects', {});
  const { value: files } = useView('app.listFolder', {});
  const offersTour = useOffersTour();

  const run = (work: Promise<void>, what: 'project' | 'sample' | 'file') => {
    setBusy(what);
    setError(null);
    work.catch((failure: unknown) => setError(asAppError(failure))).finally(() => setBusy(null));
  };
  const openPath = (chosen: string) => {
    setOpening(chosen);
    run(openProjectFile(chosen, readOnly), 'file');
  };

  return (
    <div className="home" data-testid="home">
      <header>
        <h1>{t('home.title')}</h1>
        <p className="home-about">{t('home.about')}</p>
      </header>
      {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
      <TourOffer />
      <div className="home-columns">
        <Card title={t('home.create')}>
          <Form<NewProject>
            layout="vertical"
            requiredMark={false}
            disabled={busy !== null}
            onFinish={({ name, customer, period }) =>
              run(
                enterOpened(
                  call('app.createProject', {
                    name: name.trim(),
                    customer: customer ?? '',
                    period: period ?? '',
                    path: null,
                    password: encrypt ? password : null,
                  }),
                ),
                'project',
              )
            }
          >
            <Form.Item
              name="name"
              label={t('home.name')}
              rules={[{ required: true, whitespace: true, message: t('home.nameMissing') }]}
            >
              <Input maxLength={200} placeholder={t('home.namePlaceholder')} data-testid="new-name" />
            </Form.Item>
            <Form.Item name="customer" label={t('home.customer')}>
              <Input maxLength={200} />
            </Form.Item>
            <Form.Item name="period" label={t('home.period')}>
              <Input maxLength={100} placeholder={t('home.periodPlaceholder')} />
            </Form.Item>
            <Checkbox checked={encrypt} onChange={(event) => setEncrypt(event.target.checked)} data-testid="encrypt">
              {t('password.encrypt')}
            </Checkbox>
            {encrypt && <NewPassword onChange={setPassword} disabled={busy !== null} />}
            <Button
              type={offersTour ? 'default' : 'primary'}
              htmlType="submit"
              loading={busy === 'project'}
              disabled={encrypt && password === null}
              className="home-create"
              data-testid="create-project"
            >
              {t('home.createAction')}
            </Button>
          </Form>
          <div className="home-sample">
            <Button
              disabled={busy !== null && busy !== 'sample'}
              loading={busy === 'sample'}
              onClick={() => run(enterOpened(call('app.openSample', { language })), 'sample')}
              data-testid="open-sample"
            >
              {t('home.sample')}
            </Button>
            <p className="muted" role="status">
              {t(busy === 'sample' ? 'tour.opening' : 'home.sampleHint')}
            </p>
          </div>
        </Card>
        <div className="home-open">
          <Card title={t('home.recent')}>
            {recent !== undefined && recent.length === 0 && <p className="muted">{t('home.recentNone')}</p>}
            <FileList
              files={(recent ?? []).map(({ path: file, name, openedAt, exists }) => ({
                path: file,
                name,
                when: openedAt,
                missing: !exists,
              }))}
              opening={busy === 'file' ? opening : null}
              disabled={busy !== null}
              onOpen={openPath}
            />
          </Card>
          <Card title={t('home.folder')}>
            {files !== undefined && files.length === 0 && <p className="muted">{t('home.folderNone', { folder })}</p>}
            <FileList
              files={(files ?? []).map(({ path: file, name, modifiedAt }) => ({
                path: file,
                name,
                when: modifiedAt,
                missing: false,
              }))}
              opening={busy === 'file' ? opening : null}
              disabled={busy !== null}
              onOpen={openPath}
            />
            <OpenByPath disabled={busy !== null} onOpen={openPath} />
            <Checkbox
              className="home-read-only"
              checked={readOnly}
              onChange={(event) => setReadOnly(event.target.checked)}
              data-testid="open-read-only"
            >
              {t('home.readOnly')}
            </Checkbox>
          </Card>
        </div>
      </div>
    </div>
  );
}
