import { commonHanShare } from './common-han.ts';

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** How an encoding was found. */
export const ENCODING_EVIDENCE = [
  'byte-order-mark',
  'ascii-only',
  'strict-utf-8',
  'nul-parity',
  'only-valid-decoding',
  'common-characters',
  'least-broken',
] as const;

export interface EncodingGuess {
  readonly encoding: Encoding;
  /** `unsure` means: show the preview and ask. */
  readonly confidence: 'certain' | 'likely' | 'unsure';
  readonly how: (typeof ENCODING_EVIDENCE)[number];
}

const BYTE_ORDER_MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['gb18030', [0x84, 0x31, 0x95, 0x33]],
];

/** Fewer bytes than these prove nothing. */
const FEW_BYTES = 8;
/** Below this share of common characters a Chinese decoding is not believed without asking. */
const PLAUSIBLE_SHARE = 0.3;

/** The text of `bytes`, or null where they are not valid in `encoding`. A character cut off at the end is no fault
 *  unless `complete`. */
function decodeStrictly(bytes: Uint8Array, encoding: Encoding, complete: boolean): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: !complete });
  } catch {
    return null;
  }
}

/** Where NUL bytes stand: in UTF-16 text with ASCII in it, all at even or all at odd places. */
function utf16ByNulParity(bytes: Uint8Array): { encoding: Encoding; share: number } | null {
  const nuls: [number, number] = [0, 0];
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 0) nuls[(i & 1) as 0 | 1]++;
  const [even, odd] = nuls;
  const all = even + odd;
  if (all === 0 || Math.max(even, odd) < all * 0.95) return null;
  return { encoding: odd > even ? 'utf-16le' : 'utf-16be', share: all / bytes.length };
}

function guessLegacyChinese(bytes: Uint8Array, complete: boolean): EncodingGuess | null {
  const gb18030 = decodeStrictly(bytes, 'gb18030', complete);
  const big5 = decodeStrictly(bytes, 'big5', complete);
  if (gb18030 === null && big5 === null) return null;
  const shareGb = gb18030 === null ? -1 : (commonHanShare(gb18030) ?? 0);
  const shareBig5 = big5 === null ? -1 : (commonHanShare(big5) ?? 0);
  const encoding = shareBig5 > shareGb ? 'big5' : 'gb18030';
  const best = Math.max(shareGb, shareBig5);
  const other = Math.min(shareGb, shareBig5);
  const text = (encoding === 'big5' ? big5 : gb18030) ?? '';
  const asUtf16 = readsAsChinese(bytes, 'utf-16le') || readsAsChinese(bytes, 'utf-16be');
  const plausible = best >= PLAUSIBLE_SHARE && !asUtf16 && !hasControls(text) && !/\r(?!\n)/.test(text);
  if (other < 0) return { encoding, confidence: plausible ? 'likely' : 'unsure', how: 'only-valid-decoding' };
  return { encoding, confidence: plausible && best >= 2 * other ? 'likely' : 'unsure', how: 'common-characters' };
}

/** For bytes valid in no East Asian encoding: the decoding that breaks least, always to be confirmed. */
function leastBroken(bytes: Uint8Array): EncodingGuess {
  let encoding: Encoding = 'windows-1252';
  let fewest = Number.POSITIVE_INFINITY;
  let aboveAscii = 0;
  for (const byte of bytes) if (byte >= 0x80) aboveAscii++;
  for (const candidate of ['utf-8', 'gb18030', 'big5'] as const) {
    const broken = new TextDecoder(candidate).decode(bytes).split('\uFFFD').length - 1;
    if (broken < fewest) {
      fewest = broken;
      encoding = candidate;
    }
  }
  return { encoding: fewest * 10 > aboveAscii ? 'windows-1252' : encoding, confidence: 'unsure', how: 'least-broken' };
}

