import { createHash } from 'node:crypto';
import type Database from 'better-sqlite3';
import { canonicalJson } from '../../shared/data/canonical-json.ts';
import { kindOf, type SlotReader } from './artifacts/kind.ts';
import {
  type ArtifactRecord,
  type ArtifactRepository,
  createArtifactRepository,
  type NewArtifact,
} from './db/repositories/artifact.ts';
import { type AuditRepository, createAuditRepository } from './db/repositories/audit.ts';
import { type BlobRepository, createBlobRepository } from './db/repositories/blob.ts';
import { createFileRepository, type FileRepository } from './db/repositories/file.ts';
import { createJobRepository, type JobRepository } from './db/repositories/job.ts';
import { createProjectRepository, type ProjectRepository } from './db/repositories/project.ts';
import { createSourceRowRepository, type SourceRowRepository } from './db/repositories/source-row.ts';

const CACHED_PART_BYTES = 256_000_000;

/** All repositories of one open project, and the few operations that span them. */
export interface ProjectStore extends SlotReader {
  readonly artifacts: ArtifactRepository;
  readonly audit: AuditRepository;
  readonly blobs: BlobRepository;
  readonly file: FileRepository;
  readonly jobs: JobRepository;
  readonly project: ProjectRepository;
  readonly rows: SourceRowRepository;
  transaction<T>(work: () => T): T;
  /** A large array of an artifact, kept in memory for the next reader. Callers must not write to it. */
  part(artifact: ArtifactRecord, name: string): Uint8Array<ArrayBuffer>;
  /** Stores the parts, then publishes artifact and data version in one short transaction. */
  publish(
    artifact: Omit<NewArtifact, 'hash' | 'parts'>,
    parts: Readonly<Record<string, Uint8Array>>,
    /** Fields of the result and parts that the hash leaves out. */
    outsideHash: readonly string[],
    now: Date,
  ): Promise<ArtifactRecord>;
}

export function createProjectStore(db: Database.Database): ProjectStore {
  const artifacts = createArtifactRepository(db);
  const blobs = createBlobRepository(db);
  const project = createProjectRepository(db);
  const cache = new Map<string, Uint8Array<ArrayBuffer>>();
  let cachedBytes = 0;

  const remember = (blob: string, bytes: Uint8Array<ArrayBuffer>) => {
    cache.set(blob, bytes);
    cachedBytes += bytes.length;
    for (const [oldest, old] of cache) {
      if (cachedBytes <= CACHED_PART_BYTES || oldest === blob) break;
      cache.delete(oldest);
      cachedBytes -= old.length;
    }
    return bytes;
  };

  const transaction = <T>(work: () => T): T => db.transaction(work)();

  return {
    artifacts,
    audit: createAuditRepository(db),
    blobs,
    file: createFileRepository(db),
    jobs: createJobRepository(db),
    project,
    rows: createSourceRowRepository(db),
    transaction,
    current: (slot) => artifacts.current(slot),
    slotsOf: (kind) =>
      artifacts
        .allCurrent()
        .map((artifact) => artifact.slot)
        .filter((slot) => kindOf(slot) === kind)
        .sort((a, b) => a.localeCompare(b, 'en', { numeric: true })),
    part(artifact, name) {
      const blob = artifact.parts[name]?.blob;
      if (blob === undefined) throw new Error(`artifact ${artifact.id} has no part ${name}`);
      const known = cache.get(blob);
      if (known === undefined) return remember(blob, blobs.get(blob));
      // Re-inserted so that the map's order is by last use.
      cache.delete(blob);
      cache.set(blob, known);
      return known;
    },
    async publish(artifact, parts, outsideHash, now) {
      const stored: Record<string, { blob: string; bytes: number }> = {};
      for (const [name, bytes] of Object.entries(parts)) {
        stored[name] = { blob: await blobs.put(bytes), bytes: bytes.length };
      }
      const hash = contentHash(artifact.result, stored, outsideHash);
      return transaction(() => {
        const published = artifacts.publish({ ...artifact, hash, parts: stored });
        project.touch(now.toISOString());
        return published;
      });
    },
  };
}

/** The hash that an artifact is known by: of its result and parts, but for the fields that are left out. */
export function contentHash(result: unknown, parts: ArtifactRecord['parts'], outsideHash: readonly string[]): string {
  return createHash('sha256')
    .update(canonicalJson({ result: without(result, outsideHash), parts: without(parts, outsideHash) }))
    .digest('hex');
}

function without(value: unknown, names: readonly string[]): unknown {
  if (names.length === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => without(item, below('*', names)));
  const kept = Object.entries(value).filter(([name]) => !names.includes(name));
  return Object.fromEntries(kept.map(([name, item]) => [name, without(item, below(name, names))]));
}

/** The rest of the names that go through this one: `floors.*.size` below `floors` is `*.size`. */
function below(name: string, names: readonly string[]): readonly string[] {
  return names.flatMap((path) => (path.startsWith(`${name}.`) ? [path.slice(name.length + 1)] : []));
}
