import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createRng } from '../../shared/rng.ts';
import { devMetrics } from '../../shared/train/evaluation.ts';
import { learningRateFor, type RunConfig, runConfigSchema, suggestConfig } from '../../shared/train/run-config.ts';
import { levelTargets } from '../../shared/train/text-task.ts';
import { METHOD_TYPES, type Method, usualMethod } from '../../shared/train/usual-method.ts';
import type { TrainRequest, TrainResult } from '../../shared/worker/training.ts';
import { checkpointAt, ownProcess } from './own-process.ts';
import { tinyTexts, writeTinyModel } from './tiny-model.ts';

/** Public data beside the repository. */
const BANKING = join(import.meta.dirname, '../../../shared/data/banking77_train.csv');
const MINILM = join(import.meta.dirname, '../../models/all-MiniLM-L6-v2');
const CLASSES = 4;
const SEED = 12;

type Choice = Partial<RunConfig> & { readonly method: Method };
type Choices = Readonly<Record<string, Choice>>;
/** Every method with its usual options and rate. */
const USUAL: Choices = Object.fromEntries(METHOD_TYPES.map((type) => [type, { method: usualMethod(type, 6) }]));
/** What can be chosen besides. */
const CHOICES: Choices = {
  ...USUAL,
  'bitfit, query and intermediate': { method: { type: 'bitfit', biases: 'query-intermediate' } },
  houlsby: { method: { type: 'adapter', variant: 'houlsby', reduction: 16 } },
  rsLoRA: { method: { type: 'lora', rank: 32, alpha: 16, rankStabilised: true, targets: ['query', 'value'] } },
  'rates by layer, in parts': { method: usualMethod('full', 6), layerDecay: 0.9, accumulation: 2 },
  'unfrozen from the top': { method: usualMethod('full', 6), unfreezing: 'gradual' },
};

let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'methods-'));
  await writeTinyModel(join(home, 'tiny'));
});
afterAll(() => rmSync(home, { recursive: true }));

type Finished = Extract<TrainResult, { type: 'finished' }>;

/** Trains in a process of its own; null where that is killed, once a checkpoint at or after update `killAt` stands. */
async function train(request: TrainRequest, killAt = Number.POSITIVE_INFINITY): Promise<Finished | null> {
  const result = await ownProcess(request, checkpointAt(killAt));
  if (result?.type === 'paused') throw new Error('the training is paused');
  return result;
}

const configOf = (choice: Choice, rest: Partial<RunConfig>) =>
  runConfigSchema.parse({
    ...suggestConfig({ rowsPerClass: [20, 20, 20, 20], maxLength: 32, seed: 5 }).config,
    learningRate: learningRateFor(choice.method.type),
    // From nothing: the regression that a run else begins with would hide whether the method learns.
    headStart: 'random',
    batchSize: 8,
    ...rest,
    ...choice,
  });

describe.skipIf(!existsSync(BANKING))('on 80 texts of BANKING77, four intents', () => {
  const lines = () => readFileSync(BANKING, 'utf8').trimEnd().split(/\r?\n/).slice(1);
  const rowsOf = (from: number, to: number) => {
    const intents = ['card_arrival', 'lost_or_stolen_card', 'exchange_rate', 'top_up_failed'];
    const rows = intents.flatMap((intent, label) =>
      lines()
        .filter((line) => line.endsWith(`,${intent}`))
        .slice(from, to)
        .map((line) => ({ text: line.slice(0, -intent.length - 1), label })),
    );
    return { texts: rows.map(({ text }) => text), labels: Int32Array.from(rows, ({ label }) => label) };
  };
  test.each(Object.entries(USUAL))(
    '%s learns: its loss falls, and it answers far better than the majority',
    async (name, choice) => {
      const dev = rowsOf(40, 60);
      expect([rowsOf(0, 20).texts.length, dev.texts.length]).toEqual([80, 80]);
      const result = await train({
        type: 'train',
        folder: MINILM,
        hash: null,
        tuned: null,
        config: configOf(choice, {
          epochs: 5,
          earlyStopPatience: null,
          warmupShare: 0,
        }),
        classes: CLASSES,
        train: rowsOf(0, 20),
        dev,
        spool: join(home, `real-${name}`),
        resume: false,
        checkpointEveryMs: 25_000,
        threads: 1,
      });
      const mean = (losses: Float64Array) => losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
      expect(mean(result!.losses.slice(-10))).toBeLessThan(0.8 * mean(result!.losses.slice(0, 5)));
      // The majority of four equal classes is right on 25 %.
      expect(devMetrics(result!.devLogits!, dev.labels, CLASSES).accuracy).toBeGreaterThan(0.7);
    },
  );
});

