import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import type { Page } from '@playwright/test';
import { CHANNELS } from '../../electron/preload/channels.ts';
import { type Program, startProgram } from '../electron/program.ts';
import type { StandInWindow } from '../electron/window.ts';

/** Where the browser believes to be: routed to the handler of the window's own scheme, never looked up. */
const ADDRESS = 'https://workbench.test';
const PRELOAD = join(import.meta.dirname, '..', '..', 'out', 'preload', 'index.cjs');

/** What the preload script finds in place of Electron, inside the browser. Runs there. */
const INSIDE = `
  const listeners = {};
  const ports = new Map();
  const encode = async (input) => input.bytes instanceof ArrayBuffer
    ? { ...input, bytes: Array.from(new Uint8Array(input.bytes)) } : input;
  window.standInEmit = (channel, message, portId) => {
    const given = [];
    if (portId !== null) {
      const { port1, port2 } = new MessageChannel();
      ports.set(portId, port2);
      port2.onmessage = ({ data }) => window.standInPort(portId, data);
      given.push(port1);
    }
    for (const listener of listeners[channel] ?? []) listener({ ports: given }, message);
  };
  window.standInDeliver = (portId, data) => ports.get(portId)?.postMessage(data);
  window.standInClose = (portId) => ports.get(portId)?.close();
  const electron = {
    contextBridge: { exposeInMainWorld: (name, value) => { window[name] = value; } },
    ipcRenderer: {
      invoke: async (channel, input) => window.standInInvoke(channel, await encode(input)),
      on: (channel, listener) => (listeners[channel] ??= []).push(listener),
    },
    webUtils: { getPathForFile: () => '' },
  };
  const load = (require, module, exports) => {
`;

interface Inside {
  standInEmit(channel: string, message: unknown, portId: number | null): void;
  standInDeliver(portId: number, data: unknown): void;
  standInClose(portId: number): void;
}

/** Shows the window of the built program in a real browser: its page, its policy, its preload script and its ports, with real engines behind. */
export async function showWindow(page: Page, folder: string): Promise<Program> {
  const shown = Promise.withResolvers<void>();
  const program = startProgram({
    folder,
    openPage: (window) => {
      open(page, window, program).then(shown.resolve, shown.reject);
    },
  });
  await shown.promise;
  return program;
}

async function open(page: Page, { webContents }: StandInWindow, program: Program): Promise<void> {
  const ports = new Map<number, MessagePort>();
  let nextPort = 1;
  // A page that has just gone takes nothing more.
  const tell = (what: keyof Inside, ...values: unknown[]) =>
    page
      .evaluate(
        ([name, given]) => (window as unknown as Record<string, (...all: unknown[]) => void>)[name]?.(...given),
        [what, values] as const,
      )
      .catch(() => undefined);
  webContents.inPage.on(CHANNELS.command, (_event: unknown, command: unknown) =>
    tell('standInEmit', CHANNELS.command, command, null),
  );
  webContents.inPage.on(CHANNELS.lost, (_event: unknown, lineId: unknown) =>
    tell('standInEmit', CHANNELS.lost, lineId, null),
  );
  webContents.inPage.on(CHANNELS.line, ({ ports: [port] }: { ports: MessagePort[] }, message: unknown) => {
    if (port === undefined) return;
    const id = nextPort++;
    ports.set(id, port);
    void tell('standInEmit', CHANNELS.line, message, id);
    port.on('message', (data) => void tell('standInDeliver', id, data));
    port.on('close', () => void tell('standInClose', id));
  });
  await page.exposeFunction('standInPort', (id: number, data: unknown) => ports.get(id)?.postMessage(data));
  await page.exposeFunction('standInInvoke', (channel: string, input: { readonly bytes?: readonly number[] }) => {
    const given =
      input.bytes === undefined ? input : { ...input, bytes: new Uint8Array(input.bytes).buffer as ArrayBuffer };
    return program.electron.invoke(channel, given, { sender: webContents, senderFrame: webContents.mainFrame });
  });
  await page.route(`${ADDRESS}/**`, async (route) => {
    const request = route.request();
    const url = request.url().replace(ADDRESS, 'app://workbench');
    const answer = await webContents.session.schemes.get('app')?.({ url, method: request.method() });
    if (answer === undefined) throw new Error('no handler for app:');
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  });
  await page.addInitScript(
    `(() => {${INSIDE}${readFileSync(PRELOAD, 'utf8')}\n};load(() => electron, { exports: {} }, {});})();`,
  );
  await page.goto(`${ADDRESS}/`);
}
