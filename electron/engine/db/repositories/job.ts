import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { JobRecord } from '../../../../shared/contract/project.ts';
import { type JobState, jobStateSchema, LANES } from '../../../../shared/jobs/state.ts';
import { storedRow } from '../stored-row.ts';

/** A job with what it needs to run again. */
export interface StoredJob extends Omit<JobRecord, 'quietSince'> {
  readonly params: unknown;
  readonly seed: number;
}
export type NewJob = Pick<StoredJob, 'slot' | 'kind' | 'lane' | 'params' | 'seed' | 'after'>;

export interface JobRepository {
  get(id: string): StoredJob | undefined;
  /** Newest first. */
  list(): readonly StoredJob[];
  insert(job: NewJob, now: string): StoredJob;
  setState(id: string, state: JobState, now: string): void;
}

const jsonText = z.string().transform((text) => JSON.parse(text) as unknown);
const rowSchema = z.object({
  id: z.string(),
  slot: z.string(),
  kind: z.string(),
  lane: z.enum(LANES),
  params: jsonText,
  seed: z.int(),
  state: jsonText.pipe(jobStateSchema),
  after_jobs: jsonText.pipe(z.array(z.string())),
  created_at: z.string(),
  updated_at: z.string(),
  started_at: z.nullable(z.string()),
});

function toJob(row: unknown): StoredJob {
  const { after_jobs, created_at, updated_at, started_at, ...rest } = storedRow(rowSchema, 'job', row);
  return { ...rest, after: after_jobs, createdAt: created_at, updatedAt: updated_at, startedAt: started_at };
}

export function createJobRepository(db: Database.Database): JobRepository {
  const byId = db.prepare(
    'SELECT id, slot, kind, lane, params, seed, state, after_jobs, created_at, updated_at, started_at FROM job WHERE id = ?',
  );
  const all = db.prepare(
    'SELECT id, slot, kind, lane, params, seed, state, after_jobs, created_at, updated_at, started_at FROM job ORDER BY sequence DESC',
  );
  const nextSequence = db.prepare(
    "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'job'), 0) + 1 AS next",
  );
  const insert = db.prepare(
    `INSERT INTO job (id, slot, kind, lane, params, seed, state, after_jobs, created_at, updated_at, started_at)
     VALUES (@id, @slot, @kind, @lane, @params, @seed, @state, @after, @now, @now, NULL)`,
  );
  const update = db.prepare(
    `UPDATE job SET state = @state, updated_at = @now,
       started_at = CASE WHEN @running = 1 AND started_at IS NULL THEN @now ELSE started_at END
     WHERE id = @id`,
  );
  return {
    get: (id) => {
      const row = byId.get(id);
      return row === undefined ? undefined : toJob(row);
    },
    list: () => all.all().map(toJob),
    insert(job, now) {
      const id = `j${(nextSequence.get() as { next: number }).next}`;
      const state: JobState = { type: 'queued' };
      insert.run({
        id,
        slot: job.slot,
        kind: job.kind,
        lane: job.lane,
        params: JSON.stringify(job.params),
        seed: job.seed,
        state: JSON.stringify(state),
        after: JSON.stringify(job.after),
        now,
      });
      return { ...job, id, state, after: [...job.after], createdAt: now, updatedAt: now, startedAt: null };
    },
    setState(id, state, now) {
      update.run({ id, state: JSON.stringify(state), now, running: state.type === 'running' ? 1 : 0 });
    },
  };
}
