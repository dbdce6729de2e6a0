import { createHash } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/errors/app-error.ts';
import { because, type Reason } from '../../../shared/errors/reasons.ts';
import type { RngState } from '../../../shared/rng.ts';
import { type Cursor, START } from '../../../shared/train/run-plan.ts';
import type { NamedTensor, NamedTensors, TrainerState } from '../../../shared/train/spec.ts';
import { type EpochEvaluation, CHECKPOINT_INDEX as INDEX } from '../../../shared/worker/training.ts';
import { readUnderKey, type SealKey, writeUnderKey } from '../../files/sealed-file.ts';
import { type Metadata, readSafetensors, writeSafetensors } from '../ort/safetensors.ts';

/** A checkpoint is a tensor file and `checkpoint.json`, which names it. The rename of the JSON file is the moment at which a checkpoint
 *  counts; whatever a crash leaves besides is deleted by the next one. */
const STATE_FILE = /^state-\d+\.safetensors$/;
const BEST_FILE = /^best-\d+\.safetensors$/;
const TEMPORARY = '.tmp';

/** Hashes of all that a run depends on: a checkpoint of another run is refused. */
export const runHashesSchema = z.strictObject({ config: z.string(), data: z.string(), model: z.string() });
export type RunHashes = z.output<typeof runHashesSchema>;

/** Everything of a run that is not in its tensors. */
export interface LoopState {
  readonly cursor: Cursor;
  readonly rng: RngState;
  readonly losses: readonly number[];
  readonly evaluations: readonly EpochEvaluation[];
  /** The best weights so far; null before an evaluation. */
  readonly best: { readonly step: number; readonly score: number; readonly file: string } | null;
  readonly evaluationsSinceBest: number;
  readonly trainMs: number;
  readonly texts: number;
  readonly tokens: number;
}

/** A run that has done nothing yet, with its random numbers. */
export const nothingDone = (rng: RngState): LoopState => ({
  cursor: START,
  rng,
  losses: [],
  evaluations: [],
  best: null,
  evaluationsSinceBest: 0,
  trainMs: 0,
  texts: 0,
  tokens: 0,
});

const count = z.int().min(0);
const word = z.int().min(0).max(4294967295);
const indexSchema = z.strictObject({
  version: z.literal(1),
  hashes: runHashesSchema,
  /** Of what came before the training; left out for the training itself. */
  stage: z.literal('contrast').optional(),
  trainerStep: count,
  lossScale: z.strictObject({ scale: z.number().positive(), goodSteps: count }).optional(),
  file: z.string().regex(STATE_FILE),
  bytes: count,
  loop: z.strictObject({
    cursor: z.strictObject({ epoch: count, batch: count, step: count }),
    rng: z.strictObject({ words: z.tuple([word, word, word, word]), spareNormal: z.nullable(z.number()) }),
    losses: z.array(z.number()),
    evaluations: z.array(
      z.union([
        z.strictObject({ step: count, epoch: z.number(), accuracy: z.number(), macroF1: z.number(), loss: z.number() }),
        z.strictObject({ step: count, epoch: z.number(), score: z.number(), loss: z.number() }),
      ]),
    ),
    best: z.nullable(z.strictObject({ step: count, score: z.number(), file: z.string().regex(BEST_FILE) })),
    evaluationsSinceBest: count,
    trainMs: z.number(),
    texts: count,
    tokens: count,
  }),
});

export interface Checkpoints {
  /** The checkpoint of this run; null where there is none, or one of another stage.
   *  @throws AppError 'train.checkpoint' where it is broken or of another run */
  load(): Promise<{ readonly loop: LoopState; readonly trainer: TrainerState } | null>;
  save(loop: LoopState, trainer: TrainerState): Promise<void>;
  /** Keeps parameters beside the checkpoint; gives the file's name for `LoopState.best`. */
  saveBest(step: number, parameters: NamedTensors): Promise<string>;
  loadBest(file: string): Promise<NamedTensors>;
  /** Deletes all checkpoints. */
  clear(): Promise<void>;
}

/** Whether a run's folder names a checkpoint; whether it is a good one shows when it is loaded. */
export async function hasCheckpoint(folder: string): Promise<boolean> {
  return (await stat(join(folder, INDEX)).catch(() => null)) !== null;
}

/** @throws AppError 'train.checkpoint' where something was kept of a run that depends on other things */
export function assertOfRun(kept: RunHashes, hashes: RunHashes): void {
  for (const part of ['config', 'data', 'model'] as const) {
    if (kept[part] !== hashes[part]) throw refuse(because('made-with-other', { part }));
  }
}

const refuse = (problem: Reason, cause?: unknown) => new AppError('train.checkpoint', { problem }, { cause });

