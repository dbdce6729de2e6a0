import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST_FILE, type ModelManifest } from '../../electron/models/model-folder.ts';
import { writeSafetensors } from '../../electron/worker/ort/safetensors.ts';
import { createRng } from '../../shared/rng.ts';
import { encoderTensors } from '../../shared/train/parameters.ts';
import type { EncoderConfig } from '../../shared/train/spec.ts';

export const WORDS =
  'card lost pin change refund late fee transfer balance account wrong help please when how why my the a'.split(' ');
const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const CONFIG: EncoderConfig = {
  vocabSize: SPECIAL.length + WORDS.length,
  hiddenSize: 32,
  layers: 2,
  heads: 4,
  intermediateSize: 64,
  maxPositions: 40,
  typeVocabSize: 2,
  layerNormEps: 1e-12,
  activation: 'gelu',
};

/** Writes a two-layer encoder with random weights and a tokeniser of a few words, as a base model folder. `unused`: words that no text has. */
export async function writeTinyModel(folder: string, unused: readonly string[] = []): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const words = [...SPECIAL, ...WORDS, ...unused];
  const encoder: EncoderConfig = { ...CONFIG, vocabSize: words.length };
  const vocab = Object.fromEntries(words.map((token, id) => [token, id]));
  const added = SPECIAL.map((content, id) => ({
    id,
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));
  const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const text = { Sequence: { id: 'A', type_id: 0 } };
  const token = (id: string, number: number) => ({ id, ids: [number], tokens: [id] });
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: added,
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [special('[CLS]'), text, special('[SEP]')],
      pair: [special('[CLS]'), text, special('[SEP]')],
      special_tokens: { '[CLS]': token('[CLS]', 2), '[SEP]': token('[SEP]', 3) },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab,
    },
  };
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  const config = {
    model_type: 'bert',
    vocab_size: encoder.vocabSize,
    hidden_size: CONFIG.hiddenSize,
    num_hidden_layers: CONFIG.layers,
    num_attention_heads: CONFIG.heads,
    intermediate_size: CONFIG.intermediateSize,
    max_position_embeddings: CONFIG.maxPositions,
    type_vocab_size: CONFIG.typeVocabSize,
    layer_norm_eps: CONFIG.layerNormEps,
    hidden_act: CONFIG.activation,
    pad_token_id: 0,
  };
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const rng = createRng(1);
  const tensors = encoderTensors(encoder, false).flatMap(({ parts }) =>
    parts.map(({ name, shape }) => {
      const data = new Float32Array(shape.reduce((product, dim) => product * dim, 1));
      if (name.endsWith('LayerNorm.weight')) data.fill(1);
      else if (!name.endsWith('.bias')) for (let i = 0; i < data.length; i++) data[i] = 0.1 * rng.normal();
      return [name, { shape, data }] as const;
    }),
  );
  await writeSafetensors(join(folder, 'model.safetensors'), new Map(tensors));
  const manifest: ModelManifest = {
    id: 'tiny',
    name: 'Tiny encoder',
    licence: 'MIT',
    source: 'random weights',
    languages: ['en'],
    pooling: 'mean',
    maxLength: CONFIG.maxPositions,
    files: ['config.json', 'model.safetensors', 'tokenizer.json'].map((path) => {
      const bytes = readFileSync(join(folder, path));
      return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    }),
  };
  writeFileSync(join(folder, MANIFEST_FILE), JSON.stringify(manifest));
}

/** Short texts of the tiny model's words; the class is which of the first words a text begins with. */
export function tinyTexts(count: number, classes: number, seed: number): { texts: string[]; labels: Int32Array } {
  const rng = createRng(seed);
  const labels = Int32Array.from({ length: count }, () => rng.int(classes));
  const texts = Array.from(labels, (label) =>
    [
      WORDS[label],
      ...Array.from({ length: 1 + rng.int(10) }, () => WORDS[classes + rng.int(WORDS.length - classes)]),
    ].join(' '),
  );
  return { texts, labels };
}
