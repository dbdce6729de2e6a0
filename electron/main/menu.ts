import type { MenuItemConstructorOptions } from 'electron';
import type { RecentProject } from '../../shared/contract/app.ts';
import type { Translate } from '../../shared/i18n/translate.ts';
import type { WindowCommand } from '../../shared/window/bridge.ts';

const RECENT_SHOWN = 10;

export interface MenuActions {
  create(): void;
  open(): void;
  openRecent(path: string): void;
  about(): void;
  /** To the page of the window in front. */
  command(command: WindowCommand): void;
}

export interface MenuState {
  readonly recent: readonly RecentProject[];
  /** Whether the project in front is encrypted and not locked. */
  readonly mayLock: boolean;
  readonly isMac: boolean;
  readonly packaged: boolean;
}

/** The menus as data. Every label is ours: those that Electron would give follow the system's language, not the setting. */
export function menuTemplate(t: Translate, state: MenuState, actions: MenuActions): MenuItemConstructorOptions[] {
  const { isMac, packaged } = state;
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const show = (page: 'map' | 'jobs' | 'reports' | 'settings') => () => actions.command({ type: 'show', page });
  const recent = state.recent
    .filter(({ exists }) => exists)
    .slice(0, RECENT_SHOWN)
    .map(({ name, path }) => ({ label: name, toolTip: path, click: () => actions.openRecent(path) }));
  const settings: MenuItemConstructorOptions = {
    label: t('window.menu.settings'),
    accelerator: 'CmdOrCtrl+,',
    click: show('settings'),
  };
  const about: MenuItemConstructorOptions = { label: t('window.menu.about'), click: () => actions.about() };
  const quit: MenuItemConstructorOptions = { label: t('window.menu.quit'), role: 'quit' };

  const application: MenuItemConstructorOptions = {
    label: t('product.name'),
    submenu: [
      about,
      separator,
      settings,
      separator,
      { label: t('window.menu.hide'), role: 'hide' },
      { label: t('window.menu.hideOthers'), role: 'hideOthers' },
      { label: t('window.menu.showAll'), role: 'unhide' },
      separator,
      quit,
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: t('window.menu.file'),
    submenu: [
      { label: t('window.menu.create'), accelerator: 'CmdOrCtrl+N', click: () => actions.create() },
      { label: t('window.menu.open'), accelerator: 'CmdOrCtrl+O', click: () => actions.open() },
      {
        label: t('window.menu.recent'),
        submenu: recent.length > 0 ? recent : [{ label: t('window.menu.recentNone'), enabled: false }],
      },
      separator,
      {
        label: t('window.menu.lock'),
        accelerator: 'CmdOrCtrl+L',
        enabled: state.mayLock,
        click: () => actions.command({ type: 'lock' }),
      },
      { label: t('window.menu.close'), click: () => actions.command({ type: 'close' }) },
      ...(isMac ? [] : [separator, settings, separator, quit]),
    ],
  };
  const edit: MenuItemConstructorOptions = {
    label: t('window.menu.edit'),
    submenu: [
      { label: t('window.menu.undo'), role: 'undo' },
      { label: t('window.menu.redo'), role: 'redo' },
      separator,
      { label: t('window.menu.cut'), role: 'cut' },
      { label: t('window.menu.copy'), role: 'copy' },
      { label: t('window.menu.paste'), role: 'paste' },
      { label: t('window.menu.selectAll'), role: 'selectAll' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: t('window.menu.view'),
    submenu: [
      { label: t('window.menu.map'), click: show('map') },
      { label: t('window.menu.jobs'), click: show('jobs') },
      { label: t('window.menu.reports'), click: show('reports') },
      separator,
      { label: t('window.menu.zoomIn'), role: 'zoomIn' },
      { label: t('window.menu.zoomOut'), role: 'zoomOut' },
      { label: t('window.menu.zoomReset'), role: 'resetZoom' },
      { label: t('window.menu.fullscreen'), role: 'togglefullscreen' },
      ...(packaged
        ? []
        : [separator, { label: t('window.menu.developer'), role: 'toggleDevTools' } as MenuItemConstructorOptions]),
    ],
  };
  const windowMenu: MenuItemConstructorOptions = {
    label: t('window.menu.window'),
    submenu: [
      { label: t('window.menu.minimize'), role: 'minimize' },
      { label: t('window.menu.closeWindow'), accelerator: 'CmdOrCtrl+W', role: 'close' },
    ],
  };
  const help: MenuItemConstructorOptions = { label: t('window.menu.help'), submenu: [about] };
  return [...(isMac ? [application] : []), file, edit, view, windowMenu, ...(isMac ? [] : [help])];
}
