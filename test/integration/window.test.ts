import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentSecurityPolicy } from '../../electron/hosting/security-headers.ts';
import { CHANNELS } from '../../electron/preload/channels.ts';
import type { Transport } from '../../renderer/engine.ts';
import { buildMain } from '../../scripts/build-main.ts';
import { buildRenderer } from '../../scripts/build-renderer.ts';
import { ask, type Program, productWith, startProgram, transportOf } from '../electron/program.ts';
import type { StandInSession } from '../electron/stand-in.ts';
import { PAGE_ORIGIN, type Page, StandInWindow } from '../electron/window.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const MAIN = join(ROOT, 'out', 'main');

let program: Program;
let window: StandInWindow;
let page: Page;
let transport: Transport;
let session: StandInSession;

beforeAll(async () => {
  await buildRenderer();
  await buildMain();
  program = startProgram();
  window = await program.window();
  if (window.page === null) throw new Error('the window has no page');
  page = window.page;
  transport = transportOf(page);
  session = window.webContents.session;
});
afterAll(() => program?.close());

const refusedRequests = async () => (await ask(transport, 'app.info', {})).refusedRequests;
const load = (url: string, method = 'GET') => {
  const handler = session.schemes.get('app');
  if (handler === undefined) throw new Error('no handler for app:');
  return handler({ url, method });
};

it('tells a security officer what holds for a window, read from Electron, and passes its own checks', async () => {
  const facts = await ask(transport, 'app.offline', {});
  expect(facts.host).toBe('electron');
  expect(facts.checks.filter(({ passed }) => !passed)).toEqual([]);
  expect(facts.checks.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['page-policy', 'window-session', 'window-resolver', 'telemetry-off', 'runtime-version']),
  );
  const value = (id: string) => facts.layers.find((layer) => layer.id === id)?.value;
  expect(value('page-policy')).toBe(contentSecurityPolicy('…'));
  expect(value('window-resolver')).toBe('--host-resolver-rules=MAP * ~NOTFOUND');
  expect(value('window-session')).toBe('persistent: false');
  expect(value('window-sandbox')).toBe('sandbox: true, contextIsolation: true, nodeIntegration: false');
  // Nothing that is true of the browser alone.
  const ofTheBrowser = ['loopback-only', 'launch-token', 'print-browser', 'foreign-name', 'nothing-kept'];
  expect(facts.layers.filter(({ id }) => ofTheBrowser.includes(id))).toEqual([]);
});

