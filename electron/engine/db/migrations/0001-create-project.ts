import type { Migration } from './migration.ts';

export const createProject: Migration = {
  id: 1,
  name: 'create-project',
  sql: `
    CREATE TABLE migration (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      applied_at TEXT NOT NULL
    ) STRICT;

    CREATE TABLE project (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      id TEXT NOT NULL,
      name TEXT NOT NULL,
      customer TEXT NOT NULL,
      period TEXT NOT NULL,
      sample INTEGER NOT NULL,
      created_at TEXT NOT NULL,
      saved_at TEXT NOT NULL,
      data_version INTEGER NOT NULL
    ) STRICT;

    -- Imported rows exactly as read: cells is a JSON array of strings. Never changed after import.
    CREATE TABLE source_row (
      dataset INTEGER NOT NULL,
      row INTEGER NOT NULL,
      cells TEXT NOT NULL,
      PRIMARY KEY (dataset, row)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE artifact (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      slot TEXT NOT NULL,
      kind TEXT NOT NULL,
      stage TEXT NOT NULL,
      version INTEGER NOT NULL,
      hash TEXT NOT NULL,
      inputs TEXT NOT NULL,
      params TEXT NOT NULL,
      seed INTEGER NOT NULL,
      code_version TEXT NOT NULL,
      result TEXT NOT NULL,
      parts TEXT NOT NULL,
      created_at TEXT NOT NULL,
      duration_ms REAL NOT NULL,
      UNIQUE (slot, version)
    ) STRICT;

    -- Which version of a slot stands.
    CREATE TABLE current_artifact (
      slot TEXT PRIMARY KEY,
      artifact_id TEXT NOT NULL REFERENCES artifact (id)
    ) STRICT, WITHOUT ROWID;

    -- Content-addressed store: a blob is an ordered list of chunks of at most 1 MiB, each kept once.
    CREATE TABLE chunk (
      id INTEGER PRIMARY KEY,
      sha256 TEXT NOT NULL UNIQUE,
      bytes BLOB NOT NULL
    ) STRICT;

    CREATE TABLE blob_chunk (
      blob TEXT NOT NULL,
      position INTEGER NOT NULL,
      chunk INTEGER NOT NULL REFERENCES chunk (id),
      PRIMARY KEY (blob, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE job (
      sequence INTEGER PRIMARY KEY AUTOINCREMENT,
      id TEXT NOT NULL UNIQUE,
      slot TEXT NOT NULL,
      kind TEXT NOT NULL,
      lane TEXT NOT NULL,
      params TEXT NOT NULL,
      seed INTEGER NOT NULL,
      state TEXT NOT NULL,
      after_jobs TEXT NOT NULL,
      created_at TEXT NOT NULL,
      updated_at TEXT NOT NULL,
      started_at TEXT
    ) STRICT;

    CREATE TABLE audit (
      sequence INTEGER PRIMARY KEY,
      at TEXT NOT NULL,
      actor TEXT NOT NULL,
      request TEXT NOT NULL,
      input TEXT NOT NULL,
      outcome TEXT NOT NULL,
      previous_hash TEXT NOT NULL,
      hash TEXT NOT NULL
    ) STRICT;
  `,
};
