import { AppError } from '../../../errors/app-error.ts';
import type { Encoding } from './encoding.ts';

export interface StreamDecoder {
  /** The characters completed by these bytes. @throws AppError 'import.encoding' */
  push(bytes: Uint8Array): string;
  /** The end of the file. @throws AppError 'import.encoding' where it ends within a character */
  end(): string;
}

/** Decodes a file chunk by chunk; a character split between chunks is put together, a byte order mark is dropped.
 *  `refuse` stops at bytes that are invalid in `encoding`, `replace` turns them into U+FFFD. */
export function createStreamDecoder(
  encoding: Encoding,
  undecodable: 'refuse' | 'replace',
  file: string,
): StreamDecoder {
  const decoder = new TextDecoder(encoding, { fatal: undecodable === 'refuse', ignoreBOM: true });
  const guarded = (decode: () => string): string => {
    try {
      return decode();
    } catch (cause) {
      throw new AppError('import.encoding', { file, encoding }, { cause });
    }
  };
  let atStart = true;
  // The decoder itself drops the mark of UTF-8 and UTF-16 only; GB18030 has one too.
  const withoutMark = (text: string): string => {
    if (!atStart || text === '') return text;
    atStart = false;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  };
  return {
    push: (bytes) => withoutMark(guarded(() => decoder.decode(bytes, { stream: true }))),
    end: () => withoutMark(guarded(() => decoder.decode())),
  };
}