describe('the window', () => {
  it('gives its page a sandbox, a world of its own and nothing of Node', () => {
    expect(window.options.webPreferences).toEqual({
      preload: join(ROOT, 'out', 'preload', 'index.cjs'),
      partition: 'workbench',
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      spellcheck: false,
      safeDialogs: true,
      navigateOnDragDrop: false,
      devTools: true,
    });
  });

  it('keeps its session in memory, without spell checker, proxy or secure name servers', () => {
    expect(session.partition.startsWith('persist:')).toBe(false);
    expect(session.spellChecker).toBe(false);
    expect(session.proxy).toEqual([{ mode: 'direct' }]);
    expect(program.electron.told).toContainEqual({ what: 'configureHostResolver', values: [{ secureDnsMode: 'off' }] });
  });

  it('starts Chromium with switches that resolve no name and do nothing in the background', () => {
    const switches = program.electron.told.filter(({ what }) => what === 'appendSwitch').map(({ values }) => values);
    expect(switches).toEqual([
      ['host-resolver-rules', 'MAP * ~NOTFOUND'],
      ['disable-background-networking', undefined],
      ['disable-component-update', undefined],
      ['disable-domain-reliability', undefined],
      ['disable-sync', undefined],
      ['disable-default-apps', undefined],
      ['disable-breakpad', undefined],
      ['no-first-run', undefined],
      ['no-pings', undefined],
    ]);
    expect(program.electron.told.some(({ what }) => what === 'enableSandbox')).toBe(true);
  });

  it('registers its scheme without a way round the policy', () => {
    expect(program.electron.told).toContainEqual({
      what: 'registerSchemesAsPrivileged',
      values: [[{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]],
    });
  });

  it('has every handler in place before the first page is loaded', () => {
    const told = program.electron.told.map(({ what, values }) => [what, ...values].join(' '));
    const loaded = told.indexOf(`loadURL ${PAGE_ORIGIN}/`);
    const before = [
      'permissionRequest workbench',
      'permissionCheck workbench',
      'devicePermission workbench',
      'onBeforeRequest workbench',
      'protocol.handle workbench app',
      ...Object.values(CHANNELS)
        .filter((channel) => !([CHANNELS.command, CHANNELS.line, CHANNELS.lost] as string[]).includes(channel))
        .map((channel) => `ipcMain.handle ${channel}`),
    ];
    for (const entry of before) {
      expect(told.indexOf(entry), entry).toBeGreaterThan(-1);
      expect(told.indexOf(entry), entry).toBeLessThan(loaded);
    }
    expect(window.webContents.openHandler).not.toBeNull();
  });

  it('grants two permissions and refuses all others, asked either way, and every device', () => {
    const request = session.handlers.get('permissionRequest') as unknown as (
      contents: unknown,
      permission: string,
      answer: (allowed: boolean) => void,
    ) => void;
    const check = session.handlers.get('permissionCheck') as unknown as (contents: unknown, name: string) => boolean;
    const device = session.handlers.get('devicePermission') as unknown as (details: unknown) => boolean;
    const permissions = [
      'clipboard-read',
      'clipboard-sanitized-write',
      'display-capture',
      'fullscreen',
      'geolocation',
      'media',
      'mediaKeySystem',
      'midi',
      'notifications',
      'openExternal',
      'pointerLock',
      'fileSystem',
      'hid',
      'serial',
      'usb',
      'something-new',
    ];
    const allowed = ['clipboard-sanitized-write', 'fullscreen'];
    const granted: string[] = [];
    for (const permission of permissions) request({}, permission, (may) => may && granted.push(permission));
    expect(granted).toEqual(allowed);
    expect(permissions.filter((permission) => check({}, permission))).toEqual(allowed);
    expect(['hid', 'serial', 'usb'].some((deviceType) => device({ deviceType }))).toBe(false);
  });

  it('goes nowhere: navigation, redirects, webviews and new windows are prevented', () => {
    const { webContents } = window;
    for (const url of ['https://example.com/', 'file:///etc/passwd', `${PAGE_ORIGIN}/`, 'app://workbench.evil/']) {
      expect(webContents.prevents('will-navigate', { url })).toBe(true);
      expect(webContents.prevents('will-redirect', { url })).toBe(true);
      expect(webContents.prevents('will-frame-navigate', { url, isMainFrame: true })).toBe(true);
      expect(webContents.prevents('will-frame-navigate', { url, isMainFrame: false })).toBe(true);
      expect(webContents.openHandler?.({ url })).toEqual({ action: 'deny' });
    }
    expect(webContents.prevents('will-attach-webview', {})).toBe(true);
    // The preview of a report is written into a frame by the page itself.
    expect(webContents.prevents('will-frame-navigate', { url: 'about:srcdoc', isMainFrame: false })).toBe(false);
    expect(webContents.prevents('will-frame-navigate', { url: 'about:srcdoc#f1', isMainFrame: false })).toBe(false);
    expect(webContents.prevents('will-frame-navigate', { url: 'about:srcdoc', isMainFrame: true })).toBe(true);
    expect(webContents.prevents('will-frame-navigate', { url: 'about:srcdocument', isMainFrame: false })).toBe(true);
  });

  it('lets WebRTC send no datagram of its own, in no page that this program ever shows', () => {
    expect(window.webContents.webRtcPolicy).toBe('disable_non_proxied_udp');
    for (const partition of ['print-x', 'something-new']) {
      const other = new StandInWindow(program.electron, { webPreferences: { partition, javascript: false } });
      expect(other.webContents.webRtcPolicy).toBe('disable_non_proxied_udp');
      other.destroy();
    }
  });

  it('cancels and counts every request but those for its own files', async () => {
    const own = [
      `${PAGE_ORIGIN}/assets/main.js`,
      'blob:app://workbench/1',
      'data:image/png;base64,AA==',
      'devtools://x/',
    ];
    expect(own.filter((url) => session.cancels(url))).toEqual([]);
    const foreign = [
      'http://127.0.0.1/',
      'https://example.com/?app://workbench/',
      'ws://example.com/',
      'wss://example.com/',
      'ftp://example.com/',
      'file:///etc/passwd',
      'filesystem:app://workbench/temporary/x',
      'chrome-extension://abc/',
      'app://other/',
      'app://workbench@example.com/',
      'not an address',
    ];
    const before = await refusedRequests();
    expect(foreign.filter((url) => !session.cancels(url))).toEqual([]);
    expect(await refusedRequests()).toBe(before + foreign.length);
    // Sessions that nobody uses are locked too.
    expect(program.electron.session('').cancels('https://example.com/')).toBe(true);
    expect(program.electron.session('persist:new').cancels('https://example.com/')).toBe(true);
  });

  it('saves what the page has made itself, and downloads nothing else', () => {
    const prevented = (url: string) => {
      let stopped = false;
      session.emit('will-download', { preventDefault: () => (stopped = true) }, { getURL: () => url });
      return stopped;
    };
    expect(prevented('blob:app://workbench/0a')).toBe(false);
    expect(prevented('https://example.com/blob:')).toBe(true);
    expect(prevented(`${PAGE_ORIGIN}/assets/main.js`)).toBe(true);
  });
});

describe('the own scheme', () => {
  it('sends every document with the policy and a nonce of its own', async () => {
    const nonces = new Set<string>();
    for (let visit = 0; visit < 3; visit++) {
      const answer = await load(`${PAGE_ORIGIN}/`);
      const body = await answer.text();
      const nonce = /<meta property="csp-nonce" nonce="([^"]+)"/.exec(body)?.[1] ?? '';
      expect(Buffer.from(nonce, 'base64')).toHaveLength(18);
      expect(body).not.toContain('__CSP_NONCE__');
      expect(answer.headers.get('content-security-policy')).toBe(contentSecurityPolicy(nonce));
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(3);
  });

  it('serves the scripts that the document names', async () => {
    const script = /src="\.\/(assets\/[^"]+\.js)"/.exec(await (await load(`${PAGE_ORIGIN}/`)).text())?.[1];
    const answer = await load(`${PAGE_ORIGIN}/${script}`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(await answer.text()).toBe(readFileSync(join(ROOT, 'out', 'renderer', String(script)), 'utf8'));
  });

  it('gives nothing for a path that leaves its folder, for another host or another method (T18)', async () => {
    const paths = [
      '/../package.json',
      '/../../etc/passwd',
      '/%2e%2e/package.json',
      '/%2e%2e%2fpackage.json',
      '/..%5cpackage.json',
      '/..\\package.json',
      '/assets/..%2f..%2fmain%2findex.cjs',
      '/index.html%00.js',
      '/\0',
      '/%',
      '//etc/passwd',
      '/C:/Windows/win.ini',
    ];
    for (const path of paths) expect((await load(`${PAGE_ORIGIN}${path}`)).status, path).toBe(404);
    for (const url of ['app://other/', 'app://workbench.evil/', 'app://workbench@evil/', 'app:///', 'app:']) {
      expect((await load(url)).status, url).toBe(404);
    }
    for (const method of ['POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS']) {
      const answer = await load(`${PAGE_ORIGIN}/`, method);
      expect([answer.status, await answer.text()], method).toEqual([405, '']);
    }
  });
});

