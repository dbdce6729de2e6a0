import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectEncoding, type Encoding, looksBinary } from './encoding.ts';
import { createStreamDecoder } from './text-decoder.ts';

/** Encoders made by turning the decoder round: every sequence of an encoding is decoded once and remembered. */
function legacyTable(encoding: 'gb18030' | 'big5'): Map<string, readonly number[]> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const table = new Map<string, readonly number[]>();
  const learn = (bytes: readonly number[]) => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      if ([...character].length === 1 && !table.has(character)) table.set(character, bytes);
    } catch {
      // not a sequence of this encoding
    }
  };
  for (let first = 0; first < 0x80; first++) learn([first]);
  for (let first = 0x81; first < 0xff; first++) for (let second = 0x40; second < 0xff; second++) learn([first, second]);
  if (encoding === 'gb18030') {
    for (let a = 0x81; a <= 0x84; a++)
      for (let b = 0x30; b <= 0x39; b++)
        for (let c = 0x81; c <= 0xfe; c++) for (let d = 0x30; d <= 0x39; d++) learn([a, b, c, d]);
  }
  return table;
}

const tables = { gb18030: legacyTable('gb18030'), big5: legacyTable('big5') };

/** Null where the encoding lacks a character. */
function encode(text: string, encoding: Encoding, mark: boolean): Uint8Array | null {
  if (encoding === 'utf-8') return new TextEncoder().encode((mark ? '\uFEFF' : '') + text);
  if (encoding === 'utf-16le' || encoding === 'utf-16be') {
    const units = (mark ? '\uFEFF' : '') + text;
    const bytes = new Uint8Array(units.length * 2);
    const view = new DataView(bytes.buffer);
    for (let i = 0; i < units.length; i++) view.setUint16(i * 2, units.charCodeAt(i), encoding === 'utf-16le');
    return bytes;
  }
  if (encoding === 'windows-1252') return Uint8Array.from([...text], (character) => character.charCodeAt(0));
  const bytes: number[] = [];
  if (mark) bytes.push(0x84, 0x31, 0x95, 0x33);
  for (const character of text) {
    const sequence = tables[encoding].get(character);
    if (sequence === undefined) return null;
    bytes.push(...sequence);
  }
  return Uint8Array.from(bytes);
}

function decodeInChunks(bytes: Uint8Array, encoding: Encoding, size: number): string {
  const decoder = createStreamDecoder(encoding, 'refuse', 'test.csv');
  let text = '';
  for (let i = 0; i < bytes.length; i += size) text += decoder.push(bytes.subarray(i, i + size));
  return text + decoder.end();
}

const simplified = fc.array(
  fc.constantFrom(
    ...'服务态度很好，办理速度太慢了。客户经理不专业！网银登录失败贷款利率',
    'a',
    'OK',
    ' ',
    '\n',
    '"',
    ',',
  ),
  {
    minLength: 1,
    maxLength: 200,
  },
);
const anyText = fc.string({ unit: 'grapheme', maxLength: 60 }).map((text) => text.replace(/^\uFEFF+/, ''));
const sizes = fc.integer({ min: 1, max: 17 });
const seed = 20240601;

describe('reading encoded text', () => {
  it('gives back any text in any encoding, with or without a mark, whatever the size of the pieces', () => {
    const encodings = fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5');
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          simplified.map((parts) => parts.join('')),
        ),
        encodings,
        fc.boolean(),
        sizes,
        (text, encoding, mark, size) => {
          const bytes = encode(text, encoding, mark && encoding !== 'big5');
          fc.pre(bytes !== null);
          expect(decodeInChunks(bytes!, encoding, size)).toBe(text);
        },
      ),
      { seed, numRuns: 500 },
    );
  });

  it('finds the encoding of Chinese and English text, or says that it is unsure', () => {
    const encodings = fc.constantFrom<Encoding>('utf-8', 'utf-16le', 'utf-16be', 'gb18030');
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          simplified.map((parts) => parts.join('')),
        ),
        encodings,
        fc.boolean(),
        (text, encoding, mark) => {
          const bytes = encode(text, encoding, mark);
          fc.pre(bytes !== null);
          const guess = detectEncoding(bytes!, true);
          if (guess.confidence === 'unsure') return;
          expect(decodeInChunks(bytes!, guess.encoding, 4096)).toBe(text);
        },
      ),
      { seed, numRuns: 1000 },
    );
  });

  it.each<[string, Encoding, boolean, string]>([
    ['姓名,意见\n张三,手机银行登录太慢了，希望改进\n', 'gb18030', false, 'likely'],
    ['姓名,意見\n張三,這個服務很好，希望繼續下去\n', 'big5', false, 'likely'],
    ['姓名,意见\n张三,登录太慢\n', 'utf-8', false, 'certain'],
    ['姓名,意见\n张三,登录太慢\n', 'utf-8', true, 'certain'],
    ['姓名,意见\n张三,登录太慢，等的时间长\n', 'utf-16le', false, 'likely'],
    ['id,comment\n1,slow login\n', 'utf-16le', false, 'likely'],
    ['id,comment\n1,slow login\n', 'utf-16be', true, 'certain'],
    ['id,comment\n1,slow login\n', 'utf-8', false, 'likely'],
    ['id,comment\n1,le café est fermé\n', 'windows-1252', false, 'unsure'],
  ])('reads %j as %s (mark: %s) and is %s', (text, encoding, mark, confidence) => {
    const guess = detectEncoding(encode(text, encoding, mark)!, true);
    expect([guess.encoding, guess.confidence]).toEqual([encoding, confidence]);
  });

  it('is unsure of GB18030 that is valid UTF-8 by chance', () => {
    expect(detectEncoding(encode('一一一一', 'gb18030', false)!, true)).toEqual({
      encoding: 'utf-8',
      confidence: 'unsure',
      how: 'strict-utf-8',
    });
  });

  it('does not take a character cut off at the end of a sample for a fault', () => {
    const bytes = new TextEncoder().encode('手机银行登录太慢了').subarray(0, 20);
    expect(detectEncoding(bytes, false).encoding).toBe('utf-8');
    expect(detectEncoding(bytes, true).confidence).toBe('unsure');
  });

  it('refuses bytes that are invalid in the chosen encoding, or replaces them when told to', () => {
    const bytes = Uint8Array.of(0x61, 0xff, 0x62);
    expect(() => createStreamDecoder('utf-8', 'refuse', 'a.csv').push(bytes)).toThrowError(
      expect.objectContaining({ code: 'import.encoding', params: { file: 'a.csv', encoding: 'utf-8' } }),
    );
    expect(createStreamDecoder('utf-8', 'replace', 'a.csv').push(bytes)).toBe('a\uFFFDb');
  });
});

describe('what is no text', () => {
  it('is told by its control characters, not by line ends, tabs or characters that an encoding could not read', () => {
    expect(looksBinary('PK\u0003\u0004\u0014\u0000\u0000\u0000')).toBe(true);
    expect(looksBinary('id,text\r\n1,\tone\u000b\ftwo\n')).toBe(false);
    expect(looksBinary(`${'\uFFFD'.repeat(50)} 登录`)).toBe(false);
    expect(looksBinary(`a NUL\u0000 in a long cell that is otherwise a sentence`)).toBe(false);
    expect(looksBinary('')).toBe(false);
  });
});
