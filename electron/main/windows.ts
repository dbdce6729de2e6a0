import { BrowserWindow, type WebContents } from 'electron';
import type { WindowCommand } from '../../shared/window/bridge.ts';
import { CHANNELS } from '../preload/channels.ts';
import { START_PAGE, webPreferences } from './locked-settings.ts';

const SIZE = { width: 1280, height: 800, minWidth: 960, minHeight: 600 };
/** A page that dies again and again is not shown anew for ever. */
const RELOADS = 3;

/** A window shows the list of projects or one project. */
export interface ProjectWindow {
  readonly window: BrowserWindow;
  projectId: string | null;
}

export interface WindowsOptions {
  readonly packaged: boolean;
  readonly preload: string;
  readonly title: () => string;
  /** Whether a window may close; what its project needs before is done then. */
  readonly mayClose: (window: ProjectWindow) => Promise<boolean>;
  readonly onFocus: () => void;
  /** The page of a window died and is loaded anew. */
  readonly onPageLost: (reason: string) => void;
}

export interface Windows {
  /** Opens a window on the list of projects, which carries out the commands once its page listens. */
  open(commands?: readonly WindowCommand[]): ProjectWindow;
  all(): readonly ProjectWindow[];
  of(contents: WebContents): ProjectWindow | undefined;
  withProject(projectId: string): ProjectWindow | undefined;
  /** The window in front, else any. */
  current(): ProjectWindow | undefined;
  command(window: ProjectWindow, command: WindowCommand): void;
  /** The page of a window listens from now on. */
  listening(window: ProjectWindow): void;
}

export function createWindows({ packaged, preload, title, mayClose, onFocus, onPageLost }: WindowsOptions): Windows {
  const windows = new Map<number, ProjectWindow>();
  const waiting = new Map<ProjectWindow, WindowCommand[]>();

  const all = () => [...windows.values()];

  const open = (commands: readonly WindowCommand[]): ProjectWindow => {
    const window = new BrowserWindow({
      ...SIZE,
      show: false,
      title: title(),
      webPreferences: webPreferences(packaged, preload),
    });
    const shown: ProjectWindow = { window, projectId: null };
    const { id } = window.webContents;
    windows.set(id, shown);
    waiting.set(shown, [...commands]);
    window.once('ready-to-show', () => window.show());
    window.on('focus', onFocus);
    window.on('page-title-updated', (event) => event.preventDefault());
    let closing = false;
    window.on('close', (event) => {
      event.preventDefault();
      if (closing) return;
      closing = true;
      mayClose(shown)
        .then((may) => {
          closing = may;
          if (may) window.destroy();
        })
        // A failure to close the project well must not hold the window for ever.
        .catch(() => window.destroy());
    });
    window.on('closed', () => {
      windows.delete(id);
      waiting.delete(shown);
    });
    let reloads = 0;
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      onPageLost(reason);
      if (reloads++ < RELOADS) window.webContents.reload();
    });
    // Until the page listens again its commands wait.
    window.webContents.on('did-start-loading', () => {
      if (!waiting.has(shown)) waiting.set(shown, []);
    });
    void window.loadURL(START_PAGE);
    return shown;
  };

  const send = (shown: ProjectWindow, command: WindowCommand) =>
    shown.window.webContents.send(CHANNELS.command, command);

  return {
    open: (commands = []) => open(commands),
    all,
    of: (contents) => windows.get(contents.id),
    withProject: (projectId) => all().find((shown) => shown.projectId === projectId),
    current() {
      const focused = BrowserWindow.getFocusedWindow();
      return all().find(({ window }) => window === focused) ?? all().at(-1);
    },
    command(shown, command) {
      const queue = waiting.get(shown);
      if (queue === undefined) send(shown, command);
      else queue.push(command);
    },
    listening(shown) {
      const queue = waiting.get(shown) ?? [];
      waiting.delete(shown);
      for (const command of queue) send(shown, command);
    },
  };
}

/** Brings a window to the front. */
export function bringToFront({ window }: ProjectWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
