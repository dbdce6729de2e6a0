import { z } from 'zod';
import { HINTS } from '../../../../shared/stages/competitiveness/base-model/files.ts';
import { readUnderKey, sizeUnderKey } from '../../../files/sealed-file.ts';
import type { EngineDeps } from '../../deps.ts';

const MOST_BYTES = 1024 * 1024;

const poolingSchema = z.looseObject({
  pooling_mode_cls_token: z.boolean().optional(),
  pooling_mode_mean_tokens: z.boolean().optional(),
});
const lengthSchema = z.looseObject({ max_seq_length: z.int().min(2).max(65_536) });

/** What a model folder says of its use, as far as it does; anything that cannot be read says nothing. */
export interface ModelHints {
  readonly pooling: 'cls' | 'mean' | null;
  readonly maxLength: number | null;
  readonly licence: string | null;
}

/** @source sentence-transformers (1_Pooling/config.json, sentence_bert_config.json); Hugging Face model card metadata */
export async function readHints(
  files: readonly { readonly path: string; readonly sourceId: string }[],
  deps: EngineDeps,
): Promise<ModelHints> {
  const text = async (path: string): Promise<string> => {
    const sourceId = files.find((file) => file.path === path)?.sourceId;
    if (sourceId === undefined) return '';
    const source = await deps.resolveSource(sourceId);
    const bytes = await sizeUnderKey(source.path, source.key);
    return bytes > MOST_BYTES ? '' : (await readUnderKey(source.path, source.key)).toString('utf8');
  };
  const pooling = poolingSchema.safeParse(jsonOf(await text(HINTS.pooling))).data;
  return {
    pooling: pooling?.pooling_mode_cls_token ? 'cls' : pooling?.pooling_mode_mean_tokens ? 'mean' : null,
    maxLength: lengthSchema.safeParse(jsonOf(await text(HINTS.length))).data?.max_seq_length ?? null,
    licence: licenceOf(await text(HINTS.card)),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `license:` between the two lines of dashes at the top of a model card. */
function licenceOf(card: string): string | null {
  const head = /^---\r?\n([\s\S]{0,20000}?)\r?\n---/.exec(card)?.[1];
  return head === undefined ? null : (/^license:[ \t]*["']?([\w. -]{1,60}?)["']?[ \t]*$/m.exec(head)?.[1] ?? null);
}