describe('the way from the page', () => {
  it('is one object with seven functions, and no other name', () => {
    expect(page.exposed).toEqual(['workbench']);
    expect(Object.keys(page.bridge).sort()).toEqual([
      'call',
      'chooseCopy',
      'chooseProject',
      'connect',
      'onCommand',
      'onLost',
      'source',
    ]);
  });

  it('refuses every sender but the main frame of our own page, and counts it (T24)', async () => {
    const sender = window.webContents;
    const frames = [
      null,
      { origin: PAGE_ORIGIN, parent: sender.mainFrame },
      { origin: 'app://workbench.evil', parent: null },
      { origin: 'https://example.com', parent: null },
      { origin: 'null', parent: null },
      { origin: '', parent: null },
    ];
    const channels = [...program.electron.invokeHandlers.keys()];
    expect(channels).toHaveLength(7);
    const before = await refusedRequests();
    for (const channel of channels)
      for (const senderFrame of frames) {
        const asked = program.electron.invoke(channel, { name: 'app.info', input: {} }, { sender, senderFrame });
        await expect(asked, channel).rejects.toThrow('refused');
      }
    expect(await refusedRequests()).toBe(before + channels.length * frames.length);
  });

  it('knows no channel but its own', async () => {
    const event = { sender: window.webContents, senderFrame: window.webContents.mainFrame };
    await expect(program.electron.invoke('workbench:spawn', {}, event)).rejects.toThrow('No handler');
    expect([...program.electron.invokeHandlers.keys()].every((channel) => channel.startsWith('workbench:'))).toBe(true);
  });

  it('checks what it is given before anything looks at it', async () => {
    const event = { sender: window.webContents, senderFrame: window.webContents.mainFrame };
    for (const [channel, input] of [
      [CHANNELS.call, null],
      [CHANNELS.call, { name: 'app.info', input: {}, projectId: 'x' }],
      [CHANNELS.call, { name: 'x'.repeat(101), input: {} }],
      [CHANNELS.connect, { projectId: 'p', lineId: 1.5 }],
      [CHANNELS.sourcePath, { path: '' }],
      [CHANNELS.sourceBytes, { name: 'x', bytes: 'text' }],
    ] as const) {
      const reply = await program.electron.invoke(channel, input, event);
      expect(reply, channel).toMatchObject({ ok: false, error: { code: 'request.invalid' } });
    }
    // Requests of a project take another way.
    expect(await page.bridge.call('project.overview', {})).toMatchObject({ error: { code: 'project.none-open' } });
    expect(await page.bridge.call('app.info', { more: 1 })).toMatchObject({ error: { code: 'request.invalid' } });
    expect(await page.bridge.call('toString', {})).toMatchObject({ error: { code: 'request.unknown' } });
  });

  it('opens no project that the person did not choose', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'csw-outside-'));
    const path = join(outside, 'other.csw');
    writeFileSync(path, '');
    const opened = await page.bridge.call('app.openProject', { path });
    const made = await page.bridge.call('app.createProject', {
      name: 'x',
      customer: '',
      period: '',
      path: join(outside, 'new.csw'),
    });
    expect([opened, made]).toMatchObject([
      { error: { code: 'project.outside-folder' } },
      { error: { code: 'project.outside-folder' } },
    ]);
    expect(existsSync(join(outside, 'new.csw'))).toBe(false);
    rmSync(outside, { recursive: true });
  });

  it('connects to no project but the one of its window', async () => {
    expect(await page.bridge.connect('some-other-project', 1)).toMatchObject({ error: { code: 'project.none-open' } });
  });
});

