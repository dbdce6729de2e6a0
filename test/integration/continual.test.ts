import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createInference } from '../../electron/worker/infer.ts';
import { diagonalFisher } from '../../electron/worker/ort/fisher.ts';
import { readSafetensors } from '../../electron/worker/ort/safetensors.ts';
import { createTrainer } from '../../electron/worker/ort/trainer.ts';
import { readEncoderFolder } from '../../electron/worker/ort/weights.ts';
import { runTrainJob } from '../../electron/worker/train/train-job.ts';
import { because } from '../../shared/errors/reasons.ts';
import { createRng } from '../../shared/rng.ts';
import type { Continual } from '../../shared/train/continual-config.ts';
import { devMetrics } from '../../shared/train/evaluation.ts';
import { type RunConfig, runConfigSchema, suggestConfig } from '../../shared/train/run-config.ts';
import type { NamedTensors, TrainBatch, TrainSpec } from '../../shared/train/spec.ts';
import type { WorkerEvent } from '../../shared/worker/protocol.ts';
import type { TrainResult } from '../../shared/worker/training.ts';
import golden from '../golden/continual.json' with { type: 'json' };
import { tinyTexts, WORDS, writeTinyModel } from './tiny-model.ts';

const REFERENCE = 'test/golden/bert-tiny';
const BETA1 = 0.9;

interface Told {
  readonly norm: number;
  readonly first: readonly number[];
}

/** Golden values: PyTorch and transformers (test/golden/continual.py). */
describe('as in PyTorch', () => {
  const setting = async () => {
    const { config, weights } = await readEncoderFolder(REFERENCE);
    const spec: TrainSpec = {
      encoder: config,
      pooling: 'cls',
      head: 'bert-pooler',
      labels: 5,
      method: { type: 'full', freezeEmbeddings: true },
      dropout: 0,
      weightDecay: 0,
      beta1: BETA1,
      beta2: 0.999,
      epsilon: 1e-8,
      maxGradNorm: null,
    };
    const stored = await readSafetensors(`${REFERENCE}/batch.safetensors`);
    const { shape, data: ids } = stored.get('input_ids')!;
    const numbers = (name: string) => Array.from(stored.get(name)!.data, Number);
    const batch: TrainBatch = {
      rows: shape[0]!,
      length: shape[1]!,
      inputIds: Int32Array.from(ids, Number),
      attentionMask: Uint8Array.from(numbers('attention_mask')),
      labels: Int32Array.from(numbers('target.single_label')),
    };
    return { spec, weights, batch };
  };
  /** The texts of a padded batch without their padding. */
  const rowsOf = ({ rows, length, inputIds, attentionMask, labels }: TrainBatch) => {
    const ids: number[] = [];
    const offsets = [0];
    for (let row = 0; row < rows; row++) {
      for (let i = row * length; i < (row + 1) * length; i++) if (attentionMask[i] === 1) ids.push(inputIds[i]!);
      offsets.push(ids.length);
    }
    return { tokens: { ids: Int32Array.from(ids), offsets: Int32Array.from(offsets) }, labels };
  };
  const fisherOf = async () => {
    const { spec, weights, batch } = await setting();
    const rows = { ...rowsOf(batch), padId: 0, onRow: async () => {} };
    return diagonalFisher({ ...spec, dropout: 0.1, consolidates: true }, weights, rows, { threads: 2 });
  };
  const expectTensors = (found: NamedTensors, expected: Readonly<Record<string, Told>>, scale = 1) => {
    for (const [name, { norm, first }] of Object.entries(expected)) {
      const data = found.get(name)!.data.map((value) => value * scale);
      expect(Math.abs(Math.hypot(...data) - norm), name).toBeLessThan(2e-5 * norm);
      for (const [i, value] of first.entries()) expect(Math.abs(data[i]! - value), name).toBeLessThan(2e-5 * norm);
    }
  };

  test('the diagonal of the Fisher information', async () => {
    expectTensors(await fisherOf(), golden.fisher);
  });

  test.each([1, 3])('EWC’s gradient, the batch in %i parts', async (accumulation) => {
    const { spec, weights, batch } = await setting();
    const anchor = new Map(
      [...weights].map(([name, { shape, data }]) => [name, { shape, data: data.map((v) => golden.anchor * v) }]),
    );
    const consolidation = { fisher: await fisherOf(), anchor, strength: golden.strength };
    const trainer = await createTrainer({ ...spec, consolidates: true }, weights, {
      threads: 2,
      rng: createRng(1),
      consolidation,
      accumulation,
    });
    const { loss, gradNorm } = await trainer.step(batch, 1e-3, new Uint8Array());
    expect(loss + golden.strength * golden.penalty).toBeCloseTo(golden.ewc.loss, 5);
    expect(gradNorm).toBeCloseTo(golden.ewc.gradNorm, 4);
    // After the first update a first moment is (1 − β₁) times the gradient.
    expectTensors(trainer.state().firstMoments, golden.ewc.gradients, 1 / (1 - BETA1));
    await trainer.dispose();
  });

  test.each([1, 3])('LwF’s loss and gradient, the batch in %i parts', async (accumulation) => {
    const { spec, weights, batch } = await setting();
    const earlierAnswers = { weight: golden.oldWeight, temperature: golden.temperature };
    const options = { threads: 2, rng: createRng(1), accumulation };
    const trainer = await createTrainer({ ...spec, earlierAnswers }, weights, options);
    const earlier = Float32Array.from(golden.old);
    const { loss, gradNorm } = await trainer.step({ ...batch, earlier }, 1e-3, new Uint8Array());
    expect(loss).toBeCloseTo(golden.lwf.loss, 5);
    expect(gradNorm).toBeCloseTo(golden.lwf.gradNorm, 4);
    expectTensors(trainer.state().firstMoments, golden.lwf.gradients, 1 / (1 - BETA1));
    await trainer.dispose();
  });
});

