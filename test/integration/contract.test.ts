import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RawData, WebSocket } from 'ws';
import { startLoopbackHost } from '../../electron/host/loopback-host.ts';
import { createNodeWorkbench } from '../../electron/hosting/node-workbench.ts';
import { onlyInside } from '../../electron/hosting/project-paths.ts';
import { terminalProtection } from '../../electron/hosting/protection.ts';
import { buildMain } from '../../scripts/build-main.ts';
import { buildRenderer, RENDERER_FOLDER } from '../../scripts/build-renderer.ts';
import { type ProjectEvent, projectEventSchema } from '../../shared/contract/events.ts';
import type { Reply } from '../../shared/contract/reply.ts';
import { isSettled } from '../../shared/jobs/state.ts';
import { REQUEST_LIMIT_MB } from '../../shared/line/line.ts';
import { defaultRecipe } from '../../shared/stages/demand/clean/recipe.ts';
import { startProgram, transportOf } from '../electron/program.ts';
import { sendRaw } from './host-testkit.ts';
import { csv } from './testkit.ts';

/** A way to an engine, whatever carries it. */
interface Way {
  readonly projectsFolder: string;
  call(name: string, input: unknown, projectId: string | null): Promise<Reply<unknown>>;
  subscribe(projectId: string, listener: (event: ProjectEvent) => void): Promise<() => void>;
  upload(path: string, name: string, text: string): Promise<Reply<{ readonly sourceId: string }>>;
  close(): Promise<void>;
}