/** The encoding of a file from its first bytes: byte order mark, strict UTF-8, UTF-16 by the parity of NUL bytes, then GB18030
 *  against Big5 by common characters. UTF-8 comes before GB18030, which accepts nearly any bytes.
 *  `complete`: the sample is the whole file, so a character cut off at its end is a fault. */
export function detectEncoding(sample: Uint8Array, complete: boolean): EncodingGuess {
  for (const [encoding, mark] of BYTE_ORDER_MARKS) {
    if (mark.every((byte, i) => sample[i] === byte)) return { encoding, confidence: 'certain', how: 'byte-order-mark' };
  }
  const guess = detectWithoutMark(sample, complete);
  return sample.length < FEW_BYTES ? { ...guess, confidence: 'unsure' } : guess;
}

function detectWithoutMark(sample: Uint8Array, complete: boolean): EncodingGuess {
  const utf16 = utf16ByNulParity(sample);
  // ASCII text in UTF-16 is valid UTF-8 with a NUL at every second place, so many NULs of one parity decide before UTF-8 may.
  if (utf16 !== null && utf16.share >= 0.2) {
    const text = decodeStrictly(sample, utf16.encoding, complete);
    const confidence = text !== null && !hasControls(text) ? 'likely' : 'unsure';
    return { encoding: utf16.encoding, confidence, how: 'nul-parity' };
  }
  const utf8 = decodeStrictly(sample, 'utf-8', complete);
  if (utf8 !== null) return guessWithinUtf8(sample);
  if (utf16 !== null && (!complete || sample.length % 2 === 0)) {
    const text = decodeStrictly(sample, utf16.encoding, complete);
    if (text !== null && !text.includes('\0')) {
      const plausible = (commonHanShare(text) ?? 0) >= PLAUSIBLE_SHARE;
      return { encoding: utf16.encoding, confidence: plausible ? 'likely' : 'unsure', how: 'nul-parity' };
    }
  }
  return guessLegacyChinese(sample, complete) ?? leastBroken(sample);
}

/** Valid UTF-8 is UTF-8, except where it may be chance: bytes below 0x80 alone (a legacy encoding may follow further on), too few
 *  above, or none but two-byte sequences that read as common Chinese in GB18030. */
function guessWithinUtf8(sample: Uint8Array): EncodingGuess {
  let aboveAscii = 0;
  let longSequences = 0;
  let controls = 0;
  for (const byte of sample) {
    if (byte >= 0x80) aboveAscii++;
    else if (byte === 0x7f || (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d)) controls++;
    if (byte >= 0xe0) longSequences++;
  }
  if (aboveAscii === 0) {
    // Chinese in UTF-16 without a mark can be all ASCII bytes.
    const chance =
      sample.length < FEW_BYTES ||
      controls > 0 ||
      readsAsChinese(sample, 'utf-16le') ||
      readsAsChinese(sample, 'utf-16be');
    return { encoding: 'utf-8', confidence: chance ? 'unsure' : 'likely', how: 'ascii-only' };
  }
  const ambiguous = longSequences === 0 && readsAsChinese(sample, 'gb18030');
  return { encoding: 'utf-8', confidence: aboveAscii < 6 || ambiguous ? 'unsure' : 'certain', how: 'strict-utf-8' };
}

/** Control characters other than tab and line ends: a sign of a wrong decoding. */
function hasControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/.test(text);
}

/** Above this share of control characters a file is a picture, an archive or a program, whatever its name says. */
const BINARY_SHARE = 0.05;

/** Whether decoded bytes are no text at all: no encoding gives so many control characters. */
export function looksBinary(text: string): boolean {
  let controls = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Tab, line ends, vertical tab and form feed occur in texts.
    if (code < 0x09 || (code > 0x0d && code < 0x20)) controls++;
  }
  return controls > BINARY_SHARE * text.length;
}

function readsAsChinese(sample: Uint8Array, encoding: Encoding): boolean {
  const text = decodeStrictly(sample, encoding, false);
  return text !== null && (commonHanShare(text) ?? 0) >= PLAUSIBLE_SHARE;
}
