import { createRequire } from 'node:module';
import type { InferenceSession, listSupportedBackends, Tensor } from 'onnxruntime-node';
import { withSignedWeights } from '../../../resources/package/lib/signed-weights.mjs';
import type { Provider } from '../../../shared/train/provider.ts';

export interface OrtRuntime {
  readonly listSupportedBackends: typeof listSupportedBackends;
  readonly InferenceSession: typeof InferenceSession;
  readonly Tensor: typeof Tensor;
}

const require = createRequire(import.meta.url);

/** Loads ONNX Runtime once, with its telemetry off before its code runs. By `require`: an `import` finds nothing inside an application's archive. */
function loadOrt(): OrtRuntime {
  process.env.ORT_DISABLE_TELEMETRY = '1';
  return require('onnxruntime-node') as OrtRuntime;
}

/** Execution providers that this build of ONNX Runtime brings along; whether there is a device for one is another question. */
export function includedProviders(): ReadonlySet<string> {
  return new Set(
    loadOrt()
      .listSupportedBackends()
      .flatMap(({ name, bundled }) => (bundled ? [name] : [])),
  );
}

/** The bytes of a model of our own as a session here and the server of a deployment package open it: 8-bit weights signed, in place, where this
 *  processor multiplies them exactly. */
export function asOpened(model: Uint8Array): Promise<Uint8Array> {
  return withSignedWeights(model, loadOrt());
}

export interface SessionOptions {
  /** Threads of one operator. */
  readonly threads: number;
  /** `cpu` unless given. Operators that another provider lacks run on the processor. */
  readonly provider?: Provider | undefined;
  /** 'disabled' only in tests that compare optimised with unoptimised graphs. */
  readonly optimisation?: 'all' | 'disabled';
  /** A prefix for ONNX Runtime's profile file; none unless given. */
  readonly profile?: string;
}

export type TensorData = Float32Array | Int32Array | Uint8Array | BigInt64Array;

/** A session over model bytes. Outputs are written to the buffers given, never allocated by ONNX Runtime. */
export class OrtSession {
  readonly #ort: OrtRuntime;
  readonly #session: InferenceSession;

  private constructor(ort: OrtRuntime, session: InferenceSession) {
    this.#ort = ort;
    this.#session = session;
  }

  static async create(model: Uint8Array, options: SessionOptions): Promise<OrtSession> {
    const ort = loadOrt();
    const session = await ort.InferenceSession.create(model, {
      executionProviders: [options.provider ?? 'cpu'],
      intraOpNumThreads: options.threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: options.optimisation ?? 'all',
      logSeverityLevel: 3,
      // A memory plan per shape costs a second arena (500 MB for a 16 × 128 step) and no time is won by it.
      enableMemPattern: false,
      // Each session has threads of its own: those of one that is done would spin where another, or AdamW, computes.
      // Gradients near zero may be denormals, which slow some processors thirtyfold.
      extra: { session: { set_denormal_as_zero: '1', force_spinning_stop: '1' } },
      ...(options.profile === undefined ? {} : { enableProfiling: true, profileFilePrefix: options.profile }),
    });
    return new OrtSession(ort, session);
  }

  tensor(data: TensorData, shape: readonly number[]): Tensor {
    return new this.#ort.Tensor(elementType(data), data, shape);
  }

  /** Runs the graph; every tensor of `fetches` is filled in place. */
  async run(feeds: Readonly<Record<string, Tensor>>, fetches: Readonly<Record<string, Tensor>>): Promise<void> {
    await this.#session.run(feeds, fetches);
  }

  endProfiling(): void {
    this.#session.endProfiling();
  }

  async dispose(): Promise<void> {
    await this.#session.release();
  }
}

function elementType(data: TensorData): 'float32' | 'int32' | 'int64' | 'uint8' {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Int32Array) return 'int32';
  return data instanceof BigInt64Array ? 'int64' : 'uint8';
}
