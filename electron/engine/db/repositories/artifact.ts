import type Database from 'better-sqlite3';
import { z } from 'zod';
import { ARTIFACT_OWNERS, type ArtifactOwner } from '../../../../shared/contract/stage.ts';
import { storedRow } from '../stored-row.ts';

export interface ArtifactInput {
  readonly slot: string;
  readonly artifactId: string;
  readonly hash: string;
}

export interface ArtifactRecord {
  readonly id: string;
  readonly slot: string;
  readonly kind: string;
  readonly stage: ArtifactOwner;
  readonly version: number;
  readonly hash: string;
  readonly inputs: readonly ArtifactInput[];
  readonly params: unknown;
  readonly seed: number;
  readonly codeVersion: string;
  readonly result: unknown;
  /** Large arrays of the result by name: hash of their blob and bytes. */
  readonly parts: Readonly<Record<string, { readonly blob: string; readonly bytes: number }>>;
  readonly createdAt: string;
  readonly durationMs: number;
}

export type NewArtifact = Omit<ArtifactRecord, 'id' | 'version'>;

export interface ArtifactRepository {
  get(id: string): ArtifactRecord | undefined;
  current(slot: string): ArtifactRecord | undefined;
  /** Newest first by creation. */
  allCurrent(): readonly ArtifactRecord[];
  /** Of all versions of all slots, oldest first. */
  ids(): readonly string[];
  /** What stands in the file now, not what was kept of it in memory. @throws StoredRowError */
  readAgain(id: string): ArtifactRecord;
  /** Every slot of a kind that was ever filled, emptied ones included. */
  slotsEver(kind: string): readonly string[];
  /** All versions of a slot, oldest first. */
  versions(slot: string): readonly ArtifactRecord[];
  /** Adds the next version of its slot and makes it the one that stands. */
  publish(artifact: NewArtifact): ArtifactRecord;
  /** Makes an earlier version the one that stands; null empties the slot. */
  point(slot: string, id: string | null): void;
  /** Slots that were emptied, each with its last version. */
  emptied(): readonly ArtifactRecord[];
  /** Empties a slot; its versions stay in the history. */
  clearSlot(slot: string): void;
  /** Removes every version of a slot, for data that a person wants gone. */
  forgetSlot(slot: string): void;
}

const CACHED_ARTIFACTS = 500;

const jsonText = z.string().transform((text) => JSON.parse(text) as unknown);
const rowSchema = z.object({
  id: z.string(),
  slot: z.string(),
  kind: z.string(),
  stage: z.enum(ARTIFACT_OWNERS),
  version: z.int(),
  hash: z.string(),
  inputs: jsonText.pipe(z.array(z.object({ slot: z.string(), artifactId: z.string(), hash: z.string() }))),
  params: jsonText,
  seed: z.int(),
  code_version: z.string(),
  result: jsonText,
  parts: jsonText.pipe(z.record(z.string(), z.object({ blob: z.string(), bytes: z.number() }))),
  created_at: z.string(),
  duration_ms: z.number(),
});

function toRecord(row: unknown): ArtifactRecord {
  const { code_version, created_at, duration_ms, ...rest } = storedRow(rowSchema, 'artifact', row);
  return { ...rest, codeVersion: code_version, createdAt: created_at, durationMs: duration_ms };
}

export function createArtifactRepository(db: Database.Database): ArtifactRepository {
  const byId = db.prepare('SELECT * FROM artifact WHERE id = ?');
  const idOfSlot = db.prepare('SELECT artifact_id AS id FROM current_artifact WHERE slot = ?');
  const everyCurrent = db.prepare(
    'SELECT artifact.id AS id FROM current_artifact JOIN artifact ON artifact.id = artifact_id ORDER BY sequence DESC',
  );
  const everyId = db.prepare('SELECT id FROM artifact ORDER BY sequence');
  const everOfKind = db.prepare('SELECT DISTINCT slot FROM artifact WHERE kind = ?');
  const nextVersion = db.prepare('SELECT coalesce(max(version), 0) + 1 AS next FROM artifact WHERE slot = ?');
  const nextSequence = db.prepare(
    "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'artifact'), 0) + 1 AS next",
  );
  const insert = db.prepare(
    `INSERT INTO artifact (id, slot, kind, stage, version, hash, inputs, params, seed, code_version, result, parts, created_at, duration_ms)
     VALUES (@id, @slot, @kind, @stage, @version, @hash, @inputs, @params, @seed, @codeVersion, @result, @parts, @createdAt, @durationMs)`,
  );
  const point = db.prepare(
    'INSERT INTO current_artifact (slot, artifact_id) VALUES (?, ?) ON CONFLICT (slot) DO UPDATE SET artifact_id = excluded.artifact_id',
  );
  const everEmptied = db.prepare(
    'SELECT id FROM artifact AS last WHERE slot NOT IN (SELECT slot FROM current_artifact) AND version = (SELECT max(version) FROM artifact WHERE slot = last.slot) ORDER BY sequence DESC',
  );
  const clear = db.prepare('DELETE FROM current_artifact WHERE slot = ?');
  const idsOfSlot = db.prepare('SELECT id FROM artifact WHERE slot = ? ORDER BY version');
  const forget = db.prepare('DELETE FROM artifact WHERE slot = ?');
  // An artifact never changes once published, so each is read and parsed once.
  const known = new Map<string, ArtifactRecord>();
  const get = (id: string): ArtifactRecord | undefined => {
    const found = known.get(id);
    if (found !== undefined) return found;
    const row = byId.get(id);
    if (row === undefined) return undefined;
    const record = toRecord(row);
    if (known.size >= CACHED_ARTIFACTS) known.delete(known.keys().next().value ?? '');
    known.set(id, record);
    return record;
  };
  return {
    get,
    current(slot) {
      const row = idOfSlot.get(slot) as { id: string } | undefined;
      return row === undefined ? undefined : get(row.id);
    },
    allCurrent: () => (everyCurrent.all() as { id: string }[]).flatMap(({ id }) => get(id) ?? []),
    ids: () => (everyId.all() as { id: string }[]).map(({ id }) => id),
    readAgain: (id) => toRecord(byId.get(id)),
    slotsEver: (kind) => (everOfKind.all(kind) as { slot: string }[]).map(({ slot }) => slot),
    versions: (slot) => (idsOfSlot.all(slot) as { id: string }[]).flatMap(({ id }) => get(id) ?? []),
    publish(artifact) {
      const version = (nextVersion.get(artifact.slot) as { next: number }).next;
      const id = `a${(nextSequence.get() as { next: number }).next}`;
      insert.run({
        ...artifact,
        id,
        version,
        inputs: JSON.stringify(artifact.inputs),
        params: JSON.stringify(artifact.params),
        result: JSON.stringify(artifact.result),
        parts: JSON.stringify(artifact.parts),
      });
      point.run(artifact.slot, id);
      return { ...artifact, id, version };
    },
    point: (slot, artifactId) => {
      if (artifactId === null) clear.run(slot);
      else point.run(slot, artifactId);
    },
    emptied: () => (everEmptied.all() as { id: string }[]).flatMap(({ id }) => get(id) ?? []),
    clearSlot: (slot) => {
      clear.run(slot);
    },
    forgetSlot(slot) {
      for (const { id } of idsOfSlot.all(slot) as { id: string }[]) known.delete(id);
      clear.run(slot);
      forget.run(slot);
    },
  };
}