/** A training of the tiny model: 24 updates in three epochs. */
const tinyRequest = (spool: string, choice: Choice): TrainRequest => ({
  type: 'train',
  folder: join(home, 'tiny'),
  hash: null,
  tuned: null,
  config: configOf(choice, { epochs: 3, learningRate: 3e-3 }),
  classes: CLASSES,
  train: tinyTexts(64, CLASSES, 1),
  dev: tinyTexts(32, CLASSES, 2),
  spool: join(home, spool),
  resume: true,
  checkpointEveryMs: 0,
  threads: 1,
});

async function endsAsUnkilled(request: (spool: string) => TrainRequest, name: string, killAt: number): Promise<void> {
  const whole = await train(request(`${name}-whole`));
  expect(await train(request(name), killAt)).toBeNull();
  const resumed = await train(request(name));
  expect(resumed!.losses).toEqual(whole!.losses);
  expect(resumed!.tunedSha256).toBe(whole!.tunedSha256);
  expect(resumed!.evaluations).toEqual(whole!.evaluations);
}

describe('killed and resumed, a run ends as one that nobody killed', () => {
  test.each(Object.entries(CHOICES))('%s', async (name, choice) => {
    // In the second of three epochs: a layer more was unfrozen, ranks were given away.
    await endsAsUnkilled((spool) => tinyRequest(spool, choice), name, 13);
  });
});

const full = usualMethod('full', 6);
const seeded = createRng(SEED);
const randomOf = (count: number) => Float32Array.from({ length: count }, () => seeded.normal());
/** Losses, attacks, added rows and means against forgetting, several together where they go together; and what a request has besides. */
const COMBINED: Readonly<Record<string, readonly [Partial<RunConfig>, Partial<TrainRequest>?]>> = {
  'R-Drop, focal loss, class weights, label smoothing': [
    { rDrop: 0.5, focalGamma: 1, classWeights: 'balanced', labelSmoothing: 0.1 },
  ],
  'FGM, augmentation, logit adjustment': [
    {
      adversary: { type: 'fgm', epsilon: 0.1 },
      augmentation: { techniques: ['swap', 'deletion', 'synonyms'], copies: 1, rate: 0.1 },
      logitAdjustment: 1,
    },
  ],
  'PGD, effective numbers': [
    {
      adversary: { type: 'pgd', steps: 2, stepSize: 0.2, epsilon: 0.4 },
      method: { type: 'full', freezeEmbeddings: false },
      classWeights: 'effective-number',
    },
  ],
  'FreeLB in parts': [
    { adversary: { type: 'freelb', steps: 2, stepSize: 0.1, initialSize: 0.3, limit: 0.4 }, accumulation: 2 },
  ],
  'replay, EWC': [
    { continual: { replay: { share: 0.25, rows: 20, memory: 'balanced' }, ewc: { strength: 1e3, rows: 20 } } },
    { earlier: tinyTexts(40, CLASSES, 3) },
  ],
  'replay, LwF, R-Drop': [
    {
      continual: { replay: { share: 0.25, rows: 20, memory: 'reservoir' }, lwf: { weight: 1, temperature: 2 } },
      rDrop: 0.5,
    },
    { earlier: tinyTexts(40, CLASSES, 3) },
  ],
  'a teacher’s answers': [
    {},
    { distillation: { teacher: randomOf(64 * CLASSES), loss: { temperature: 2, alpha: 0.7 } } },
  ],
  'levels in order': [{ headStart: 'logistic' }, inOrder()],
};

/** The classes as levels, of which the outputs ask whether one is above each. */
function inOrder(): Partial<TrainRequest> {
  const levels = ({ texts, labels }: ReturnType<typeof tinyTexts>) => ({
    texts,
    labels: new Int32Array(labels.length),
    targets: levelTargets(labels, CLASSES),
  });
  return {
    task: 'ordinal',
    classes: CLASSES - 1,
    train: levels(tinyTexts(64, CLASSES, 1)),
    dev: levels(tinyTexts(32, CLASSES, 2)),
  };
}

describe(`killed at an update drawn from seed ${SEED} and resumed, a run ends as one that nobody killed`, () => {
  /** What a continued training goes on from. */
  let source: string;
  beforeAll(async () => {
    source = (await train(tinyRequest('source', { method: full })))!.tunedFile;
  });
  test.each(Object.entries(COMBINED))('%s', async (name, [options, besides = {}]) => {
    const tuned = besides.earlier === undefined ? null : source;
    const request = (spool: string) => ({ ...tinyRequest(spool, { method: full, ...options }), tuned, ...besides });
    await endsAsUnkilled(request, name, 1 + seeded.int(18));
  });
});
