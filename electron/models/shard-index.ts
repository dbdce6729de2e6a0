import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../shared/errors/app-error.ts';
import { because, type Reason } from '../../shared/errors/reasons.ts';
import { readJsonFile } from './json-file.ts';

export const WEIGHTS_FILE = 'model.safetensors';
/** Says which file holds which tensor, where the weights are in several. @source huggingface_hub, save_torch_state_dict */
export const SHARD_INDEX = 'model.safetensors.index.json';

const LIMIT_MB = 4;
const MOST_TENSORS = 10_000;
const MOST_SHARDS = 64;
/** A plain name in the same folder: nothing in an index leads out of it. */
const SHARD_NAME = /^\w[\w.-]*\.safetensors$/;

const indexSchema = z.object({ weight_map: z.record(z.string().max(256), z.string()) });

/** The shards of a folder and the tensors that each is said to hold. @throws AppError 'model.file' naming the tensor at fault */
export async function readShardIndex(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const { file, json } = await readJsonFile(join(folder, SHARD_INDEX), LIMIT_MB);
  const fail = (problem: Reason): never => {
    throw new AppError('model.file', { file, problem });
  };
  const parsed = indexSchema.safeParse(json);
  if (!parsed.success) return fail(because('shard-map', {}));
  const entries = Object.entries(parsed.data.weight_map);
  if (entries.length === 0 || entries.length > MOST_TENSORS) fail(because('shard-tensors', { count: entries.length }));
  const shards = new Map<string, string[]>();
  for (const [tensor, shard] of entries) {
    if (!SHARD_NAME.test(shard)) fail(because('shard-name', { tensor, file: shard.slice(0, 80) }));
    const names = shards.get(shard);
    if (names === undefined) shards.set(shard, [tensor]);
    else names.push(tensor);
  }
  if (shards.size > MOST_SHARDS) fail(because('shard-files', { count: shards.size }));
  return shards;
}
