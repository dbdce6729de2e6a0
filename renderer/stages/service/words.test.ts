import { expect, test } from 'vitest';
import { createTranslate } from '../../../shared/i18n/translate.ts';
import { minutesText, scoreText } from './words.ts';

test('Durations of the service clock are read in minutes, then hours, then days', () => {
  const t = createTranslate('en');
  expect([41.2, 210, 8928].map((minutes) => minutesText(t, minutes))).toEqual(['41 min', '3.5 h', '6.2 d']);
  expect([65, 114].map((bound) => minutesText(t, bound, 87))).toEqual(['65 min', '114 min']);
});

test('A CSAT is a share, an NPS a whole number, other scores stand on their scale', () => {
  expect(scoreText('csat', 0.8125)).toMatch(/^81\.3\s%$/);
  expect(scoreText('nps', 12.4)).toBe('12');
  expect(scoreText('item', 3.456)).toBe('3.46');
});
