import { realpathSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { app, dialog, Menu } from 'electron';
import { createTranslate, type Translate } from '../../shared/i18n/translate.ts';
import type { Workbench } from '../hosting/workbench.ts';
import { mayCloseProject } from './closing.ts';
import type { EngineProcess } from './engine-process.ts';
import type { Engines } from './engines.ts';
import type { Handle } from './ipc.ts';
import { menuTemplate } from './menu.ts';
import { answerPages } from './requests.ts';
import { bringToFront, createWindows, type ProjectWindow } from './windows.ts';

const PROJECT_SUFFIX = 'csw';

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
  const engineOf = (projectId: string): EngineProcess => engines.at(workbench.projects.get(projectId).engine.path);

  const mayClose = async (shown: ProjectWindow): Promise<boolean> => {
    const { projectId, window } = shown;
    if (projectId === null || !isOpen(projectId)) return true;
    if (!(await mayCloseProject(window, engineOf(projectId), workbench.actor(), t))) {
      quitting = false;
      return false;
    }
    await workbench.projects.close(projectId);
    return true;
  };
  const isOpen = (projectId: string): boolean => {
    try {
      workbench.projects.get(projectId);
      return true;
    } catch {
      return false;
    }
  };

  const windows = createWindows({
    packaged,
    preload: options.preload,
    title: () => t('product.name'),
    mayClose,
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

  const openPath = (path: string): void => {
    choose(path);
    const shownAlready = windows
      .all()
      .find(({ projectId }) => projectId !== null && isOpen(projectId) && isSameFile(engineOf(projectId).path, path));
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

  const filters = () => [{ name: t('window.dialog.projectFiles'), extensions: [PROJECT_SUFFIX] }];
  const chooseProject = async (shown: ProjectWindow | undefined): Promise<string | null> => {
    const question: Electron.OpenDialogOptions = {
      title: t('window.dialog.openTitle'),
      defaultPath: options.folder,
      properties: ['openFile'],
      filters: filters(),
    };
    const { canceled, filePaths } =
      shown === undefined ? await dialog.showOpenDialog(question) : await dialog.showOpenDialog(shown.window, question);
    const path = filePaths[0];
    if (canceled || path === undefined) return null;
    choose(path);
    return path;
  };
  const choosePlace = async (): Promise<void> => {
    const shown = windows.current();
    const question: Electron.SaveDialogOptions = {
      title: t('window.dialog.createTitle'),
      buttonLabel: t('window.dialog.createAction'),
      defaultPath: options.folder,
      filters: filters(),
    };
    const { canceled, filePath } =
      shown === undefined ? await dialog.showSaveDialog(question) : await dialog.showSaveDialog(shown.window, question);
    if (canceled || filePath === '') return;
    const path = extname(filePath) === `.${PROJECT_SUFFIX}` ? filePath : `${filePath}.${PROJECT_SUFFIX}`;
    choose(path);
    inFreeWindow({ type: 'create', path, name: basename(path, `.${PROJECT_SUFFIX}`) });
  };

  const showAbout = (): void => {
    const message = {
      message: t('product.name'),
      detail: t('window.dialog.aboutDetail', { version: options.version }),
    };
    const shown = windows.current();
    void (shown === undefined ? dialog.showMessageBox(message) : dialog.showMessageBox(shown.window, message));
  };
  const showMenu = (): void => {
    const isMac = process.platform === 'darwin';
    const template = menuTemplate(
      t,
      { recent: workbench.user.recent(), isMac, packaged },
      {
        create: () => void choosePlace(),
        open: () => void chooseProject(windows.current()).then((path) => path !== null && openPath(path)),
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

  const onChange = (change: 'settings' | 'recent'): void => {
    showMenu();
    if (change === 'recent') return;
    const settings = workbench.user.settings();
    for (const engine of engines.all()) engine.userChanged();
    for (const shown of windows.all()) {
      if (shown.projectId === null) shown.window.setTitle(t('product.name'));
      windows.command(shown, { type: 'settings', settings });
    }
  };

  answerPages({ handle, workbench, windows, engineOf, isOpen, chooseProject, onChange });
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
