import { expect, it } from 'vitest';
import { checkFirstStep } from './first-step.ts';
import type { TrainerState } from './spec.ts';

/** A state from [parameter, first moment] by name. */
function state(values: Readonly<Record<string, readonly [number, number]>>): TrainerState {
  const named = (pick: (pair: readonly [number, number]) => number) =>
    new Map(Object.entries(values).map(([name, pair]) => [name, { shape: [1], data: Float32Array.of(pick(pair)) }]));
  return {
    step: 1,
    parameters: named((pair) => pair[0]),
    firstMoments: named((pair) => pair[1]),
    secondMoments: new Map(),
  };
}

it('accepts tensors that moved', () => {
  expect(() => checkFirstStep(state({ w: [1, 0] }), state({ w: [2, 0.1] }))).not.toThrow();
});

it('names a tensor without a gradient, although decay moved it', () => {
  const check = () => checkFirstStep(state({ w: [1, 0] }), state({ w: [0.99, 0] }));
  expect(check).toThrow(expect.objectContaining({ code: 'train.zero-gradient', params: { tensor: 'w' } }));
});

it('names a tensor that stood still', () => {
  const check = () => checkFirstStep(state({ w: [1, 0] }), state({ w: [1, 0.1] }));
  expect(check).toThrow(expect.objectContaining({ code: 'train.zero-gradient' }));
});

it('lets key biases stand still', () => {
  const name = 'bert.encoder.layer.0.attention.self.key.bias';
  expect(() => checkFirstStep(state({ [name]: [1, 0] }), state({ [name]: [1, 0] }))).not.toThrow();
});

it('lets AdaLoRA’s A and B stand still while E is zero, and E where the allocator put it back', () => {
  const [a, e, b] = ['x.lora_A.weight', 'x.lora_E.weight', 'x.lora_B.weight'];
  const from = (valueOfE: number) => state({ [a]: [1, 0], [e]: [valueOfE, 0], [b]: [1, 0] });
  const to = (gradientOfE: number) => state({ [a]: [1, 0], [e]: [0, gradientOfE], [b]: [1, 0] });
  expect(() => checkFirstStep(from(0), to(0.1))).not.toThrow();
  expect(() => checkFirstStep(from(0), to(0))).toThrow(expect.objectContaining({ params: { tensor: e } }));
  expect(() => checkFirstStep(from(0.2), to(0.1))).toThrow(expect.objectContaining({ params: { tensor: a } }));
});

it('lets LoRA’s A stand still only while B is zero', () => {
  const [a, b] = ['x.lora_A.weight', 'x.lora_B.weight'];
  const moved = [0.5, 0.1] as const;
  const from = (valueOfB: number) => state({ [a]: [1, 0], [b]: [valueOfB, 0] });
  const to = state({ [a]: [1, 0], [b]: moved });
  expect(() => checkFirstStep(from(0), to)).not.toThrow();
  expect(() => checkFirstStep(from(0.1), to)).toThrow(expect.objectContaining({ params: { tensor: a } }));
});
