import { z } from 'zod';
import { DECODINGS, type PackInfo, TRANSLATION_LANGUAGES } from '../translation/pack.ts';
import { texts, threads } from './request-fields.ts';
import { CHECKPOINT_EVERY_MS } from './training.ts';

/** Translation packs and what they say. */

/** Whether a translation pack is what it says, and every model of it answers. To be asked of a process that does nothing else. */
export const checkTranslationRequestSchema = z.strictObject({
  type: z.literal('checkTranslation'),
  folder: z.string(),
  threads,
});
export type CheckTranslationRequest = z.output<typeof checkTranslationRequestSchema>;

/** Texts of one language, said in the other and back again. */
export const backTranslateRequestSchema = z.strictObject({
  type: z.literal('backTranslate'),
  /** Of the pack. */
  folder: z.string(),
  from: z.enum(TRANSLATION_LANGUAGES),
  texts: texts.min(1),
  decoding: z.enum(DECODINGS),
  seed: z.int(),
  threads,
  /** Folder of this job alone, where what is done is kept. */
  spool: z.string(),
  checkpointEveryMs: z.int().min(0).max(CHECKPOINT_EVERY_MS),
});
export type TranslateRequest = z.output<typeof backTranslateRequestSchema>;

export interface TranslationResults {
  readonly checkTranslation: PackInfo;
  readonly backTranslate:
    | { readonly type: 'paused' }
    | {
        readonly type: 'finished';
        readonly pack: PackInfo;
        /** In the other language, and back. */
        readonly between: readonly string[];
        readonly texts: readonly string[];
        /** 1 where a text or its translation was cut. */
        readonly cut: Uint8Array;
      };
}
