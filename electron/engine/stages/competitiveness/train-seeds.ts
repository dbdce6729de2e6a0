import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { because } from '../../../../shared/errors/reasons.ts';
import type { Progress } from '../../../../shared/jobs/state.ts';
import { type RunRecord, runRecordSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { MOST_SEEDS, type SeedRun } from '../../../../shared/stages/competitiveness/seeds.ts';
import { CHECKPOINT_INDEX } from '../../../../shared/worker/training.ts';
import { readUnderKey, type SealKey, writeUnderKey } from '../../../files/sealed-file.ts';
import type { StepContext } from '../../artifacts/kind.ts';
import { type AskedTraining, type TrainedRun, trainedHere } from './trained-here.ts';
import { createCurve, type TrainingCurve } from './training-curve.ts';

type Context = Pick<
  StepContext<unknown>,
  'worker' | 'deps' | 'spoolFolder' | 'spoolKey' | 'signal' | 'pause' | 'progress' | 'series'
>;

/** Seeds from each of which a recipe is trained; from its own alone where left out. */
export const seedListSchema = z.array(z.int().min(0).max(4294967295)).min(2).max(MOST_SEEDS).optional();

/** A training that is over, as its folder keeps it until the last of the seeds is over. */
const finishedSchema = z.strictObject({
  record: runRecordSchema.pick({
    kind: true,
    trainableParameters: true,
    parameters: true,
    steps: true,
    bestStep: true,
    stoppedEarly: true,
    contrast: true,
    addedRows: true,
    trainDurationMs: true,
    peakMemoryMb: true,
    provider: true,
    notices: true,
  }),
  wallMs: z.nullable(z.number()),
  tunedSha256: z.string(),
  hasAdapter: z.boolean(),
  /** The curve, in the form of `jobs.series` but for the job. */
  series: z.string(),
});

/** One training, ready to be measured. */
export interface OneTraining extends Omit<TrainedRun, 'curve'> {
  readonly seed: number;
  readonly series: string;
  readonly curve: TrainingCurve;
}

const FINISHED = 'finished.json';
const TUNED = 'tuned.safetensors';
const ADAPTER = 'adapter.safetensors';

/** Trains one recipe from each seed, one after another, and gives each to `measure` when it is over. Seeds that were over before an interruption are not
 *  trained again; the one under way goes on from its checkpoint. Null where a pause was asked for.
 *  @throws AppError of the model, the data or a training; the reason of the signal */
export async function trainSeeds<M>(
  context: Context,
  asked: AskedTraining,
  seeds: readonly number[],
  measure: (training: OneTraining) => Promise<M>,
): Promise<readonly M[] | null> {
  const { spoolFolder, spoolKey, series } = context;
  const areSeveral = seeds.length > 1;
  // The job's own folder says that it can go on, whichever seed is at work.
  if (areSeveral) await writeUnderKey(join(spoolFolder, CHECKPOINT_INDEX), spoolKey, [Buffer.from('{}')]);
  const measured: M[] = [];
  for (const [at, seed] of seeds.entries()) {
    const spool = areSeveral ? join(spoolFolder, `seed-${seed}`) : spoolFolder;
    await mkdir(spool, { recursive: true });
    const curve = createCurve(partOf(context, at, seeds.length), series);
    const before = areSeveral ? await finishedBefore(spool, spoolKey) : null;
    const training = before ?? (await trained({ ...context, spoolFolder: spool }, asked, seed, curve, areSeveral));
    if (training === null) return null;
    measured.push(await measure({ ...training, seed, curve }));
  }
  return measured;
}

/** A training for one of several classes that was measured. */
interface MeasuredSeed {
  readonly training: OneTraining;
  readonly onDev: { readonly macroF1: number } | null;
  readonly evaluated: { readonly evaluation: RunRecord['test'] };
}

export function seedRun({ training: { seed, record }, onDev, evaluated: { evaluation } }: MeasuredSeed): SeedRun {
  return {
    seed,
    dev: onDev?.macroF1 ?? null,
    accuracy: evaluation.accuracy.value,
    macroF1: evaluation.macroF1.value,
    steps: record.steps,
    trainDurationMs: record.trainDurationMs,
  };
}

type Over = Omit<OneTraining, 'seed' | 'curve'>;

/** Null where a pause was asked for. */
async function trained(
  context: Context,
  asked: AskedTraining,
  seed: number,
  curve: TrainingCurve,
  keeps: boolean,
): Promise<Over | null> {
  const { spoolFolder, spoolKey } = context;
  const run = await trainedHere(context, { ...asked, config: { ...asked.config, seed } }, curve);
  if (run === null) return null;
  const { curve: end, ...over } = run;
  const series = JSON.stringify(curve.finished(end));
  if (keeps) {
    const { record, wallMs, adapterFile, tunedFile } = over;
    const tunedSha256 = await sha256Of(tunedFile, spoolKey);
    const finished = finishedSchema.parse({ record, wallMs, tunedSha256, hasAdapter: adapterFile !== null, series });
    await writeUnderKey(join(spoolFolder, FINISHED), spoolKey, [Buffer.from(JSON.stringify(finished))]);
    // Checkpoints of a training that is over are several times as large as what it found.
    const lasting = [FINISHED, TUNED, ADAPTER];
    for (const name of await readdir(spoolFolder)) {
      if (!lasting.includes(name)) await rm(join(spoolFolder, name), { force: true });
    }
  }
  return { ...over, series };
}

/** What a seed left that was over before an interruption; null where none was.
 *  @throws AppError 'train.checkpoint' where its files are not what it left */
async function finishedBefore(spool: string, key: SealKey): Promise<Over | null> {
  const path = join(spool, FINISHED);
  if (!existsSync(path)) return null;
  let finished: z.output<typeof finishedSchema>;
  try {
    finished = finishedSchema.parse(JSON.parse((await readUnderKey(path, key)).toString('utf8')));
  } catch (cause) {
    throw new AppError('train.checkpoint', { problem: because('file-invalid', { file: FINISHED }) }, { cause });
  }
  const { record, wallMs, tunedSha256, hasAdapter, series } = finished;
  const tunedFile = join(spool, TUNED);
  if (!existsSync(tunedFile) || (await sha256Of(tunedFile, key)) !== tunedSha256) {
    throw new AppError('train.checkpoint', { problem: because('file-other', { file: TUNED }) });
  }
  const adapterFile = hasAdapter ? join(spool, ADAPTER) : null;
  return { record, wallMs, tunedFile, adapterFile, devLogits: null, series };
}

async function sha256Of(path: string, key: SealKey): Promise<string> {
  return createHash('sha256')
    .update(await readUnderKey(path, key))
    .digest('hex');
}

/** Progress of one of several trainings as progress of them all. */
function partOf({ progress, deps }: Context, at: number, total: number): (progress: Progress) => void {
  const startedMs = deps.monotonicMs();
  return (one) => {
    const left =
      one.etaMs === null ? null : one.etaMs + (total - 1 - at) * (deps.monotonicMs() - startedMs + one.etaMs);
    progress({ ...one, fraction: (at + one.fraction) / total, etaMs: left });
  };
}
