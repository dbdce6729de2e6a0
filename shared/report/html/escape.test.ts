import { expect, it } from 'vitest';
import { escapeHtml } from './escape.ts';

it('turns signs of markup into words, in text and in attributes', () => {
  expect(escapeHtml(`<a href="x" title='y'>&amp;</a>`)).toBe(
    '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;',
  );
});

it('takes out control characters but keeps layout, and mends halves of characters', () => {
  expect(escapeHtml('a\u0000b\u0085c\td\ne\ud83d')).toBe('abc\td\ne\ufffd');
});
