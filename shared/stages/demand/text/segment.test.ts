import { describe, expect, it } from 'vitest';
import { contentTokens, intlSegmenter, segmenterByScript } from './segment.ts';
import { STOP_WORDS } from './stop-words.ts';

describe('segmenting', () => {
  it('splits English and Chinese into words without punctuation', () => {
    expect(intlSegmenter('en')("My card hasn't ARRIVED, yet!")).toEqual(['my', 'card', "hasn't", 'arrived', 'yet']);
    expect(intlSegmenter('zh')('转账手续费太高。')).toContain('转账');
  });

  it('gives texts with Han characters to the Chinese segmenter only', () => {
    const bySpace = (text: string) => text.split(' ');
    const byCharacter = (text: string) => [...text];
    const segment = segmenterByScript(byCharacter, bySpace);
    expect([segment('卡 坏了'), segment('card broken !')]).toEqual([
      ['卡', '坏', '了'],
      ['card', 'broken'],
    ]);
  });

  it('drops stop words, contractions of them, numbers and single letters', () => {
    const tokens = ['my', 'card', "hasn't", '2024', 'x', '的', '手续费', '3.5%', '5g'];
    expect(contentTokens(tokens, STOP_WORDS)).toEqual(['card', '手续费', '5g']);
  });
});
