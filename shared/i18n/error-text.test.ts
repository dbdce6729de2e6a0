import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { broken, fileIssue, firstIssue } from '../errors/issue-reason.ts';
import { because } from '../errors/reasons.ts';
import { errorText } from './error-text.ts';
import { createTranslate } from './translate.ts';

const zh = createTranslate('zh-CN');
const en = createTranslate('en');

describe('what an error says', () => {
  it('has its reason in the language of the sentence, the reason within it too', () => {
    const problem = because('at', { path: 'hidden_size', problem: because('wrong-type', { expected: 'number' }) });
    const error = { code: 'model.file', params: { file: 'config.json', problem } } as const;
    expect(errorText(zh, error).message).toBe('模型文件“config.json”不能读取：“hidden_size”：类型应为 number。');
    expect(errorText(en, error).message).toBe(
      'The model file “config.json” cannot be read: “hidden_size”: it must be of type number.',
    );
    expect(errorText(zh, error).remedy).toBe(zh('error.model.file.remedy'));
  });

  it('calls a setting by the name that the forms have for it, and one that they no longer know by its id', () => {
    const said = (problem: ReturnType<typeof because>) => {
      const error = { code: 'train.data', params: { problem } } as const;
      return [zh, en].map((t) => errorText(t, error).message);
    };
    const tuned = said(because('adversary-method', { method: 'frozen-prefix' }));
    expect(tuned[0]).toContain('“只训练顶部几层”这种微调方式从不改变词向量');
    expect(tuned[1]).toContain('tuning by “Top layers” never changes word vectors');
    const halved = said(because('half-precision', { option: 'accumulation' }));
    expect(halved[0]).toContain('半精度不能与“每批分几份计算”同用');
    expect(halved[1]).toContain('half precision does not go with “Parts of a batch”');
    const unfit = said(because('unfit-option', { option: 'rDrop', task: 'ordinal' }));
    expect(unfit[1]).toContain('“R-Drop” does not fit what is predicted (“A rating”)');
    const untrained = said(because('trains-nothing', { recipe: 'reuse' }));
    expect(untrained[1]).toContain(`the recipe “${en('stage.adaptation.screen.recipe.reuse')}” trains nothing`);
    expect(said(because('ewc-method', { method: 'prompts' }))[1]).toContain('tuning by “prompts” adds tensors');
  });

  it('shows a reason of an earlier version, which was a text, as it stands', () => {
    const error = { code: 'model.file', params: { file: 'a', problem: 'cut short' } } as const;
    expect(errorText(en, error).message).toContain('cut short');
  });
});

describe('what is wrong with a file', () => {
  it('is named with its place, and without one where it is the whole file', () => {
    const schema = z.object({ width: z.number() });
    const reasonFor = (json: unknown) => fileIssue(schema.safeParse(json).error!);
    expect(reasonFor({})).toEqual(because('at', { path: 'width', problem: because('missing', {}) }));
    expect(reasonFor([])).toEqual(because('wrong-type', { expected: 'object' }));
  });
});

describe('what an id must be written as', () => {
  it.each([
    [/^[RCAH]\d+$/, 'R1 / C1 / A1'],
    [/^[RCH]\d+$/, 'R1 / C1 / H1'],
    [/^[RCA]\d{1,6}$/, 'R1 / C1 / A1'],
    [/^H\d+$/, 'H1'],
    [/^(x|y)\d+$/, '/^(x|y)\\d+$/'],
  ])('%s', (pattern, form) => {
    const { error } = z.string().regex(pattern).safeParse('?');
    expect(firstIssue(error!).problem).toEqual(because('form', { form }));
  });
});

describe('where a value breaks its schema', () => {
  const schema = z.strictObject({
    rows: z.int().min(1).max(10),
    share: z.number().gt(0).lt(1),
    name: z.string().min(2).max(4),
    kind: z.enum(['a', 'b']),
    list: z.array(z.string()).max(1),
    at: z.iso.date(),
    id: z.string().regex(/^d\d$/),
    range: z
      .strictObject({ low: z.number(), high: z.number() })
      .refine(({ low, high }) => low <= high, broken(because('range-order', {}), 'high')),
    bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    value: z.union([z.string(), z.number()]),
    minutes: z.union([z.literal(5), z.literal(15)]),
    part: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('a') }),
      z.strictObject({ type: z.literal('b'), size: z.number().min(1) }),
    ]),
    either: z.union([z.string(), z.strictObject({ rows: z.number(), part: z.strictObject({ size: z.number() }) })]),
    counts: z.record(z.string().regex(/^c\d$/), z.number()),
  });
  const sound = {
    rows: 1,
    share: 0.5,
    name: 'abc',
    kind: 'a',
    list: [],
    at: '2026-01-31',
    id: 'd1',
    range: { low: 1, high: 2 },
    bytes: new Uint8Array(),
    value: 1,
    minutes: 5,
    part: { type: 'a' },
    either: '',
    counts: { c1: 1 },
  };

  it.each<[object, string, object]>([
    [{ rows: undefined }, 'rows', because('missing', {})],
    [{ rows: 'x' }, 'rows', because('wrong-type', { expected: 'number' })],
    [{ rows: 11 }, 'rows', because('over-most', { most: 10 })],
    [{ rows: 0 }, 'rows', because('under-least', { least: 1 })],
    [{ share: 0 }, 'share', because('not-over', { limit: 0 })],
    [{ share: 1 }, 'share', because('not-under', { limit: 1 })],
    [{ name: 'a' }, 'name', because('too-short', { least: 2 })],
    [{ name: 'abcde' }, 'name', because('too-long', { most: 4 })],
    [{ list: ['a', 'b'] }, 'list', because('too-long', { most: 1 })],
    [{ list: [1] }, 'list.0', because('wrong-type', { expected: 'string' })],
    [{ kind: 'c' }, 'kind', because('one-of', { values: 'a, b' })],
    [{ more: 1 }, '', because('unknown-keys', { keys: 'more' })],
    [{ at: '31.1.' }, 'at', because('form', { form: 'YYYY-MM-DD' })],
    [{ id: 'x' }, 'id', because('form', { form: 'd1' })],
    [{ range: { low: 2, high: 1 } }, 'range.high', because('range-order', {})],
    [{ bytes: [] }, 'bytes', because('not-allowed', {})],
    [{ value: true }, 'value', because('wrong-type', { expected: 'string, number' })],
    [{ minutes: 7 }, 'minutes', because('one-of', { values: '5, 15' })],
    [{ part: { type: 'c' } }, 'part.type', because('one-of', { values: 'a, b' })],
    [{ part: { type: 'b', size: 0 } }, 'part.size', because('under-least', { least: 1 })],
    [{ either: { rows: 0, part: { size: 'x' } } }, 'either.part.size', because('wrong-type', { expected: 'number' })],
    [{ counts: { a: 1 } }, 'counts.a', because('form', { form: 'c1' })],
    [{ counts: { c1: 'x' } }, 'counts.c1', because('wrong-type', { expected: 'number' })],
  ])('%o', (change, path, problem) => {
    const { error } = schema.safeParse({ ...sound, ...change });
    expect(firstIssue(error!)).toEqual({ path, problem });
  });
});
