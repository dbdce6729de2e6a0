import { resolve } from 'node:path';
import type { EngineDeps } from '../../electron/engine/deps.ts';
import { type Engine, type OpenMode, openEngine } from '../../electron/engine/engine.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import { waitForJob } from '../../electron/hosting/job-wait.ts';
import { anywhere } from '../../electron/hosting/project-paths.ts';
import { resourcePathsAt } from '../../electron/hosting/resource-paths.ts';
import type { Input, Output, ProjectRequestName } from '../../shared/contract/index.ts';
import type { JobRecord } from '../../shared/contract/project.ts';
import { AppError, type AppErrorJson, fromAppErrorJson } from '../../shared/errors/app-error.ts';
import { errorText } from '../../shared/i18n/error-text.ts';
import { createTranslate } from '../../shared/i18n/translate.ts';

/** What a person reads of a refusal, in English; '' where nothing was refused. */
export function readText(error: Pick<AppErrorJson, 'code' | 'params'> | null): string {
  return error === null ? '' : errorText(createTranslate('en'), error).message;
}

/** What hosts give the engine, with real processes and the repository's own models; sources are paths written `file:PATH`. */
export function testDeps(overrides: Partial<EngineDeps> = {}): EngineDeps {
  return {
    spawn: forkEntry,
    async resolveSource(sourceId) {
      if (!sourceId.startsWith('file:')) throw new AppError('source.not-found', { sourceId });
      const path = sourceId.slice('file:'.length);
      return { path, name: path.split('/').at(-1) ?? path, key: null };
    },
    resolveTarget: async (path) => anywhere(process.cwd()).forNew(path),
    modelsFolder: resolve(import.meta.dirname, '../../models'),
    // Nothing is there unless a test names a folder of its own.
    ownModelsFolder: resolve(import.meta.dirname, '../../no-own-models'),
    packFolder: resolve(import.meta.dirname, '../golden/no-pack'),
    appVersion: 'test',
    packageParts: resourcePathsAt(resolve(import.meta.dirname, '../..')).packageParts,
    printPdf: async () => ({ type: 'unavailable', reason: 'no-browser' }),
    now: () => new Date(),
    monotonicMs: () => performance.now(),
    // Two files run at a time: threads that spin for one another would make both take nearly twice as long.
    threads: () => 1,
    provider: () => 'cpu',
    verifyReplies: true,
    log: (entry) => {
      if (entry.level === 'error') console.error(entry.what, entry.detail ?? '');
    },
    ...overrides,
  };
}

const ACTOR = 'test';
export const CREATE: OpenMode = { type: 'create', name: 'Test', customer: '', period: '', sample: false };
/** Requests that answer with a job. */
type JobRequestName = {
  [N in ProjectRequestName]: Output<N> extends { jobId: string }
    ? Output<N> extends { jobId: string; steps: unknown }
      ? never
      : N
    : never;
}[ProjectRequestName];

/** A project in this process, asked by the names and types of the contract. */
export interface TestProject {
  readonly engine: Engine;
  /** @throws the AppError of a refusal */
  call<N extends ProjectRequestName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** The error with which a request is refused. */
  refusal<N extends ProjectRequestName>(name: N, input: Input<N>): Promise<AppErrorJson>;
  /** Starts a job and waits until nothing more happens to it by itself. */
  settle<N extends JobRequestName>(name: N, input: Input<N>): Promise<JobRecord>;
  /** Starts a job and waits until it has succeeded. @throws the AppError with which it failed */
  done<N extends JobRequestName>(name: N, input: Input<N>): Promise<JobRecord>;
  settled(jobId: string): Promise<JobRecord>;
  /** Waits for a fact about a job. */
  jobReaches(jobId: string, reached: (job: JobRecord) => boolean): Promise<JobRecord>;
}

export async function openTestProject(
  path: string,
  mode: OpenMode,
  overrides: Partial<EngineDeps> = {},
): Promise<TestProject> {
  const engine = await openEngine(testDeps(overrides), path, mode);
  const call: TestProject['call'] = async (name, input) => {
    const reply = await engine.call(name, input, ACTOR);
    if (!reply.ok) throw fromAppErrorJson(reply.error);
    return reply.value as never;
  };
  const settled = (jobId: string) => waitForJob(engine, jobId, ACTOR);
  const settle: TestProject['settle'] = async (name, input) => {
    const { jobId } = (await call(name, input)) as { jobId: string };
    return settled(jobId);
  };
  return {
    engine,
    call,
    async refusal(name, input) {
      const reply = await engine.call(name, input, ACTOR);
      if (reply.ok) throw new Error(`${name} was not refused`);
      return reply.error;
    },
    settle,
    async done(name, input) {
      const job = await settle(name, input);
      if (job.state.type === 'failed') throw fromAppErrorJson(job.state.error);
      if (job.state.type !== 'succeeded') throw new Error(`${name} ended ${job.state.type}`);
      return job;
    },
    settled,
    async jobReaches(jobId, reached) {
      const found = Promise.withResolvers<JobRecord>();
      const stop = engine.subscribe((event) => {
        if (event.type === 'jobChanged' && event.job.id === jobId && reached(event.job)) found.resolve(event.job);
      });
      try {
        const now = await call('jobs.get', { jobId });
        return reached(now) ? now : await found.promise;
      } finally {
        stop();
      }
    },
  };
}

/** A table as CSV, cells quoted where they must be. */
export function csv(header: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number) =>
    /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  return `${[header, ...rows].map((row) => row.map(cell).join(',')).join('\n')}\n`;
}
