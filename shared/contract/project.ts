import { z } from 'zod';
import { jobStateSchema, LANES } from '../jobs/state.ts';
import { artifactInfoSchema } from './artifact.ts';
import { evidenceRefSchema, evidenceRowsSchema, rowOrderSchema } from './evidence.ts';
import { exportedFilesSchema } from './export.ts';
import { command, defineSlice, exporting, job, noInput, query, STAGE_IDS } from './stage.ts';
import { UNDOABLE_REQUESTS } from './undoable.ts';

export const jobRecordSchema = z.strictObject({
  id: z.string(),
  /** The slot that the job fills. */
  slot: z.string(),
  kind: z.string(),
  lane: z.enum(LANES),
  state: jobStateSchema,
  /** Jobs that must succeed first. */
  after: z.array(z.string()),
  createdAt: z.string(),
  updatedAt: z.string(),
  startedAt: z.nullable(z.string()),
  /** Since when the process that works for it has given no sign of life; null while it does, and where nothing runs. */
  quietSince: z.nullable(z.string()),
});
export type JobRecord = z.output<typeof jobRecordSchema>;

/** Points of a live curve of a training job: loss and learning rate per step, dev metrics per evaluation. */
export const jobSeriesSchema = z.strictObject({
  jobId: z.string(),
  steps: z.array(z.strictObject({ step: z.int(), loss: z.number(), learningRate: z.number() })),
  evaluations: z.array(
    z.union([
      z.strictObject({ step: z.int(), epoch: z.number(), loss: z.number(), accuracy: z.number(), macroF1: z.number() }),
      /** Of a task other than classes: micro-F1, quadratic kappa or R². */
      z.strictObject({ step: z.int(), epoch: z.number(), loss: z.number(), score: z.number() }),
    ]),
  ),
  totalSteps: z.nullable(z.int()),
  rowsPerSecond: z.nullable(z.number()),
  memoryMb: z.nullable(z.number()),
});
export type JobSeries = z.output<typeof jobSeriesSchema>;

export const stageStatusSchema = z.enum(['not-started', 'in-progress', 'running', 'stale', 'done', 'not-built']);
export type StageStatus = z.output<typeof stageStatusSchema>;

/** Why an open project cannot be changed: somebody asked for that, its file, folder or medium takes no writing, or the disk has no room. */
export const READ_ONLY_REASONS = ['asked', 'medium', 'disk-full'] as const;
export type ReadOnlyReason = (typeof READ_ONLY_REASONS)[number];

/** Who copies a project's folder behind the program's back. */
export const SYNCED_BY = ['onedrive', 'dropbox', 'nutstore', 'icloud', 'google-drive', 'network'] as const;
export type SyncedBy = (typeof SYNCED_BY)[number];

/** A figure on the project map; `value` null where it is not known yet. `slot` is where it comes from. */
export const mapFigureSchema = z.strictObject({
  id: z.string(),
  value: z.nullable(z.number()),
  low: z.nullable(z.number()),
  high: z.nullable(z.number()),
  text: z.nullable(z.string()),
  unit: z.enum(['count', 'share', 'milliseconds', 'megabytes', 'points', 'text']),
  slot: z.nullable(z.string()),
  /** What the interval rests on, where it is not that of the artifact itself: rows and resamples of a paired bootstrap. */
  basis: z.optional(
    z.strictObject({ method: z.literal('paired-bootstrap'), n: z.int().min(1), resamples: z.int().min(1) }),
  ),
});
export type MapFigure = z.output<typeof mapFigureSchema>;

