import { setTimeout as delay } from 'node:timers/promises';
import { type BrowserWindow, dialog } from 'electron';
import type { JobRecord } from '../../shared/contract/project.ts';
import type { Translate } from '../../shared/i18n/translate.ts';
import { isSettled } from '../../shared/jobs/state.ts';
import type { Engine } from '../engine/engine.ts';

/** An engine that is alive answers this question at once. */
const ANSWER_MS = 5_000;

/** Asks before jobs are paused; true when the window may close. */
export async function mayCloseProject(
  window: BrowserWindow,
  engine: Engine,
  actor: string,
  t: Translate,
): Promise<boolean> {
  const count = await unfinishedJobs(engine, actor);
  if (count === 0) return true;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: count === null ? t('window.dialog.busyUnknownTitle') : t('window.dialog.busyTitle', { count }),
    detail: t(count === null ? 'window.dialog.busyUnknownDetail' : 'window.dialog.busyDetail'),
    buttons: [t('window.dialog.pauseAndClose'), t('window.dialog.keepOpen')],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}

/** How many jobs run or wait; null when the engine does not say. */
async function unfinishedJobs(engine: Engine, actor: string): Promise<number | null> {
  const silence = new AbortController();
  const reply = await Promise.race([
    engine.call('jobs.list', {}, actor),
    delay(ANSWER_MS, null, { signal: silence.signal }).catch(() => null),
  ]);
  silence.abort();
  if (reply === null) return null;
  // An engine that has ended runs nothing.
  if (!reply.ok) return 0;
  return (reply.value as readonly JobRecord[]).filter(({ state }) => !isSettled(state)).length;
}
