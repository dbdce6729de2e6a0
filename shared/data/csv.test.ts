import fc from 'fast-check';
import Papa from 'papaparse';
import { expect, it } from 'vitest';
import { csvLine, inertText } from './csv.ts';

const parsed = (line: string) => Papa.parse<string[]>(line, { delimiter: ',', newline: '\r\n' }).data[0];

it.each([
  ['=HYPERLINK("http://x","y")', '\'=HYPERLINK("http://x","y")'],
  ['+86 138 0000', "'+86 138 0000"],
  ['-1+cmd|x', "'-1+cmd|x"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['＝１＋１', "'＝１＋１"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠SUM', "'＠SUM"],
  ['  =1+1', "'  =1+1"],
  ['\u3000=1+1', "'\u3000=1+1"],
  ['\uFEFF=1+1', "'\uFEFF=1+1"],
  ['\t=1', "'\t=1"],
  ['\rtext', "'\rtext"],
  ['\ntext', "'\ntext"],
  ['\0=1+1', "'=1+1"],
  ['-12.5', '-12.5'],
  ['登录太慢', '登录太慢'],
  ['a = b', 'a = b'],
  ['', ''],
])('%j becomes %j', (text, inert) => {
  expect(inertText(text)).toBe(inert);
});

it('a line keeps texts and numbers apart, and no value is nothing', () => {
  expect(csvLine(['say "no"', 0.125, -3, null, Number.NaN, 'a,b\nc'])).toBe('"say ""no""",0.125,-3,,,"a,b\nc"\r\n');
});

it('whatever the texts, a parser gives them back as texts that no spreadsheet runs', () => {
  const start = fc.constantFrom(
    '',
    '=',
    '+',
    '-',
    '@',
    '＝',
    '＋',
    '－',
    '＠',
    ' =',
    '\t',
    '\r',
    '\n',
    '\0',
    "'",
    '"',
    '\u3000@',
  );
  const text = fc.tuple(start, fc.string({ unit: 'grapheme', maxLength: 20 })).map(([before, rest]) => before + rest);
  const cell = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 8 }), (cells) => {
      const back = parsed(csvLine(cells))!;
      expect(back).toHaveLength(cells.length);
      back.forEach((value, i) => {
        const given = cells[i]!;
        if (typeof given === 'number') expect(Number(value) === given).toBe(true);
        else if (given === null) expect(value).toBe('');
        else {
          const clean = given.replaceAll('\0', '');
          expect([clean, `'${clean}`]).toContain(value);
          if (!/^-?\d+(\.\d+)?$/.test(value)) expect(value.trimStart()).not.toMatch(/^[=+\-@＝＋－＠]/);
          expect(value).not.toMatch(/^[\t\r\n]/);
        }
      });
    }),
    { numRuns: 1_000 },
  );
});
