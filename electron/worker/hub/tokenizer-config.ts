import { z } from 'zod';

const tokensSchema = z.looseObject({ added_tokens: z.array(z.looseObject({ content: z.string() })) });

/** What the special tokens of these families are called, BERT's and RoBERTa's. */
const SPECIAL = {
  pad_token: ['[PAD]', '<pad>'],
  unk_token: ['[UNK]', '<unk>'],
  cls_token: ['[CLS]', '<s>'],
  sep_token: ['[SEP]', '</s>'],
  mask_token: ['[MASK]', '<mask>'],
} as const;

/** `tokenizer_config.json` for a `tokenizer.json`: without it transformers knows no padding and no longest text. */
export function tokenizerConfig(tokenizer: object, maxLength: number): Readonly<Record<string, unknown>> {
  const present = new Set(tokensSchema.parse(tokenizer).added_tokens.map(({ content }) => content));
  const named = Object.entries(SPECIAL).flatMap(([name, contents]) => {
    const found = contents.find((content) => present.has(content));
    return found === undefined ? [] : [[name, found] as const];
  });
  return { tokenizer_class: 'PreTrainedTokenizerFast', model_max_length: maxLength, ...Object.fromEntries(named) };
}
