import { EventEmitter } from 'node:events';
import { StandInPort } from './ports.ts';
import { StandInUtility } from './utility.ts';
import { type Page, StandInWindow } from './window.ts';

type Listener = (...values: never[]) => unknown;

/** One thing that the program told Electron, in order. */
export interface Told {
  readonly what: string;
  readonly values: readonly unknown[];
}

/** A session: remembers its handlers, so that a test can ask them. */
export class StandInSession extends EventEmitter {
  readonly partition: string;
  readonly options: unknown;
  readonly handlers = new Map<string, Listener>();
  readonly schemes = new Map<string, (request: { url: string; method: string }) => Response | Promise<Response>>();
  readonly proxy: unknown[] = [];
  spellChecker = true;
  readonly #tell: (what: string, ...values: unknown[]) => void;

  constructor(partition: string, options: unknown, tell: (what: string, ...values: unknown[]) => void) {
    super();
    this.partition = partition;
    this.options = options;
    this.#tell = tell;
  }

  readonly protocol = {
    handle: (scheme: string, handler: (request: { url: string; method: string }) => Response | Promise<Response>) => {
      this.schemes.set(scheme, handler);
      this.#tell('protocol.handle', this.partition, scheme);
    },
  };
  readonly webRequest = {
    onBeforeRequest: (listener: Listener) => this.#set('onBeforeRequest', listener),
  };
  setPermissionRequestHandler = (handler: Listener) => this.#set('permissionRequest', handler);
  setPermissionCheckHandler = (handler: Listener) => this.#set('permissionCheck', handler);
  setDevicePermissionHandler = (handler: Listener) => this.#set('devicePermission', handler);
  setSpellCheckerEnabled = (enabled: boolean) => {
    this.spellChecker = enabled;
  };
  isPersistent = () => this.partition.startsWith('persist:');

  setProxy = async (proxy: unknown) => {
    this.proxy.push(proxy);
  };

  /** Whether a request to an address is cancelled. */
  cancels(url: string): boolean {
    let cancelled: boolean | undefined;
    const handler = this.handlers.get('onBeforeRequest') as
      | ((details: { url: string }, answer: (response: { cancel: boolean }) => void) => void)
      | undefined;
    handler?.({ url }, ({ cancel }) => {
      cancelled = cancel;
    });
    if (cancelled === undefined) throw new Error('no handler answered');
    return cancelled;
  }

  #set(name: string, handler: Listener): void {
    this.handlers.set(name, handler);
    this.#tell(name, this.partition);
  }
}

export interface StandInOptions {
  readonly packaged?: boolean;
  readonly switches?: readonly string[];
  /** Whether another instance of the program runs already. */
  readonly second?: boolean;
  /** What each dialog answers, by its name, when it is shown. */
  readonly dialogs?: Readonly<Record<string, (options: never) => unknown>>;
  readonly pdf?: () => Promise<Buffer>;
  /** Shows a window elsewhere, instead of running its preload script here. */
  readonly openPage?: (window: StandInWindow) => void;
}

export type InvokeHandler = (event: unknown, input: unknown) => unknown;

/** Electron as the main process sees it: what the program sets is remembered, what it opens can be driven by a test. */
export class ElectronStandIn {
  readonly told: Told[] = [];
  readonly sessions = new Map<string, StandInSession>();
  readonly windows: StandInWindow[] = [];
  readonly utilities: StandInUtility[] = [];
  readonly invokeHandlers = new Map<string, InvokeHandler>();
  readonly dialogsShown: { readonly name: string; readonly options: unknown }[] = [];
  readonly options: StandInOptions;
  /** What each dialog answers from now on, by its name. */
  readonly dialogAnswers: Record<string, (options: never) => unknown>;
  readonly app: EventEmitter & Record<string, unknown>;
  menu: readonly Electron.MenuItemConstructorOptions[] = [];
  exitCode: number | null = null;
  readonly ended = Promise.withResolvers<void>();
  readonly module: Record<string, unknown>;
  #ready = false;
  #quitting = false;

