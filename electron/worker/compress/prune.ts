import { stat } from 'node:fs/promises';
import { cutEncoder, type Kept, keepAll } from '../../../shared/train/cut-encoder.ts';
import { devMetrics } from '../../../shared/train/evaluation.ts';
import { type InferenceSpec, inferenceTensors, specWith } from '../../../shared/train/inference-graph.ts';
import { evenLayers, leastMissedLayers } from '../../../shared/train/keep-layers.ts';
import { keepColumns, keepHeads } from '../../../shared/train/keep-parts.ts';
import { countElements, layerSize } from '../../../shared/train/parameters.ts';
import {
  COLUMN_BLOCK,
  type Pruning,
  partsOfCut,
  withZeros,
  type Zeroing,
  zeroedGroups,
} from '../../../shared/train/pruning.ts';
import type { EncoderConfig, NamedTensors, TokenBatch } from '../../../shared/train/spec.ts';
import { type ModelStructure, structureAfter } from '../../../shared/train/structure.ts';
import { keptTokens, pruneTokenizer } from '../../../shared/train/vocabulary.ts';
import type { PruneRequest } from '../../../shared/worker/compression.ts';
import type { WorkerResults } from '../../../shared/worker/protocol.ts';
import { type BatchRunOptions, runInBatches } from '../batch-runs.ts';
import { changedTensors, type OpenModel, openModel, type Spool } from '../open-model.ts';
import { createEncoder } from '../ort/encoder.ts';
import { readEncoderFolder } from '../ort/weights.ts';
import { createTokenizer, type TextTokenizer } from '../tokenizer.ts';
import { writeTunedFile } from '../tuned-file.ts';
import { type Importance, measureImportance } from './importance.ts';

/** A model before or after a cut. */
interface Form {
  readonly config: EncoderConfig;
  readonly weights: NamedTensors;
  readonly tokenizer: TextTokenizer;
}

/** Cuts a model and writes what is left as a tuned file; answers the probe texts as it was, and with each part of the cut alone.
 *  @throws AppError of the model; the reason of the signal between two batches */
export async function pruneModel(
  request: PruneRequest & Spool,
  { signal, onProgress }: BatchRunOptions,
): Promise<WorkerResults['prune']> {
  const model = await openModel(request);
  const maxLength = Math.min(request.maxLength, model.maxTokens);
  const answers = (form: Form, texts: readonly string[]) =>
    classify(form, texts, { model, maxLength, classes: request.classes, threads: request.threads, signal });
  const { whole: cut, parts, structure } = await variantsOf(request, model, maxLength, answers, signal);
  const base = (await readEncoderFolder(request.folder)).weights;
  await writeTunedFile(request.file, { tensors: changedTensors(base, cut.weights), structure }, request.spoolKey);

  const groups: { group: string; logits: Float32Array }[] = [];
  const probing = request.probe.length > 0;
  const reference = probing ? await answers(model, request.probe) : new Float32Array();
  for (const { part, form } of probing ? parts : []) {
    groups.push({ group: part, logits: await answers(form(), request.probe) });
    onProgress?.(groups.length, parts.length);
  }
  return {
    bytes: (await stat(request.file)).size,
    parameters: countParameters(specOf(model, cut.config, request.classes)),
    before: sizesOf(model.config),
    after: sizesOf(cut.config),
    reference,
    groups,
  };
}

interface Variants {
  readonly whole: Form;
  /** Each part of what is done, by itself. */
  readonly parts: readonly { readonly part: string; readonly form: () => Form }[];
  readonly structure: ModelStructure | null;
}

async function variantsOf(
  request: PruneRequest,
  model: OpenModel,
  maxLength: number,
  answers: Answers,
  signal: AbortSignal,
): Promise<Variants> {
  const { pruning } = request;
  if (pruning.technique === 'magnitude' || pruning.technique === 'n-m') {
    const groups = zeroedGroups(model.config, pruning);
    const zeroed = (only: readonly string[]): Form => ({
      ...model,
      weights: withZeros(model.weights, pruning, new Set(only)),
    });
    const parts = groups.map((part) => ({ part, form: () => zeroed([part]) }));
    return { whole: zeroed(groups), parts, structure: model.structure };
  }
  const kept = await chooseKept({ ...request, pruning }, model, maxLength, answers, signal);
  const whole = formOf(model, kept);
  const parts = partsOfCut(model.config, kept).map((alone) => ({
    part: alone.part,
    form: () => formOf(model, alone.kept),
  }));
  return { whole, parts, structure: structureAfter(whole.config, kept, model.structure?.tokens ?? null) };
}

