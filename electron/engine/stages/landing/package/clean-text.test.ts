import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cleanText, maskPersonalData, normaliseText } from '../../../../../resources/package/lib/clean-text.mjs';
import { normaliseText as asInTraining } from '../../../../../shared/stages/demand/clean/normalise-text.ts';
import {
  maskPersonalData as maskedInTraining,
  PERSONAL_DATA_KINDS,
} from '../../../../../shared/stages/demand/clean/personal-data.ts';

const TRICKY = [
  '',
  '  ＡＢＣ　１２３！？  ',
  'a\u0000b\u200bc\ufeff\r\nd \t e\n\n f',
  '身份证11010519491231002X，手机１３８００１３８０００；邮箱 a.b+c@bank.com.cn',
  'card 4111 1111 1111 1111, 6222 0212 3456 7890 and 4111-1111-1111-1112',
  '+86 139-1234-5678 x13912345678',
  'ｆｕｌｌ＠ｗｉｄｔｈ．ｃｏｍ',
  'é é ﬁ ① ㎏ ~～',
];
const PIECES = [
  '1380013800',
  '0',
  '11010519491231002X',
  '@',
  'a.com',
  ' ',
  '-',
  '４',
  '！',
  '\u200b',
  '6',
  '\r\n',
  '贷款',
  '4111',
];
const texts = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((parts) => parts.join('')),
);

test('a package tidies texts exactly as they were tidied in training', () => {
  expect(TRICKY.map(normaliseText)).toEqual(TRICKY.map(asInTraining));
  fc.assert(
    fc.property(texts, (text) => normaliseText(text) === asInTraining(text)),
    { numRuns: 2000 },
  );
});

test('a package masks personal data exactly as in training, kind by kind', () => {
  const kinds = [...PERSONAL_DATA_KINDS.map((kind) => [kind]), PERSONAL_DATA_KINDS, []];
  for (const chosen of kinds) {
    const expected = TRICKY.map((text) => maskedInTraining(text, chosen).text);
    expect(TRICKY.map((text) => maskPersonalData(text, chosen))).toEqual(expected);
  }
  fc.assert(
    fc.property(
      texts,
      (text) => maskPersonalData(text, PERSONAL_DATA_KINDS) === maskedInTraining(text, PERSONAL_DATA_KINDS).text,
    ),
    { numRuns: 2000 },
  );
});

test('what was switched off in training is left alone', () => {
  expect(cleanText(' Ａ 13800138000 ', { normalise: false, maskPersonalData: [] })).toBe(' Ａ 13800138000 ');
  expect(cleanText(' Ａ 13800138000 ', { normalise: true, maskPersonalData: ['mobile'] })).toBe('A [mobile]');
});
