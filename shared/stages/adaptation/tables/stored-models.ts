import { z } from 'zod';
import { MLP_TENSORS } from '../../../train/mlp.ts';
import { scorecardScaleSchema } from './results.ts';

/** The models of a scored table as they are kept, to explain cases later. Arrays of numbers are typed arrays once read. */

const doubles = z.array(z.number()).transform((values): Float64Array => Float64Array.from(values));
const floats = z.array(z.number()).transform((values): Float32Array => Float32Array.from(values));
const index = z.int().min(0);

const columnSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('number'), id: z.string(), name: z.string() }),
  z.strictObject({
    type: z.literal('category'),
    id: z.string(),
    name: z.string(),
    levels: z.array(z.string()).readonly(),
  }),
]);

const featureSchema = z.strictObject({
  column: index,
  part: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('number') }),
    z.strictObject({ type: z.literal('missing') }),
    z.strictObject({ type: z.literal('level'), levels: z.array(index).readonly(), rest: z.boolean() }),
  ]),
});

const linearSchema = z.strictObject({ weights: doubles, intercept: z.number(), c: z.number() });

const binSchema = z.strictObject({
  rule: z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('range'), low: z.nullable(z.number()), high: z.nullable(z.number()) }),
    z.strictObject({ type: z.literal('values'), levels: z.array(index).readonly(), rest: z.boolean() }),
    z.strictObject({ type: z.literal('missing') }),
  ]),
  rows: index,
  events: index,
  woe: z.number(),
  iv: z.number(),
});

const modelSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('logistic'), linear: linearSchema }),
  z.strictObject({
    type: z.literal('scorecard'),
    binnings: z.array(z.strictObject({ bins: z.array(binSchema).readonly(), iv: z.number() })).readonly(),
    used: z.array(index).readonly(),
    model: linearSchema,
    mean: doubles,
    scale: scorecardScaleSchema,
  }),
  z.strictObject({
    type: z.literal('mlp'),
    parameters: z.strictObject({
      [MLP_TENSORS[0]]: floats,
      [MLP_TENSORS[1]]: floats,
      [MLP_TENSORS[2]]: floats,
      [MLP_TENSORS[3]]: floats,
    }),
  }),
]);
export type StoredModel = z.output<typeof modelSchema>;

export const storedModelsSchema = z.strictObject({
  columns: z.array(columnSchema).readonly(),
  features: z.array(featureSchema).readonly(),
  scaling: z.strictObject({ mean: doubles, deviation: doubles }),
  /** Rows that the models learnt from. */
  rows: index,
  /** Standardised rows that stand for the average case of a network [n × features]. */
  background: floats,
  models: z.array(modelSchema).readonly(),
});
export type StoredModels = z.output<typeof storedModelsSchema>;

/** JSON of models; typed arrays become arrays. */
export function writeModels(models: StoredModels): string {
  return JSON.stringify(models, (_, value: unknown) =>
    value instanceof Float64Array || value instanceof Float32Array ? Array.from(value) : value,
  );
}

export function readModels(json: string): StoredModels {
  return storedModelsSchema.parse(JSON.parse(json));
}
