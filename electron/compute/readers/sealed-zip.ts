import { Readable } from 'node:stream';
import yauzl from 'yauzl';
import { openSealed, type SealedReader } from '../../files/sealed-file.ts';

/** The content of a sealed file for the archive reader, which jumps about in it. The last segment is kept: directories are read in small steps. */
class SealedAccess extends yauzl.RandomAccessReader {
  readonly #file: SealedReader;
  #kept: { readonly index: number; readonly bytes: Buffer } | null = null;

  constructor(file: SealedReader) {
    super();
    this.#file = file;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.#range(start, end));
  }

  override close(callback: (error: Error | null) => void): void {
    this.#file.close().then(
      () => callback(null),
      (error: Error) => callback(error),
    );
  }

  async *#range(start: number, end: number): AsyncGenerator<Buffer> {
    const { segmentBytes } = this.#file;
    for (let at = start; at < end; ) {
      const index = Math.floor(at / segmentBytes);
      const segment = await this.#segment(index);
      const from = at - index * segmentBytes;
      const piece = segment.subarray(from, Math.min(segment.length, from + end - at));
      if (piece.length === 0) return;
      yield piece;
      at += piece.length;
    }
  }

  async #segment(index: number): Promise<Buffer> {
    if (this.#kept?.index !== index) this.#kept = { index, bytes: await this.#file.segment(index) };
    return this.#kept.bytes;
  }
}

export async function openSealedZip(path: string, key: Uint8Array, options: yauzl.Options): Promise<yauzl.ZipFile> {
  const file = await openSealed(path, key);
  try {
    return await yauzl.fromRandomAccessReaderPromise(new SealedAccess(file), file.bytes, options);
  } catch (error) {
    await file.close().catch(() => undefined);
    throw error;
  }
}
