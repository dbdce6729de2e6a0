import { parseArgs } from 'node:util';
import type { RequestName } from '../shared/contract/index.ts';
import { isSettled } from '../shared/jobs/state.ts';
import type { RunConfig } from '../shared/train/run-config.ts';
import type { Bench } from './bench.ts';
import { type MeasuredHost, startMeasuredHost } from './measured-host.ts';

const MODEL = 'all-MiniLM-L6-v2';
const BETWEEN_ROUNDS_MS = 100;
const BETWEEN_CHECKS_MS = 50;
/** Part of the time that counts as warm-up for memory: caches and compiled code fill. */
const WARM_UP_SHARE = 0.3;
const MS_PER_MINUTE = 60_000;
/** A collection holds the host for some hundredths of a second. */
const COLLECT_EVERY_MS = 5_000;
/** Small batches: steps of some hundred milliseconds and a process of less than a gigabyte. */
const CONFIG: RunConfig = {
  method: { type: 'full', freezeEmbeddings: true },
  epochs: 500,
  batchSize: 8,
  maxLength: 48,
  learningRate: 1e-5,
  schedule: 'constant',
  warmupShare: 0,
  weightDecay: 0.01,
  dropout: 0.1,
  maxGradNorm: 1,
  classWeights: 'none',
  headStart: 'random',
  earlyStopPatience: null,
  seed: 7,
};

/** Figures of a host that was kept busy; times in milliseconds, memory in MB. */
export interface LoadFigures {
  readonly seconds: number;
  readonly requests: number;
  readonly request_p50_ms: number;
  readonly request_p95_ms: number;
  readonly request_max_ms: number;
  readonly training_steps: number;
  readonly step_ms: number;
  /** Inference jobs that ran to their end beside the training. */
  readonly inference_jobs: number;
  readonly host_loop_delay_p95_ms: number;
  readonly host_loop_delay_max_ms: number;
  readonly host_resident_mb: number;
  /** Least squares over the time after the warm-up. */
  readonly host_slope_mb_per_min: number;
  readonly host_heap_slope_mb_per_min: number;
  /** Of what is still reachable after a collection: the one that shows a leak. */
  readonly host_live_mb: number;
  readonly host_live_slope_mb_per_min: number;
  readonly children_resident_mb: number | null;
  readonly children_slope_mb_per_min: number | null;
}

/** `load [--seconds N]`: a model trains, texts are classified again and again, and a screen asks for what it shows: times of requests, memory and event loop of the host. */
export const load: Bench = async (args) => {
  const { values } = parseArgs({ args: [...args], options: { seconds: { type: 'string', default: '60' } } });
  return holdLoad(Number(values.seconds));
};

export async function holdLoad(seconds: number): Promise<LoadFigures> {
  const host = await startMeasuredHost();
  try {
    const { projectId } = await host.call('app.createProject', { path: null, name: 'Load', customer: '', period: '' });
    const session: Session = { host, projectId };
    const { runId } = await prepare(session);
    const stop = new AbortController();
    const inference = inferAgain(session, stop.signal);
    const figures = await poll(session, runId, seconds);
    stop.abort();
    return { ...figures, inference_jobs: await inference };
  } finally {
    await host.close();
  }
}

