import { beforeEach, describe, expect, it } from 'vitest';
import type { ProjectEvent } from '../../shared/contract/events.ts';
import { type FakeEngine, fakeEngine } from '../../test/integration/fake-engine.ts';
import { createAutoLock } from './auto-lock.ts';
import { createOpenProjects, type OpenProjects } from './open-projects.ts';

const PASSWORD = 'a long password';
const MINUTE = 60_000;
let engines: FakeEngine[];
let projects: OpenProjects;
beforeEach(() => {
  engines = [];
  projects = createOpenProjects(async (path, mode) => {
    const before = engines.at(-1);
    if (before !== undefined && mode.password !== PASSWORD) throw new Error('wrong');
    const engine = fakeEngine(path, mode, (name) => (name === 'jobs.list' ? { ok: true, value: [] } : null));
    engines.push(engine);
    return engine;
  });
});

const create = (password: string | null = PASSWORD) =>
  projects.open('/p.csw', { type: 'create', name: 'n', customer: '', period: '', sample: false, password });
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('a locked project', () => {
  it('refuses everything but its password, and keeps its id', async () => {
    const { projectId } = await create();
    await projects.lock(projectId);
    expect(() => projects.get(projectId)).toThrow('project.screen-locked');
    await turn();
    expect(engines[0]?.disposed).toBe(true);
    await expect(projects.unlock(projectId, 'another')).rejects.toThrow('wrong');
    expect(() => projects.get(projectId)).toThrow('project.screen-locked');
    expect((await projects.unlock(projectId, PASSWORD)).projectId).toBe(projectId);
    expect(projects.get(projectId).engine).toBe(engines[1]);
  });

  it('keeps its engine while jobs run, and tries the password on that', async () => {
    const { projectId } = await create();
    engines[0]?.holdIdle();
    await projects.lock(projectId);
    await turn();
    expect(engines[0]?.disposed).toBe(false);
    await expect(projects.unlock(projectId, 'another')).rejects.toThrow('project.password-wrong');
    await projects.unlock(projectId, PASSWORD);
    expect(engines).toHaveLength(1);
  });

  it('is opened again only with its password', async () => {
    await projects.lock((await create()).projectId);
    await expect(projects.open('/p.csw', { type: 'open' })).rejects.toThrow('project.password-needed');
    expect((await projects.open('/p.csw', { type: 'open', password: PASSWORD })).engine).toBe(engines[1]);
  });

  it('tells nothing more to who was listening until it is unlocked, then goes on', async () => {
    const { projectId } = await create();
    const heard: string[] = [];
    projects.subscribe(projectId, { event: ({ type }) => void heard.push(type), closed: () => heard.push('closed') });
    const news: ProjectEvent = { type: 'projectChanged', dataVersion: 1, slots: [] };
    engines[0]?.holdIdle();
    await projects.lock(projectId);
    engines[0]?.emit(news);
    expect(heard).toEqual([]);
    await projects.unlock(projectId, PASSWORD);
    engines[0]?.emit(news);
    expect(heard).toEqual(['projectChanged']);
  });

  it('can only be one that is encrypted', async () => {
    await expect(projects.lock((await create(null)).projectId)).rejects.toThrow('project.not-encrypted');
  });
});

describe('the automatic lock', () => {
  it.each([
    [15, 14, true],
    [15, 15, false],
    [null, 10_000, true],
  ] as const)('after %s minutes, seen after %s: open is %s', async (setting, minutes, open) => {
    const { projectId } = await create();
    let now = new Date('2026-11-26T09:00:00Z').getTime();
    const lock = createAutoLock(
      projects,
      () => setting,
      () => new Date(now),
    );
    lock.used(projectId);
    now += minutes * MINUTE;
    await lock.check();
    expect(projects.unlocked()).toEqual(open ? [projectId] : []);
    lock.close();
  });

  it('counts from the last thing that a person did', async () => {
    const { projectId } = await create();
    let now = 0;
    const lock = createAutoLock(
      projects,
      () => 5,
      () => new Date(now),
    );
    lock.used(projectId);
    now = 4 * MINUTE;
    lock.used(projectId);
    now = 8 * MINUTE;
    await lock.check();
    expect(projects.unlocked()).toEqual([projectId]);
    now = 9 * MINUTE;
    await lock.check();
    expect(projects.unlocked()).toEqual([]);
    lock.close();
  });
});
