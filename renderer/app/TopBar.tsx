import { Button, Tooltip } from 'antd';
import { formatNumber } from '../../shared/i18n/number.ts';
import { useT } from './language.ts';
import { useNavigation } from './navigation.ts';
import { usePalette } from './palette-state.ts';
import { modifierName } from './platform.ts';
import { useRail } from './rail-state.ts';
import { changeSettings, closeProject, lockProject, useSession } from './session.ts';

function ProjectName() {
  const t = useT();
  const project = useSession((state) => state.overview?.project);
  if (project === undefined) return <strong className="top-name">{t('product.name')}</strong>;
  const { name, customer, period, encrypted, sample } = project;
  return (
    <>
      <strong className="top-name" title={name}>
        {customer === '' || name.includes(customer) ? name : `${customer} · ${name}`}
      </strong>
      {period !== '' && <span className="top-period muted">{period}</span>}
      {sample && <span className="pill top-sample">{t('top.sample')}</span>}
      <Tooltip title={encrypted ? undefined : t('top.plainHint')}>
        <span className="pill" data-testid="encryption">
          {encrypted ? t('top.encrypted') : t('top.plain')}
        </span>
      </Tooltip>
    </>
  );
}

export function TopBar() {
  const t = useT();
  const { info, settings, projectId, linked, locked } = useSession();
  const encrypted = useSession((state) => state.overview?.project.encrypted);
  const isHome = useNavigation(({ place }) => !['settings', 'offline', 'help', 'glossary'].includes(place.type));
  const { open: railOpen, show: showRail } = useRail();
  const refused = info?.refusedRequests ?? 0;
  const threads = settings.threads ?? info?.autoThreads ?? 1;
  const otherLanguage = settings.language === 'en' ? 'zh-CN' : 'en';
  return (
    <header className="top" data-testid="top-bar">
      {projectId !== null && (
        <button
          type="button"
          className="pill pill-button top-menu"
          aria-expanded={railOpen}
          onClick={() => showRail(!railOpen)}
          data-testid="open-rail"
        >
          ☰ {t('top.menu')}
        </button>
      )}
      <span className="top-mark" aria-hidden="true">
        {t('product.mark')}
      </span>
      <ProjectName />
      <span className="top-space" />
      {!linked && (
        <span className="pill pill-attention" role="status">
          ▲ {t('top.disconnected')}
        </span>
      )}
      {projectId !== null && !locked && (
        <button
          type="button"
          className="top-search"
          onClick={() => usePalette.getState().show('palette')}
          data-testid="open-palette"
        >
          <span>{t('top.search')}</span>
          <kbd>{modifierName} K</kbd>
        </button>
      )}
      <Tooltip title={t('top.offlineHint')}>
        <button
          type="button"
          className={refused === 0 ? 'pill pill-button' : 'pill pill-button pill-attention'}
          onClick={() => useNavigation.getState().go({ type: 'offline' })}
          data-testid="offline"
        >
          <span className="offline-mark" aria-hidden="true">
            {refused === 0 ? '●' : '▲'}
          </span>
          {t('top.offline', { count: refused })}
        </button>
      </Tooltip>
      {info !== null && (
        <Tooltip title={t('top.threadsHint')}>
          <button
            type="button"
            className="pill pill-button top-threads"
            onClick={() => useNavigation.getState().go({ type: 'settings' })}
          >
            {t('top.threads', { provider: info.provider.toUpperCase(), count: formatNumber(threads) })}
          </button>
        </Tooltip>
      )}
      <Tooltip title={t('top.languageHint')}>
        <Button
          size="small"
          shape="round"
          lang={otherLanguage}
          onClick={() => void changeSettings({ language: otherLanguage })}
          data-testid="language"
        >
          {t('top.language')}
        </Button>
      </Tooltip>
      {projectId === null && (
        <Button
          size="small"
          type="text"
          onClick={() => useNavigation.getState().go({ type: isHome ? 'help' : 'home' })}
          data-testid="top-help"
        >
          {t(isHome ? 'help.title' : 'top.home')}
        </Button>
      )}
      {encrypted === true && (
        <Tooltip title={`${modifierName} L`}>
          <Button size="small" type="text" onClick={() => void lockProject()} data-testid="lock">
            {t('lock.now')}
          </Button>
        </Tooltip>
      )}
      {projectId !== null && !locked && (
        <Button size="small" type="text" onClick={() => void closeProject()} data-testid="close-project">
          {t('top.home')}
        </Button>
      )}
    </header>
  );
}
