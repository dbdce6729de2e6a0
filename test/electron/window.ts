import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import type { LinePortMessage, WindowBridge } from '../../shared/window/bridge.ts';
import { pagePortOf, type StandInPort } from './ports.ts';
import type { ElectronStandIn, StandInSession } from './stand-in.ts';

export const PAGE_ORIGIN = 'app://workbench';

export interface PageMessage {
  readonly data: LinePortMessage;
  readonly source: unknown;
  readonly ports: readonly MessagePort[];
}

/** What a page of the window sees: the bridge, and the messages of its own window. */
export interface Page {
  readonly bridge: WindowBridge;
  readonly document: Response;
  /** Names that the preload script put into the page's world. */
  readonly exposed: readonly string[];
  onWindowMessage(listener: (message: PageMessage) => void): () => void;
  /** What stands for a chosen file on the disk. */
  fileAt(path: string, name: string): File;
}

let nextId = 1;

export class StandInContents extends EventEmitter {
  readonly id = nextId++;
  readonly session: StandInSession;
  readonly mainFrame = { origin: PAGE_ORIGIN, parent: null };
  webRtcPolicy: string | null = null;
  openHandler: ((details: { url: string }) => { action: string }) | null = null;
  readonly inPage = new EventEmitter();
  reloads = 0;
  readonly #window: StandInWindow;

  constructor(window: StandInWindow, session: StandInSession) {
    super();
    this.#window = window;
    this.session = session;
  }

  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtcPolicy = policy;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.openHandler = handler;
  }

  send(channel: string, ...values: unknown[]): void {
    const copied = values.map((value) => structuredClone(value));
    setImmediate(() => this.inPage.emit(channel, { ports: [] }, ...copied));
  }

  postMessage(channel: string, message: unknown, ports: readonly StandInPort[] = []): void {
    const arrived = ports.map(pagePortOf);
    setImmediate(() => this.inPage.emit(channel, { ports: arrived }, structuredClone(message)));
  }

  isDestroyed(): boolean {
    return this.#window.destroyed;
  }

  reload(): void {
    this.reloads++;
    void this.#window.load();
  }

  printToPDF(options: unknown): Promise<Buffer> {
    return this.#window.print(options);
  }

  /** Fires an event that the program may prevent; whether it did. */
  prevents(event: string, details: object): boolean {
    let prevented = false;
    this.emit(event, {
      ...details,
      preventDefault: () => {
        prevented = true;
      },
    });
    return prevented;
  }
}

export class StandInWindow extends EventEmitter {
  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents: StandInContents;
  readonly shownToPeople: boolean;
  page: Page | null = null;
  title = '';
  focused = false;
  visible = false;
  destroyed = false;
  minimized = false;
  readonly printed: unknown[] = [];
  readonly #electron: ElectronStandIn;

  constructor(electron: ElectronStandIn, options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.#electron = electron;
    this.options = options;
    this.shownToPeople = options.webPreferences?.javascript !== false;
    this.title = options.title ?? '';
    this.webContents = new StandInContents(this, electron.session(options.webPreferences?.partition ?? ''));
    electron.windows.push(this);
    electron.tell('new BrowserWindow');
    electron.app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    this.#electron.tell('loadURL', url);
    await this.load(url);
  }

  /** Loads document and preload script, as a reload does too. */
  async load(url = `${PAGE_ORIGIN}/`): Promise<void> {
    this.webContents.emit('did-start-loading');
    const { openPage } = this.#electron.options;
    if (openPage !== undefined && this.shownToPeople) {
      openPage(this);
      this.emit('ready-to-show');
      return;
    }
    this.webContents.inPage.removeAllListeners();
    const answer = await this.webContents.session.schemes.get('app')?.({ url, method: 'GET' });
    if (answer === undefined) throw new Error('ERR_UNKNOWN_URL_SCHEME');
    const { preload } = this.options.webPreferences ?? {};
    if (preload !== undefined) this.page = runPreload(this.#electron, this.webContents, preload, answer);
    this.webContents.emit('did-finish-load');
    this.emit('ready-to-show');
  }

  print(options: unknown): Promise<Buffer> {
    this.printed.push(options);
    return this.#electron.options.pdf?.() ?? Promise.resolve(Buffer.from('%PDF-1.7 stand-in'));
  }

  show(): void {
    this.visible = true;
  }
  focus(): void {
    for (const window of this.#electron.windows) window.focused = window === this;
    this.emit('focus');
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  restore(): void {
    this.minimized = false;
  }
  setTitle(title: string): void {
    this.title = title;
  }

  /** What the person does with the button of the frame; whether the window has gone. */
  close(): boolean {
    let prevented = false;
    this.emit('close', {
      preventDefault: () => {
        prevented = true;
      },
    });
    if (!prevented) this.destroy();
    return this.destroyed;
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.emit('closed');
    this.#electron.closed(this);
  }
}

/** Runs the built preload script as a sandboxed one: it gets a few names of Electron and nothing of Node. */
function runPreload(electron: ElectronStandIn, contents: StandInContents, path: string, document: Response): Page {
  const exposed = new Map<string, unknown>();
  const files = new WeakMap<File, string>();
  const windowMessages = new EventEmitter();
  const pageWindow = {
    postMessage(data: unknown, _origin: string, ports: readonly MessagePort[]) {
      const message = { data: structuredClone(data), source: pageWindow, ports };
      setImmediate(() => windowMessages.emit('message', message));
    },
  };
  const sandboxed = {
    contextBridge: { exposeInMainWorld: (name: string, value: unknown) => exposed.set(name, value) },
    ipcRenderer: {
      invoke: (channel: string, input: unknown) =>
        electron.invoke(channel, input, { sender: contents, senderFrame: contents.mainFrame }),
      on: (channel: string, listener: (...values: unknown[]) => void) => contents.inPage.on(channel, listener),
    },
    webUtils: { getPathForFile: (file: File) => files.get(file) ?? '' },
  };
  const script = new Function('require', 'window', 'process', 'module', 'exports', readFileSync(path, 'utf8'));
  const allow = (name: string) => {
    if (name !== 'electron') throw new Error(`a sandboxed preload script cannot load ${name}`);
    return sandboxed;
  };
  script(allow, pageWindow, undefined, { exports: {} }, {});
  const bridge = exposed.get('workbench');
  if (bridge === undefined) throw new Error('the preload script gave the page no bridge');
  return {
    bridge: bridge as WindowBridge,
    document,
    exposed: [...exposed.keys()],
    onWindowMessage(listener) {
      windowMessages.on('message', listener);
      return () => windowMessages.off('message', listener);
    },
    fileAt(filePath, name) {
      const file = new File([], name);
      files.set(file, filePath);
      return file;
    },
  };
}