/** A stage has the folder to itself: its first checkpoint takes the place of those of the stage before it. */
export function openCheckpoints(
  folder: string,
  hashes: RunHashes,
  key: SealKey = null,
  stage?: 'contrast',
): Checkpoints {
  const sweep = async (keep: ReadonlySet<string>) => {
    for (const name of await readdir(folder).catch(() => [])) {
      const ours = STATE_FILE.test(name) || BEST_FILE.test(name) || name === INDEX || name.endsWith(TEMPORARY);
      if (ours && !keep.has(name)) await rm(join(folder, name), { force: true });
    }
  };

  return {
    async load() {
      if (!(await hasCheckpoint(folder))) return null;
      let index: z.output<typeof indexSchema>;
      try {
        index = indexSchema.parse(JSON.parse((await readUnderKey(join(folder, INDEX), key)).toString('utf8')));
      } catch (cause) {
        throw refuse(because('file-invalid', { file: INDEX }), cause);
      }
      assertOfRun(index.hashes, hashes);
      if (index.stage !== stage) return null;
      const path = join(folder, index.file);
      if ((await stat(path).catch(() => null))?.size !== index.bytes)
        throw refuse(because('file-short', { file: index.file }));
      const tensors = await readSafetensors(path, key);
      const part = (prefix: string) => {
        const named = new Map<string, NamedTensor>();
        for (const [name, { shape, data }] of tensors) {
          if (name.startsWith(prefix) && data instanceof Float32Array)
            named.set(name.slice(prefix.length), { shape, data });
        }
        return named;
      };
      const [parameter, firstMoment, secondMoment] = PREFIXES;
      const trainer = {
        step: index.trainerStep,
        parameters: part(parameter),
        firstMoments: part(firstMoment),
        secondMoments: part(secondMoment),
        ...withAllocation(part(ALLOCATION)),
        ...(index.lossScale === undefined ? {} : { lossScale: index.lossScale }),
      };
      return { loop: index.loop, trainer };
    },
    async save(loop, trainer) {
      await mkdir(folder, { recursive: true });
      const file = `state-${loop.cursor.step}.safetensors`;
      const all = new Map<string, NamedTensor>();
      for (const [i, part] of [trainer.parameters, trainer.firstMoments, trainer.secondMoments].entries()) {
        for (const [name, tensor] of part) all.set(`${PREFIXES[i]}${name}`, tensor);
      }
      for (const [name, tensor] of trainer.allocation ?? []) all.set(`${ALLOCATION}${name}`, tensor);
      await writeTensorsAtomically(folder, file, all, key);
      const { size: bytes } = await stat(join(folder, file));
      const { step: trainerStep, lossScale } = trainer;
      const index = { version: 1, hashes, stage, trainerStep, lossScale, file, bytes, loop };
      await writeTextAtomically(folder, INDEX, JSON.stringify(index), key);
      await sweep(new Set([INDEX, file, ...(loop.best === null ? [] : [loop.best.file])]));
    },
    async saveBest(step, parameters) {
      await mkdir(folder, { recursive: true });
      const file = `best-${step}.safetensors`;
      await writeTensorsAtomically(folder, file, parameters, key);
      return file;
    },
    async loadBest(file) {
      const named = new Map<string, NamedTensor>();
      for (const [name, { shape, data }] of await readSafetensors(join(folder, file), key)) {
        if (data instanceof Float32Array) named.set(name, { shape, data });
      }
      return named;
    },
    clear: () => sweep(new Set()),
  };
}

const PREFIXES = ['parameter.', 'moment1.', 'moment2.'] as const;
const ALLOCATION = 'allocation.';

const withAllocation = (allocation: NamedTensors) => (allocation.size === 0 ? {} : { allocation });

/** Writes beside the file and renames, so that the name never stands for half a file. */
export async function writeTensorsAtomically(
  folder: string,
  file: string,
  tensors: NamedTensors,
  key: SealKey,
  metadata: Metadata = {},
): Promise<void> {
  const path = join(folder, file);
  await writeSafetensors(`${path}${TEMPORARY}`, tensors, key, metadata);
  await rename(`${path}${TEMPORARY}`, path);
  await syncFolder(folder);
}

/** Puts a file in the place of the one before in one moment, and makes that last. */
export async function writeTextAtomically(folder: string, file: string, text: string, key: SealKey): Promise<void> {
  const path = join(folder, file);
  await writeUnderKey(`${path}${TEMPORARY}`, key, [Buffer.from(text)]);
  await rename(`${path}${TEMPORARY}`, path);
  await syncFolder(folder);
}

/** Makes a rename last through a loss of power. Windows cannot open folders and keeps its own journal. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** SHA-256 over texts and numbers in order, each behind its byte length. */
export function hashOf(...parts: readonly (string | NodeJS.ArrayBufferView)[]): string {
  const hash = createHash('sha256');
  for (const part of parts) {
    const bytes =
      typeof part === 'string' ? Buffer.from(part) : new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    hash.update(`${bytes.byteLength}:`).update(bytes);
  }
  return hash.digest('hex');
}
