import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import {
  MLP_TENSORS,
  type MlpParameters,
  type MlpShape,
  type MlpTensor,
  mlpShapes,
} from '../../../shared/train/mlp.ts';
import type { NamedTensor } from '../../../shared/train/spec.ts';
import { CHECKPOINT_INDEX, type TrainedNetwork } from '../../../shared/worker/training.ts';
import { assertSameData, readKept } from '../../files/kept-file.ts';
import type { SealKey } from '../../files/sealed-file.ts';
import { elements } from '../ort/packed.ts';
import { parseSafetensors, safetensorsMetadata } from '../ort/safetensors.ts';
import { writeTensorsAtomically, writeTextAtomically } from '../train/checkpoint.ts';

const FILE = 'networks.safetensors';
const NETWORKS = 'networks';

const keptSchema = z.strictObject({
  /** Of rows, fits and settings. */
  of: z.string(),
  fits: z.array(z.strictObject({ epochs: z.int().min(0), devLoss: z.number() })),
});

export interface KeptNetworks {
  /** None where nothing is kept. @throws AppError 'train.checkpoint' where it is broken, or of other rows or settings */
  load(): Promise<TrainedNetwork[]>;
  save(networks: readonly TrainedNetwork[]): Promise<void>;
}

const nameOf = (fit: number, tensor: MlpTensor) => `${fit}.${tensor}`;

/** The networks of the first fits, in the folder of their job: each fit draws by itself, so that the others follow as if nobody had stopped. */
export function openKeptNetworks(folder: string, key: SealKey, shape: MlpShape, of: string): KeptNetworks {
  const path = join(folder, FILE);
  const shapes = mlpShapes(shape);
  return {
    async load() {
      const kept = await readKept(path, key, (bytes) => {
        const { of: madeOf, fits } = keptSchema.parse(JSON.parse(safetensorsMetadata(bytes)[NETWORKS] ?? ''));
        const tensors = parseSafetensors(bytes, FILE);
        const dataOf = (fit: number, tensor: MlpTensor) => {
          const data = tensors.get(nameOf(fit, tensor))?.data;
          if (data instanceof Float32Array && data.length === elements(shapes[tensor])) return data;
          throw new Error(`${nameOf(fit, tensor)} is missing or of another size`);
        };
        const networks = fits.map((fit, at) => ({
          ...fit,
          parameters: Object.fromEntries(
            MLP_TENSORS.map((tensor) => [tensor, dataOf(at, tensor)]),
          ) as unknown as MlpParameters,
        }));
        return { of: madeOf, networks };
      });
      if (kept === null) return [];
      assertSameData(kept.of, of);
      return kept.networks;
    },
    async save(networks) {
      await mkdir(folder, { recursive: true });
      const tensors = new Map<string, NamedTensor>(
        networks.flatMap(({ parameters }, at) =>
          MLP_TENSORS.map(
            (tensor) => [nameOf(at, tensor), { shape: shapes[tensor], data: parameters[tensor] }] as const,
          ),
        ),
      );
      const kept = { of, fits: networks.map(({ epochs, devLoss }) => ({ epochs, devLoss })) };
      await writeTensorsAtomically(folder, FILE, tensors, key, { [NETWORKS]: JSON.stringify(kept) });
      // From now on the folder says that its job can go on.
      await writeTextAtomically(folder, CHECKPOINT_INDEX, '{}', key);
    },
  };
}