let folder: string;
beforeAll(async () => {
  await buildRenderer();
  await buildMain();
  folder = mkdtempSync(join(tmpdir(), 'csw-contract-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Message ports through the built window. */
async function overPort(): Promise<Way> {
  const program = startProgram();
  const { page } = await program.window();
  if (page === null) throw new Error('the window has no page');
  const transport = transportOf(page);
  return {
    projectsFolder: program.projectsFolder,
    call: transport.call,
    subscribe: (projectId, listener) =>
      new Promise((resolve) => {
        const stop = transport.subscribe(projectId, listener, (up) => up && resolve(() => stop()));
      }),
    upload: (path, name, text) => {
      writeFileSync(path, text);
      return transport.upload(page.fileAt(path, name));
    },
    close: () => program.close(),
  };
}

/** HTTP and a WebSocket, to the loopback host. */
async function overHttp(): Promise<Way> {
  const { home, projectsFolder } = ownFolders('http');
  const host = await startLoopbackHost({
    rendererFolder: RENDERER_FOLDER,
    workbench: (protection) =>
      inHome(home, () => createNodeWorkbench({ host: 'loopback', paths: onlyInside(projectsFolder), protection })),
  });
  const token = new URL(host.address).hash.slice('#token='.length);
  const post = async (path: string, type: string, body: string) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    return JSON.parse((await sendRaw(host.port, { method: 'POST', path, headers, body })).body);
  };
  return {
    projectsFolder,
    call: (name, input, projectId) =>
      post(
        '/api/call',
        'application/json',
        JSON.stringify({ name, input, ...(projectId === null ? {} : { projectId }) }),
      ),
    subscribe: async (projectId, listener) => {
      const socket = new WebSocket(`ws://127.0.0.1:${host.port}/api/events`);
      socket.on('message', (data: RawData) => listener(projectEventSchema.parse(JSON.parse(String(data)))));
      await new Promise((resolve) => socket.once('open', resolve));
      socket.send(JSON.stringify({ token, projectId }));
      return () => socket.close();
    },
    upload: (_path, name, text) =>
      post(`/api/upload?name=${encodeURIComponent(name)}`, 'application/octet-stream', text),
    close: () => host.close(),
  };
}

/** No border at all. */
async function inProcess(): Promise<Way> {
  const { home, projectsFolder } = ownFolders('process');
  const workbench = inHome(home, () =>
    createNodeWorkbench({ host: 'loopback', paths: onlyInside(projectsFolder), protection: terminalProtection() }),
  );
  return {
    projectsFolder,
    call: workbench.call,
    subscribe: async (projectId, event) => workbench.projects.subscribe(projectId, { event, closed: () => undefined }),
    upload: async (path, _name, text) => {
      writeFileSync(path, text);
      return { ok: true, value: workbench.sources.fromPath(path) };
    },
    close: () => workbench.close(),
  };
}

function ownFolders(name: string) {
  const home = join(folder, name, 'user');
  const projectsFolder = join(folder, name, 'projects');
  mkdirSync(projectsFolder, { recursive: true });
  return { home, projectsFolder };
}

function inHome<T>(home: string, make: () => T): T {
  const before = process.env.SUCCESS_WORKBENCH_HOME;
  process.env.SUCCESS_WORKBENCH_HOME = home;
  process.env.SUCCESS_WORKBENCH_VERIFY = '1';
  try {
    return make();
  } finally {
    if (before === undefined) delete process.env.SUCCESS_WORKBENCH_HOME;
    else process.env.SUCCESS_WORKBENCH_HOME = before;
    delete process.env.SUCCESS_WORKBENCH_VERIFY;
  }
}

const ROWS = Array.from({ length: 40 }, (_, i) => [i, `留言 ${i}: the app is slow on day ${i % 7}`]);

/** Plays the same engagement over a way; gives every reply and event, with what differs by chance named instead. */
async function play(way: Way) {
  const heard: ProjectEvent[] = [];
  let onHeard: () => void = () => undefined;
  const settledJob = (jobId: string) =>
    new Promise<void>((resolve) => {
      onHeard = () => {
        const told = heard.findLast((event) => event.type === 'jobChanged' && event.job.id === jobId);
        if (told?.type === 'jobChanged' && isSettled(told.job.state)) resolve();
      };
      onHeard();
    });
  const replies: Record<string, unknown> = {};
  const note = async (what: string, answer: Promise<Reply<unknown>>) => {
    const reply = await answer;
    replies[what] = reply;
    return reply.ok ? (reply.value as Record<string, unknown>) : {};
  };
  const app = (name: string, input: unknown, what = name) => note(what, way.call(name, input, null));
  await app('app.settings', {});
  await app('app.changeSettings', { language: 'zh-CN', theme: 'dark', threads: 2, actor: '分析师' });
  const made = await app('app.createProject', { name: '某银行', customer: '银行', period: '2026', path: null });
  const projectId = String(made.projectId);
  const ask = (name: string, input: unknown, what = name) => note(what, way.call(name, input, projectId));
  const stop = await way.subscribe(projectId, (event) => {
    heard.push(event);
    onHeard();
  });
  await ask('project.overview', {}, 'overview of an empty project');
  const uploaded = await way.upload(join(way.projectsFolder, '留言.csv'), '留言.csv', csv(['id', '留言'], ROWS));
  const sourceId = uploaded.ok ? uploaded.value.sourceId : '';
  await ask('demand.inspectSource', { sourceId, overrides: {} });
  const columns = [
    { id: 'c0', name: 'id', role: 'ignore' },
    { id: 'c1', name: '留言', role: 'text' },
  ];
  const settle = async (name: string, input: unknown) => {
    const { jobId } = await ask(name, input);
    if (jobId === undefined) throw new Error(JSON.stringify(replies[name]));
    await settledJob(String(jobId));
    await ask('jobs.get', { jobId }, `job of ${name}`);
  };
  await settle('demand.importSource', { sourceId, name: '留言', kind: 'feedback', overrides: {}, columns });
  await settle('demand.clean', { datasetId: 'd1', recipe: defaultRecipe });
  await ask('demand.datasets', {});
  await ask('project.rows', { ref: { type: 'dataset', datasetId: 'd1' }, offset: 5, limit: 7 });
  await ask('project.search', { text: 'slow', limit: 5 });
  await ask('project.rename', { name: 'Renamed', customer: '', period: '' });
  await ask('project.overview', {}, 'overview at the end');
  await ask('jobs.list', {});
  await ask('project.audit', { offset: 0, limit: 20 });
  // Refusals, of every kind.
  await ask('project.nothing', {}, 'unknown request');
  await ask('constructor', {}, 'name of a built-in');
  await ask('project.rename', { name: 7 }, 'wrong type');
  await ask('project.rename', { name: 'x', customer: '', period: '', more: 1 }, 'unknown field');
  await ask('project.rows', null, 'no input');
  await ask('jobs.get', { jobId: 'none' }, 'unknown job');
  await ask('demand.inspectSource', { sourceId: 'none', overrides: {} }, 'unknown source');
  await ask('competitiveness.decide', { draws: 200, seed: 7 }, 'input that is missing');
  await ask('project.rename', { name: 'x'.repeat(17 * 1024 * 1024), customer: '', period: '' }, 'too large');
  await app('app.openProject', { path: '/nowhere.csw' }, 'path outside');
  await app('app.createProject', { name: '某银行', customer: '', period: '', path: null }, 'made twice');
  await app('app.nothing', {}, 'unknown request of the app');
  stop();
  await app('app.closeProject', { projectId });
  await ask('project.overview', {}, 'asked after closing');
  await way.close();
  return { replies: plain(replies, way), events: shapeOf(heard) };
}

/** Each job's states in the order in which they were told, and each change of slots. Progress is throttled by time, so how often it is told is chance. */
function shapeOf(events: readonly ProjectEvent[]) {
  const states = new Map<string, string[]>();
  for (const event of events) {
    if (event.type !== 'jobChanged') continue;
    const told = states.get(event.job.slot) ?? [];
    if (told.at(-1) !== event.job.state.type) told.push(event.job.state.type);
    states.set(event.job.slot, told);
  }
  const changes = events.flatMap((event) =>
    event.type === 'projectChanged' ? [[event.dataVersion, event.slots]] : [],
  );
  return { states: Object.fromEntries(states), changes };
}

/** As JSON, with ids numbered in order of appearance, and times and folders named. */
function plain(value: unknown, way: Way): unknown {
  const ids = new Map<string, string>();
  const text = JSON.stringify(value)
    .replaceAll(JSON.stringify(way.projectsFolder).slice(1, -1), '<folder>')
    .replaceAll(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '<time>')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => {
      const known = ids.get(id) ?? `<id ${ids.size + 1}>`;
      ids.set(id, known);
      return known;
    })
    .replaceAll(/"(durationMs|fileBytes)":[\d.]+/g, '"$1":0')
    .replaceAll(/"hash":"[0-9a-f]{64}"/g, '"hash":"<hash>"');
  return JSON.parse(text);
}

describe('the same requests', () => {
  let process_: Awaited<ReturnType<typeof play>>;
  beforeAll(async () => {
    process_ = await play(await inProcess());
  });

  it('are all answered, and refused where they must be', () => {
    const replies = process_.replies as Record<string, Reply<unknown>>;
    const codes = Object.fromEntries(
      Object.entries(replies).map(([what, reply]) => [what, reply.ok ? 'ok' : reply.error.code]),
    );
    expect(codes).toMatchObject({
      'demand.importSource': 'ok',
      'unknown request': 'request.unknown',
      'name of a built-in': 'request.unknown',
      'wrong type': 'request.invalid',
      'unknown field': 'request.invalid',
      'no input': 'request.invalid',
      'unknown job': 'job.not-found',
      'unknown source': 'source.not-found',
      'path outside': 'project.outside-folder',
      'made twice': 'project.exists',
      'unknown request of the app': 'request.unknown',
      'asked after closing': 'project.none-open',
    });
    expect(process_.events.states['demand.dataset:d1']?.at(-1)).toBe('succeeded');
  });

  it.each([
    ['a message port of the window', overPort],
    ['HTTP and a WebSocket', overHttp],
  ])('over %s have the same replies, refusals and events as without a border', async (_name, open) => {
    const played = await play(await open());
    // Only a border has a size that it lets pass.
    const tooLarge = { ok: false, error: { code: 'request.too-large', params: { limitMb: REQUEST_LIMIT_MB } } };
    expect(played.replies).toEqual({ ...(process_.replies as object), 'too large': tooLarge });
    expect(played.events).toEqual(process_.events);
  });
});