interface Session {
  readonly host: MeasuredHost;
  readonly projectId: string;
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function ended({ host, projectId }: Session, jobId: string): Promise<string> {
  for (;;) {
    const { state } = await host.call('jobs.get', { jobId }, projectId);
    if (isSettled(state)) return state.type;
    await pause(BETWEEN_CHECKS_MS);
  }
}

async function done(session: Session, started: { readonly jobId: string }): Promise<void> {
  const state = await ended(session, started.jobId);
  if (state !== 'succeeded') throw new Error(`${started.jobId} ${state}`);
}

const SUBJECTS = ['My card', 'The loan', 'The branch', 'The app', 'The fee', 'My transfer', 'The statement', 'Support'];
const PROBLEMS = [
  'was declined',
  'took a week',
  'rejects my password',
  'is too expensive',
  'never arrives',
  'is unclear',
];
const TIMES = ['since Monday', 'for the second time', 'without notice', 'while I travel', 'although I called', 'again'];
const ROWS = 20_000;
const LABELLED_ROWS = 600;

/** Messages of which the first are labelled by their subject; the rest make the tables as long as a customer's. */
function messages(): string {
  const lines = Array.from({ length: ROWS }, (_, i) => {
    const subject = i % SUBJECTS.length;
    const problem = PROBLEMS[Math.floor(i / SUBJECTS.length) % PROBLEMS.length];
    const time = TIMES[Math.floor(i / (SUBJECTS.length * PROBLEMS.length)) % TIMES.length];
    return `${i},${SUBJECTS[subject]} ${problem} ${time} (${i}),${i < LABELLED_ROWS ? `class ${subject}` : ''}`;
  });
  return `id,message,class\n${lines.join('\n')}\n`;
}

/** Data, labels, split and a training that outlasts the measurement. */
async function prepare(session: Session): Promise<{ runId: string }> {
  const { host, projectId } = session;
  const imported = {
    sourceId: await host.upload('messages.csv', messages()),
    name: 'Messages',
    kind: 'feedback',
    overrides: {},
    columns: [
      { id: 'c0', name: 'id', role: 'ignore' },
      { id: 'c1', name: 'message', role: 'text' },
      { id: 'c2', name: 'class', role: 'label' },
    ],
  } as const;
  await done(
    session,
    await host.call('demand.importSource', { ...imported, columns: [...imported.columns] }, projectId),
  );
  const columns = [{ datasetId: 'd1', columnId: 'c2' }];
  await done(session, await host.call('competitiveness.chooseLabels', { type: 'columns', columns }, projectId));
  const split = {
    test: { type: 'share', share: 0.2 },
    devShare: 0.1,
    modelId: MODEL,
    maxLength: 48,
    seed: 1,
  } as const;
  await done(session, await host.call('competitiveness.prepareData', split, projectId));
  const training = { name: 'Load', modelId: MODEL, config: CONFIG };
  const { jobId } = await host.call('competitiveness.train', training, projectId);
  while ((await stepsOf(session, jobId)) < 2) await pause(BETWEEN_CHECKS_MS);
  return { runId: jobId };
}

async function stepsOf({ host, projectId }: Session, jobId: string): Promise<number> {
  const { state } = await host.call('jobs.get', { jobId }, projectId);
  if (isSettled(state)) throw new Error(`the training ${state.type}`);
  return 'progress' in state && state.progress.phase === 'training' ? state.progress.done : 0;
}

/** Embeds with the frozen encoder, over and over, with another seed each time so that nothing is taken as done. */
async function inferAgain(session: Session, stop: AbortSignal): Promise<number> {
  const { host, projectId } = session;
  let jobs = 0;
  for (let seed = 1; !stop.aborted; seed++) {
    const { jobId } = await host.call('competitiveness.measureFloors', { modelId: MODEL, seed }, projectId);
    const ending = ended(session, jobId);
    const cancelled = new Promise<void>((resolve) => stop.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([ending, cancelled]);
    if (stop.aborted) {
      await host.reply('jobs.cancel', { jobId }, projectId);
      await ending;
    } else jobs++;
  }
  return jobs;
}

/** Everything that a screen, an open drawer and the running training ask for, one round after another. */
async function poll(session: Session, jobId: string, seconds: number): Promise<Omit<LoadFigures, 'inference_jobs'>> {
  const { host, projectId } = session;
  const round: readonly (readonly [RequestName, unknown])[] = [
    ['project.overview', {}],
    ['jobs.list', {}],
    ['jobs.series', { jobId }],
    ['demand.datasets', {}],
    ['demand.topics', {}],
    ['demand.needs', {}],
    ['competitiveness.runs', {}],
    ['project.rows', { ref: { type: 'dataset', datasetId: 'd1' }, offset: 12_300, limit: 100 }],
    ['project.rows', { ref: { type: 'label', label: 'class 1', part: 'train' }, offset: 0, limit: 100 }],
    ['project.search', { text: 'loan took', limit: 20 }],
    ['project.rename', { name: 'Load', customer: '', period: '' }],
  ];
  const times: number[] = [];
  const memory: Sample[] = [];
  const firstStep = await stepsOf(session, jobId);
  const startedAt = performance.now();
  await host.measure();
  let loopP95 = 0;
  let loopMax = 0;
  let collectAtMs = 0;
  while (performance.now() - startedAt < seconds * 1000) {
    for (const [name, input] of round) {
      const askedAt = performance.now();
      const reply = await host.reply(name, input, projectId);
      times.push(performance.now() - askedAt);
      if (!reply.ok) throw new Error(`${name}: ${reply.error.code}`);
    }
    const isDue = performance.now() - startedAt >= collectAtMs;
    if (isDue) collectAtMs = performance.now() - startedAt + COLLECT_EVERY_MS;
    const figures = await host.measure(isDue ? 'collect' : 'measure');
    loopP95 = Math.max(loopP95, figures.loopDelayP95Ms);
    loopMax = Math.max(loopMax, figures.loopDelayMaxMs);
    memory.push({ ms: performance.now() - startedAt, ...figures, childrenMb: host.childrenMb() });
    await pause(BETWEEN_ROUNDS_MS);
  }
  const elapsedMs = performance.now() - startedAt;
  const steps = (await stepsOf(session, jobId)) - firstStep;
  await host.call('jobs.cancel', { jobId }, projectId);
  await ended(session, jobId);

  const warm = memory.filter(({ ms }) => ms >= WARM_UP_SHARE * elapsedMs);
  const slope = (value: (sample: Sample) => number) => slopePerMinute(warm.map((sample) => [sample.ms, value(sample)]));
  const last = memory.at(-1);
  const live = warm.flatMap(({ ms, liveMb }) => (liveMb === null ? [] : [[ms, liveMb] as const]));
  times.sort((a, b) => a - b);
  return {
    seconds: elapsedMs / 1000,
    requests: times.length,
    request_p50_ms: at(times, 0.5),
    request_p95_ms: at(times, 0.95),
    request_max_ms: at(times, 1),
    training_steps: steps,
    step_ms: elapsedMs / steps,
    host_loop_delay_p95_ms: loopP95,
    host_loop_delay_max_ms: loopMax,
    host_resident_mb: last?.residentMb ?? 0,
    host_slope_mb_per_min: slope(({ residentMb }) => residentMb),
    host_heap_slope_mb_per_min: slope(({ heapMb }) => heapMb),
    host_live_mb: live.at(-1)?.[1] ?? 0,
    host_live_slope_mb_per_min: slopePerMinute(live),
    children_resident_mb: last?.childrenMb ?? null,
    children_slope_mb_per_min: last?.childrenMb == null ? null : slope(({ childrenMb }) => childrenMb ?? 0),
  };
}

interface Sample {
  readonly ms: number;
  readonly residentMb: number;
  readonly heapMb: number;
  readonly liveMb: number | null;
  readonly childrenMb: number | null;
}

const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

function slopePerMinute(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([ms]) => ms)), mean(points.map(([, mb]) => mb))];
  const over = points.reduce((sum, [ms, mb]) => sum + (ms - x) * (mb - y), 0);
  const under = points.reduce((sum, [ms]) => sum + (ms - x) ** 2, 0);
  return under === 0 ? 0 : (over / under) * MS_PER_MINUTE;
}