type Answers = (form: Form, texts: readonly string[]) => Promise<Float32Array>;

async function chooseKept(
  { pruning, data, classes, threads }: PruneRequest & { readonly pruning: Exclude<Pruning, Zeroing> },
  model: OpenModel,
  maxLength: number,
  answers: Answers,
  signal: AbortSignal,
): Promise<Kept> {
  const { config, tokenizer } = model;
  const whole = keepAll(config);
  const importance = async (): Promise<Importance> =>
    measureImportance(
      specOf(model, config, classes),
      model.weights,
      { tokens: tokenizer.encode(data.texts, maxLength).tokens, labels: data.labels, padId: tokenizer.padId },
      { threads, provider: 'cpu', signal },
    );
  const layersOf = (kept: readonly number[]): Kept => ({ ...whole, layers: kept.map((layer) => whole.layers[layer]!) });
  switch (pruning.technique) {
    case 'vocabulary': {
      const { ids } = tokenizer.encode(data.texts, Number.MAX_SAFE_INTEGER).tokens;
      return { ...whole, tokens: keptTokens(model.tokenizerFile, new Set(ids)) };
    }
    case 'head-pruning': {
      const heads = keepHeads((await importance()).heads, pruning.share);
      return { ...whole, layers: whole.layers.map((layer, at) => ({ ...layer, heads: heads[at]! })) };
    }
    case 'ffn-pruning': {
      const columns = keepColumns((await importance()).columns, pruning.share, COLUMN_BLOCK);
      return { ...whole, layers: whole.layers.map((layer, at) => ({ ...layer, columns: columns[at]! })) };
    }
    case 'distillation':
      return layersOf(evenLayers(config.layers, pruning.layers));
    case 'layer-drop': {
      const lossOf = async (kept: readonly number[]) =>
        devMetrics(await answers(formOf(model, layersOf(kept)), data.texts), data.labels, classes).loss;
      return layersOf(await leastMissedLayers(config.layers, pruning.layers, lossOf));
    }
  }
}

function formOf(model: OpenModel, kept: Kept): Form {
  const { config, weights } = cutEncoder(model.config, model.weights, kept);
  const { tokens } = kept;
  const tokenizer = tokens === null ? model.tokenizer : createTokenizer(pruneTokenizer(model.tokenizerFile, tokens));
  return { config, weights, tokenizer };
}

const specOf = ({ manifest, weights }: OpenModel, encoder: EncoderConfig, labels: number): InferenceSpec =>
  specWith({ encoder, pooling: manifest.pooling, head: 'linear', labels }, weights);

async function classify(
  { config, weights, tokenizer }: Form,
  texts: readonly string[],
  asked: {
    readonly model: OpenModel;
    readonly maxLength: number;
    readonly classes: number;
    readonly threads: number;
    readonly signal: AbortSignal;
  },
): Promise<Float32Array> {
  const { tokens } = tokenizer.encode(texts, asked.maxLength);
  const spec = specOf(asked.model, config, asked.classes);
  const encoder = await createEncoder(spec, weights, { threads: asked.threads, provider: 'cpu' });
  const run = async (batch: TokenBatch) => (await encoder.run(batch)).logits;
  try {
    return await runInBatches(tokens, tokenizer.padId, asked.classes, run, { signal: asked.signal });
  } finally {
    await encoder.dispose();
  }
}

function sizesOf(config: EncoderConfig) {
  const layers = Array.from({ length: config.layers }, (_, layer) => layerSize(config, layer));
  return {
    layers: config.layers,
    heads: layers.reduce((sum, { heads }) => sum + heads, 0),
    columns: layers.reduce((sum, { intermediateSize }) => sum + intermediateSize, 0),
    words: config.vocabSize,
  };
}

const countParameters = (spec: InferenceSpec) => countElements(inferenceTensors(spec));
