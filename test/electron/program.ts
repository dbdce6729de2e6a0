import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Transport } from '../../renderer/engine.ts';
import { createPortTransport } from '../../renderer/port-transport.ts';
import type { Input, Output, RequestName } from '../../shared/contract/index.ts';
import type { Reply } from '../../shared/contract/reply.ts';
import { fromAppErrorJson } from '../../shared/errors/app-error.ts';
import { ElectronStandIn, type StandInOptions } from './stand-in.ts';
import type { Page, StandInWindow } from './window.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..');
const STAND_IN = pathToFileURL(join(import.meta.dirname, 'module.cjs')).href;
const require = createRequire(import.meta.url);

registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: STAND_IN, format: 'commonjs', shortCircuit: true } : next(specifier, context),
});

/** The built main process, running in this process with a stand-in for Electron; its engines are real processes. */
export interface Program {
  readonly electron: ElectronStandIn;
  /** Of this test, removed at `close`. */
  readonly folder: string;
  readonly projectsFolder: string;
  /** The next window that has loaded its page. */
  window(index?: number): Promise<StandInWindow>;
  close(): Promise<void>;
}

export interface ProgramOptions extends StandInOptions {
  /** What stands on the command line after the program. */
  readonly argv?: readonly string[];
  readonly folder?: string;
  /** Whether Electron gets ready at once; else the test says when, with `electron.ready()`. */
  readonly ready?: boolean;
  /** Where the product lies; the repository where left out. */
  readonly root?: string;
}

/** The built product in a folder of its own, beside other models. */
export function productWith(models: string, folder: string): string {
  const root = join(folder, 'product');
  cpSync(join(REPOSITORY, 'out'), join(root, 'out'), { recursive: true });
  cpSync(join(REPOSITORY, 'package.json'), join(root, 'package.json'));
  for (const name of ['node_modules', 'resources', 'licences']) symlinkSync(join(REPOSITORY, name), join(root, name));
  symlinkSync(models, join(root, 'models'));
  return root;
}

/** Loads the bundle as Electron does. It is loaded anew for every program, so that nothing of the last is left. */
export function startProgram(all: ProgramOptions = {}): Program {
  const { argv = [], folder: given, root = REPOSITORY, ready = true, ...options } = all;
  const folder = given ?? mkdtempSync(join(tmpdir(), 'csw-window-'));
  const projectsFolder = join(folder, 'projects');
  mkdirSync(projectsFolder, { recursive: true });
  const electron = new ElectronStandIn(options);
  (globalThis as { electronStandIn?: unknown }).electronStandIn = electron.module;
  for (const path of Object.keys(require.cache)) {
    if (path.startsWith(join(root, 'out', 'main')) || path.startsWith(import.meta.dirname)) delete require.cache[path];
  }
  const before = {
    argv: process.argv,
    home: process.env.SUCCESS_WORKBENCH_HOME,
    verify: process.env.SUCCESS_WORKBENCH_VERIFY,
  };
  process.argv = ['electron', root, '--folder', projectsFolder, ...argv];
  process.env.SUCCESS_WORKBENCH_HOME = join(folder, 'user');
  process.env.SUCCESS_WORKBENCH_VERIFY = '1';
  require(join(root, 'out', 'main', 'index.cjs'));
  if (ready) electron.ready();

  return {
    electron,
    folder,
    projectsFolder,
    async window(index = 0) {
      const page = () => electron.windows.filter((window) => window.page !== null)[index];
      while (page() === undefined) {
        if (electron.exitCode !== null) throw new Error(`the program ended: ${JSON.stringify(electron.dialogsShown)}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return page() as StandInWindow;
    },
    async close() {
      if (electron.exitCode === null) {
        (electron.app.quit as () => void)();
        await electron.ended.promise;
      }
      process.argv = before.argv;
      restore('SUCCESS_WORKBENCH_HOME', before.home);
      restore('SUCCESS_WORKBENCH_VERIFY', before.verify);
      if (given === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

/** The renderer's own transport over the bridge of a page. */
export function transportOf(page: Page): Transport {
  return createPortTransport(page.bridge, (listener) =>
    page.onWindowMessage(({ data, ports }) => {
      const [port] = ports;
      if (port !== undefined) listener(data, port as unknown as MessagePort);
    }),
  );
}

/** Asks as the screens do. @throws the AppError of a refusal */
export async function ask<N extends RequestName>(
  transport: Transport,
  name: N,
  input: Input<N>,
  projectId: string | null = null,
): Promise<Output<N>> {
  const reply = (await transport.call(name, input, projectId)) as Reply<Output<N>>;
  if (!reply.ok) throw fromAppErrorJson(reply.error);
  return reply.value;
}
