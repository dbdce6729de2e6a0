import { expect, it } from 'vitest';
import { translatedFrom } from '../../translation/pack.ts';
import { paraphraseOutcome } from './paraphrases.ts';

it('tells what a row that came back is good for', () => {
  const outcome = (paraphrase: string, similarity = 0.9) =>
    paraphraseOutcome('卡丢了，怎么办？', paraphrase, similarity, 0.8);
  expect(outcome('')).toBe('empty');
  expect(outcome('卡丢了 怎么办')).toBe('same');
  expect(outcome('我的卡不见了')).toBe('kept');
  expect(outcome('我的卡不见了', 0.8)).toBe('kept');
  expect(outcome('天气很好', 0.79)).toBe('changed');
});

it('translates from Chinese where Han characters carry the text', () => {
  expect(translatedFrom('信用卡丢了')).toBe('zh');
  expect(translatedFrom('iPhone 上 App 打不开')).toBe('zh');
  expect(translatedFrom('the app called 微信 does not open on my phone at all')).toBe('en');
  expect(translatedFrom('123')).toBe('en');
});
