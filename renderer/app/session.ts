import { create } from 'zustand';
import type { AppInfo, Settings } from '../../shared/contract/app.ts';
import type { ProjectEvent } from '../../shared/contract/events.ts';
import type { Output } from '../../shared/contract/index.ts';
import type { JobRecord, JobSeries, Overview } from '../../shared/contract/project.ts';
import { AppError, toAppErrorJson } from '../../shared/errors/app-error.ts';
import { isActive } from '../../shared/jobs/state.ts';
import { call, currentTransport, setCurrentProject, whenLocked, whileShown } from '../engine.ts';
import { announceChange, forgetViews } from './changes.ts';
import { loadGuide } from './guide.ts';
import { useInspector } from './inspector.ts';
import { mergeSeries } from './job-series.ts';
import { placeInHistory, useNavigation } from './navigation.ts';
import { usePalette } from './palette-state.ts';
import { useVerification } from './verification.ts';

const PROJECT_KEY = 'workbench.project';

const DEFAULT_SETTINGS: Settings = {
  language: 'zh-CN',
  theme: 'system',
  threads: null,
  provider: null,
  actor: '',
  lockAfterMinutes: 15,
};

interface Session {
  readonly info: AppInfo | null;
  readonly settings: Settings;
  readonly projectId: string | null;
  readonly overview: Overview | null;
  /** Jobs of the open project by id. */
  readonly jobs: Readonly<Record<string, JobRecord>>;
  readonly series: Readonly<Record<string, JobSeries>>;
  readonly linked: boolean;
  /** The project asks for its password again; nothing of it is kept here meanwhile but its id. */
  readonly locked: boolean;
  /** The project file for which a password is wanted. */
  readonly asking: { readonly path: string; readonly readOnly: boolean } | null;
  readonly error: AppError | null;
}

/** What the frame knows of machine, user and open project. Jobs and curves follow the engine's events. */
export const useSession = create<Session>(() => ({
  info: null,
  settings: DEFAULT_SETTINGS,
  projectId: null,
  overview: null,
  jobs: {},
  series: {},
  linked: true,
  locked: false,
  asking: null,
  error: null,
}));

/** Any failure as an `AppError`, so that a screen can always show message and remedy. */
export function asAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError('internal.bug', {}, { cause: toAppErrorJson(error) });
}

/** Reads what stands of this machine again. */
export async function refreshInfo(): Promise<void> {
  useSession.setState({ info: await call('app.info', {}) });
}

let unsubscribe: (() => void) | null = null;
let overviewPlanned = false;

async function refreshOverview(): Promise<void> {
  const { projectId, locked } = useSession.getState();
  if (projectId === null || locked) return;
  await whileShown(call('project.overview', {}), (overview) => useSession.setState({ overview }));
}

/** Several changes in one moment lead to one request. */
function refreshOverviewSoon(): void {
  if (overviewPlanned) return;
  overviewPlanned = true;
  setTimeout(() => {
    overviewPlanned = false;
    refreshOverview().catch((error: unknown) => useSession.setState({ error: asAppError(error) }));
  }, 150);
}

function onEvent(event: ProjectEvent): void {
  const state = useSession.getState();
  switch (event.type) {
    case 'jobChanged': {
      const before = state.jobs[event.job.id];
      useSession.setState({ jobs: { ...state.jobs, [event.job.id]: event.job } });
      if (before?.state.type !== event.job.state.type) refreshOverviewSoon();
      break;
    }
    case 'seriesExtended': {
      const { series } = event;
      useSession.setState({
        series: { ...state.series, [series.jobId]: mergeSeries(state.series[series.jobId], series) },
      });
      break;
    }
    case 'verifyProgressed':
      useVerification.setState({ progress: event });
      break;
    case 'projectLocked':
      showLock();
      break;
    case 'projectChanged':
      announceChange(event.slots);
      refreshOverviewSoon();
      break;
  }
}