describe('a packaged program', () => {
  it('does not start without its sandbox, and says why in the language of the person', async () => {
    for (const name of ['no-sandbox', 'disable-web-security']) {
      const unsafe = startProgram({ packaged: true, switches: [name] });
      expect(unsafe.electron.exitCode).toBe(1);
      expect(unsafe.electron.windows).toEqual([]);
      expect(unsafe.electron.dialogsShown).toMatchObject([
        { name: 'errorBox', options: { detail: expect.stringContaining(`--${name}`) } },
      ]);
      await unsafe.close();
    }
  });

  it('has no developer tools, in the window or in the menu', async () => {
    const packaged = startProgram({ packaged: true });
    expect((await packaged.window()).options.webPreferences).toMatchObject({ devTools: false, sandbox: true });
    expect(JSON.stringify(packaged.electron.menu)).not.toContain('toggleDevTools');
    expect(JSON.stringify(program.electron.menu)).toContain('toggleDevTools');
    await packaged.close();
  });

  it('compares its native binaries once Electron is ready, not before, and starts no process where one differs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'csw-packaged-'));
    const root = join(folder, 'app.asar');
    renameSync(productWith(join(ROOT, 'models'), folder), root);
    const sha256 = '0'.repeat(64);
    const natives = [{ path: 'app.asar.unpacked/missing.node', bytes: 1, sha256 }];
    writeFileSync(
      join(root, 'out', 'build.json'),
      JSON.stringify({ version: '0', platform: 'x', hash: sha256, natives }),
    );
    const changed = startProgram({ packaged: true, root, ready: false });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([changed.electron.exitCode, changed.electron.dialogsShown]).toEqual([null, []]);
    changed.electron.ready();
    await changed.electron.ended.promise;
    expect([changed.electron.windows, changed.electron.utilities]).toEqual([[], []]);
    expect(JSON.stringify(changed.electron.dialogsShown)).toContain('missing.node');
    await changed.close();
    rmSync(folder, { recursive: true });
  });

  it('leaves the work to the program that runs already', async () => {
    const second = startProgram({ second: true });
    expect([second.electron.exitCode, second.electron.windows.length]).toEqual([0, 0]);
    await second.close();
  });
});

describe('the bundles', () => {
  it('load no engine, database or model into the window', () => {
    const code = [join(MAIN, 'index.cjs'), ...chunksOf(join(MAIN, 'index.cjs'))].map((path) =>
      readFileSync(path, 'utf8'),
    );
    expect(code.some((text) => /require\("(better-sqlite3|onnxruntime-node)"\)/.test(text))).toBe(false);
  });

  it('load Electron into the window and its preload script only', () => {
    for (const entry of ['engine', 'worker', 'compute', 'check', 'package-check']) {
      const path = join(MAIN, `${entry}.cjs`);
      const code = [path, ...chunksOf(path)].map((file) => readFileSync(file, 'utf8'));
      expect(
        code.some((text) => /require\(['"]electron['"]\)/.test(text)),
        entry,
      ).toBe(false);
    }
    const preload = readFileSync(join(ROOT, 'out', 'preload', 'index.cjs'), 'utf8');
    expect([...preload.matchAll(/require\(['"]([^'"]+)['"]\)/g)].map(([, name]) => name)).toEqual(['electron']);
  });
});

/** The files that a bundle loads from its own folder, and those that these load. */
function chunksOf(path: string, seen = new Set<string>()): readonly string[] {
  for (const [, name] of readFileSync(path, 'utf8').matchAll(/require\(['"]\.\/([^'"]+)['"]\)/g)) {
    const chunk = join(MAIN, name ?? '');
    if (seen.has(chunk)) continue;
    seen.add(chunk);
    chunksOf(chunk, seen);
  }
  return [...seen];
}
