import { describe, expect, it } from 'vitest';
import { Builder } from '../autodiff/builder.ts';
import { type Dense, dense, evaluateGraph } from '../autodiff/evaluate.testkit.ts';
import { grad } from '../autodiff/grad.ts';
import type { Shape, Value } from '../autodiff/graph.ts';
import { createRng } from '../rng.ts';
import type { AdapterShape } from './adapters.ts';
import { buildForward, type ForwardPlan, TOKENS } from './bert.ts';
import { lossValue } from './loss.ts';
import type { EncoderConfig, HeadKind, Pooling, TrainTask, TuningMethod } from './spec.ts';
import { SHIFT_INPUT } from './training-graph.ts';

const CONFIG: EncoderConfig = {
  vocabSize: 7,
  hiddenSize: 4,
  layers: 2,
  heads: 2,
  intermediateSize: 6,
  maxPositions: 5,
  typeVocabSize: 2,
  layerNormEps: 1e-5,
  activation: 'gelu',
};
const SYMBOLS = { rows: 2, length: 3, unique: 7 };
const LABELS = 2;

interface Setting {
  readonly pooling?: Pooling;
  readonly head?: HeadKind;
  readonly activation?: EncoderConfig['activation'];
  readonly method?: TuningMethod;
  readonly adapters?: AdapterShape;
  readonly dropout?: number;
  readonly task?: TrainTask;
  readonly differentiates?: boolean;
  readonly shift?: boolean;
}

/** Loss and all gradients of the smallest encoder in float64, as a function of its inputs. */
function build(setting: Setting) {
  const b = new Builder();
  const parameters: Value[] = [];
  let masks = 0;
  const parameter = (name: string, shape: Shape) => {
    const value = b.input(name, 'float32', shape);
    parameters.push(value);
    return value;
  };
  const plan: ForwardPlan = {
    encoder: { ...CONFIG, activation: setting.activation ?? 'gelu' },
    pooling: setting.pooling ?? 'cls',
    head: setting.head ?? 'linear',
    labels: LABELS,
    method: setting.method ?? { type: 'full', freezeEmbeddings: false },
    ...(setting.adapters === undefined ? {} : { adapters: setting.adapters }),
    parameter,
    shift: setting.shift ? parameter(SHIFT_INPUT, [TOKENS, CONFIG.hiddenSize]) : null,
    differentiates: () => setting.differentiates ?? true,
    dropout: setting.dropout
      ? { probability: setting.dropout, mask: (shape) => b.input(`mask.${masks++}`, 'uint8', shape) }
      : null,
    cut: null,
  };
  const { logits } = buildForward(b, plan);
  const targets = b.input('targets', 'float32', ['rows', LABELS]);
  const loss = lossValue(b, setting.task ?? 'single-label', logits!, targets, b.scalar(0.5));
  const gradients = grad(b, loss, parameters);
  const outputs = Object.fromEntries(parameters.map(({ name }, i) => [name, gradients[i]!]));
  return { graph: b.graph({ ...outputs, loss }), parameters };
}

function randomInputs({ graph, parameters }: ReturnType<typeof build>): Record<string, Dense> {
  const rng = createRng(3);
  const inputs: Record<string, Dense> = {
    word_index: dense([6], [1, 3, 3, 0, 6, 2]),
    position_index: dense([3], [0, 1, 2]),
    token_types: dense([6, 2], [1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0, 1]),
    attention_bias: dense([2, 1, 1, 3], [0, 0, 0, 0, 0, -1e9]),
    cls_index: dense([2], [0, 3]),
    pool_weights: dense([2, 1, 3], [1 / 3, 1 / 3, 1 / 3, 1 / 2, 1 / 2, 0]),
    targets: dense([2, 2], [1, 0, 0.25, 0.75]),
  };
  for (const { name, shape } of [...parameters, ...graph.inputs.filter((value) => value.name.startsWith('mask.'))]) {
    const sizes = shape.map((dim) =>
      typeof dim === 'number' ? dim : dim.split('*').reduce((p, s) => p * SYMBOLS[s as keyof typeof SYMBOLS], 1),
    );
    const count = sizes.reduce((product, dim) => product * dim, 1);
    const draw = () => (name.startsWith('mask.') ? Number(rng.float() > 0.3) : 0.7 * rng.normal());
    inputs[name] = dense(sizes, Array.from({ length: count }, draw));
  }
  return inputs;
}

