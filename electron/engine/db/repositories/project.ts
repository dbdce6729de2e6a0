import type Database from 'better-sqlite3';
import { z } from 'zod';
import { storedRow } from '../stored-row.ts';

export interface ProjectRecord {
  readonly id: string;
  readonly name: string;
  readonly customer: string;
  readonly period: string;
  readonly sample: boolean;
  readonly createdAt: string;
  readonly savedAt: string;
  readonly dataVersion: number;
}

export interface ProjectRepository {
  get(): ProjectRecord;
  create(project: Omit<ProjectRecord, 'savedAt' | 'dataVersion'>): void;
  rename(name: string, customer: string, period: string): void;
  /** Counts the data version up and stamps the time; called in the transaction that publishes. */
  touch(now: string): number;
}

const rowSchema = z.object({
  id: z.string(),
  name: z.string(),
  customer: z.string(),
  period: z.string(),
  sample: z.int(),
  created_at: z.string(),
  saved_at: z.string(),
  data_version: z.int(),
});

export function createProjectRepository(db: Database.Database): ProjectRepository {
  const get = db.prepare('SELECT * FROM project');
  const insert = db.prepare(
    `INSERT INTO project (only, id, name, customer, period, sample, created_at, saved_at, data_version)
     VALUES (1, @id, @name, @customer, @period, @sample, @createdAt, @createdAt, 0)`,
  );
  const rename = db.prepare('UPDATE project SET name = ?, customer = ?, period = ?');
  const touch = db.prepare('UPDATE project SET data_version = data_version + 1, saved_at = ? RETURNING data_version');
  return {
    get() {
      const row = storedRow(rowSchema, 'project', get.get());
      return {
        id: row.id,
        name: row.name,
        customer: row.customer,
        period: row.period,
        sample: row.sample === 1,
        createdAt: row.created_at,
        savedAt: row.saved_at,
        dataVersion: row.data_version,
      };
    },
    create: (project) => {
      insert.run({ ...project, sample: project.sample ? 1 : 0 });
    },
    rename: (name, customer, period) => {
      rename.run(name, customer, period);
    },
    touch: (now) => (touch.get(now) as { data_version: number }).data_version,
  };
}
