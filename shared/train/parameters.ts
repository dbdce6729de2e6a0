import type { EncoderConfig, HeadKind, LayerSize, LoraTarget, TrainSpec } from './spec.ts';

/** The tensors of a model: their names and shapes as Hugging Face has them (with the prefix `bert.`), and how they are packed for computing. */

export interface ParameterShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** One tensor of the graph: several parameters of equal width, one below the other (Q, K and V are one product). */
export interface PackedTensor extends ParameterShape {
  readonly parts: readonly ParameterShape[];
}

export const WORD_EMBEDDINGS = 'bert.embeddings.word_embeddings.weight';

/** The linear layers of an encoder layer, by the part of their name behind `bert.encoder.layer.<i>.`. */
export type LinearModule =
  | 'attention.self.query'
  | 'attention.self.key'
  | 'attention.self.value'
  | 'attention.output.dense'
  | 'intermediate.dense'
  | 'output.dense';

export const LORA_MODULES: Readonly<Record<LoraTarget, LinearModule>> = {
  query: 'attention.self.query',
  key: 'attention.self.key',
  value: 'attention.self.value',
  'attention.output': 'attention.output.dense',
  intermediate: 'intermediate.dense',
  output: 'output.dense',
};

/** The linear layer from the embeddings to the encoder, where their widths differ. */
export const EMBEDDING_PROJECTION = 'bert.embeddings_project';

/** Width of the word, position and type embeddings. */
export const embeddingWidth = ({ embeddingSize, hiddenSize }: EncoderConfig) => embeddingSize ?? hiddenSize;

export const layerPrefix = (layer: number) => `bert.encoder.layer.${layer}.`;

/** Width of one attention head, the same in all layers, pruned ones included. */
export const headWidth = ({ hiddenSize, heads }: EncoderConfig) => hiddenSize / heads;

/** Heads and feed-forward columns of one layer. */
export function layerSize(config: EncoderConfig, layer: number): LayerSize {
  return config.layerSizes?.[layer] ?? { heads: config.heads, intermediateSize: config.intermediateSize };
}

/** [output, input] size of a linear layer of encoder layer `layer`. */
export function linearShape(config: EncoderConfig, module: LinearModule, layer: number): readonly [number, number] {
  const { hiddenSize } = config;
  const { heads, intermediateSize } = layerSize(config, layer);
  const attention = heads * headWidth(config);
  if (module === 'intermediate.dense') return [intermediateSize, hiddenSize];
  if (module === 'output.dense') return [hiddenSize, intermediateSize];
  return module === 'attention.output.dense' ? [hiddenSize, attention] : [attention, hiddenSize];
}

/** Which of Q, K and V share a product. Where the last layer computes position 0 only, Q sees fewer rows than K and V. */
export function attentionGroups(clsOnly: boolean): readonly (readonly LinearModule[])[] {
  const [query, key, value] = ['attention.self.query', 'attention.self.key', 'attention.self.value'] as const;
  return clsOnly ? [[query], [key, value]] : [[query, key, value]];
}

/** The name of the packed `weight` or `bias` of linear layers, e.g. `bert.encoder.layer.0.attention.self.query+key+value.weight`. */
export function packedName(layer: number, modules: readonly LinearModule[], kind: 'weight' | 'bias'): string {
  const [first, ...rest] = modules;
  return `${layerPrefix(layer)}${[first, ...rest.map((module) => module.split('.').at(-1))].join('+')}.${kind}`;
}

/** Whether only position 0 of the last layer is needed. */
export function usesClsOnly(spec: Pick<TrainSpec, 'pooling' | 'head'>): boolean {
  return spec.pooling === 'cls' || spec.head === 'bert-pooler';
}

export const single = (name: string, shape: readonly number[]): PackedTensor => ({
  name,
  shape,
  parts: [{ name, shape }],
});

const layerNorm = (prefix: string, size: number) => [
  single(`${prefix}LayerNorm.weight`, [size]),
  single(`${prefix}LayerNorm.bias`, [size]),
];

