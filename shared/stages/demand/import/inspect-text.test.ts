import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDelimitedParser } from './delimited-parser.ts';
import type { Delimiter, ImportOverrides } from './import-options.ts';
import { inspectText, PASTED } from './inspect-text.ts';
import { createJsonParser, KeyColumns } from './json-parser.ts';
import { ProblemList } from './problem-list.ts';
import type { RecordParser } from './record-parser.ts';
import { createTextParser } from './text-parser.ts';

const inspect = (text: string, overrides: ImportOverrides = {}, name = '') =>
  inspectText({ name, text, complete: true, encoding: PASTED }, overrides);
const summary = (text: string, overrides: ImportOverrides = {}, name = '') => {
  const { options, columns, preview } = inspect(text, overrides, name);
  return [options.format, options.delimiter, options.hasHeader, columns.map((column) => column.name), preview];
};

function inPieces(parser: RecordParser, text: string, size: number): string[][] {
  const records: string[][] = [];
  for (let i = 0; i < text.length; i += size) records.push(...parser.push(text.slice(i, i + size)));
  return [...records, ...parser.end()];
}

const delimited = (text: string, size = 7, delimiter: Delimiter = ',') =>
  inPieces(createDelimitedParser(delimiter, 'a.csv', new ProblemList()), text, size);

describe('delimited text', () => {
  it('gives back any table that was quoted, whatever its cells, line ends and the size of the pieces', () => {
    const cell = fc
      .array(fc.constantFrom('a', '"', ',', '\n', '中', ' ', ';'), { maxLength: 6 })
      .map((parts) => parts.join(''));
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n', '\r'), fc.integer({ min: 1, max: 9 }), (rows, lineEnd, size) => {
        const text = rows.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')).join(lineEnd);
        expect(delimited(text, size)).toEqual(rows);
      }),
      { seed: 11, numRuns: 500 },
    );
  });

  it('reads mixed line ends, drops blank lines and keeps NULs', () => {
    expect(delimited('a,b\r\nc,d\re,f\n\n\r\ng\0,"h\r\ni"')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
      ['g\0', 'h\ni'],
    ]);
  });

  it('refuses an unclosed quote that swallows rows, with the row where it opens', () => {
    expect(() => delimited('a,b\n1,2\n3,"oops\n5,6\n7,8\n')).toThrowError(
      expect.objectContaining({ code: 'import.unclosed-quote', params: { file: 'a.csv', row: 3 } }),
    );
  });

  it('refuses an open quote once it is longer than a cell may be, without waiting for the end', () => {
    const parser = createDelimitedParser(',', 'a.csv', new ProblemList());
    parser.push('a,b\n1,"');
    const piece = 'x,y\n'.repeat(65_536);
    expect(() => {
      for (let i = 0; i < 5; i++) parser.push(piece);
    }).toThrowError(expect.objectContaining({ code: 'import.unclosed-quote', params: { file: 'a.csv', row: 2 } }));
  });

  it('refuses a cell above one mebibyte and more than 1,000 columns, naming the place', () => {
    expect(() => delimited(`a,b\n1,${'x'.repeat(1024 ** 2 + 1)}\n`, 65_536)).toThrowError(
      expect.objectContaining({
        code: 'import.cell-too-large',
        params: { file: 'a.csv', row: 2, column: 2, limitMb: 1 },
      }),
    );
    expect(() => delimited(`a\n${Array.from({ length: 10_000 }, () => 'x').join(',')}\n`, 65_536)).toThrowError(
      expect.objectContaining({
        code: 'import.too-many-columns',
        params: { file: 'a.csv', row: 2, columns: 10_000, limit: 1_000 },
      }),
    );
  });

  it('collects short, long and badly quoted rows and goes on', () => {
    const { preview, problems } = inspect('id,comment\n1,a\n2\n3,c,extra\n4,"x"y\n', { format: 'delimited' });
    expect(preview).toEqual([
      ['1', 'a'],
      ['2', ''],
      ['3', 'c'],
      ['4', 'x"y'],
    ]);
    expect(problems.first.map(({ record, kind }) => [record, kind])).toEqual([
      [5, 'malformed-quote'],
      [3, 'too-few-cells'],
      [4, 'too-many-cells'],
    ]);
  });
});

