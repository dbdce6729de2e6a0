import { createHash } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { encoderSizeSchema } from '../../../../../shared/stages/competitiveness/results.ts';
import type { WorkerResults } from '../../../../../shared/worker/protocol.ts';
import { CHECKPOINT_INDEX } from '../../../../../shared/worker/training.ts';
import { assertSameData, readKept } from '../../../../files/kept-file.ts';
import { writeUnderKey } from '../../../../files/sealed-file.ts';
import type { StepContext } from '../../../artifacts/kind.ts';
import { asFloat32, bytesOf } from '../../../artifacts/parts.ts';
import type { ModelRequest } from './measure-export.ts';
import type { CompressionRows } from './rows.ts';

const FILE = 'cut.json';

/** Float32 numbers as JSON holds them without loss. */
const floats = z.base64().transform((text) => asFloat32(Uint8Array.from(Buffer.from(text, 'base64'))));
const textOf = (numbers: Float32Array) => Buffer.from(bytesOf(numbers)).toString('base64');

const keptSchema = z.strictObject({
  of: z.string(),
  parameters: z.int(),
  before: encoderSizeSchema,
  after: encoderSizeSchema,
  reference: floats,
  groups: z.array(z.strictObject({ group: z.string(), logits: floats })),
  teacher: floats,
});

/** What a cut found, and the original's logits [training rows, classes]; none where nothing is trained on them. */
export interface Cut extends Omit<WorkerResults['prune'], 'bytes'> {
  readonly teacher: Float32Array;
}

type Context = Pick<StepContext<unknown>, 'spoolFolder' | 'spoolKey'>;

interface CutFrom {
  readonly source: ModelRequest;
  readonly original: ModelRequest;
  readonly rows: CompressionRows;
}

/** What a cut before an interruption found; null where it was not over. Made anew with another number of threads its last bits might be others, and the
 *  checkpoints of what is trained on it would not fit it.
 *  @throws AppError 'train.checkpoint' where it is broken, or rows or models have changed since */
export async function keptCut({ spoolFolder, spoolKey }: Context, from: CutFrom): Promise<Cut | null> {
  const kept = await readKept(join(spoolFolder, FILE), spoolKey, (bytes) =>
    keptSchema.parse(JSON.parse(bytes.toString('utf8'))),
  );
  if (kept === null) return null;
  const { of, ...cut } = kept;
  assertSameData(of, hashOf(from));
  return cut;
}

/** Keeps a cut: from now on the job's own folder says that it can go on. */
export async function keepCut({ spoolFolder, spoolKey }: Context, from: CutFrom, cut: Cut): Promise<void> {
  const kept: z.input<typeof keptSchema> = {
    ...cut,
    of: hashOf(from),
    reference: textOf(cut.reference),
    groups: cut.groups.map(({ group, logits }) => ({ group, logits: textOf(logits) })),
    teacher: textOf(cut.teacher),
  };
  const path = join(spoolFolder, FILE);
  await writeUnderKey(`${path}.tmp`, spoolKey, [Buffer.from(JSON.stringify(kept))]);
  await rename(`${path}.tmp`, path);
  await writeUnderKey(join(spoolFolder, CHECKPOINT_INDEX), spoolKey, [Buffer.from('{}')]);
}

/** Of the models, whose files are named by their content, and the rows. */
function hashOf({ source, original, rows: { train, dev } }: CutFrom): string {
  const models = [source, original].map(({ hash, tuned }) => [hash, basename(tuned)]);
  const rows = [train, dev].map(({ texts, labels }) => [texts, [...labels]]);
  return createHash('sha256')
    .update(JSON.stringify([models, rows]))
    .digest('hex');
}
