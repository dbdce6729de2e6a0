import { z } from 'zod';
import { distillationSchema } from '../../../train/distillation.ts';
import type { Pruning } from '../../../train/pruning.ts';
import { learningRateFor } from '../../../train/run-config.ts';
import { keptGroupsSchema, type StorageFormat } from '../../../train/storage.ts';

/** Ways of making a run smaller that this product has, the gentlest first. */
export const COMPRESSION_TECHNIQUES = [
  'int8',
  'int8-static',
  'float16',
  'int4',
  'vocabulary',
  'ffn-pruning',
  'head-pruning',
  'layer-drop',
  'distillation',
  'magnitude',
  'n-m',
] as const;
export type CompressionTechnique = (typeof COMPRESSION_TECHNIQUES)[number];

/** What a technique may be told; each has only some of these. What it is not told is as in `techniqueOptions`. */
export const compressionOptionsSchema = z.strictObject({
  /** Parts that are left as they are, in float32. */
  keep: keptGroupsSchema.optional(),
  /** Where bytes end: at the least and largest value seen, or where 99.99 % of all values lie within. */
  calibration: z.enum(['min-max', 'percentile']).optional(),
  /** Share of all heads, columns or weights that go. */
  share: z.number().gt(0).max(0.95).optional(),
  /** Layers that stay. */
  layers: z.int().min(1).max(128).optional(),
  /** Epochs in which what is left learns the original's answers; 0 for none. */
  epochs: z.number().min(0).max(100).optional(),
  learningRate: z.number().positive().max(1).optional(),
  /** T and α of the distillation. */
  temperature: distillationSchema.shape.temperature.optional(),
  alpha: distillationSchema.shape.alpha.optional(),
});
export type CompressionOptions = z.output<typeof compressionOptionsSchema>;

type Named = keyof CompressionOptions;
const LEARNING = ['epochs', 'learningRate', 'temperature', 'alpha'] as const;
const OPTIONS: Readonly<Record<CompressionTechnique, readonly Named[]>> = {
  int8: ['keep'],
  'int8-static': ['keep', 'calibration'],
  float16: ['keep'],
  int4: ['keep'],
  vocabulary: [],
  'ffn-pruning': ['share', ...LEARNING],
  'head-pruning': ['share', ...LEARNING],
  'layer-drop': ['layers', ...LEARNING],
  distillation: ['layers', ...LEARNING],
  magnitude: ['share', 'keep'],
  'n-m': ['keep'],
};

/** The options that a technique has. */
export const optionsOf = (technique: CompressionTechnique): readonly Named[] => OPTIONS[technique];

/** Names of options that were given and mean nothing to the technique. */
export function foreignOptions(technique: CompressionTechnique, options: CompressionOptions): readonly string[] {
  return Object.keys(options).filter((name) => !OPTIONS[technique].some((known) => known === name));
}

/** @source Sanh et al. 2019 (DistilBERT): T 2, five parts of the teacher's answers to two of the labels */
const TAUGHT = { learningRate: learningRateFor('full'), temperature: 2, alpha: 0.7 } as const;

/** What a technique is told when nobody says otherwise. `layers`: of the original.
 *  @source Michel et al. 2019: a fifth to two fifths of all heads can go; Sanh et al. 2019: every second layer stays */
export function techniqueOptions(technique: CompressionTechnique, layers: number): CompressionOptions {
  switch (technique) {
    case 'head-pruning':
    case 'ffn-pruning':
      return { share: 0.25, epochs: 1, ...TAUGHT };
    case 'layer-drop':
      return { layers: Math.max(1, layers - 1), epochs: 2, ...TAUGHT };
    case 'distillation':
      return { layers: Math.max(1, Math.ceil(layers / 2)), epochs: 3, ...TAUGHT };
    case 'int8-static':
      return { calibration: 'percentile' };
    case 'magnitude':
      return { share: 0.5 };
    default:
      return {};
  }
}

/** How the weights of a technique are stored. */
export function formatOf(technique: CompressionTechnique): StorageFormat {
  switch (technique) {
    case 'int8':
    case 'int8-static':
    case 'float16':
    case 'int4':
      return technique;
    case 'magnitude':
    case 'n-m':
      return 'sparse';
    default:
      return 'float32';
  }
}

/** The cut that a technique makes; null for one that stores the same weights otherwise. */
export function pruningOf(
  technique: CompressionTechnique,
  { share = 0, layers = 1, keep = [] }: CompressionOptions,
): Pruning | null {
  switch (technique) {
    case 'vocabulary':
      return { technique };
    case 'head-pruning':
    case 'ffn-pruning':
      return { technique, share };
    case 'layer-drop':
    case 'distillation':
      return { technique, layers };
    case 'magnitude':
      return { technique, share, keep };
    case 'n-m':
      return { technique, keep };
    default:
      return null;
  }
}
