import { z } from 'zod';
import { AppError } from '../errors/app-error.ts';
import { fileIssue } from '../errors/issue-reason.ts';
import { because, type Reason } from '../errors/reasons.ts';

/** A tokenizer with fewer words: which it keeps, and its file rewritten. Any text whose tokens are kept is taken apart as before. */

const addedSchema = z.looseObject({ id: z.int().min(0), content: z.string() });
const vocabularySchema = z.record(z.string(), z.int().min(0));
const mergeSchema = z.union([z.string(), z.tuple([z.string(), z.string()])]);
const modelSchema = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('WordPiece'),
    vocab: vocabularySchema,
    continuing_subword_prefix: z.string().default('##'),
  }),
  z.looseObject({ type: z.literal('BPE'), vocab: vocabularySchema, merges: z.array(mergeSchema) }),
  z.looseObject({
    type: z.literal('Unigram'),
    vocab: z.array(z.tuple([z.string(), z.number()])),
    unk_id: z.nullish(z.int().min(0)),
  }),
]);
const tokenizerSchema = z.looseObject({
  added_tokens: z.array(addedSchema),
  post_processor: z.unknown(),
  model: modelSchema,
});
type TokenizerModel = z.output<typeof modelSchema>;

/** A character that BERT's pre-tokenizer sets apart as a word of its own, so that no piece with it goes on a word. */
const APART = /^[\p{Script=Han}\p{P}]$/u;

/** The ids that stay, ascending: those in `used`, every added (special) token, the unknown token, every single character (also as a piece that goes
 *  on a word), and for BPE all that these are merged from. @throws AppError 'model.unsupported' for another kind of tokenizer */
export function keptTokens(file: object, used: Iterable<number>): readonly number[] {
  const { added_tokens, model } = parse(file);
  const tokens = tokensOf(model);
  const kept = new Set<number>(added_tokens.map(({ id }) => id));
  const inVocabulary = new Map(tokens.map((token, id) => [token, id]));
  for (const id of used) kept.add(id);
  tokens.forEach((token, id) => {
    if (isCharacter(model, token)) kept.add(id);
  });
  const unknown = model.type === 'Unigram' ? model.unk_id : inVocabulary.get(String(model.unk_token ?? ''));
  if (unknown != null) kept.add(unknown);
  if (model.type === 'BPE') addParts(model.merges, tokens, inVocabulary, kept);
  return [...kept].sort((a, b) => a - b);
}

/** The tokenizer file with these tokens only, numbered by their place in `tokens`. @throws AppError 'model.unsupported' */
export function pruneTokenizer(file: object, tokens: readonly number[]): object {
  const parsed = parse(file);
  const place = new Map(tokens.map((id, at) => [id, at]));
  const placeOf = (id: number): number => {
    const at = place.get(id);
    if (at === undefined) throw unsupported(because('token-left-out', { token: id }));
    return at;
  };
  return {
    ...parsed,
    added_tokens: parsed.added_tokens.map((token) => ({ ...token, id: placeOf(token.id) })),
    post_processor: renumbered(parsed.post_processor, placeOf),
    model: prunedModel(parsed.model, place),
  };
}

const unsupported = (problem: Reason, cause?: unknown) =>
  new AppError('model.unsupported', { model: 'tokenizer.json', problem }, { cause });

function parse(file: object): z.output<typeof tokenizerSchema> {
  const parsed = tokenizerSchema.safeParse(file);
  if (parsed.success) return parsed.data;
  throw unsupported(fileIssue(parsed.error), parsed.error);
}

/** Token by id. */
function tokensOf(model: TokenizerModel): readonly string[] {
  if (model.type === 'Unigram') return model.vocab.map(([token]) => token);
  const tokens: string[] = [];
  for (const [token, id] of Object.entries(model.vocab)) tokens[id] = token;
  return tokens;
}

function isCharacter(model: TokenizerModel, token: string): boolean {
  if (token === undefined) return false;
  if (model.type !== 'WordPiece') return [...token].length === 1;
  const prefix = model.continuing_subword_prefix;
  const goesOn = token.startsWith(prefix) && token !== prefix;
  const character = goesOn ? token.slice(prefix.length) : token;
  return [...character].length === 1 && !(goesOn && APART.test(character));
}

/** Adds what kept tokens are merged from, and what those are merged from: every step of a merge is a token. */
function addParts(
  merges: readonly z.output<typeof mergeSchema>[],
  tokens: readonly string[],
  inVocabulary: ReadonlyMap<string, number>,
  kept: Set<number>,
): void {
  const made = new Map<string, string[]>();
  for (const merge of merges) {
    const parts = partsOf(merge);
    const whole = parts.join('');
    made.set(whole, [...(made.get(whole) ?? []), ...parts]);
  }
  const waiting = [...kept].map((id) => tokens[id] ?? '');
  for (let token = waiting.pop(); token !== undefined; token = waiting.pop()) {
    for (const part of made.get(token) ?? []) {
      const id = inVocabulary.get(part);
      if (id === undefined || kept.has(id)) continue;
      kept.add(id);
      waiting.push(part);
    }
  }
}

const partsOf = (merge: z.output<typeof mergeSchema>): readonly string[] =>
  typeof merge === 'string' ? merge.split(' ') : merge;

function prunedModel(model: TokenizerModel, place: ReadonlyMap<number, number>): object {
  if (model.type === 'Unigram') {
    const vocab = [...place.keys()].flatMap((id) => {
      const entry = model.vocab[id];
      return entry === undefined ? [] : [entry];
    });
    return { ...model, vocab, unk_id: model.unk_id == null ? null : place.get(model.unk_id) };
  }
  const vocab = Object.fromEntries(
    Object.entries(model.vocab).flatMap(([token, id]) => {
      const at = place.get(id);
      return at === undefined ? [] : [[token, at] as const];
    }),
  );
  if (model.type === 'WordPiece') return { ...model, vocab };
  const stays = (token: string) => Object.hasOwn(vocab, token);
  const merges = model.merges.filter((merge) => {
    const parts = partsOf(merge);
    return parts.every(stays) && stays(parts.join(''));
  });
  return { ...model, vocab, merges };
}

/** The post-processor's own ids: lists `ids` of templates, and pairs [token, id] under `sep` and `cls`. */
function renumbered(part: unknown, placeOf: (id: number) => number): unknown {
  if (Array.isArray(part)) return part.map((inner) => renumbered(inner, placeOf));
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(
    Object.entries(part).map(([name, value]: [string, unknown]) => {
      if (name === 'ids' && Array.isArray(value)) return [name, value.map((id: number) => placeOf(id))];
      if ((name === 'sep' || name === 'cls') && Array.isArray(value)) return [name, [value[0], placeOf(value[1])]];
      return [name, renumbered(value, placeOf)];
    }),
  );
}
