import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildMain } from '../../scripts/build-main.ts';
import { buildRenderer } from '../../scripts/build-renderer.ts';
import type { JobRecord } from '../../shared/contract/project.ts';
import { isActive, isSettled } from '../../shared/jobs/state.ts';
import { REQUESTS_AT_ONCE } from '../../shared/line/line.ts';
import { createOnPage, openOnPage, type PageProject } from '../electron/page-project.ts';
import { ask, type Program, type ProgramOptions, productWith, startProgram } from '../electron/program.ts';
import type { StandInUtility } from '../electron/utility.ts';
import type { Page } from '../electron/window.ts';
import { csv } from './testkit.ts';
import { prepareTinyProject, tinyTraining, writeTinyModels } from './tiny-project.ts';

const FLOOD = 10_000;
/** Some hundred updates: long enough to be stopped on the way. */
const EPOCHS = 20;

let folder: string;
let root: string;
beforeAll(async () => {
  await buildRenderer();
  await buildMain();
  folder = mkdtempSync(join(tmpdir(), 'csw-window-engine-'));
  root = productWith(await writeTinyModels(folder), folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const programs: Program[] = [];
afterEach(async () => {
  for (const program of programs.splice(0)) await program.close();
});

async function begin(options: ProgramOptions = {}): Promise<{ readonly program: Program; readonly page: Page }> {
  const program = startProgram({ root, ...options });
  programs.push(program);
  return { program, page: await pageOf(program) };
}

async function pageOf(program: Program, index = 0): Promise<Page> {
  const { page } = await program.window(index);
  if (page === null) throw new Error('the window has no page');
  return page;
}

const running = (program: Program, entry: string): StandInUtility[] =>
  program.electron.utilities.filter((utility) => utility.entry === entry && utility.pid !== undefined);

function signal(utility: StandInUtility | undefined, name: NodeJS.Signals): void {
  if (utility?.pid === undefined) throw new Error('the process has ended');
  process.kill(utility.pid, name);
}

const overview = (project: PageProject) => project.call('project.overview', {});
const steps = ({ state }: JobRecord) => (state.type === 'running' ? state.progress.done : 0);

describe('a project in a window', () => {
  it('is made, asked, closed and opened again, each engine in a process that knows nothing of our environment', async () => {
    process.env.CSW_TEST_SECRET = 'not to be passed on';
    const { program, page } = await begin();
    const made = await createOnPage(page, 'Bank');
    expect((await overview(made)).project).toMatchObject({ name: 'Bank', path: made.path });
    await ask(made.transport, 'app.closeProject', { projectId: made.projectId });
    expect(running(program, 'engine').length).toBe(0);
    const again = await openOnPage(page, made.path);
    expect((await overview(again)).project.name).toBe('Bank');
    // Opening checks the file in a process of its own.
    expect(program.electron.utilities.map(({ entry }) => entry)).toEqual(['engine', 'engine', 'check']);
    delete process.env.CSW_TEST_SECRET;
    for (const { options } of program.electron.utilities) {
      expect(options.env.ORT_DISABLE_TELEMETRY).toBe('1');
      expect(Object.keys(options.env).filter((name) => /^(CSW_|SUCCESS_|npm_|NODE_|ELECTRON_)/.test(name))).toEqual([]);
    }
  });

  it('takes a dropped file and pasted text, read by processes that the window forks for its engine', async () => {
    const { program, page } = await begin();
    const project = await createOnPage(page, 'Bank');
    const file = join(program.folder, 'messages.csv');
    writeFileSync(file, csv(['text'], [['The app is slow'], ['费用太高']]));
    const job = await project.done('demand.importSource', {
      sourceId: `file:${file}`,
      name: 'Messages',
      kind: 'feedback',
      overrides: {},
      columns: [{ id: 'c0', name: 'text', role: 'text' }],
    });
    expect(job.state.type).toBe('succeeded');
    const pasted = await page.bridge.source(new File(['one line\nanother'], 'Pasted.txt'));
    if (!pasted.ok) throw new Error(pasted.error.code);
    expect(pasted.value).toMatchObject({ name: 'Pasted.txt', bytes: 16 });
    const seen = await project.call('demand.inspectSource', {
      sourceId: pasted.value.sourceId,
      overrides: { encoding: 'utf-8', format: 'lines' },
    });
    expect(seen.columns).toHaveLength(1);
    await expect(
      project.call('demand.inspectSource', { sourceId: '/etc/passwd', overrides: {} }),
    ).rejects.toMatchObject({ code: 'source.not-found' });
    expect(running(program, 'compute').length).toBeGreaterThan(0);
  });

  it('prints its report in a hidden window without scripts whose session ends with it', async () => {
    const { program, page } = await begin();
    const project = await createOnPage(page, 'Bank');
    await project.done('report.build', {
      language: 'en',
      sections: null,
      title: '',
      author: '',
      comments: [],
      pdf: true,
    });
    const [document] = await project.call('report.documents', {});
    expect(document?.result.pdf).toMatchObject({ status: 'written' });
    const printing = program.electron.told.filter(({ what }) => what === 'loadURL').length;
    expect(printing).toBe(2);
    const session = [...program.electron.sessions.values()].find(({ partition }) => partition.startsWith('print-'));
    expect(session?.options).toEqual({ cache: false });
    expect(session?.cancels('https://example.com/')).toBe(true);
    expect(program.electron.windows.length).toBe(1);
  });

  it('comes to the front where it is open, instead of opening twice', async () => {
    const { program, page } = await begin();
    const project = await createOnPage(page, 'Bank');
    const argv = ['electron', root, project.path];
    program.electron.app.emit('second-instance', {}, [], program.folder, { argv, cwd: program.folder });
    expect(program.electron.windows.length).toBe(1);
    expect(program.electron.windows[0]?.focused).toBe(true);
    // From the list of projects of another window too.
    (program.electron.app.emit as (name: string, ...values: unknown[]) => void)('activate');
    const other = join(program.projectsFolder, 'Other.csw');
    const made = await makeProject(other);
    program.electron.app.emit('open-file', { preventDefault: () => undefined }, made);
    const second = await pageOf(program, 1);
    const commands: unknown[] = [];
    second.bridge.onCommand((command) => commands.push(command));
    await expect.poll(() => commands).toEqual([{ type: 'open', path: made }]);
    const opened = await openOnPage(second, made);
    expect((await overview(opened)).project.name).toBe('Other');
    await expect(openOnPage(second, project.path)).rejects.toMatchObject({ code: 'project.in-other-window' });
    expect(program.electron.windows[0]?.focused).toBe(true);
  });

  it('opens what was double-clicked wherever it lies', async () => {
    const outside = mkdtempSync(join(folder, 'outside-'));
    const path = await makeProject(join(outside, 'Far.csw'));
    const { page } = await begin({ argv: [path] });
    const commands: { type: string; path?: string }[] = [];
    page.bridge.onCommand((command) => commands.push(command as never));
    await expect.poll(() => commands).toEqual([{ type: 'open', path }]);
    expect((await overview(await openOnPage(page, path))).project.path).toBe(path);
  });

  async function makeProject(path: string): Promise<string> {
    const { openTestProject } = await import('./testkit.ts');
    const name = path.replace(/^.*\/|\.csw$/g, '');
    const made = await openTestProject(path, { type: 'create', name, customer: '', period: '', sample: false });
    await made.engine.dispose();
    return path;
  }
});

describe('closing a window while a training runs', () => {
  const answers: number[] = [];
  const dialogs = { messageBox: () => ({ response: answers.shift() ?? 1 }) };

  async function inTraining() {
    const started = await begin({ dialogs });
    const project = await createOnPage(started.page, 'Bank');
    await prepareTinyProject(project, started.program.folder);
    const { jobId } = await project.call('competitiveness.train', tinyTraining(EPOCHS));
    await project.jobReaches(jobId, (job) => steps(job) >= 3);
    return { ...started, project, jobId };
  }

  it('asks, and keeps it open when the person says so', async () => {
    const { program, project, jobId } = await inTraining();
    answers.push(1);
    const [window] = program.electron.windows;
    expect(window?.close()).toBe(false);
    await expect.poll(() => program.electron.dialogsShown.length).toBe(1);
    expect(program.electron.dialogsShown[0]?.options).toMatchObject({
      message: expect.stringContaining('1'),
      buttons: [expect.any(String), expect.any(String)],
      cancelId: 1,
    });
    expect(isActive((await project.call('jobs.get', { jobId })).state)).toBe(true);
    expect(window?.destroyed).toBe(false);
    await project.call('jobs.cancel', { jobId });
    await project.jobReaches(jobId, ({ state }) => isSettled(state));
  });

  it('pauses it at a checkpoint, from which it goes on when the project is opened again', async () => {
    const { program, project, jobId } = await inTraining();
    answers.push(0);
    const [window] = program.electron.windows;
    window?.close();
    await program.electron.ended.promise;
    expect(window?.destroyed).toBe(true);
    await expect.poll(() => program.electron.utilities.every(({ pid }) => pid === undefined)).toBe(true);
    const next = startProgram({ root, folder: program.folder });
    const again = await openOnPage(await pageOf(next), project.path);
    const paused = await again.call('jobs.get', { jobId });
    expect(paused.state).toMatchObject({ type: 'paused', checkpoint: expect.any(String) });
    await again.call('jobs.resume', { jobId });
    const first = await again.jobReaches(jobId, (job) => steps(job) > 0);
    expect(steps(first)).toBeGreaterThan(3);
    const ended = await again.jobReaches(jobId, ({ state }) => isSettled(state));
    expect(ended.state.type).toBe('succeeded');
    await next.close();
  });
});

describe('an engine that dies or hangs (T23)', () => {
  it('is started again; what was asked is refused with a reason, what is asked meanwhile waits', async () => {
    const { program, page } = await begin();
    const project = await createOnPage(page, 'Bank');
    await project.linked(1);
    await project.call('project.rename', { name: 'Renamed', customer: 'c', period: 'p' });
    const [engine] = running(program, 'engine');
    signal(engine, 'SIGSTOP');
    const pending = Array.from({ length: 50 }, () => project.transport.call('project.overview', {}, project.projectId));
    signal(engine, 'SIGKILL');
    for (const reply of await Promise.all(pending)) {
      expect(reply).toMatchObject({
        ok: false,
        error: { code: 'internal.process-lost', params: { process: 'engine' } },
      });
    }
    expect((await overview(project)).project.name).toBe('Renamed');
    await project.linked(2);
    expect(project.links).toEqual([true, false, true]);
    expect(running(program, 'engine').length).toBe(1);
  });

  it('leaves its training interrupted, never running, and the training goes on to its end', async () => {
    const { program, page } = await begin();
    const project = await createOnPage(page, 'Bank');
    await prepareTinyProject(project, program.folder);
    const { jobId } = await project.call('competitiveness.train', tinyTraining(EPOCHS));
    await project.jobReaches(jobId, (job) => steps(job) >= 3);
    const workers = running(program, 'worker');
    signal(running(program, 'engine')[0], 'SIGABRT');
    const interrupted = await project.jobReaches(jobId, ({ state }) => isSettled(state));
    expect(interrupted.state.type).toBe('interrupted');
    // What the dead engine had started must not go on writing beside the new one.
    await expect.poll(() => workers.every(({ pid }) => pid === undefined)).toBe(true);
    await project.call('jobs.resume', { jobId });
    const ended = await project.jobReaches(jobId, ({ state }) => state.type === 'succeeded');
    expect(ended.state.type).toBe('succeeded');
  });

  it('loses one job, not itself, when a process that it uses dies', async () => {
    const { program, page } = await begin();
    const project = await createOnPage(page, 'Bank');
    await prepareTinyProject(project, program.folder);
    const { jobId } = await project.call('competitiveness.train', tinyTraining(EPOCHS));
    await project.jobReaches(jobId, (job) => steps(job) >= 3);
    for (const worker of running(program, 'worker')) signal(worker, 'SIGKILL');
    const interrupted = await project.jobReaches(jobId, ({ state }) => isSettled(state));
    expect(interrupted.state.type).toBe('interrupted');
    expect(project.links).toEqual([true]);
    await project.call('jobs.resume', { jobId });
    await project.jobReaches(jobId, ({ state }) => state.type === 'succeeded');
  });

  it('is waited for while it hangs, and the window answers all the while', async () => {
    const { program, page } = await begin();
    const project = await createOnPage(page, 'Bank');
    const [engine] = running(program, 'engine');
    signal(engine, 'SIGSTOP');
    let answered = false;
    const asked = overview(project).finally(() => {
      answered = true;
    });
    for (let i = 0; i < 50; i++) await ask(project.transport, 'app.settings', {});
    expect(answered).toBe(false);
    signal(engine, 'SIGCONT');
    expect((await asked).project.name).toBe('Bank');
  });

  it('is restarted when the person says so, once it has not answered for a while; what was saved is there', async () => {
    const { program, page } = await begin({ dialogs: { messageBox: () => ({ response: 1 }) } });
    const project = await createOnPage(page, 'Bank');
    await project.linked(1);
    await project.call('project.rename', { name: 'Renamed', customer: '', period: '' });
    const [engine] = running(program, 'engine');
    engine?.block();
    const asked = project.transport.call('project.overview', {}, project.projectId);
    expect(await asked).toMatchObject({ error: { code: 'internal.process-lost' } });
    expect(program.electron.dialogsShown[0]?.options).toMatchObject({
      message: expect.stringContaining('15'),
      buttons: [expect.any(String), expect.any(String)],
      cancelId: 0,
    });
    await project.linked(2);
    expect((await overview(project)).project.name).toBe('Renamed');
    expect(running(program, 'engine').length).toBe(1);
  });

  it('is asked about when it hangs while it opens, before the project has a window', async () => {
    const { program, page } = await begin({ dialogs: { messageBox: () => ({ response: 1 }) } });
    const made = await createOnPage(page, 'Bank');
    await ask(made.transport, 'app.closeProject', { projectId: made.projectId });
    const opening = openOnPage(page, made.path).then(
      () => 'opened',
      ({ code }: { code: string }) => code,
    );
    await expect.poll(() => running(program, 'engine').length, { interval: 1 }).toBe(1);
    signal(running(program, 'engine')[0], 'SIGSTOP');
    expect(await opening).toBe('internal.process-lost');
    expect(program.electron.dialogsShown).toHaveLength(1);
    expect((await overview(await openOnPage(page, made.path))).project.name).toBe('Bank');
  });

  it('is asked about no more once it answers again', async () => {
    const shown = Promise.withResolvers<AbortSignal>();
    const answer = Promise.withResolvers<{ response: number }>();
    const messageBox = ({ signal: over }: { signal: AbortSignal }) => {
      shown.resolve(over);
      over.addEventListener('abort', () => answer.resolve({ response: 0 }));
      return answer.promise;
    };
    const { program, page } = await begin({ dialogs: { messageBox } });
    const project = await createOnPage(page, 'Bank');
    const [engine] = running(program, 'engine');
    signal(engine, 'SIGSTOP');
    const over = await shown.promise;
    expect(over.aborted).toBe(false);
    signal(engine, 'SIGCONT');
    await answer.promise;
    expect((await overview(project)).project.name).toBe('Bank');
    expect(running(program, 'engine')).toEqual([engine]);
  });

  it('does not hold its window for a minute', async () => {
    const { program, page } = await begin({ dialogs: { messageBox: () => ({ response: 0 }) } });
    const project = await createOnPage(page, 'Bank');
    const [window] = program.electron.windows;
    running(program, 'engine')[0]?.block();
    const startedMs = performance.now();
    window?.close();
    await program.electron.ended.promise;
    // Ended after ten seconds of silence; a pause that is under way may take sixty.
    expect(performance.now() - startedMs).toBeLessThan(50_000);
    expect(program.electron.dialogsShown[0]?.options).toMatchObject({ cancelId: 1 });
    const next = await begin({ folder: program.folder });
    expect((await overview(await openOnPage(next.page, project.path))).project.name).toBe('Bank');
  });

  it('stays down after the third restart; the project is closed and can be opened again', async () => {
    const { program, page } = await begin();
    const project = await createOnPage(page, 'Bank');
    for (let life = 1; life <= 4; life++) {
      await project.linked(life);
      signal(running(program, 'engine')[0], 'SIGKILL');
    }
    await expect
      .poll(async () => (await project.transport.call('project.overview', {}, project.projectId)).ok)
      .toBe(false);
    const reply = await project.transport.call('project.overview', {}, project.projectId);
    expect(reply).toMatchObject({ error: { code: 'internal.process-lost' } });
    expect(program.electron.utilities.filter(({ entry }) => entry === 'engine').length).toBe(4);
    project.stop();
    await ask(project.transport, 'app.closeProject', { projectId: project.projectId });
    expect((await overview(await openOnPage(page, project.path))).project.name).toBe('Bank');
  });

  it(`answers a flood of ${FLOOD} requests without keeping more than ${REQUESTS_AT_ONCE} of them`, async () => {
    const { page } = await begin();
    const project = await createOnPage(page, 'Bank');
    const count = async (send: () => ReturnType<typeof project.transport.call>) => {
      const codes = new Map<string, number>();
      const replies = await Promise.all(Array.from({ length: FLOOD }, send));
      for (const reply of replies) {
        const code = reply.ok ? 'ok' : reply.error.code;
        codes.set(code, (codes.get(code) ?? 0) + 1);
      }
      return codes;
    };
    const quick = await count(() => project.transport.call('jobs.list', {}, project.projectId));
    expect((quick.get('ok') ?? 0) + (quick.get('request.too-many') ?? 0)).toBe(FLOOD);
    expect(quick.get('ok')).toBeGreaterThanOrEqual(REQUESTS_AT_ONCE);
    // These wait for an answer of the window, so that they pile up in the engine.
    const slow = await count(() =>
      project.transport.call('demand.inspectSource', { sourceId: 'none', overrides: {} }, project.projectId),
    );
    expect((slow.get('source.not-found') ?? 0) + (slow.get('request.too-many') ?? 0)).toBe(FLOOD);
    expect(slow.get('source.not-found')).toBeGreaterThanOrEqual(REQUESTS_AT_ONCE);
    expect((await overview(project)).project.name).toBe('Bank');
  });

  it('gets its page back when the page itself dies', async () => {
    const { program, page } = await begin();
    const project = await createOnPage(page, 'Bank');
    const [window] = program.electron.windows;
    window?.webContents.emit('render-process-gone', {}, { reason: 'oom' });
    expect(window?.webContents.reloads).toBe(1);
    const reloaded = await pageOf(program);
    expect(reloaded === page).toBe(false);
    expect(await reloaded.bridge.connect(project.projectId, 9)).toEqual({ ok: true, value: null });
  });
});

describe('menus and dialogs', () => {
  type Item = Electron.MenuItemConstructorOptions;
  const items = (menu: readonly Item[]): Item[] =>
    menu.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? items(item.submenu) : [])]);
  const labels = (program: Program) => items(program.electron.menu).flatMap(({ label }) => label ?? []);
  const press = (program: Program, label: string) => {
    const item = items(program.electron.menu).find((one) => one.label === label);
    (item?.click as (() => void) | undefined)?.();
  };

  it('follow the language of the settings at once, in every window', async () => {
    const { program, page } = await begin();
    const { transport } = await createOnPage(page, 'Bank');
    const commands: unknown[] = [];
    page.bridge.onCommand((command) => commands.push(command));
    const settings = await ask(transport, 'app.settings', {});
    await ask(transport, 'app.changeSettings', { ...settings, language: 'zh-CN' });
    expect(labels(program)).toEqual(expect.arrayContaining(['文件', '打开项目…', '撤销', 'Bank']));
    expect(labels(program).filter((label) => /^[A-Za-z ]+$/.test(label))).toEqual(['Bank']);
    await ask(transport, 'app.changeSettings', { ...settings, language: 'en' });
    expect(labels(program)).toEqual(expect.arrayContaining(['File', 'Open project…', 'Undo', 'Bank']));
    expect(labels(program).join('')).not.toMatch(/[一-鿿]/u);
    await expect.poll(() => commands.length).toBe(2);
    expect(commands.at(-1)).toMatchObject({ type: 'settings', settings: { language: 'en' } });
  });

  it('make a project where the person says, and open one from anywhere', async () => {
    const place = mkdtempSync(join(folder, 'place-'));
    const filePath = join(place, 'New bank');
    const { program, page } = await begin({
      dialogs: {
        saveDialog: () => ({ canceled: false, filePath }),
        openDialog: () => ({ canceled: false, filePaths: [`${filePath}.csw`] }),
      },
    });
    const commands: unknown[] = [];
    page.bridge.onCommand((command) => commands.push(command));
    const settings = await page.bridge.call('app.settings', {});
    if (settings.ok) await page.bridge.call('app.changeSettings', { ...(settings.value as object), language: 'en' });
    press(program, 'New project…');
    await expect.poll(() => commands.at(-1)).toEqual({ type: 'create', path: `${filePath}.csw`, name: 'New bank' });
    const input = { name: 'New bank', customer: '', period: '', path: `${filePath}.csw` };
    const made = await page.bridge.call('app.createProject', input);
    expect(made).toMatchObject({ ok: true, value: { path: `${filePath}.csw` } });
    if (made.ok)
      await page.bridge.call('app.closeProject', { projectId: (made.value as { projectId: string }).projectId });
    expect(await page.bridge.chooseProject()).toEqual({ ok: true, value: `${filePath}.csw` });
    expect(await page.bridge.call('app.openProject', { path: `${filePath}.csw` })).toMatchObject({ ok: true });
  });

  it('ask where a copy goes, beside its project, and let it lie wherever the person says', async () => {
    const place = mkdtempSync(join(folder, 'copies-'));
    const answers = [
      { canceled: true, filePath: '' },
      { canceled: false, filePath: join(place, 'For the customer') },
    ];
    const { program, page } = await begin({ dialogs: { saveDialog: () => answers.shift() } });
    const none = { ok: false, error: { code: 'project.none-open' } };
    expect(await page.bridge.chooseCopy('Bank 2026.csw')).toMatchObject(none);
    const project = await createOnPage(page, 'Bank');
    // What the person has not chosen lies outside the folder of projects, and is refused.
    const path = join(place, 'For the customer.csw');
    await expect(project.call('project.saveCopy', { path })).rejects.toMatchObject({ code: 'project.outside-folder' });
    expect(await page.bridge.chooseCopy('../../Bank 2026.csw')).toEqual({ ok: true, value: null });
    expect(await page.bridge.chooseCopy('Bank 2026.csw')).toEqual({ ok: true, value: path });
    expect(program.electron.dialogsShown.map(({ options }) => options)).toMatchObject(
      [1, 2].map(() => ({
        defaultPath: join(program.projectsFolder, 'Bank 2026.csw'),
        filters: [{ extensions: ['csw'] }],
      })),
    );
    expect(await project.call('project.saveCopy', { path })).toMatchObject({ path });
    expect(existsSync(path)).toBe(true);
  });
});

