import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTrainer, type TrainerOptions } from '../../electron/worker/ort/trainer.ts';
import { type EncoderFolder, readEncoderFolder } from '../../electron/worker/ort/weights.ts';
import { createRng } from '../../shared/rng.ts';
import { attackPlan } from '../../shared/train/adversary.ts';
import type { TrainBatch, Trainer, TrainSpec } from '../../shared/train/spec.ts';
import { ALL_LINEAR, usualMethod } from '../../shared/train/usual-method.ts';

/** What must not change a training: columns of padding, the order of rows, in how many parts a batch is computed, threads, graph optimisation.
 *  Batches are drawn; every method, task and loss takes part. */
const BAR = 1e-5;
/** Sums over thousands of weights in another order. */
const NORM_BAR = 1e-4;
const LABELS = 3;
const ADALORA = { ...usualMethod('adalora', 2), rank: 4, targetRank: 2 } as const;

interface Kind {
  readonly spec: Partial<TrainSpec>;
  /** Rows that must stay together, side by side. */
  readonly together?: 2;
}

const KINDS: Readonly<Record<string, Kind>> = {
  'full, first token': { spec: { pooling: 'cls' } },
  'full, mean': { spec: {} },
  "full, BERT's pooler": { spec: { head: 'bert-pooler' } },
  'full, layers at rates of their own': { spec: { layerDecay: 0.8, pooling: 'cls' } },
  'frozen prefix': { spec: { method: { type: 'frozen-prefix', layers: 1 } } },
  'frozen prefix, first token': { spec: { method: { type: 'frozen-prefix', layers: 1 }, pooling: 'cls' } },
  head: { spec: { method: { type: 'head' } } },
  BitFit: { spec: { method: { type: 'bitfit', biases: 'all' } } },
  LoRA: { spec: { method: { type: 'lora', rank: 4, alpha: 8, rankStabilised: false, targets: ['query', 'value'] } } },
  'rsLoRA, all linear layers': {
    spec: { method: { type: 'lora', rank: 4, alpha: 8, rankStabilised: true, targets: ALL_LINEAR }, pooling: 'cls' },
  },
  AdaLoRA: { spec: { method: ADALORA } },
  'Houlsby adapters': {
    spec: {
      method: { type: 'adapter', variant: 'houlsby', reduction: 4 },
      adapters: { variant: 'houlsby', width: 8 },
    },
  },
  'Pfeiffer adapters': {
    spec: {
      method: { type: 'adapter', variant: 'pfeiffer', reduction: 4 },
      adapters: { variant: 'pfeiffer', width: 8 },
      pooling: 'cls',
    },
  },
  'focal loss, adjusted logits': { spec: { loss: { focalGamma: 2, logitOffset: [-0.5, -1, -2] } } },
  'R-Drop': { spec: { loss: { rDrop: 1 } }, together: 2 },
  FGM: { spec: { attack: attackPlan({ type: 'fgm', epsilon: 0.5 }, 1) } },
  PGD: { spec: { attack: attackPlan({ type: 'pgd', steps: 2, stepSize: 0.3, epsilon: 0.5 }, 1), pooling: 'cls' } },
  'several labels': { spec: { task: 'multi-label' } },
  rating: { spec: { task: 'ordinal', head: 'shared-weight' } },
  number: { spec: { task: 'regression', labels: 1 } },
};

let model: EncoderFolder;
beforeAll(async () => {
  const folder = await readEncoderFolder('test/golden/bert-tiny');
  // The reference's head has five classes; ours is drawn.
  model = { ...folder, weights: new Map([...folder.weights].filter(([name]) => !name.startsWith('classifier.'))) };
});

function open({ spec }: Kind, options: Partial<TrainerOptions> = {}): Promise<Trainer> {
  const whole: TrainSpec = {
    encoder: model.config,
    pooling: 'mean',
    head: 'linear',
    labels: LABELS,
    method: { type: 'full', freezeEmbeddings: false },
    dropout: 0,
    weightDecay: 0.01,
    beta1: 0.9,
    beta2: 0.999,
    epsilon: 1e-8,
    maxGradNorm: 1,
    ...spec,
  };
  return createTrainer(whole, model.weights, { threads: 2, rng: createRng(5), totalSteps: 10, ...options });
}

