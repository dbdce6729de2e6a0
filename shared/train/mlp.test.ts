import { describe, expect, it } from 'vitest';
import { dense, evaluateGraph } from '../autodiff/evaluate.testkit.ts';
import { createRng } from '../rng.ts';
import { buildMlpGraph, initialMlp, MLP_TENSORS, type MlpParameters, mlpLogits, mlpShapes } from './mlp.ts';
import { gradientOutput } from './training-graph.ts';

const SHAPE = { features: 3, hidden: 4 };
const ROWS = 5;
const rng = createRng(4);
const parameters = initialMlp(SHAPE, rng);
const x = Float32Array.from({ length: ROWS * SHAPE.features }, () => rng.normal());
const targets = [1, 0, 1, 1, 0];

/** Mean binary cross-entropy, from the log-odds of the forward pass in plain arithmetic. */
function loss(of: MlpParameters): number {
  return mlpLogits(of, x).reduce((sum, z, row) => sum + Math.log1p(Math.exp(targets[row] === 1 ? -z : z)) / ROWS, 0);
}

function outputs() {
  const shapes = mlpShapes(SHAPE);
  return evaluateGraph(
    buildMlpGraph(SHAPE),
    {
      x: dense([ROWS, SHAPE.features], x),
      targets: dense([ROWS, 1], targets),
      loss_weight: dense([], [1 / ROWS]),
      ...Object.fromEntries(MLP_TENSORS.map((name) => [name, dense(shapes[name], parameters[name])])),
    },
    { rows: ROWS },
  );
}

describe('the graph of a small network', () => {
  it('has the loss of the forward pass in plain arithmetic', () => {
    expect(outputs().get('loss')!.data[0]).toBeCloseTo(loss(parameters), 10);
  });

  it('has gradients that central differences confirm', () => {
    const found = outputs();
    for (const name of MLP_TENSORS) {
      const gradient = found.get(gradientOutput(name))!.data;
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
});
