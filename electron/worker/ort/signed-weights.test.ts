import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import {
  multipliesExactly,
  multipliesSigned,
  PROBE,
  PROBE_MODEL,
  probeWeight,
} from '../../../resources/package/lib/signed-probe.mjs';
import { withSignedWeights } from '../../../resources/package/lib/signed-weights.mjs';
import { Builder } from '../../../shared/autodiff/builder.ts';
import type { Graph, Value } from '../../../shared/autodiff/graph.ts';
import { createRng } from '../../../shared/rng.ts';
import { lowerGraph } from './lower.ts';
import type { OrtRuntime } from './session.ts';

const ort = createRequire(import.meta.url)('onnxruntime-node') as OrtRuntime;

interface Weights {
  readonly bytes: Int8Array | Uint8Array;
  readonly zero: Int8Array | Uint8Array;
  readonly inner: number;
  readonly columns: number;
}

/** x times the same weights by both operators of 8-bit models, all scales 1. */
function products(weights: Weights, extra: (b: Builder) => Record<string, Value> = () => ({})): Graph {
  const { inner, columns } = weights;
  const b = new Builder();
  const x = b.input('x', 'float32', ['rows', inner]);
  const weight = b.constant('w', weights.bytes, [inner, columns]);
  const scale = b.constant('s', new Float32Array(columns).fill(1), [columns]);
  const zero = b.constant('z', weights.zero, []);
  const [one, none] = [b.constant('one', Float32Array.of(1), []), b.constant('none', Uint8Array.of(0), [])];
  const dynamic = b.op('DynamicQuantizeMatMul', [x, weight, scale, zero]);
  const quantised = b.op('QuantizeLinear', [x, one, none]);
  const fixed = b.op('MatMulIntegerToFloat', [quantised, weight, one, scale, none, zero]);
  return b.graph({ dynamic, fixed, ...extra(b) });
}

const probeWeights = Int8Array.from({ length: PROBE.inner * PROBE.columns }, (_, i) =>
  probeWeight(Math.floor(i / PROBE.columns), i % PROBE.columns),
);

/** Rows of bytes times weights, each sum made by `sum`. */
function multiplied(
  bytes: Float32Array,
  { bytes: weights, inner, columns }: Pick<Weights, 'bytes' | 'inner' | 'columns'>,
  sum: (terms: readonly number[]) => number = (terms) => terms.reduce((total, term) => total + term, 0),
): Float32Array {
  return Float32Array.from({ length: (bytes.length / inner) * columns }, (_, i) => {
    const row = Math.floor(i / columns);
    return sum(
      Array.from({ length: inner }, (_, at) => bytes[row * inner + at]! * weights[at * columns + (i % columns)]!),
    );
  });
}

const probed = (bytes: Float32Array, sum?: (terms: readonly number[]) => number) =>
  multiplied(bytes, { bytes: probeWeights, ...PROBE }, sum);

/** Neighbouring products are added in 16 bits, as vpmaddubsw does. */
const saturating = (terms: readonly number[]) => {
  let total = 0;
  for (let at = 0; at < terms.length; at += 2) {
    total += Math.max(-32_768, Math.min(32_767, terms[at]! + terms[at + 1]!));
  }
  return total;
};

/** Bytes of a model as if this runtime multiplied with the given numbers. */
const asIf = (multiply: (bytes: Float32Array) => Float32Array) =>
  ({
    InferenceSession: {
      create: async () => ({
        run: async ({ x }: { x: { data: Float32Array } }) => ({
          dynamic: { data: multiply(x.data) },
          fixed: { data: multiply(x.data) },
        }),
        release: async () => undefined,
      }),
    },
    Tensor: class {
      readonly data: Float32Array;
      constructor(_type: string, data: Float32Array) {
        this.data = data;
      }
    },
  }) as unknown as OrtRuntime;

test('the model of the probe is what our writer makes of its graph', () => {
  const graph = products({ bytes: probeWeights, zero: Int8Array.of(0), ...PROBE });
  expect(PROBE_MODEL).toBe(Buffer.from(lowerGraph(graph)).toString('base64'));
});

test('exact products are taken, for every number of rows', async () => {
  const asked: number[] = [];
  const found = await multipliesExactly(async (bytes, rows) => {
    asked.push(rows);
    return [probed(bytes), probed(bytes)];
  });
  expect([found, asked]).toEqual([true, [1, 4, 64]]);
});

