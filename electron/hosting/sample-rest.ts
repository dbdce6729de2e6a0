import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SampleProgress } from '../../shared/contract/app.ts';
import type { Output } from '../../shared/contract/index.ts';
import { AppError, toAppErrorJson } from '../../shared/errors/app-error.ts';
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
  error: SampleProgress['error'];
  abort: AbortController;
}

const FIRST_FILE = 'messages.csv';

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
        const done = 0;
        current = {
          state: 'idle',
          step: null,
          done,
          total: steps.length,
          folder,
          steps,
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
      const state = folder === null || (await hasRun(engine, actor())) ? 'unavailable' : 'idle';
      const total = folder === null ? 0 : readSample(folder).rest.length;
      return { state, request: null, done: 0, total, error: null };
    },
  };
}

/** Somebody went on by hand: the rest would come in between. */
async function hasRun(engine: Engine, actor: string): Promise<boolean> {
  return (await ask<Output<'competitiveness.runs'>>(engine, 'competitiveness.runs', {}, actor)).length > 0;
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
