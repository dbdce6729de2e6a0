import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { NamedTensor, NamedTensors } from '../../../shared/train/spec.ts';
import { readKept } from '../../files/kept-file.ts';
import type { SealKey } from '../../files/sealed-file.ts';
import { parseSafetensors, safetensorsMetadata } from '../ort/safetensors.ts';
import { assertOfRun, type RunHashes, runHashesSchema, writeTensorsAtomically } from './checkpoint.ts';

const FILE = 'start.safetensors';
const START = 'start';

const outcomeSchema = z.strictObject({
  before: z.nullable(z.number()),
  after: z.nullable(z.number()),
  kept: z.boolean(),
});
/** Macro-F1 on the dev rows of a classifier on the encoder as it was and as it has become; null without dev rows. */
export type ContrastiveOutcome = Readonly<z.output<typeof outcomeSchema>>;

/** What a contrastive start came to. */
interface ContrastiveResult {
  /** Tensors that it has changed or made. */
  readonly changed: NamedTensors;
  readonly outcome: ContrastiveOutcome;
}

/** Lies beside the checkpoints for as long as the run lasts: theirs are the tensors that the training proper moves, and it stands on all of them. */
export interface KeptStart {
  /** Null where there is none yet. @throws AppError 'train.checkpoint' where it is broken or of another run */
  load(): Promise<ContrastiveResult | null>;
  save(result: ContrastiveResult): Promise<void>;
  clear(): Promise<void>;
}

export function openKeptStart(folder: string, hashes: RunHashes, key: SealKey): KeptStart {
  const path = join(folder, FILE);
  return {
    async load() {
      const kept = await readKept(path, key, (bytes) => {
        const start = startSchema.parse(JSON.parse(safetensorsMetadata(bytes)[START] ?? ''));
        const changed = new Map<string, NamedTensor>();
        for (const [name, { shape, data }] of parseSafetensors(bytes, FILE)) {
          if (data instanceof Float32Array) changed.set(name, { shape, data });
        }
        return { ...start, changed };
      });
      if (kept === null) return null;
      assertOfRun(kept.hashes, hashes);
      return { changed: kept.changed, outcome: kept.outcome };
    },
    async save({ changed, outcome }) {
      await mkdir(folder, { recursive: true });
      await writeTensorsAtomically(folder, FILE, changed, key, { [START]: JSON.stringify({ hashes, outcome }) });
    },
    clear: () => rm(path, { force: true }),
  };
}

const startSchema = z.strictObject({ hashes: runHashesSchema, outcome: outcomeSchema });