const CLASSES = 4;
const CONFIG: RunConfig = {
  ...suggestConfig({ rowsPerClass: [60, 60, 60, 60], maxLength: 32, seed: 5 }).config,
  learningRate: 3e-3,
  epochs: 4,
  batchSize: 8,
  earlyStopPatience: null,
};
const REPLAY: Continual = { replay: { share: 0.25, rows: 40, memory: 'balanced' } };
const LWF: Continual = { lwf: { weight: 1, temperature: 2 } };
const EWC: Continual = { ewc: { strength: 1e4, rows: 60 } };

let home: string;
let source: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'continual-'));
  await writeTinyModel(join(home, 'tiny'));
  source = finished(
    await train({ spool: 'source', rows: tinyTexts(300, CLASSES, 1), tuned: null, options: { labelSmoothing: 0.1 } }),
  ).tunedFile;
});
afterAll(() => rmSync(home, { recursive: true }));

/** The classes of the earlier texts in other words: word 8 + class tells it, and a text begins with any of the words that told it before. */
function newTexts(count: number, seed: number) {
  const rng = createRng(seed);
  const labels = Int32Array.from({ length: count }, () => rng.int(CLASSES));
  const texts = Array.from(labels, (label) =>
    [WORDS[rng.int(CLASSES)], WORDS[8 + label], WORDS[12 + rng.int(4)], WORDS[8 + label]].join(' '),
  );
  return { texts, labels };
}

interface Job {
  readonly spool: string;
  readonly rows: ReturnType<typeof tinyTexts>;
  readonly tuned: string | null;
  readonly continual?: Continual;
  readonly options?: Partial<RunConfig>;
  readonly earlier?: ReturnType<typeof tinyTexts>;
  readonly classes?: number;
  readonly pauseAt?: number;
}

async function train({ spool, rows, tuned, continual, options, earlier, classes = CLASSES, pauseAt }: Job) {
  const pause = new AbortController();
  const emit = (event: WorkerEvent) => {
    if (event.type === 'checkpointed' && pauseAt !== undefined && event.step >= pauseAt) pause.abort();
  };
  const request = {
    type: 'train',
    folder: join(home, 'tiny'),
    hash: null,
    tuned,
    config: runConfigSchema.parse({ ...CONFIG, ...options, ...(continual === undefined ? {} : { continual }) }),
    classes,
    train: rows,
    dev: null,
    ...(earlier === undefined ? {} : { earlier }),
    spool: join(home, spool),
    spoolKey: null,
    resume: true,
    checkpointEveryMs: 0,
    threads: 1,
  } as const;
  return runTrainJob(request, { pause: pause.signal, cancel: new AbortController().signal, emit });
}

function finished(result: TrainResult) {
  if (result.type !== 'finished') throw new Error(`the training is ${result.type}`);
  return result;
}