describe('an encrypted project', () => {
  const PASSWORD = 'four unrelated words';
  const OTHER = 'another four words';
  type Item = Electron.MenuItemConstructorOptions;
  const lockItem = (program: Program): Item | undefined =>
    program.electron.menu
      .flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
      .find(({ accelerator }) => accelerator === 'CmdOrCtrl+L');
  const title = (program: Program) => program.electron.windows[0]?.title;
  const start = async (options: ProgramOptions = {}) => {
    const { program, page } = await begin(options);
    return { program, page, project: await createOnPage(page, 'Secret bank', PASSWORD) };
  };
  const lock = ({ transport, projectId }: PageProject) => ask(transport, 'app.lockProject', { projectId });
  const refusal = async ({ transport, projectId }: PageProject) => {
    const reply = await transport.call('project.overview', {}, projectId);
    return reply.ok ? 'ok' : reply.error.code;
  };

  it('is locked from the menu, which offers that while it can be, in both languages', async () => {
    const { program, page, project } = await start();
    const settings = await ask(project.transport, 'app.settings', {});
    for (const [language, label] of [
      ['zh-CN', '立即锁定'],
      ['en', 'Lock now'],
    ] as const) {
      await ask(project.transport, 'app.changeSettings', { ...settings, language });
      expect(lockItem(program)).toMatchObject({ label, enabled: true });
    }
    const commands: { readonly type: string }[] = [];
    page.bridge.onCommand((command) => commands.push(command));
    (lockItem(program)?.click as (() => void) | undefined)?.();
    await expect.poll(() => commands.at(-1)?.type).toBe('lock');
    await lock(project);
    expect(lockItem(program)).toMatchObject({ enabled: false });
    const { transport, projectId } = project;
    await ask(transport, 'app.unlockProject', { projectId, password: PASSWORD });
    expect(lockItem(program)).toMatchObject({ enabled: true });
    await ask(transport, 'app.closeProject', { projectId });
    // A project without a password has nothing to lock.
    await createOnPage(page, 'Open bank');
    expect(lockItem(program)).toMatchObject({ enabled: false });
  });

  it('shows no name in the title of its window while it is locked, and answers nothing', async () => {
    const { program, project } = await start();
    await ask(project.transport, 'app.closeProject', { projectId: project.projectId });
    const again = await openOnPage(program.electron.pages()[0] as Page, project.path, PASSWORD);
    await again.call('project.rename', { name: 'Very secret', customer: '', period: '' });
    await ask(again.transport, 'app.closeProject', { projectId: again.projectId });
    const renamed = await openOnPage(program.electron.pages()[0] as Page, project.path, PASSWORD);
    expect(title(program)).toBe('Very secret');
    await lock(renamed);
    expect(title(program)).toBe('Secret bank');
    // Its key is in no process any more.
    await expect.poll(() => running(program, 'engine').length).toBe(0);
    await expect.poll(() => refusal(renamed)).toBe('project.screen-locked');
    expect(await program.electron.pages()[0]?.bridge.connect(renamed.projectId, 99)).toMatchObject({
      error: { code: 'project.screen-locked' },
    });
    const { transport, projectId } = renamed;
    await expect(ask(transport, 'app.unlockProject', { projectId, password: OTHER })).rejects.toMatchObject({
      code: 'project.password-wrong',
    });
    await ask(transport, 'app.unlockProject', { projectId, password: PASSWORD });
    expect(title(program)).toBe('Very secret');
    expect(await refusal(renamed)).toBe('ok');
  });

  it('is closed with its window while it is locked, without a question where no job runs', async () => {
    const { program, project } = await start();
    await lock(project);
    const ended = program.electron.ended.promise;
    program.electron.windows[0]?.close();
    await ended;
    expect(program.electron.dialogsShown).toEqual([]);
    expect(existsSync(`${project.path}.owner.json`)).toBe(false);
  });

  it('is closed from its lock screen, so that it can be opened anew, and comes to the front where it is locked', async () => {
    const { program, page, project } = await start();
    await lock(project);
    program.electron.app.emit('second-instance', {}, [], program.folder, {
      argv: ['electron', root, project.path],
      cwd: program.folder,
    });
    expect([program.electron.windows.length, program.electron.windows[0]?.focused]).toEqual([1, true]);
    await ask(project.transport, 'app.closeProject', { projectId: project.projectId });
    await expect(openOnPage(page, project.path)).rejects.toMatchObject({ code: 'project.password-needed' });
    expect(await refusal(await openOnPage(page, project.path, PASSWORD))).toBe('ok');
  });

  it('asks before jobs of a locked project are paused', async () => {
    const answers = [1, 0];
    const { program, project } = await start({ dialogs: { messageBox: () => ({ response: answers.shift() ?? 0 }) } });
    await prepareTinyProject(project, program.folder);
    const { jobId } = await project.call('competitiveness.train', tinyTraining(EPOCHS));
    await project.jobReaches(jobId, (job) => steps(job) >= 3);
    await lock(project);
    const [window] = program.electron.windows;
    window?.close();
    await expect.poll(() => program.electron.dialogsShown.length).toBe(1);
    expect(window?.destroyed).toBe(false);
    await new Promise(setImmediate);
    window?.close();
    await expect.poll(() => program.electron.dialogsShown.length).toBe(2);
    await program.electron.ended.promise;
  });

  it('is locked by itself after a while without a hand on it', async () => {
    const { program, project } = await start();
    const settings = await ask(project.transport, 'app.settings', {});
    await ask(project.transport, 'app.changeSettings', { ...settings, lockAfterMinutes: 5 });
    await ask(project.transport, 'app.noteActivity', { projectId: project.projectId });
    expect(lockItem(program)).toMatchObject({ enabled: true });
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 6 * 60_000 });
    try {
      await expect.poll(() => lockItem(program)?.enabled).toBe(false);
    } finally {
      vi.useRealTimers();
    }
    await expect.poll(() => refusal(project)).toBe('project.screen-locked');
    expect(title(program)).toBe('Secret bank');
  });

  it('goes on with its events after its password was changed', async () => {
    const { program, project } = await start();
    const { transport, projectId } = project;
    await project.linked(1);
    await ask(transport, 'app.changePassword', { projectId, current: PASSWORD, next: OTHER });
    await project.linked(2);
    expect(await refusal(project)).toBe('ok');
    await prepareTinyProject(project, program.folder);
    await lock(project);
    await expect(ask(transport, 'app.unlockProject', { projectId, password: PASSWORD })).rejects.toMatchObject({
      code: 'project.password-wrong',
    });
    await ask(transport, 'app.unlockProject', { projectId, password: OTHER });
    expect(await refusal(project)).toBe('ok');
  });
});

describe('nothing is left', () => {
  it('of uploads, processes or locks when the program ends', async () => {
    const { program, page } = await begin();
    const project = await createOnPage(page, 'Bank');
    await page.bridge.source(new File(['text'], 'Pasted.txt'));
    const uploads = () =>
      readdirSync(tmpdir()).filter((name) => name.startsWith(`success-workbench-upload-${process.pid}-`));
    expect(uploads()).toHaveLength(1);
    await program.close();
    expect(uploads()).toEqual([]);
    await expect.poll(() => program.electron.utilities.every(({ pid }) => pid === undefined)).toBe(true);
    expect(existsSync(`${project.path}-journal`)).toBe(false);
    const log = join(program.folder, 'user', 'log', 'success-workbench.log');
    if (existsSync(log)) expect(readFileSync(log, 'utf8')).not.toContain('"level":"error"');
  });
});
