import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';

/** A file that says nothing without its key: a clear head (magic, salt of this file), then segments under AES-256-GCM, each with its tag.
 *  The nonce is the segment's number and whether it is the last, so that segments cannot be moved, dropped or cut off. @source Hoang et al. 2015, STREAM */

const MAGIC = Buffer.from('CSWS0001', 'latin1');
const SALT_BYTES = 16;
const HEAD_BYTES = MAGIC.length + SALT_BYTES;
const SEGMENT_BYTES = 1024 * 1024;
const TAG_BYTES = 16;
/** Of a file that is not sealed. */
const CLEAR_PIECE_BYTES = 256 * 1024;
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const PURPOSE = 'success-workbench sealed file';

/** 32 bytes; null for a file in the clear. */
export type SealKey = Uint8Array | null;

function fileKey(key: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', key, salt, PURPOSE, KEY_BYTES));
}

function nonceOf(segment: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt32BE(segment, NONCE_BYTES - 5);
  nonce[NONCE_BYTES - 1] = last ? 1 : 0;
  return nonce;
}

/** The bytes of a sealed file with this content. Every file has a key of its own, made from its salt. */
export async function* seal(
  key: Uint8Array,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const salt = randomBytes(SALT_BYTES);
  const own = fileKey(key, salt);
  yield Buffer.concat([MAGIC, salt]);
  let segment = 0;
  const encrypt = (bytes: Uint8Array, last: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', own, nonceOf(segment++, last));
    return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
  };
  const waiting = Buffer.alloc(SEGMENT_BYTES);
  let filled = 0;
  for await (const piece of content) {
    for (let at = 0; at < piece.length; ) {
      // A full segment waits for the next byte: only then is it known not to be the last.
      if (filled === SEGMENT_BYTES) {
        yield encrypt(waiting, false);
        filled = 0;
      }
      const taken = Math.min(piece.length - at, SEGMENT_BYTES - filled);
      waiting.set(piece.subarray(at, at + taken), filled);
      filled += taken;
      at += taken;
    }
  }
  yield encrypt(waiting.subarray(0, filled), true);
  waiting.fill(0);
  own.fill(0);
}

/** Random access to the content of a sealed file. */
export interface SealedReader {
  readonly bytes: number;
  readonly segments: number;
  /** Of the content of every segment but the last. */
  readonly segmentBytes: number;
  /** @throws where the segment was changed or the key is another's */
  segment(index: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** @throws where the file is not a sealed one */
export async function openSealed(path: string, key: Uint8Array): Promise<SealedReader> {
  const file = await open(path, 'r');
  try {
    const head = await readAt(file, 0, HEAD_BYTES);
    if (!head.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error('not a sealed file');
    const own = fileKey(key, head.subarray(MAGIC.length));
    const body = (await file.stat()).size - HEAD_BYTES;
    const segments = Math.ceil(body / (SEGMENT_BYTES + TAG_BYTES));
    return {
      bytes: body - segments * TAG_BYTES,
      segments,
      segmentBytes: SEGMENT_BYTES,
      async segment(index) {
        const at = index * (SEGMENT_BYTES + TAG_BYTES);
        const sealed = await readAt(file, HEAD_BYTES + at, Math.min(SEGMENT_BYTES + TAG_BYTES, body - at));
        const decipher = createDecipheriv('aes-256-gcm', own, nonceOf(index, index === segments - 1));
        decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
        return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES)), decipher.final()]);
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
  if (bytesRead !== length) throw new Error('the file is cut short');
  return buffer;
}

/** Bytes of a file's content, sealed where there is a key. */
export async function sizeUnderKey(path: string, key: SealKey): Promise<number> {
  if (key === null) return (await stat(path)).size;
  const file = await openSealed(path, key);
  await file.close();
  return file.bytes;
}

/** Writes a file, sealed where there is a key, and waits until it is on the disk. */
export async function writeUnderKey(path: string, key: SealKey, content: Iterable<Uint8Array>): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    for await (const bytes of key === null ? content : seal(key, content)) await file.write(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The content of a file, sealed where there is a key, in pieces that the caller may keep. */
export async function* readPiecesUnderKey(path: string, key: SealKey): AsyncGenerator<Uint8Array> {
  if (key === null) {
    yield* clearPieces(path);
    return;
  }
  const file = await openSealed(path, key);
  try {
    for (let segment = 0; segment < file.segments; segment++) yield await file.segment(segment);
  } finally {
    await file.close();
  }
}

async function* clearPieces(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read({ buffer: new Uint8Array(CLEAR_PIECE_BYTES) });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

/** The whole content of a file, sealed where there is a key. */
export async function readUnderKey(path: string, key: SealKey): Promise<Buffer> {
  if (key === null) return readFile(path);
  const pieces: Uint8Array[] = [];
  for await (const piece of readPiecesUnderKey(path, key)) pieces.push(piece);
  return Buffer.concat(pieces);
}
