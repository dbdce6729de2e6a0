import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { TRANSLATION_LANGUAGES } from '../../../shared/translation/pack.ts';
import { CHECKPOINT_INDEX } from '../../../shared/worker/training.ts';
import { assertSameData, readKept } from '../../files/kept-file.ts';
import type { SealKey } from '../../files/sealed-file.ts';
import { writeTextAtomically } from '../train/checkpoint.ts';

type Language = (typeof TRANSLATION_LANGUAGES)[number];

const translated = z.strictObject({
  row: z.int().min(0),
  text: z.string(),
  ids: z.array(z.int().min(0)),
  cut: z.boolean(),
});
const passes = z.strictObject({
  /** Of texts, decoding, seed and pack. */
  of: z.string(),
  there: z.array(translated),
  back: z.array(translated),
});
const keptSchema = z.strictObject({ zh: passes.optional(), en: passes.optional() });
/** What is done of each pass, in the order in which it was computed. */
export type Passes = Omit<z.output<typeof passes>, 'of'>;

export interface KeptTranslations {
  /** Nothing where nothing is kept. @throws AppError 'train.checkpoint' where it is broken, or of other texts or another pack */
  load(): Promise<Passes>;
  save(done: Passes): Promise<void>;
}

/** The translations of texts of one language, kept beside those of the other in the folder of their job: it may be stopped at any moment and go on. */
export function openKeptTranslations(folder: string, key: SealKey, from: Language, of: string): KeptTranslations {
  const path = join(folder, CHECKPOINT_INDEX);
  const all = async () =>
    (await readKept(path, key, (bytes) => keptSchema.parse(JSON.parse(bytes.toString('utf8'))))) ?? {};
  return {
    async load() {
      const kept = (await all())[from];
      if (kept === undefined) return { there: [], back: [] };
      assertSameData(kept.of, of);
      return { there: kept.there, back: kept.back };
    },
    async save(done) {
      await mkdir(folder, { recursive: true });
      const kept = { ...(await all()), [from]: { of, ...done } };
      await writeTextAtomically(folder, CHECKPOINT_INDEX, JSON.stringify(kept), key);
    },
  };
}