async function accuracyOn(rows: ReturnType<typeof tinyTexts>, tuned: string): Promise<number> {
  const inference = createInference();
  const { logits } = await inference.classify(
    {
      type: 'classify',
      folder: join(home, 'tiny'),
      hash: null,
      tuned,
      classes: CLASSES,
      texts: rows.texts,
      maxLength: 32,
      threads: 1,
      spoolKey: null,
    },
    { signal: new AbortController().signal },
  );
  return devMetrics(logits, rows.labels, CLASSES).accuracy;
}

const OLD_TEST = tinyTexts(200, CLASSES, 7);
const NEW_TEST = newTexts(200, 8);
const next = (spool: string, continual?: Continual): Job => ({
  spool,
  rows: newTexts(120, 2),
  tuned: source,
  earlier: tinyTexts(300, CLASSES, 1),
  ...(continual === undefined ? {} : { continual }),
});

// Measured when written, old texts: 0.30 without, 0.62 with replay, 0.71 with EWC, 0.78 with LwF; new texts: 0.98 or more with each. λ of 10⁵ keeps all of the old and learns nothing new.
describe('a model that is trained on', () => {
  test('forgets without, and less with each method, while it learns the new texts', async () => {
    expect(await accuracyOn(OLD_TEST, source)).toBeGreaterThan(0.9);
    const measured = async (name: string, continual?: Continual) => {
      const { tunedFile } = finished(await train(next(name, continual)));
      return { old: await accuracyOn(OLD_TEST, tunedFile), fresh: await accuracyOn(NEW_TEST, tunedFile) };
    };
    const plain = await measured('plain');
    const found = {
      replay: await measured('replay', REPLAY),
      ewc: await measured('ewc', EWC),
      lwf: await measured('lwf', LWF),
    };
    expect(plain.fresh).toBeGreaterThan(0.9);
    for (const { old, fresh } of Object.values(found)) {
      expect(fresh).toBeGreaterThan(0.8);
      expect(old).toBeGreaterThan(plain.old + 0.1);
    }
  });

  test.each<Partial<RunConfig> & { continual: Continual }>([
    { continual: { ...REPLAY, ...EWC } },
    { continual: { ...REPLAY, ...LWF }, rDrop: 0.5, accumulation: 2 },
    { continual: { replay: { share: 0.5, rows: 20, memory: 'reservoir' } }, accumulation: 2 },
    { continual: EWC, unfreezing: 'gradual', headStart: 'random' },
    { continual: EWC, method: { type: 'frozen-prefix', layers: 1 } },
  ])('is bit for bit the same when paused and resumed: %o', async ({ continual, ...options }) => {
    const name = JSON.stringify([continual, options]).replace(/\W+/g, '-');
    const job = { ...next(name, continual), options: { ...options, epochs: 2 } };
    const whole = finished(await train({ ...job, spool: `${name}-whole` }));
    expect(await train({ ...job, pauseAt: 7 })).toMatchObject({ type: 'paused' });
    const resumed = finished(await train(job));
    expect(resumed.losses).toEqual(whole.losses);
    expect(resumed.tunedSha256).toBe(whole.tunedSha256);
  });

  test('needs the earlier rows, and for EWC the earlier head', async () => {
    const { earlier: _earlier, ...without } = next('without', REPLAY);
    await expect(train(without)).rejects.toMatchObject({ code: 'train.continual', params: { part: 'replay' } });
    const other = { ...next('other', EWC), classes: CLASSES + 1 };
    await expect(train(other)).rejects.toMatchObject({ code: 'train.continual', params: { part: 'EWC' } });
    const answers = { ...next('answers', LWF), classes: CLASSES + 1 };
    await expect(train(answers)).rejects.toMatchObject({ code: 'train.continual', params: { part: 'LwF' } });
  });
});

test('what cannot work as it stands is refused with its name', () => {
  const refused = (changes: Partial<RunConfig>) => runConfigSchema.safeParse({ ...CONFIG, ...changes }).error?.issues;
  const lora = { type: 'lora', rank: 4, alpha: 8, rankStabilised: false, targets: ['query'] } as const;
  expect(refused({ continual: EWC, method: { ...lora, targets: [...lora.targets] } })).toMatchObject([
    { path: ['continual'], params: { problem: because('ewc-method', { method: 'lora' }) } },
  ]);
  expect(refused({ continual: EWC, method: { type: 'full', freezeEmbeddings: false } })).toMatchObject([
    { path: ['continual'], params: { problem: because('ewc-embeddings', {}) } },
  ]);
  expect(refused({ continual: REPLAY, batchSize: 1 })).toMatchObject([{ path: ['continual'] }]);
});
