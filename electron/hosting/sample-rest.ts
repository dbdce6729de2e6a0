import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SampleProgress } from '../../shared/contract/app.ts';
import type { Output } from '../../shared/contract/index.ts';
import { AppError, toAppErrorJson } from '../../shared/errors/app-error.ts';
import { isSettled } from '../../shared/jobs/state.ts';
import type { Engine } from '../engine/engine.ts';
import { ask } from './job-wait.ts';
import { playSteps, readSample, type SampleStep } from './sample.ts';
import type { Sources } from './sources.ts';

/** The rest of a sample's engagement, played at the press of a button while the project stays open. */
export interface SampleRest {
  start(projectId: string, engine: Engine): Promise<SampleProgress>;
  /** Ends after the step under way; its job is paused or cancelled by the jobs' own buttons. */
  stop(projectId: string): SampleProgress;
  progress(projectId: string, engine: Engine): Promise<SampleProgress>;
}

interface Play {
  state: SampleProgress['state'];
  step: SampleStep | null;
  done: number;
  readonly total: number;
  readonly folder: string;
  readonly steps: readonly SampleStep[];
  /** The run that all steps after the training build on. */
  runId: string;
  error: SampleProgress['error'];
  abort: AbortController;
}

const FIRST_FILE = 'messages.csv';
/** The run that the first step of every sample's rest trains, by the name that later steps call it. */
const FIRST_RUN = 'R1';
const RUN_SLOT = 'competitiveness.run:';

export function createSampleRest(samplesFolder: string, sources: Sources, actor: () => string): SampleRest {
  const plays = new Map<string, Play>();

  const shown = ({ state, step, done, total, error }: Play): SampleProgress => ({
    state,
    request: state === 'playing' ? (step?.request ?? null) : null,
    done,
    total,
    error,
  });

  const play = (projectId: string, engine: Engine, current: Play): void => {
    const first = current.done;
    current.state = 'playing';
    current.error = null;
    current.abort = new AbortController();
    const { folder, steps, abort } = current;
    playSteps(steps.slice(first), {
      engine,
      folder,
      sources,
      actor: actor(),
      waitForAll: true,
      signal: abort.signal,
      adjust: (input) => withRun(input, current.runId),
      onJob: ({ slot }) => {
        if (slot.startsWith(RUN_SLOT)) current.runId = slot.slice(RUN_SLOT.length);
      },
      onStep(index, step) {
        current.done = first + index;
        current.step = step;
      },
    })
      .then(() => {
        current.state = 'done';
        current.done = current.total;
      })
      .catch((error: unknown) => {
        if (plays.get(projectId) !== current) return;
        current.state = abort.signal.aborted ? 'stopped' : 'failed';
        current.error = abort.signal.aborted ? null : toAppErrorJson(error);
      });
  };

  return {
    async start(projectId, engine) {
      let current = plays.get(projectId);
      if (current === undefined) {
        const folder = await sampleFolderOf(engine, samplesFolder, actor());
        if (folder === null) throw new AppError('sample.not-a-sample', {});
        const steps = readSample(folder).rest;
        const run = await runByHand(engine, actor());
        const done = run === null || run === 'none' ? 0 : 1;
        current = {
          state: 'idle',
          step: null,
          done,
          total: steps.length,
          folder,
          steps,
          runId: done === 0 || run === null ? FIRST_RUN : run,
          error: null,
          abort: new AbortController(),
        };
        plays.set(projectId, current);
      }
      if (current.state !== 'playing' && current.state !== 'done') play(projectId, engine, current);
      return shown(current);
    },
    stop(projectId) {
      const current = plays.get(projectId);
      if (current === undefined) throw new AppError('sample.not-a-sample', {});
      current.abort.abort();
      return shown(current);
    },
    async progress(projectId, engine) {
      const current = plays.get(projectId);
      if (current !== undefined) return shown(current);
      const folder = await sampleFolderOf(engine, samplesFolder, actor());
      const run = folder === null ? null : await runByHand(engine, actor());
      const total = folder === null ? 0 : readSample(folder).rest.length;
      const done = run === null || run === 'none' ? 0 : 1;
      return { state: run === null ? 'unavailable' : 'idle', request: null, done, total, error: null };
    },
  };
}

/** A step of the rest with the run that stands in this project where it names the sample's own. */
export function withRun(input: unknown, runId: string): unknown {
  if (input === FIRST_RUN) return runId;
  if (Array.isArray(input)) return input.map((item) => withRun(item, runId));
  if (typeof input !== 'object' || input === null) return input;
  return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, withRun(value, runId)]));
}

/** The one run that somebody trained by hand, which the rest can build on; `none` before that. Null where they went on further, or are
 *  at it: the rest would come in between. */
async function runByHand(engine: Engine, actor: string): Promise<string | null> {
  const runs = await ask<Output<'competitiveness.runs'>>(engine, 'competitiveness.runs', {}, actor);
  const jobs = await ask<Output<'jobs.list'>>(engine, 'jobs.list', {}, actor);
  if (runs.length > 1 || jobs.some(({ lane, state }) => lane === 'train' && !isSettled(state))) return null;
  return runs[0]?.result.id ?? 'none';
}

/** The sample whose first file the project's first dataset is; null for any other project. */
async function sampleFolderOf(engine: Engine, samplesFolder: string, actor: string): Promise<string | null> {
  const { project } = await ask<Output<'project.overview'>>(engine, 'project.overview', {}, actor);
  if (!project.sample) return null;
  const datasets = await ask<Output<'demand.datasets'>>(engine, 'demand.datasets', {}, actor);
  const sha256 = datasets.find(({ id }) => id === 'd1')?.dataset.source.sha256;
  const folders = readdirSync(samplesFolder).map((name) => join(samplesFolder, name));
  return (
    folders.find((folder) => {
      const file = join(folder, FIRST_FILE);
      return existsSync(file) && createHash('sha256').update(readFileSync(file)).digest('hex') === sha256;
    }) ?? null
  );
}
