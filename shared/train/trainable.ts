import { adapterTensors } from './adapters.ts';
import { isLora, type LoraMethod } from './lora.ts';
import { layerOf } from './parameter-groups.ts';
import { encoderTensors, headTensors, loraTensors, usesClsOnly } from './parameters.ts';
import type { TrainSpec, TuningMethod } from './spec.ts';

/** The parameters a method trains, by Hugging Face name (LoRA's as `….query.lora_A.weight`); the head always learns. */
export function trainableNames(spec: TrainSpec): ReadonlySet<string> {
  const { method, encoder } = spec;
  const head = headTensors(spec.head, encoder.hiddenSize, spec.labels).map(({ name }) => name);
  if (isLora(method)) {
    // peft keeps BERT's pooler as it is and trains the classifier beside the adapters.
    return new Set([...loraTensors(spec).map(({ name }) => name), 'classifier.weight', 'classifier.bias']);
  }
  const tensors = [...encoderTensors(encoder, usesClsOnly(spec)), ...adapterTensors(encoder, spec.adapters)];
  const body = tensors.flatMap(({ parts }) => parts.map(({ name }) => name));
  return new Set([...body.filter((name) => learns(method, name)), ...head]);
}

/** Whether `method` trains this tensor of the encoder. */
function learns(method: Exclude<TuningMethod, LoraMethod>, name: string): boolean {
  const layer = layerOf(name);
  switch (method.type) {
    case 'head':
      return false;
    case 'adapter':
      return name.includes('.adapter_');
    case 'bitfit':
      return method.biases === 'all' ? name.endsWith('.bias') : QUERY_AND_INTERMEDIATE.test(name);
    case 'frozen-prefix':
      return layer !== null && layer >= method.layers;
    case 'full':
      return layer !== null || !method.freezeEmbeddings;
  }
}

/** The two biases that BitFit's authors found to be enough. @source Ben Zaken, Ravfogel and Goldberg 2022, BitFit, 4.2 (b_q and b_m2) */
const QUERY_AND_INTERMEDIATE = /\.(attention\.self\.query|intermediate\.dense)\.bias$/;
