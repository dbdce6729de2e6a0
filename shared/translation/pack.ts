import { z } from 'zod';

/** A translation pack: models that turn a text into the other language and back. It comes from disk, never from a network. */

const PACK_FORMAT = 'success-workbench-translation/1';
export const PACK_FILE = 'pack.json';

export const TRANSLATION_LANGUAGES = ['zh', 'en'] as const;
export type TranslationLanguage = (typeof TRANSLATION_LANGUAGES)[number];
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().min(1).max(200);

/** A file's place in the pack: in the folder of a direction, or a licence beside them. */
export const packPathSchema = z.string().regex(/^(zh-en|en-zh)\/\w[\w.-]{0,79}$|^[A-Z][\w.-]{0,40}$|^pack\.json$/);

/** What each direction's folder holds. */
export const DIRECTION_FILES = ['config.json', 'tokenizer.json', 'encoder_model.onnx', 'decoder_model.onnx'] as const;
export const DIRECTIONS = ['zh-en', 'en-zh'] as const;
export type Direction = (typeof DIRECTIONS)[number];
export const directionOf = (from: TranslationLanguage): Direction => (from === 'zh' ? 'zh-en' : 'en-zh');

/** The content of `pack.json`. */
export const packManifestSchema = z.strictObject({
  format: z.literal(PACK_FORMAT),
  id: z.string().regex(/^[\w.-]{1,80}$/),
  name,
  /** Of the weights, as their makers give them. */
  licence: name,
  source: z.string().max(500),
  directions: z.tuple([
    z.strictObject({ from: z.literal('zh'), to: z.literal('en') }),
    z.strictObject({ from: z.literal('en'), to: z.literal('zh') }),
  ]),
  files: z.array(z.strictObject({ path: packPathSchema, bytes: z.int().min(0), sha256 })).max(64),
});
export type PackManifest = z.output<typeof packManifestSchema>;

/** An installed pack. */
export const packInfoSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  licence: z.string(),
  source: z.string(),
  /** SHA-256 over names and hashes of its files. */
  hash: sha256,
  sizeMb: z.number().min(0),
});
export type PackInfo = z.output<typeof packInfoSchema>;

/** How the next word is chosen: the likeliest, or drawn from the ten likeliest. @source Edunov et al. 2018, "Understanding back-translation at scale", 4.1 */
export const DECODINGS = ['greedy', 'sampled'] as const;
export type Decoding = (typeof DECODINGS)[number];
/** Cosine below which a text that came back has changed its meaning. */
export const DEFAULT_SIMILARITY = 0.8;

const HAN = /\p{Script=Han}/gu;
/** Letters of Latin words count as a quarter: a Chinese text may name a product in English. */
const LATIN_SHARE = 0.25;

/** The language that a text is translated from. */
export function translatedFrom(text: string): TranslationLanguage {
  const han = text.match(HAN)?.length ?? 0;
  const latin = text.match(/[A-Za-z]/g)?.length ?? 0;
  return han > 0 && han >= LATIN_SHARE * latin ? 'zh' : 'en';
}