/** The largest error of any gradient against central differences, over three elements of every parameter. */
function largestError(setting: Setting): number {
  const built = build(setting);
  const inputs = randomInputs(built);
  const found = evaluateGraph(built.graph, inputs, SYMBOLS);
  const lossGraph = { ...built.graph, outputs: new Map([['loss', built.graph.outputs.get('loss')!]]) };
  const step = 1e-5;
  let worst = 0;
  for (const { name } of built.parameters) {
    const { shape, data } = inputs[name]!;
    for (const k of new Set([0, data.length >> 1, data.length - 1])) {
      const lossAt = (by: number) =>
        evaluateGraph(lossGraph, { ...inputs, [name]: { shape, data: data.with(k, data[k]! + by) } }, SYMBOLS).get(
          'loss',
        )!.data[0]!;
      const numeric = (lossAt(step) - lossAt(-step)) / (2 * step);
      worst = Math.max(worst, Math.abs(numeric - found.get(name)!.data[k]!));
    }
  }
  return worst;
}

const lora = (targets: Extract<TuningMethod, { type: 'lora' }>['targets']): TuningMethod => ({
  type: 'lora',
  rank: 2,
  alpha: 3,
  rankStabilised: true,
  targets,
});

describe('every gradient of the whole model agrees with float64 central differences', () => {
  /** Seconds on a quiet machine; the bound only catches a hang. */
  const HANGS_MS = 180_000;
  const settings: readonly Setting[] = [
    { pooling: 'cls', head: 'linear' },
    { pooling: 'mean', head: 'linear', dropout: 0.25 },
    { pooling: 'mean', head: 'bert-pooler', dropout: 0.25, activation: 'gelu_new' },
    { pooling: 'mean', activation: 'relu', task: 'multi-label' },
    { pooling: 'cls', task: 'regression', differentiates: false },
    { pooling: 'mean', task: 'ordinal', head: 'shared-weight', dropout: 0.25 },
    { pooling: 'cls', method: lora(['query', 'value']) },
    {
      pooling: 'mean',
      method: lora(['query', 'key', 'value', 'attention.output', 'intermediate', 'output']),
      dropout: 0.25,
    },
    { pooling: 'mean', method: lora(['value']) },
    {
      pooling: 'mean',
      method: {
        type: 'adalora',
        rank: 2,
        targetRank: 1,
        alpha: 3,
        targets: ['query', 'value', 'intermediate'],
        initialShare: 0,
        finalShare: 0,
        interval: 1,
        orthogonality: 0,
      },
    },
    { pooling: 'cls', adapters: { variant: 'houlsby', width: 2 }, dropout: 0.25 },
    { pooling: 'mean', adapters: { variant: 'pfeiffer', width: 3 }, method: lora(['output']) },
    { pooling: 'mean', dropout: 0.25, shift: true },
  ];
  for (const setting of settings) {
    it(
      JSON.stringify(setting),
      () => {
        expect(largestError(setting)).toBeLessThan(1e-7);
      },
      HANGS_MS,
    );
  }
});

it('the scaled decomposition of GELU gives the loss and gradients of the fused operator', () => {
  const fused = build({ differentiates: false });
  const inputs = randomInputs(fused);
  const expected = evaluateGraph(fused.graph, inputs, SYMBOLS);
  const found = evaluateGraph(build({}).graph, inputs, SYMBOLS);
  for (const [name, { data }] of expected) {
    // The graph's constants are float32.
    for (const [i, value] of found.get(name)!.data.entries()) expect(value).toBeCloseTo(data[i]!, 7);
  }
});

it('only position 0 of the last layer is computed under CLS pooling, with the same loss as from all positions', () => {
  const built = build({ pooling: 'cls' });
  const inputs = randomInputs(built);
  const cls = evaluateGraph(built.graph, inputs, SYMBOLS).get('loss')!.data[0]!;
  // Mean pooling with all weight on position 0 is CLS pooling over a last layer that computes all positions.
  const whole = build({ pooling: 'mean' });
  const last = 'bert.encoder.layer.1.attention.self';
  const joined = (kind: 'weight' | 'bias') => {
    const parts = [inputs[`${last}.query.${kind}`]!, inputs[`${last}.key+value.${kind}`]!];
    return dense([12, ...(kind === 'weight' ? [4] : [])], [...parts[0]!.data, ...parts[1]!.data]);
  };
  const wholeInputs = {
    ...inputs,
    [`${last}.query+key+value.weight`]: joined('weight'),
    [`${last}.query+key+value.bias`]: joined('bias'),
    pool_weights: dense([2, 1, 3], [1, 0, 0, 1, 0, 0]),
  };
  expect(evaluateGraph(whole.graph, wholeInputs, SYMBOLS).get('loss')!.data[0]).toBeCloseTo(cls, 12);
});