interface Row {
  readonly ids: readonly number[];
  readonly label: number;
  readonly value: number;
}

const rowArbitrary: fc.Arbitrary<Row> = fc.record({
  ids: fc.array(fc.integer({ min: 5, max: 94 }), { minLength: 1, maxLength: 12 }),
  label: fc.integer({ min: 0, max: LABELS - 1 }),
  value: fc.integer({ min: -8, max: 8 }).map((eighths) => eighths / 4),
});

function targetsOf(task: TrainSpec['task'], rows: readonly Row[]): Float32Array | undefined {
  switch (task) {
    case 'multi-label':
      return Float32Array.from(rows.flatMap(({ ids, label }) => [Number(label === 0), ids[0]! % 2, Number(label > 1)]));
    case 'ordinal':
      return Float32Array.from(rows.flatMap(({ label }) => [Number(label > 0), Number(label > 1), 0]));
    case 'regression':
      return Float32Array.from(rows, ({ value }) => value);
    default:
      return undefined;
  }
}

function batchOf({ spec }: Kind, rows: readonly Row[], padding = 0): TrainBatch {
  const length = Math.max(...rows.map(({ ids }) => ids.length)) + padding;
  const inputIds = new Int32Array(rows.length * length);
  const attentionMask = new Uint8Array(rows.length * length);
  for (const [row, { ids }] of rows.entries()) {
    inputIds.set(ids, row * length);
    attentionMask.fill(1, row * length, row * length + ids.length);
  }
  const targets = targetsOf(spec.task, rows);
  return {
    rows: rows.length,
    length,
    inputIds,
    attentionMask,
    labels: targets === undefined ? Int32Array.from(rows, ({ label }) => label) : new Int32Array(rows.length),
    ...(targets === undefined ? {} : { targets }),
  };
}

/** Loss and norm of the gradients of two updates on the batch, from the same state each time: the second tells what the first has done to the weights. */
async function twoUpdates(trainer: Trainer, start: ReturnType<Trainer['state']>, batch: TrainBatch) {
  await trainer.restore(start);
  const found: number[] = [];
  for (let step = 0; step < 2; step++) {
    const { loss, gradNorm } = await trainer.step(batch, 1e-3, new Uint8Array());
    found.push(loss, gradNorm);
  }
  return found;
}

function expectSame(found: readonly number[], expected: readonly number[], what: string): void {
  for (const [i, value] of found.entries()) {
    expect(Math.abs(value / expected[i]! - 1), what).toBeLessThan(i % 2 === 0 ? BAR : NORM_BAR);
  }
}

describe.each(Object.entries(KINDS))('%s', (_, kind) => {
  it('learns the same whatever the padding, order, parts, threads and graph optimisation', async () => {
    const together = kind.together ?? 1;
    const trainer = await open(kind);
    const others = {
      'three parts': await open(kind, { accumulation: 3 }),
      'one thread': await open(kind, { threads: 1 }),
      'graph as written': await open(kind, { optimisation: 'disabled' }),
    };
    const start = trainer.state();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(rowArbitrary, { minLength: together, maxLength: together }), { minLength: 2, maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(fc.nat()),
        async (groups, padding, keys) => {
          const expected = await twoUpdates(trainer, start, batchOf(kind, groups.flat()));
          expectSame(await twoUpdates(trainer, start, batchOf(kind, groups.flat(), padding)), expected, 'padding');
          const sorted = groups.map((group) => ({ group, key: keys.next().value }));
          sorted.sort((a, b) => a.key - b.key);
          const moved = batchOf(
            kind,
            sorted.flatMap(({ group }) => group),
          );
          expectSame(await twoUpdates(trainer, start, moved), expected, 'order');
          for (const [what, other] of Object.entries(others)) {
            expectSame(await twoUpdates(other, start, batchOf(kind, groups.flat())), expected, what);
          }
        },
      ),
      { numRuns: 8, seed: 11 },
    );
    for (const each of [trainer, ...Object.values(others)]) await each.dispose();
  });
});