/** Shows an open project: loads its overview and jobs, then follows its events. */
async function enterProject(projectId: string): Promise<void> {
  // Of the project that was locked here, what was entered in forms and not yet sent stays.
  if (useSession.getState().projectId === projectId) forgetShown();
  else leaveProject();
  setCurrentProject(projectId);
  await whileShown(Promise.all([call('project.overview', {}), call('jobs.list', {})]), ([overview, jobs]) =>
    showProject(projectId, overview, jobs),
  );
}

function showProject(projectId: string, overview: Overview, jobs: readonly JobRecord[]): void {
  useSession.setState({
    projectId,
    overview,
    jobs: Object.fromEntries(jobs.map((job) => [job.id, job])),
    locked: false,
    error: null,
  });
  window.sessionStorage.setItem(PROJECT_KEY, projectId);
  unsubscribe = currentTransport().subscribe(projectId, onEvent, (linked) => {
    useSession.setState({ linked });
    if (linked) {
      announceChange(null);
      refreshOverviewSoon();
      refreshJobs().catch((error: unknown) => useSession.setState({ error: asAppError(error) }));
    }
  });
  for (const job of jobs.filter(({ lane, state }) => lane === 'train' && isActive(state))) void loadSeries(job.id);
}

/** Events tell of jobs that go on; one that ended while the line was down is only in the list. */
async function refreshJobs(): Promise<void> {
  await whileShown(call('jobs.list', {}), (jobs) =>
    useSession.setState({ jobs: Object.fromEntries(jobs.map((job) => [job.id, job])) }),
  );
}

/** Enters a project once it has been opened or made, and shows its map. @throws AppError */
export async function enterOpened(opening: Promise<{ readonly projectId: string }>): Promise<void> {
  const { projectId } = await opening;
  await enterProject(projectId);
  useNavigation.getState().go({ type: 'map' });
}

/** Opens a project file and shows its map; asks for the password where it is encrypted. @throws AppError */
export async function openProjectFile(path: string, readOnly = false): Promise<void> {
  try {
    await enterOpened(call('app.openProject', { path, readOnly }));
  } catch (error) {
    if (asAppError(error).code !== 'project.password-needed') throw error;
    useSession.setState({ asking: { path, readOnly } });
  }
}

/** @throws AppError 'project.password-wrong' and whatever opening a file can meet */
export async function openWithPassword(asking: NonNullable<Session['asking']>, password: string): Promise<void> {
  await enterOpened(call('app.openProject', { ...asking, password }));
  useSession.setState({ asking: null });
}

/** Follows the project no longer, and forgets what its engine has told. */
function forgetShown(): void {
  unsubscribe?.();
  unsubscribe = null;
  setCurrentProject(null);
  forgetViews();
  useInspector.getState().clear();
}

/** Forgets the open project on this side; the host keeps its file open until told to close it. */
function leaveProject(): void {
  forgetShown();
  window.sessionStorage.removeItem(PROJECT_KEY);
  useSession.setState({ projectId: null, overview: null, jobs: {}, series: {}, linked: true });
}

/** Closes the open project and goes to the list of projects. */
export async function closeProject(): Promise<void> {
  const { projectId } = useSession.getState();
  leaveProject();
  useSession.setState({ locked: false });
  useNavigation.getState().go({ type: 'home' });
  if (projectId !== null) await call('app.closeProject', { projectId });
}

/** Takes everything that the engine has told of the project from this side: its id, the page that was open and what was entered in forms stay. */
function showLock(): void {
  const { projectId, locked } = useSession.getState();
  if (projectId === null || locked) return;
  forgetShown();
  usePalette.getState().show(null);
  useSession.setState({ locked: true, overview: null, jobs: {}, series: {}, linked: true, error: null });
}

/** Asks for the password of the open project again; one that is not encrypted has none. */
export async function lockProject(): Promise<void> {
  const { projectId, overview } = useSession.getState();
  if (projectId === null || overview?.project.encrypted !== true) return;
  try {
    await call('app.lockProject', { projectId });
    showLock();
  } catch (error) {
    useSession.setState({ error: asAppError(error) });
  }
}