  constructor(options: StandInOptions = {}) {
    this.options = options;
    this.dialogAnswers = { ...options.dialogs };
    const standIn = this;
    this.app = Object.assign(new EventEmitter(), this.#app());
    this.module = {
      app: this.app,
      BrowserWindow: class extends StandInWindow {
        constructor(windowOptions: Electron.BrowserWindowConstructorOptions) {
          super(standIn, windowOptions);
        }
        static getFocusedWindow = () => standIn.windows.findLast((window) => window.focused) ?? null;
      },
      dialog: {
        showErrorBox: (title: string, detail: string) => this.#dialog('errorBox', { title, detail }),
        showMessageBox: async (...values: unknown[]) => this.#dialog('messageBox', values.at(-1)),
        showOpenDialog: async (...values: unknown[]) => this.#dialog('openDialog', values.at(-1)),
        showSaveDialog: async (...values: unknown[]) => this.#dialog('saveDialog', values.at(-1)),
      },
      ipcMain: {
        handle: (channel: string, handler: InvokeHandler) => {
          this.invokeHandlers.set(channel, handler);
          this.tell('ipcMain.handle', channel);
        },
      },
      Menu: {
        buildFromTemplate: (template: unknown) => template,
        setApplicationMenu: (template: readonly Electron.MenuItemConstructorOptions[]) => {
          this.menu = template;
        },
      },
      MessageChannelMain: class {
        readonly port1: StandInPort;
        readonly port2: StandInPort;
        constructor() {
          const { port1, port2 } = StandInPort.pair();
          this.port1 = port1;
          this.port2 = port2;
        }
      },
      protocol: {
        registerSchemesAsPrivileged: (schemes: unknown) => {
          if (this.#ready) throw new Error('schemes must be registered before the app is ready');
          this.tell('registerSchemesAsPrivileged', schemes);
        },
      },
      session: {
        fromPartition: (partition: string, sessionOptions?: unknown) => this.session(partition, sessionOptions),
      },
      utilityProcess: {
        fork: (modulePath: string, _args: readonly string[], forkOptions: never) => {
          if (!this.#ready) throw new Error('utilityProcess cannot be created before the app is ready');
          const utility = new StandInUtility(modulePath, forkOptions);
          this.utilities.push(utility);
          return utility;
        },
      },
    };
  }

  tell(what: string, ...values: unknown[]): void {
    this.told.push({ what, values });
  }

  session(partition: string, options?: unknown): StandInSession {
    const known = this.sessions.get(partition);
    if (known !== undefined) return known;
    const session = new StandInSession(partition, options, (what, ...values) => this.tell(what, ...values));
    this.sessions.set(partition, session);
    this.app.emit('session-created', session);
    return session;
  }

  /** What a page's `ipcRenderer.invoke` does, with any sender. */
  async invoke(channel: string, input: unknown, event: unknown): Promise<unknown> {
    const handler = this.invokeHandlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return structuredClone(await handler(event, structuredClone(input)));
  }

  /** Lets the program begin, as Electron does once the machine is ready. */
  ready(): void {
    this.#ready = true;
    this.session('');
    this.app.emit('ready');
  }

  /** The pages of all open windows, the first opened first. */
  pages(): readonly Page[] {
    return this.windows.filter((window) => !window.destroyed).flatMap(({ page }) => (page === null ? [] : [page]));
  }

  closed(window: StandInWindow): void {
    this.windows.splice(this.windows.indexOf(window), 1);
    if (this.windows.some(({ shownToPeople }) => shownToPeople)) return;
    if (this.#quitting) this.#willQuit();
    else this.app.emit('window-all-closed');
  }

  #dialog(name: string, options: unknown): unknown {
    this.dialogsShown.push({ name, options });
    return this.dialogAnswers[name]?.(options as never);
  }

  #willQuit(): void {
    let prevented = false;
    this.app.emit('will-quit', {
      preventDefault: () => {
        prevented = true;
      },
    });
    if (!prevented) this.#end(0);
  }

  #end(code: number): void {
    this.exitCode = code;
    this.ended.resolve();
  }

  #app(): Record<string, unknown> {
    const { packaged = false, switches = [], second = false } = this.options;
    const appended = new Map<string, string>();
    return {
      isPackaged: packaged,
      commandLine: {
        hasSwitch: (name: string) => switches.includes(name),
        appendSwitch: (name: string, value?: string) => {
          if (this.#ready) throw new Error('switches come before the app is ready');
          this.tell('appendSwitch', name, value);
          appended.set(name, value ?? '');
        },
        getSwitchValue: (name: string) => appended.get(name) ?? '',
      },
      enableSandbox: () => this.tell('enableSandbox'),
      setPath: (name: string, path: string) => this.tell('setPath', name, path),
      getLocale: () => 'en-US',
      configureHostResolver: (resolver: unknown) => this.tell('configureHostResolver', resolver),
      requestSingleInstanceLock: (data: unknown) => {
        this.tell('requestSingleInstanceLock', data);
        return !second;
      },
      whenReady: () =>
        this.#ready ? Promise.resolve() : new Promise<void>((resolve) => this.app.once('ready', () => resolve())),
      quit: () => {
        this.tell('quit');
        if (!this.#ready) {
          this.#end(0);
          return;
        }
        this.app.emit('before-quit', { preventDefault: () => undefined });
        this.#quitting = true;
        const open = this.windows.filter(({ shownToPeople }) => shownToPeople);
        if (open.length === 0) this.#willQuit();
        // As in Electron: all windows are asked to close, and one that does not ends this attempt.
        else if (open.map((window) => window.close()).includes(false)) this.#quitting = false;
      },
      exit: (code: number) => {
        this.tell('exit', code);
        this.#end(code);
      },
    };
  }
}