describe('guesses about a text', () => {
  it.each<[string, Delimiter, string]>([
    ['comma', ',', 'name,comment\nli,"good, fast"\nwang,slow\n'],
    ['tab', '\t', 'name\tcomment\nli\tgood, fast\nwang\tslow, bad\n'],
    ['semicolon', ';', 'name;comment\nli;good, fast\nwang;slow\n'],
    ['pipe', '|', 'name|comment\nli|good, fast\nwang|slow\n'],
  ])('finds the %s as delimiter', (_, delimiter, text) => {
    expect(summary(text, {}, 'a.csv').slice(0, 4)).toEqual(['delimited', delimiter, true, ['name', 'comment']]);
  });

  it('obeys the separator line that a spreadsheet writes', () => {
    expect(summary('sep=;\nid;text\n1;a,b\n', {}, 'a.csv')).toEqual([
      'delimited',
      ';',
      true,
      ['id', 'text'],
      [['1', 'a,b']],
    ]);
  });

  it('tells a header from data', () => {
    expect(summary('1,4\n2,5\n', {}, 'a.csv')).toEqual([
      'delimited',
      ',',
      false,
      ['', ''],
      [
        ['1', '4'],
        ['2', '5'],
      ],
    ]);
    expect(inspect('q1,q2\n1,4\n2,5\n', {}, 'a.csv').guessedBecause.header).toBe('numbers-below');
    expect(inspect('good,a\nbad,b\ngood,a\n', {}, 'a.csv').options.hasHeader).toBe(false);
    expect(inspect('评论,满意度\n很好,5\n', {}, 'a.csv').options.hasHeader).toBe(true);
  });

  it('lets the analyst decide', () => {
    expect(summary('id,text\n1,a\n', { hasHeader: false, delimiter: ';' }, 'a.csv')).toEqual([
      'delimited',
      ';',
      false,
      [''],
      [['id,text'], ['1,a']],
    ]);
  });

  it('keeps double, empty and dangerous headers as they are', () => {
    const { columns, preview } = inspect('id,__proto__,,id,constructor\n1,2,3,4,5\n', {}, 'a.csv');
    expect(columns).toEqual(['id', '__proto__', '', 'id', 'constructor'].map((name, i) => ({ id: `c${i}`, name })));
    expect(preview).toEqual([['1', '2', '3', '4', '5']]);
  });

  it('reads pasted lines as texts, pasted tables as tables', () => {
    expect(summary('很好吃。\n太慢了，等了很久\n')).toEqual([
      'lines',
      ',',
      false,
      [''],
      [['很好吃。'], ['太慢了，等了很久']],
    ]);
    expect(summary('text\tlabel\n好\t1\n差\t0\n')).toEqual([
      'delimited',
      '\t',
      true,
      ['text', 'label'],
      [
        ['好', '1'],
        ['差', '0'],
      ],
    ]);
  });

  it('reads paragraphs where asked', () => {
    expect(summary('one\ntwo\n\n  \nthree\n', { format: 'paragraphs' }, 'a.txt')[4]).toEqual([['one\ntwo'], ['three']]);
  });

  it('refuses a text without rows', () => {
    expect(() => inspect('id,text\n', {}, 'a.csv')).toThrowError(expect.objectContaining({ code: 'import.empty' }));
    expect(() => inspect('', {}, 'a.txt')).toThrowError(expect.objectContaining({ code: 'import.empty' }));
  });
});

describe('JSON', () => {
  const lines = '{"a":1,"b":null}\n{"b":"x","__proto__":{"polluted":true}}\n\nnot json\n{"c":["p","q"],"a":false}\n';

  it('takes the union of keys in first-seen order, `__proto__` among them, and reports what is no JSON', () => {
    const { columns, preview, problems } = inspect(lines, {}, 'a.jsonl');
    expect(columns.map(({ name }) => name)).toEqual(['a', 'b', '__proto__', 'c']);
    expect(preview).toEqual([
      ['1', '', '', ''],
      ['', 'x', '{"polluted":true}', ''],
      ['false', '', '', 'p┋q'],
    ]);
    expect(problems.first.map(({ record, kind }) => [record, kind])).toEqual([[3, 'invalid-json']]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('reads an array of any values in pieces of any size', () => {
    const value = fc.jsonValue({ maxDepth: 2 }).map((inner) => ({ key: inner, 'a"]},[{': '\\"' }));
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        (values, size, pretty) => {
          const text = JSON.stringify(values, null, pretty ? 2 : 0);
          const keys = new KeyColumns('a.json');
          const parser = createJsonParser('json', keys, 'a.json', new ProblemList());
          expect(inPieces(parser, text, size)).toHaveLength(values.length);
          expect(keys.names).toEqual(['key', 'a"]},[{']);
        },
      ),
      { seed: 5, numRuns: 200 },
    );
  });

  it('refuses an array that is not closed, and text after one', () => {
    expect(() => inspect('[{"a":1},', {}, 'a.json')).toThrowError(expect.objectContaining({ code: 'import.format' }));
    expect(() => inspect('[{"a":1}] x', {}, 'a.json')).toThrowError(expect.objectContaining({ code: 'import.format' }));
  });
});

describe('lines', () => {
  it('come out the same whatever the size of the pieces', () => {
    const text = 'a\r\n\r\n b \rc\n\n\nd';
    for (let size = 1; size < 8; size++) {
      expect(inPieces(createTextParser('lines', 'a.txt'), text, size)).toEqual([['a'], [' b '], ['c'], ['d']]);
    }
  });
});