/** Goes on where the project was locked. @throws AppError */
export async function unlockProject(password: string): Promise<void> {
  const { projectId } = useSession.getState();
  if (projectId === null) return;
  await call('app.unlockProject', { projectId, password });
  await enterProject(projectId);
}

/** @throws AppError */
export async function changePassword(
  current: string | null,
  next: string | null,
): Promise<Output<'app.changePassword'>> {
  const { projectId } = useSession.getState();
  if (projectId === null) throw new AppError('project.none-open', {});
  const changed = await call('app.changePassword', { projectId, current, next });
  await refreshOverview();
  return changed;
}

/** How often the host is told that somebody is here. */
const ACTIVITY_EVERY_MS = 20_000;
let toldActiveMs = Number.NEGATIVE_INFINITY;

function noteActivity(): void {
  const { projectId, overview, locked } = useSession.getState();
  const now = performance.now();
  if (projectId === null || locked || overview?.project.encrypted !== true) return;
  if (now - toldActiveMs < ACTIVITY_EVERY_MS) return;
  toldActiveMs = now;
  call('app.noteActivity', { projectId }).catch(() => undefined);
}

function lockByKey(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== 'l') return;
  const { overview, locked } = useSession.getState();
  if (locked || overview?.project.encrypted !== true) return;
  event.preventDefault();
  void lockProject();
}

/** A hand on mouse or keyboard puts off the automatic lock; Ctrl/⌘+L locks at once. */
function followPerson(): void {
  for (const type of ['pointerdown', 'keydown', 'wheel'] as const) {
    window.addEventListener(type, noteActivity, { passive: true, capture: true });
  }
  window.addEventListener('keydown', lockByKey);
  whenLocked(showLock);
}

/** The curves of a training job so far; events extend them from then on. */
export async function loadSeries(jobId: string): Promise<void> {
  await whileShown(call('jobs.series', { jobId }), (series) => {
    const state = useSession.getState();
    useSession.setState({ series: { ...state.series, [jobId]: mergeSeries(state.series[jobId], series) } });
  });
}

export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const before = useSession.getState().settings;
  useSession.setState({ settings: { ...before, ...change } });
  try {
    useSession.setState({ settings: await call('app.changeSettings', { ...before, ...change }) });
  } catch (error) {
    useSession.setState({ settings: before, error: asAppError(error) });
  }
}

/** Brings the count in the top bar to what another answer said: the same number everywhere. */
export function showRefused(refusedRequests: number): void {
  const { info } = useSession.getState();
  if (info !== null) useSession.setState({ info: { ...info, refusedRequests } });
}

/** How often the count of refused requests is read again. */
const INFO_EVERY_MS = 20_000;

/** Reads machine and settings, and goes on with the project that this tab had open. */
export async function startSession(): Promise<void> {
  followPerson();
  try {
    const [info, settings] = await Promise.all([call('app.info', {}), call('app.settings', {}), loadGuide()]);
    useSession.setState({ info, settings });
    setInterval(() => {
      call('app.info', {}).then(
        (fresh) => useSession.setState({ info: fresh }),
        () => undefined,
      );
    }, INFO_EVERY_MS);
  } catch (error) {
    useSession.setState({ error: asAppError(error) });
    return;
  }
  const projectId = window.sessionStorage.getItem(PROJECT_KEY);
  if (projectId === null) return;
  try {
    await enterProject(projectId);
    useNavigation.getState().show(placeInHistory() ?? { type: 'map' });
  } catch (error) {
    if (asAppError(error).code === 'project.screen-locked') {
      window.sessionStorage.setItem(PROJECT_KEY, projectId);
      useSession.setState({ projectId, locked: true });
      useNavigation.getState().show(placeInHistory() ?? { type: 'map' });
      return;
    }
    // The host was restarted since: the list of projects is the honest place to be.
    leaveProject();
    useNavigation.getState().show({ type: 'home' });
  }
}
