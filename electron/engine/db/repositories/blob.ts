import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { BugError } from '../../../../shared/errors/app-error.ts';

const CHUNK_BYTES = 1_048_576;

export interface BlobRepository {
  /** Stores bytes under their SHA-256, in transactions of one chunk each with the event loop free in between; bytes that are there already are not written again.
   *  Chunks that no artifact refers to yet are swept at the next opening if the artifact never comes. */
  put(bytes: Uint8Array): Promise<string>;
  get(blob: string): Uint8Array<ArrayBuffer>;
  chunkIds(): readonly number[];
  chunk(id: number): { readonly sha256: string; readonly bytes: Uint8Array };
  /** Ids of the chunks of a blob, in order. */
  chunksOf(blob: string): readonly number[];
  /** Removes chunks and blobs that no artifact names. */
  sweep(): void;
}

export function createBlobRepository(db: Database.Database): BlobRepository {
  const known = db.prepare('SELECT 1 FROM blob_chunk WHERE blob = ? LIMIT 1');
  const chunkId = db.prepare('SELECT id FROM chunk WHERE sha256 = ?');
  const insertChunk = db.prepare('INSERT INTO chunk (sha256, bytes) VALUES (?, ?)');
  const insertLink = db.prepare('INSERT OR IGNORE INTO blob_chunk (blob, position, chunk) VALUES (?, ?, ?)');
  const chunksOf = db.prepare(
    'SELECT chunk.bytes AS bytes FROM blob_chunk JOIN chunk ON chunk.id = blob_chunk.chunk WHERE blob = ? ORDER BY position',
  );
  const everyChunk = db.prepare('SELECT id FROM chunk ORDER BY id');
  const oneChunk = db.prepare('SELECT sha256, bytes FROM chunk WHERE id = ?');
  const links = db.prepare('SELECT chunk AS id FROM blob_chunk WHERE blob = ? ORDER BY position');
  const idsOf = (rows: unknown[]) => (rows as { id: number }[]).map(({ id }) => id);
  const sweepLinks = db.prepare(
    `DELETE FROM blob_chunk WHERE blob NOT IN
       (SELECT json_extract(part.value, '$.blob') FROM artifact, json_each(artifact.parts) AS part)`,
  );
  const sweepChunks = db.prepare('DELETE FROM chunk WHERE id NOT IN (SELECT chunk FROM blob_chunk)');
  return {
    async put(bytes) {
      const blob = createHash('sha256').update(bytes).digest('hex');
      if (known.get(blob) !== undefined) return blob;
      const ids: (number | bigint)[] = [];
      for (let at = 0; at < bytes.length || ids.length === 0; at += CHUNK_BYTES) {
        const chunk = bytes.subarray(at, at + CHUNK_BYTES);
        const sha256 = createHash('sha256').update(chunk).digest('hex');
        const found = chunkId.get(sha256) as { id: number } | undefined;
        ids.push(found?.id ?? insertChunk.run(sha256, chunk).lastInsertRowid);
        await new Promise((resolve) => setImmediate(resolve));
      }
      db.transaction(() => {
        ids.forEach((id, position) => {
          insertLink.run(blob, position, id);
        });
      })();
      return blob;
    },
    get(blob) {
      const chunks = chunksOf.all(blob) as { bytes: Buffer }[];
      if (chunks.length === 0) throw new BugError(`blob ${blob} is missing`);
      const total = chunks.reduce((sum, chunk) => sum + chunk.bytes.length, 0);
      const whole = new Uint8Array(total);
      let at = 0;
      for (const { bytes } of chunks) {
        whole.set(bytes, at);
        at += bytes.length;
      }
      return whole;
    },
    chunkIds: () => idsOf(everyChunk.all()),
    chunk: (id) => oneChunk.get(id) as { sha256: string; bytes: Buffer },
    chunksOf: (blob) => idsOf(links.all(blob)),
    sweep() {
      db.transaction(() => {
        sweepLinks.run();
        sweepChunks.run();
      })();
    },
  };
}
