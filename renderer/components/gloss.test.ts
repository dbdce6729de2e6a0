import { describe, expect, it } from 'vitest';
import { createTranslate } from '../../shared/i18n/translate.ts';
import { createGloss } from './gloss.ts';

describe('gloss', () => {
  const zh = createGloss(createTranslate('zh-CN'));
  const english = createGloss(createTranslate('en'));
  const termsIn = (parts: ReturnType<typeof zh>) => parts.flatMap(({ term }) => term ?? []);

  it('marks each term once and leaves the text as it was', () => {
    const text = '细线是 95 % 区间；区间来自重采样，重采样一千次。';
    const parts = zh(text);
    expect(parts.map((part) => part.text).join('')).toBe(text);
    expect(termsIn(parts)).toEqual(['interval', 'bootstrap']);
  });
  it('takes the longer word: a rank interval is no interval', () => {
    expect(termsIn(english('Items whose rank intervals overlap are level.'))).toEqual(['rankInterval']);
  });
  it('finds Latin words only where they stand alone, whatever their case', () => {
    expect(termsIn(english('The NPS of the npsx group'))).toEqual(['nps']);
    expect(termsIn(zh('用NPS衡量，再算宏平均 F1'))).toEqual(['nps', 'macroF1']);
  });
  it('leaves everyday words alone', () => {
    expect(english('Which need matters in this scenario')).toEqual([
      { text: 'Which need matters in this scenario', term: null },
    ]);
  });
});
