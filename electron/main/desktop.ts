import { realpathSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { app, dialog, Menu } from 'electron';
import { AppError } from '../../shared/errors/app-error.ts';
import { createTranslate, type Translate } from '../../shared/i18n/translate.ts';
import { PROJECT_EXTENSION } from '../hosting/project-paths.ts';
import type { Workbench } from '../hosting/workbench.ts';
import { mayCloseProject } from './closing.ts';
import type { EngineProcess } from './engine-process.ts';
import type { Engines } from './engines.ts';
import { askAboutHang } from './hang-dialog.ts';
import type { Handle } from './ipc.ts';
import { menuTemplate } from './menu.ts';
import { createProjectDialogs } from './project-dialogs.ts';
import { answerPages } from './requests.ts';
import { bringToFront, createWindows, type ProjectWindow } from './windows.ts';

export interface DesktopOptions {
  readonly workbench: Workbench;
  readonly engines: Engines;
  readonly handle: Handle;
  readonly preload: string;
  readonly packaged: boolean;
  readonly folder: string;
  readonly version: string;
  /** Paths that the person chose outside the page: in a dialog, on the desktop, on a command line. */
  readonly chosen: Set<string>;
}

/** Windows, menus and dialogs around a workbench. */
export interface Desktop {
  /** Opens project files, each in a window; without any, a window on the list of projects. */
  open(paths: readonly string[]): void;
  /** A second start without a file: the window in front comes to the person. */
  show(): void;
  /** Whether the person is on the way out of the program. */
  quitting(): boolean;
}

export function createDesktop(options: DesktopOptions): Desktop {
  const { workbench, engines, handle, packaged, chosen } = options;
  let quitting = false;

  const t: Translate = (key, params) => createTranslate(workbench.user.settings().language)(key, params);
  /** @throws AppError 'project.none-open' also of a locked project whose engine has gone */
  const engineOf = (projectId: string): EngineProcess => {
    const status = workbench.projects.status(projectId);
    if (status === null) throw new AppError('project.none-open', {});
    return engines.at(status.path);
  };

  const mayClose = async (shown: ProjectWindow): Promise<boolean> => {
    const { projectId, window } = shown;
    const status = projectId === null ? null : workbench.projects.status(projectId);
    if (projectId === null || status === null) return true;
    if (status.working && !(await mayCloseProject(window, status, engineOf(projectId), workbench.actor(), t))) {
      quitting = false;
      return false;
    }
    await workbench.projects.close(projectId);
    return true;
  };

  const windows = createWindows({
    packaged,
    preload: options.preload,
    title: () => t('product.name'),
    mayClose,
    onFocus: () => showMenu(),
    onPageLost: (reason) => workbench.log({ level: 'error', what: 'page of a window', detail: reason }),
  });

  const choose = (path: string): void => {
    chosen.add(path);
    try {
      chosen.add(realpathSync.native(path));
    } catch {
      // A new project is not there yet.
    }
  };

  const dialogs = createProjectDialogs({ t, folder: options.folder, onChosen: choose });

  const windowOn = (path: string): ProjectWindow | undefined =>
    windows.all().find(({ projectId }) => {
      const status = projectId === null ? null : workbench.projects.status(projectId);
      return status !== null && isSameFile(status.path, path);
    });

  const openPath = (path: string): void => {
    choose(path);
    const shownAlready = windowOn(path);
    if (shownAlready !== undefined) {
      bringToFront(shownAlready);
      return;
    }
    inFreeWindow({ type: 'open', path });
  };

  /** A window without a project takes the command; where there is none, a new one. */
  const inFreeWindow = (command: Parameters<typeof windows.command>[1]): void => {
    const free = [windows.current(), ...windows.all()].find((shown) => shown?.projectId === null);
    if (free === undefined) {
      windows.open([command]);
      return;
    }
    windows.command(free, command);
    bringToFront(free);
  };

  const choosePlace = async (): Promise<void> => {
    const path = await dialogs.newPlace(windows.current());
    if (path !== null) inFreeWindow({ type: 'create', path, name: basename(path, PROJECT_EXTENSION) });
  };

  const showAbout = (): void => {
    const message = {
      message: t('product.name'),
      detail: t('window.dialog.aboutDetail', { version: options.version }),
    };
    const shown = windows.current();
    void (shown === undefined ? dialog.showMessageBox(message) : dialog.showMessageBox(shown.window, message));
  };
  const mayLock = (): boolean => {
    const front = windows.current()?.projectId ?? null;
    return front !== null && workbench.projects.unlocked().includes(front);
  };
  const showMenu = (): void => {
    const isMac = process.platform === 'darwin';
    const template = menuTemplate(
      t,
      { recent: workbench.user.recent(), mayLock: mayLock(), isMac, packaged },
      {
        create: () => void choosePlace(),
        open: () => void dialogs.existing(windows.current()).then((path) => path !== null && openPath(path)),
        openRecent: openPath,
        about: showAbout,
        command(command) {
          const shown = windows.current();
          if (shown !== undefined) windows.command(shown, command);
        },
      },
    );
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };

  /** Menus and titles as the projects and the settings now are. */
  const refresh = (): void => {
    showMenu();
    for (const shown of windows.all()) shown.window.setTitle(titleOf(shown));
  };
  const titleOf = ({ projectId }: ProjectWindow): string => {
    const status = projectId === null ? null : workbench.projects.status(projectId);
    if (projectId === null || status === null) return t('product.name');
    // The name of a locked project is not for whoever passes by.
    return status.locked || !status.working ? basename(status.path, PROJECT_EXTENSION) : engineOf(projectId).name;
  };
  const onSettings = (): void => {
    refresh();
    const settings = workbench.user.settings();
    for (const engine of engines.all()) engine.userChanged();
    for (const shown of windows.all()) windows.command(shown, { type: 'settings', settings });
  };

  answerPages({ handle, workbench, windows, engineOf, dialogs, onProject: refresh, onSettings });
  workbench.projects.watch(refresh);
  engines.watch((path, hang) => {
    // A project that is being opened has no window yet: the one in front asked for it.
    const shown = windowOn(path) ?? windows.current();
    if (shown === undefined) hang.wait();
    else void askAboutHang(shown.window, hang, t);
  });
  showMenu();
  app.on('before-quit', () => {
    quitting = true;
  });

  return {
    open(paths) {
      const files = paths.filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
      for (const path of files) openPath(path);
      if (files.length === 0) windows.open();
    },
    show() {
      const shown = windows.current();
      if (shown === undefined) windows.open();
      else bringToFront(shown);
    },
    quitting: () => quitting,
  };
}

function isSameFile(a: string, b: string): boolean {
  try {
    return realpathSync.native(a) === realpathSync.native(b);
  } catch {
    return a === b;
  }
}
