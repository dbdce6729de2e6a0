/** Whether the processor multiplies unsigned by signed bytes exactly, found out by doing it. What ONNX Runtime itself knows (`session.x64quantprecision`)
 *  counts processors with dot-product instructions among those that do not. */

/** @typedef {Pick<typeof import('onnxruntime-node'), 'InferenceSession' | 'Tensor'>} Runtime */

/** Numbers that a weight of the probe is multiplied with, and its columns. */
export const PROBE = { inner: 32, columns: 16 };
/** Kernels differ by the number of rows. */
const PROBE_ROWS = [1, 4, 64];
/** Model of the probe: `x` [rows, inner], the bytes as float32, times the weights of `probeWeight` as int8, by both operators that an 8-bit model has.
 *  Outputs `dynamic` and `fixed`, [rows, columns]. */
export const PROBE_MODEL = [
  'CAgSEXN1Y2Nlc3Mtd29ya2JlbmNoOoUHCjsKAXgKAXcKAXMKAXoSB2R5bmFtaWMiFUR5bmFtaWNRdWFudGl6ZU1hdE11bDoNY29tLm1pY3Jvc29mdA',
  'okCgF4CgNvbmUKBG5vbmUSAnY3Ig5RdWFudGl6ZUxpbmVhcjoACkQKAnY3CgF3CgNvbmUKAXMKBG5vbmUKAXoSBWZpeGVkIhRNYXRNdWxJbnRlZ2Vy',
  'VG9GbG9hdDoNY29tLm1pY3Jvc29mdBIFZ3JhcGgqjAQIIAgQEANCAXdKgAR/gX+Bf4F/gX+Bf4F/gX+BgX9/gX+Bf4F/gX+Bf4F/gX+BgX9/gX+Bf4',
  'F/gX+Bf4GBf4F/f4F/gX+Bf4F/gX+Bf4F/gYF/f4F/gX+Bf4F/gYF/f4GBf3+Bf4F/gX+Bf4F/gYF/gX9/gX+Bf4F/gX+BgX+Bf4F/f4F/gX+Bf4F/',
  'gX+Bf4F/gYF/f4F/gX+Bf4GBf3+Bf4GBf3+Bf4F/gX+Bf4GBf3+BgX9/gX+Bf4F/gYF/gX9/gYF/f4F/gX+Bf4F/gX+BgX+Bf3+Bf4F/gX+BgX9/gY',
  'F/gX9/gX+Bf4F/gX+BgX+Bf4F/f4F/gX+Bf4GBf4F/gX+Bf3+Bf4F/gX+Bf4F/gX+Bf4GBf3+Bf4F/gYF/f4F/gX+BgX9/gX+Bf4F/gYF/f4F/gYF/',
  'f4F/gX+BgX+Bf3+Bf4GBf3+Bf4F/gX+Bf4GBf3+BgX9/gX+Bf4GBf3+BgX9/gYF/f4F/gX+Bf4GBf4F/f4GBf3+Bf4F/gYF/gX+Bf3+BgX9/gX+Bf4',
  'F/gX+Bf4GBf4F/f4F/gX+BgX9/gX+BgX+Bf3+Bf4F/gX+BgX9/gYF/gX9/gX+Bf4GBf4F/f4GBf4F/f4F/gX+Bf4F/gYF/gX+Bf3+Bf4F/gYF/f4GB',
  'f4F/gX9/gX+Bf4F/gYF/gX+Bf4F/f4F/gX+BgX+Bf4F/gX+Bf3+Bf4F/gSpJCBAQAUIBc0pAAACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD',
  '8AAIA/AACAPwAAgD8AAIA/AACAPwAAgD8AAIA/AACAPyoIEANCAXpKAQAqDRABQgNvbmVKBAAAgD8qCxACQgRub25lSgEAWhcKAXgSEgoQCAESDAoG',
  'EgRyb3dzCgIIIGIdCgdkeW5hbWljEhIKEAgBEgwKBhIEcm93cwoCCBBiGwoFZml4ZWQSEgoQCAESDAoGEgRyb3dzCgIIEEIECgAQEkIRCg1jb20ubW',
  'ljcm9zb2Z0EAE=',
].join('');

/** The largest weights, whose sign changes with every row, every second, fourth, … or never.
 *  @param {number} row
 *  @param {number} column */
export const probeWeight = (row, column) => (((row >> (column >> 1)) + column) % 2 === 0 ? 127 : -127);

/** The largest byte, or others in rows without it: with a scale for each row instead of one for all these would not come out exactly.
 *  @param {number} row
 *  @param {number} at */
const probeByte = (row, at) => (row % 2 === 0 ? 255 : (31 * row + 17 * at) % 101);

/** Whether products of unsigned by signed bytes are the integers that they should be.
 *  @param {(bytes: Float32Array, rows: number) => Promise<readonly Float32Array[]>} multiply Bytes [rows, inner] times the weights of the probe,
 *    [rows, columns], in each way that a model does it.
 *  @returns {Promise<boolean>} */
export async function multipliesExactly(multiply) {
  const { inner, columns } = PROBE;
  for (const rows of PROBE_ROWS) {
    const bytes = Float32Array.from({ length: rows * inner }, (_, i) => probeByte(Math.floor(i / inner), i % inner));
    const exact = Float32Array.from({ length: rows * columns }, (_, i) => {
      const start = Math.floor(i / columns) * inner;
      return bytes
        .subarray(start, start + inner)
        .reduce((sum, byte, at) => sum + byte * probeWeight(at, i % columns), 0);
    });
    for (const found of await multiply(bytes, rows)) {
      if (found.length !== exact.length || found.some((value, i) => value !== exact[i])) return false;
    }
  }
  return true;
}

/** @type {WeakMap<Runtime['InferenceSession'], Promise<boolean>>} */
const probed = new WeakMap();

/** Whether this processor multiplies unsigned by signed bytes exactly; a runtime that cannot run the probe does not. Asked once in a process.
 *  @param {Runtime} runtime
 *  @returns {Promise<boolean>} */
export function multipliesSigned(runtime) {
  const { InferenceSession } = runtime;
  const known = probed.get(InferenceSession) ?? runProbe(runtime).catch(() => false);
  probed.set(InferenceSession, known);
  return known;
}

/** @param {Runtime} runtime */
async function runProbe({ InferenceSession, Tensor }) {
  const session = await InferenceSession.create(Buffer.from(PROBE_MODEL, 'base64'), {
    executionProviders: ['cpu'],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
  try {
    return await multipliesExactly(async (bytes, rows) => {
      const { dynamic, fixed } = await session.run({ x: new Tensor('float32', bytes, [rows, PROBE.inner]) });
      return [dynamic, fixed].map((output) => /** @type {Float32Array} */ (output?.data));
    });
  } finally {
    await session.release();
  }
}