export const overviewSchema = z.strictObject({
  project: z.strictObject({
    id: z.string(),
    name: z.string(),
    customer: z.string(),
    period: z.string(),
    path: z.string(),
    encrypted: z.boolean(),
    sample: z.boolean(),
    /** Null where everything may be changed. */
    readOnly: z.nullable(z.enum(READ_ONLY_REASONS)),
    /** Null where the path shows no sync client and no server. */
    syncedBy: z.nullable(z.enum(SYNCED_BY)),
    createdAt: z.string(),
    savedAt: z.string(),
    /** Counts up with every published artifact. */
    dataVersion: z.int(),
  }),
  stages: z.array(
    z.strictObject({
      id: z.enum(STAGE_IDS),
      status: stageStatusSchema,
      figures: z.array(mapFigureSchema),
      steps: z.array(z.strictObject({ id: z.string(), status: stageStatusSchema, slots: z.array(z.string()) })),
    }),
  ),
  staleSlots: z.array(z.string()),
  /** What to do next, most useful first: ids of texts with parameters. */
  next: z.array(
    z.strictObject({
      id: z.string(),
      stage: z.enum(STAGE_IDS),
      step: z.string(),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  recentArtifacts: z.array(artifactInfoSchema),
});
export type Overview = z.output<typeof overviewSchema>;

const auditEntrySchema = z.strictObject({
  sequence: z.int(),
  at: z.string(),
  actor: z.string(),
  request: z.string(),
  input: z.string(),
  outcome: z.string(),
  hash: z.string(),
});

const chainNodeSchema = z.strictObject({
  artifact: artifactInfoSchema,
  /** Distance from the artifact asked for: negative upstream, positive downstream. */
  depth: z.int(),
});

/** What a search can find. A `row` is any imported row: messages, answers, tickets. */
export const SEARCH_TYPES = [
  'need',
  'topic',
  'run',
  'experiment',
  'usability',
  'scenario',
  'adapted',
  'goal',
  'package',
  'round',
  'row',
] as const;
export type SearchType = (typeof SEARCH_TYPES)[number];

/** What a verification looks at, in this order. */
export const VERIFY_CHECKS = ['pages', 'references', 'chunks', 'parts', 'results', 'audit'] as const;
export type VerifyCheck = (typeof VERIFY_CHECKS)[number];

const verificationSchema = z.strictObject({
  at: z.string(),
  bytes: z.int(),
  durationMs: z.number(),
  intact: z.boolean(),
  checks: z.array(
    z.strictObject({
      check: z.enum(VERIFY_CHECKS),
      /** Pages, tables with references, chunks, parts, results, entries. */
      count: z.int(),
      problemCount: z.int(),
      /** The first few, in the words of the check. */
      problems: z.array(z.string()),
    }),
  ),
});
export type Verification = z.output<typeof verificationSchema>;

/** A command as undo shows it: its number in the audit log, and the slots that it changed. */
const undoableSchema = z.strictObject({
  sequence: z.int(),
  request: z.enum(UNDOABLE_REQUESTS),
  at: z.string(),
  slots: z.array(z.string()),
});
export type Undoable = z.output<typeof undoableSchema>;

const bySequence = z.strictObject({ sequence: z.int() });

const byJob = z.strictObject({ jobId: z.string() });

export const project = defineSlice('project', {
  overview: query('State of the five stages, staleness and what to do next', noInput, overviewSchema),
  rename: command(
    'Change the project name, customer or period',
    z.strictObject({ name: z.string().min(1).max(200), customer: z.string().max(200), period: z.string().max(100) }),
    noInput,
  ),
  saveCopy: exporting(
    'Save a verified copy of the project file to pass on; removed data is not in it, and an encrypted project stays encrypted',
    z.strictObject({
      /** File name or path of the copy; nothing may be there yet. */
      path: z.string().min(1).max(4096),
    }),
    z.strictObject({ path: z.string(), bytes: z.int(), sha256: z.string() }),
  ),
  verify: query(
    'Read the whole project file: pages, references, hashes of all data and results, and the chain of the audit log',
    noInput,
    verificationSchema,
  ),
  artifacts: query('Current artifacts of all slots', noInput, z.array(artifactInfoSchema)),
  artifact: query(
    'One artifact with its whole result',
    z.strictObject({ artifactId: z.string() }),
    z.strictObject({ artifact: artifactInfoSchema, result: z.unknown() }),
  ),
  chain: query(
    'What an artifact was made from and what was made from it',
    z.strictObject({ slot: z.string() }),
    z.array(chainNodeSchema),
  ),
  undoable: query(
    'The command that undo would take back, and the one that redo would do again; null where there is none',
    noInput,
    z.strictObject({ undo: z.nullable(undoableSchema), redo: z.nullable(undoableSchema) }),
  ),
  undo: command('Take back the latest command, by its number in the audit log', bySequence, noInput),
  redo: command('Do again what was taken back last', bySequence, noInput),
  versions: query(
    'All versions of a slot, newest first, and which of them stands',
    z.strictObject({ slot: z.string().max(200) }),
    z.array(z.strictObject({ artifact: artifactInfoSchema, stands: z.boolean() })),
  ),
  removed: query(
    'What was taken out and can be restored: the last version of each',
    noInput,
    z.array(artifactInfoSchema),
  ),
  restore: command(
    'Let an earlier version stand again, of a slot that was overwritten or emptied',
    z.strictObject({ artifactId: z.string() }),
    noInput,
  ),
  recompute: job(
    'Recompute everything stale, in order; training runs only when asked for',
    z.strictObject({ includeTraining: z.boolean() }),
  ),
  rows: query(
    'The rows behind a number',
    z.strictObject({
      ref: evidenceRefSchema,
      offset: z.int().min(0),
      limit: z.int().min(1).max(1000),
      /** Only rows whose text, cells or notes contain this, in any case and width of letters. */
      filter: z.string().max(200).optional(),
      /** Left out: the selection's own order. */
      order: rowOrderSchema.optional(),
    }),
    evidenceRowsSchema,
  ),
  exportRows: exporting(
    'Write the rows behind a number as a CSV file beside the project',
    z.strictObject({ ref: evidenceRefSchema, title: z.string().max(300), language: z.enum(['zh-CN', 'en']) }),
    exportedFilesSchema,
  ),
  search: query(
    'What is named by the words: needs, topics, models, experiments, scenarios, goals, packages, rounds; then texts that contain them',
    z.strictObject({ text: z.string().min(1).max(200), limit: z.int().min(1).max(50) }),
    z.array(z.strictObject({ type: z.enum(SEARCH_TYPES), id: z.string(), title: z.string() })),
  ),
  audit: query(
    'The audit log, newest first, and whether its chain of hashes holds',
    z.strictObject({ offset: z.int().min(0), limit: z.int().min(1).max(500) }),
    z.strictObject({ total: z.int(), intact: z.boolean(), entries: z.array(auditEntrySchema) }),
  ),
});

export const jobs = defineSlice('jobs', {
  list: query('All jobs, newest first', noInput, z.array(jobRecordSchema)),
  get: query('One job', byJob, jobRecordSchema),
  series: query('The curves of a training job so far', byJob, jobSeriesSchema),
  pause: command('Pause a job at its next safe point', byJob, jobRecordSchema),
  resume: command('Go on with a paused, failed or interrupted job', byJob, jobRecordSchema),
  cancel: command('Cancel a job', byJob, jobRecordSchema),
});
