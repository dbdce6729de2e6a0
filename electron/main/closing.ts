import { setTimeout as delay } from 'node:timers/promises';
import { type BrowserWindow, dialog } from 'electron';
import type { JobRecord } from '../../shared/contract/project.ts';
import type { Translate } from '../../shared/i18n/translate.ts';
import { isSettled } from '../../shared/jobs/state.ts';
import type { Engine } from '../engine/engine.ts';
import type { ProjectStatus } from '../hosting/open-projects.ts';

/** An engine that is alive answers this question at once. */
const ANSWER_MS = 5_000;
/** A locked project without jobs has parted with its engine by then. */
const PARTED_MS = 1_000;

/** Asks before jobs are paused; true when the window may close. */
export async function mayCloseProject(
  window: BrowserWindow,
  project: ProjectStatus,
  engine: Engine,
  actor: string,
  t: Translate,
): Promise<boolean> {
  const warning = project.locked ? await ofLocked(project, t) : await ofOpen(engine, actor, t);
  if (warning === null) return true;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    ...warning,
    buttons: [t('window.dialog.pauseAndClose'), t('window.dialog.keepOpen')],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}

interface Warning {
  readonly message: string;
  readonly detail: string;
}

/** Its engine tells nothing, but parts from a locked project once no job runs. */
async function ofLocked({ parted }: ProjectStatus, t: Translate): Promise<Warning | null> {
  const working = await within(
    PARTED_MS,
    parted.then(() => false),
    true,
  );
  return working ? { message: t('window.dialog.busyLockedTitle'), detail: t('window.dialog.busyDetail') } : null;
}

async function ofOpen(engine: Engine, actor: string, t: Translate): Promise<Warning | null> {
  const count = await unfinishedJobs(engine, actor);
  if (count === 0) return null;
  return count === null
    ? { message: t('window.dialog.busyUnknownTitle'), detail: t('window.dialog.busyUnknownDetail') }
    : { message: t('window.dialog.busyTitle', { count }), detail: t('window.dialog.busyDetail') };
}

/** How many jobs run or wait; null when the engine does not say. */
async function unfinishedJobs(engine: Engine, actor: string): Promise<number | null> {
  const reply = await within(ANSWER_MS, engine.call('jobs.list', {}, actor), null);
  if (reply === null) return null;
  // An engine that has ended runs nothing.
  if (!reply.ok) return 0;
  return (reply.value as readonly JobRecord[]).filter(({ state }) => !isSettled(state)).length;
}

/** The answer, or what stands for it when none comes in time. */
async function within<T, S>(ms: number, answer: Promise<T>, silent: S): Promise<T | S> {
  const silence = new AbortController();
  const found = await Promise.race([answer, delay(ms, silent, { signal: silence.signal }).catch(() => silent)]);
  silence.abort();
  return found;
}