function packedLinear(config: EncoderConfig, layer: number, modules: readonly LinearModule[]): PackedTensor[] {
  const width = linearShape(config, modules[0]!, layer)[1];
  const sizes = modules.map((module) => linearShape(config, module, layer)[0]);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const part = (kind: 'weight' | 'bias') =>
    modules.map((module, i) => ({
      name: `${layerPrefix(layer)}${module}.${kind}`,
      shape: kind === 'weight' ? [sizes[i]!, width] : [sizes[i]!],
    }));
  return [
    { name: packedName(layer, modules, 'weight'), shape: [total, width], parts: part('weight') },
    { name: packedName(layer, modules, 'bias'), shape: [total], parts: part('bias') },
  ];
}

/** Every tensor of the encoder in graph form. `clsOnly`: the last layer computes position 0 only. */
export function encoderTensors(config: EncoderConfig, clsOnly: boolean): readonly PackedTensor[] {
  const { hiddenSize: hidden, layers, typeVocabSize } = config;
  const width = embeddingWidth(config);
  const tensors = [
    single(WORD_EMBEDDINGS, [config.vocabSize, width]),
    single('bert.embeddings.position_embeddings.weight', [config.maxPositions, width]),
    ...(typeVocabSize === 0 ? [] : [single('bert.embeddings.token_type_embeddings.weight', [typeVocabSize, width])]),
    ...layerNorm('bert.embeddings.', width),
    ...(width === hidden
      ? []
      : [single(`${EMBEDDING_PROJECTION}.weight`, [hidden, width]), single(`${EMBEDDING_PROJECTION}.bias`, [hidden])]),
  ];
  for (let layer = 0; layer < layers; layer++) {
    for (const group of attentionGroups(clsOnly && layer === layers - 1)) {
      tensors.push(...packedLinear(config, layer, group));
    }
    const prefix = layerPrefix(layer);
    tensors.push(...packedLinear(config, layer, ['attention.output.dense']));
    tensors.push(...layerNorm(`${prefix}attention.output.`, hidden));
    tensors.push(
      ...packedLinear(config, layer, ['intermediate.dense']),
      ...packedLinear(config, layer, ['output.dense']),
    );
    tensors.push(...layerNorm(`${prefix}output.`, hidden));
  }
  return tensors;
}

export function headTensors(head: HeadKind, hidden: number, labels: number): readonly PackedTensor[] {
  const rows = head === 'shared-weight' ? 1 : labels;
  const classifier = [single('classifier.weight', [rows, hidden]), single('classifier.bias', [labels])];
  if (head !== 'bert-pooler') return classifier;
  return [
    single('bert.pooler.dense.weight', [hidden, hidden]),
    single('bert.pooler.dense.bias', [hidden]),
    ...classifier,
  ];
}

/** Numbers in these tensors together. */
export const countElements = (tensors: readonly ParameterShape[]) =>
  tensors.reduce((sum, { shape }) => sum + shape.reduce((product, dim) => product * dim, 1), 0);

/** No decay on biases and LayerNorm. @source Hugging Face Trainer, get_decay_parameter_names */
export function isDecayed(name: string): boolean {
  return !name.endsWith('.bias') && !name.includes('LayerNorm');
}

/** The matrices of LoRA and AdaLoRA: A [rank, in] and B [out, rank] of every target of every layer, and AdaLoRA's E [rank, 1] between them; none for
 *  other methods. */
export function loraTensors(spec: Pick<TrainSpec, 'method' | 'encoder'>): readonly PackedTensor[] {
  const { method, encoder } = spec;
  if (method.type !== 'lora' && method.type !== 'adalora') return [];
  return Array.from({ length: encoder.layers }, (_, layer) =>
    method.targets.flatMap((target) => {
      const [out, width] = linearShape(encoder, LORA_MODULES[target], layer);
      const prefix = `${layerPrefix(layer)}${LORA_MODULES[target]}`;
      return [
        single(`${prefix}.lora_A.weight`, [method.rank, width]),
        ...(method.type === 'adalora' ? [single(`${prefix}.lora_E.weight`, [method.rank, 1])] : []),
        single(`${prefix}.lora_B.weight`, [out, method.rank]),
      ];
    }),
  ).flat();
}
