import { expect, test } from 'vitest';
import { createTranslate } from '../../../../shared/i18n/translate.ts';
import { itemText } from './item-words.ts';

const t = createTranslate('en');
const item = (subject: string, names: readonly string[] = []) => ({
  type: 'scenario-test' as const,
  subject,
  needs: names.map((name) => ({ needId: name, name, share: 1 })),
});

test('A scenario test is named in words by what its id says', () => {
  const words = [
    item('recall:fees'),
    item('need:n1', ['explained']),
    item('slice:c3:phone'),
    item('slice:length:long'),
  ];
  expect(words.map((entry) => itemText(t, entry, new Map()))).toEqual([
    'Make this test pass: Recall of “fees”',
    'Make this test pass: Accuracy on texts about “explained”',
    'Make this test pass:  “phone” behind the whole',
    'Make this test pass: Length of text “long” behind the whole',
  ]);
  expect(itemText(t, item('perturbation:typos'), new Map())).toBe('Make this test pass: Same answer after typos');
  expect(itemText(t, item('latency'), new Map())).toBe('Make this test pass: p95 latency of one text');
});