test('sums in 16 bits are refused', async () => {
  // What ONNX Runtime 1.27 gives with AVX2 alone for a row of 255 and columns of 127, −127, and pairs of both.
  const row = probed(new Float32Array(PROBE.inner).fill(255), saturating);
  expect([row[10], row[11], row[2]]).toEqual([524_272, -524_288, -8]);
  expect(await multipliesExactly(async (bytes) => [probed(bytes, saturating)])).toBe(false);
});

test('so is what differs with many rows only, in one of the two operators only, or by a scale for each row', async () => {
  const many = async (bytes: Float32Array, rows: number) => [probed(bytes, rows < 64 ? undefined : saturating)];
  expect(await multipliesExactly(many)).toBe(false);
  const second = async (bytes: Float32Array) => [probed(bytes), probed(bytes, saturating)];
  expect(await multipliesExactly(second)).toBe(false);
  const { inner } = PROBE;
  const rowByRow = (bytes: Float32Array) =>
    bytes.map((byte, i) => {
      const row = Math.floor(i / inner);
      const scale = Math.max(...bytes.subarray(row * inner, (row + 1) * inner)) / 255;
      return Math.round(byte / scale) * scale;
    });
  expect(await multipliesExactly(async (bytes) => [probed(rowByRow(bytes))])).toBe(false);
});

test('a runtime that cannot run the probe does not multiply signed weights; each is asked once', async () => {
  let asked = 0;
  const failing = {
    InferenceSession: { create: () => Promise.reject(new Error(String(++asked))) },
  } as unknown as OrtRuntime;
  expect([await multipliesSigned(failing), await multipliesSigned(failing), asked]).toEqual([false, false, 1]);
});

const rng = createRng(11);
const INNER = 96;
const COLUMNS = 48;
const signed = Int8Array.from({ length: INNER * COLUMNS }, () => Math.floor(rng.float() * 255) - 127);
const unsigned = Uint8Array.from(signed, (value) => value + 128);
const table = Uint8Array.from({ length: 40 }, (_, i) => 6 * i);

/** A table and the activations' zero point beside the weights, as in a whole model. */
const model = (weights: Pick<Weights, 'bytes' | 'zero'>) =>
  lowerGraph(
    products({ ...weights, inner: INNER, columns: COLUMNS }, (b) => ({
      picked: b.op('Cast', [b.op('Gather', [b.constant('t', table, [10, 4]), b.input('index', 'int32', ['some'])])], {
        to: 'float32',
      }),
    })),
  );
const asStored = () => model({ bytes: unsigned, zero: Uint8Array.of(128) });

test('weights and their zero points become signed, byte for byte as if they had been written so, and nothing else changes', async () => {
  expect(
    await withSignedWeights(
      asStored(),
      asIf((bytes) => probed(bytes)),
    ),
  ).toEqual(model({ bytes: signed, zero: Int8Array.of(0) }));
});

test('they stay unsigned where products saturate, and what is no model stays as it is', async () => {
  expect(
    await withSignedWeights(
      asStored(),
      asIf((bytes) => probed(bytes, saturating)),
    ),
  ).toEqual(asStored());
  const exact = asIf((bytes) => probed(bytes));
  const cut = asStored().slice(0, 900);
  expect(await withSignedWeights(cut.slice(), exact)).toEqual(cut);
  const noise = Uint8Array.from({ length: 5_000 }, () => Math.floor(rng.float() * 256));
  expect(await withSignedWeights(noise.slice(), exact)).toEqual(noise);
});

const isExactHere = await multipliesSigned(ort);

test.each([1, 3, 64])(
  'a session gives the same numbers with weights as they are opened here and as they are stored: those of integers (%d rows)',
  async (rows) => {
    const opened = await withSignedWeights(asStored(), ort);
    expect(Buffer.compare(opened, asStored()) !== 0).toBe(isExactHere);
    const x = Float32Array.from({ length: rows * INNER }, (_, i) => (i === 0 ? 255 : Math.floor(rng.float() * 256)));
    const integers = multiplied(x, { bytes: signed, inner: INNER, columns: COLUMNS });
    for (const bytes of [asStored(), opened]) {
      const session = await ort.InferenceSession.create(bytes, { executionProviders: ['cpu'], logSeverityLevel: 3 });
      const { dynamic, fixed, picked } = await session.run({
        x: new ort.Tensor('float32', x, [rows, INNER]),
        index: new ort.Tensor('int32', Int32Array.of(9, 0), [2]),
      });
      await session.release();
      expect([dynamic?.data, fixed?.data]).toEqual([integers, integers]);
      expect(picked?.data).toEqual(Float32Array.of(216, 222, 228, 234, 0, 6, 12, 18));
    }
  },
);
