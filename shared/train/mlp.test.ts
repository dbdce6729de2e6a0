import { describe, expect, it } from 'vitest';
import { dense, evaluateGraph } from '../autodiff/evaluate.testkit.ts';
import { createRng } from '../rng.ts';
import { adamNumbers } from './adamw.ts';
import { buildMlpGraph, initialMlp, MLP_ADAM, MLP_TENSORS, type MlpParameters, mlpLogits, mlpShapes } from './mlp.ts';
import { momentInput, nextOutput } from './training-graph.ts';

const SHAPE = { features: 3, hidden: 4 };
const ROWS = 5;
const WEIGHT_DECAY = 0.01;
const rng = createRng(4);
const parameters = initialMlp(SHAPE, rng);
const x = Float32Array.from({ length: ROWS * SHAPE.features }, () => rng.normal());
const targets = [1, 0, 1, 1, 0];

/** Mean binary cross-entropy, from the log-odds of the forward pass in plain arithmetic. */
function loss(of: MlpParameters): number {
  return mlpLogits(of, x).reduce((sum, z, row) => sum + Math.log1p(Math.exp(targets[row] === 1 ? -z : z)) / ROWS, 0);
}

function step(learningRate: number) {
  const shapes = mlpShapes(SHAPE);
  const scalar = (value: number) => dense([], [value]);
  const numbers = adamNumbers({ ...MLP_ADAM, weightDecay: WEIGHT_DECAY }, learningRate, 1);
  const state = MLP_TENSORS.flatMap((name) => [
    [name, dense(shapes[name], parameters[name])] as const,
    [momentInput(1, name), dense(shapes[name], new Float32Array(parameters[name].length))] as const,
    [momentInput(2, name), dense(shapes[name], new Float32Array(parameters[name].length))] as const,
  ]);
  return evaluateGraph(
    buildMlpGraph(SHAPE, WEIGHT_DECAY),
    {
      x: dense([ROWS, SHAPE.features], x),
      targets: dense([ROWS, 1], targets),
      loss_weight: scalar(1 / ROWS),
      decay: scalar(numbers.decay),
      step_size: scalar(numbers.stepSize),
      epsilon: scalar(numbers.epsilon),
      ...Object.fromEntries(state),
    },
    { rows: ROWS },
  );
}

describe('the graph of a small network', () => {
  it('has the loss of the forward pass in plain arithmetic', () => {
    expect(step(0.01).get('loss')!.data[0]).toBeCloseTo(loss(parameters), 10);
  });

  it('has gradients that central differences confirm', () => {
    const outputs = step(0.01);
    for (const name of MLP_TENSORS) {
      // From zero the first moment is (1 − β₁) times the gradient.
      const gradient = outputs
        .get(nextOutput(momentInput(1, name)))!
        .data.map((moment) => moment / (1 - MLP_ADAM.beta1));
      gradient.forEach((value, at) => {
        // Parameters are float32: steps of a power of two are exact, and stay clear of the kinks of ReLU here.
        const moved = (by: number) => {
          const changed = parameters[name].slice();
          changed[at]! += by;
          return { value: changed[at]!, loss: loss({ ...parameters, [name]: changed }) };
        };
        const [up, down] = [moved(2 ** -12), moved(-(2 ** -12))];
        expect(value).toBeCloseTo((up.loss - down.loss) / (up.value - down.value), 5);
      });
    }
  });

  it('moves every tensor, and decays weights but not biases', () => {
    const [still, decayed] = [step(0), step(0.1)];
    for (const name of MLP_TENSORS) {
      expect(still.get(nextOutput(name))!.data).toEqual(Float64Array.from(parameters[name]));
      expect(decayed.get(nextOutput(name))!.data).not.toEqual(Float64Array.from(parameters[name]));
    }
    // The first step of Adam is the learning rate by the sign of the gradient, after the decay.
    const moment = decayed.get(nextOutput(momentInput(1, 'weight2')))!.data[0]!;
    const expected = parameters.weight2[0]! * (1 - 0.1 * WEIGHT_DECAY) - 0.1 * Math.sign(moment);
    expect(decayed.get(nextOutput('weight2'))!.data[0]).toBeCloseTo(expected, 4);
  });
});
