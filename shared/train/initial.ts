import { BugError } from '../errors/app-error.ts';
import type { Rng } from '../rng.ts';
import { adapterTensors } from './adapters.ts';
import { headTensors, loraTensors } from './parameters.ts';
import type { NamedTensor, NamedTensors, TrainSpec, TuningMethod } from './spec.ts';

const INITIALIZER_RANGE = 0.02;

/** First values of what a base model does not bring: head and adapters N(0, 0.02²) with zero biases, LoRA's A uniform in ±1/√in and B zero, AdaLoRA's A and
 *  B N(0, 0.02²) and E zero.
 *  Tensors that `weights` already has are not drawn. @source transformers BertConfig.initializer_range; peft lora/layer.py, adalora/layer.py; adapters Adapter.init_bert_weights */
export function initialTensors(spec: TrainSpec, weights: NamedTensors, rng: Rng): NamedTensors {
  const tensors = [
    ...adapterTensors(spec.encoder, spec.adapters),
    ...loraTensors(spec),
    ...headTensors(spec.head, spec.encoder.hiddenSize, spec.labels),
  ];
  const drawn = new Map<string, NamedTensor>();
  for (const { name, shape } of tensors) {
    if (weights.has(name)) continue;
    const data = new Float32Array(shape.reduce((product, dim) => product * dim, 1));
    const draw = drawFor(spec.method, name, shape, rng);
    if (draw !== null) for (let i = 0; i < data.length; i++) data[i] = draw();
    drawn.set(name, { shape, data });
  }
  return drawn;
}

/** The distribution of a tensor's elements; null for zeros. */
function drawFor(method: TuningMethod, name: string, shape: readonly number[], rng: Rng): (() => number) | null {
  const isLoraB = method.type === 'lora' && name.endsWith('.lora_B.weight');
  if (name.endsWith('.bias') || name.endsWith('.lora_E.weight') || isLoraB) return null;
  if (method.type !== 'lora' || !name.endsWith('.lora_A.weight')) return () => INITIALIZER_RANGE * rng.normal();
  const width = shape[1];
  if (width === undefined) throw new BugError(`${name} has rank ${shape.length}`);
  const bound = 1 / Math.sqrt(width);
  return () => (2 * rng.float() - 1) * bound;
}
