import { z } from 'zod';
import { tableModelSchema } from '../stages/adaptation/tables/results.ts';

/** What a number counts. `project.rows` gives exactly these rows. */
export const evidenceRefSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('dataset'), datasetId: z.string() }),
  /** Rows that a cleaning step removed, or `kept`. */
  z.strictObject({ type: z.literal('clean'), datasetId: z.string(), step: z.string() }),
  /** Rows of a topic after the analyst's edits; id `outliers` for the outlier bucket. */
  z.strictObject({ type: z.literal('topic'), topicId: z.string() }),
  z.strictObject({ type: z.literal('need'), needId: z.string(), segment: z.nullable(z.string()) }),
  z.strictObject({ type: z.literal('label'), label: z.string(), part: z.enum(['all', 'train', 'dev', 'test']) }),
  z.strictObject({ type: z.literal('confusion'), runId: z.string(), actual: z.string(), predicted: z.string() }),
  /** Test rows on which a run and a reference differ. */
  z.strictObject({
    type: z.literal('difference'),
    runId: z.string(),
    referenceId: z.string(),
    change: z.enum(['fixed', 'broken', 'both-right', 'both-wrong']),
  }),
  /** Rows of an experiment: of an arm (with a metric: those that answered it, or succeeded or failed in it), or left out for a reason. */
  z.strictObject({
    type: z.literal('experiment'),
    experimentId: z.string(),
    /** Empty: every arm. */
    arms: z.array(z.string()),
    metricId: z.nullable(z.string()),
    rows: z.enum(['all', 'answered', 'success', 'failure', 'missing', 'unusable', 'no-arm', 'no-unit', 'two-arms']),
  }),
  /** Answers to a usability questionnaire that have a score, or have none; of some groups, or all where none is named. */
  z.strictObject({
    type: z.literal('usability'),
    usabilityId: z.string(),
    groups: z.array(z.string()),
    rows: z.enum(['scored', 'excluded']),
  }),
  /** Test rows that went into a deployment package as samples. */
  z.strictObject({ type: z.literal('packageSample'), packageId: z.string() }),
  /** Tickets of one measure in one state, of one group or all; `unreadable`: a cell of column `value` could not be read as a time. */
  z.strictObject({
    type: z.literal('ticket'),
    datasetId: z.string(),
    measure: z.enum(['firstResponse', 'resolution']),
    state: z.enum(['all', 'met', 'breached', 'undecided', 'done', 'open', 'unreadable']),
    by: z.nullable(z.enum(['priority', 'team', 'category', 'week'])),
    value: z.nullable(z.string()),
  }),
  /** Triaged rows: by effective label (null all), and which of them. */
  z.strictObject({
    type: z.literal('triage'),
    datasetId: z.string(),
    label: z.nullable(z.string()),
    show: z.enum(['all', 'predicted', 'low-confidence', 'corrected', 'agreeing', 'disagreeing']),
  }),
  /** Rows of a round that answered a question; with an answer, those that gave it. */
  z.strictObject({
    type: z.literal('roundScore'),
    roundId: z.string(),
    seriesId: z.string(),
    answer: z.nullable(z.number()),
  }),
  /** Texts on one side of a drift test: all, of a slice, with a word, or with a predicted label; new ones least like the reference first. */
  z.strictObject({
    type: z.literal('drift'),
    datasetId: z.string(),
    side: z.enum(['new', 'reference', 'unlike']),
    slice: z.nullable(z.string()),
    word: z.nullable(z.string()),
    label: z.nullable(z.string()),
  }),
  /** Test rows of a scenario behind one of its tests, all or those on which the model failed or passed it. */
  z.strictObject({
    type: z.literal('scenarioTest'),
    scenarioId: z.string(),
    modelId: z.string(),
    testId: z.string(),
    outcome: z.enum(['all', 'failed', 'passed']),
  }),
  /** Rows of a scored table by what a model decides at its threshold, and what came true. */
  z.strictObject({
    type: z.literal('table'),
    tableId: z.string(),
    model: tableModelSchema,
    rows: z.enum(['all', 'flagged', 'caught', 'missed', 'false-alarm']),
  }),
  /** Rows of a scenario's data, of one class or of all (null), in one part or in all. */
  z.strictObject({
    type: z.literal('scenarioData'),
    scenarioId: z.string(),
    label: z.nullable(z.string()),
    part: z.enum(['all', 'train', 'dev', 'test']),
  }),
  /** Rows of the evaluated pilot: of an arm and period (null: both), by their value in a measure; or left out for a reason. */
  z.strictObject({
    type: z.literal('pilot'),
    arm: z.nullable(z.enum(['control', 'treatment'])),
    period: z.nullable(z.enum(['before', 'after'])),
    segment: z.nullable(z.string()),
    /** `outcome`, or the id of a guardrail. */
    measure: z.string(),
    rows: z.enum(['all', 'measured', 'missing', 'success', 'failure', 'outside-design', 'repeated', 'in-both-arms']),
  }),
]);
export type EvidenceRef = z.output<typeof evidenceRefSchema>;

/** By place in the file, by text, or by the notes of the row as they are read. */
export const rowOrderSchema = z.strictObject({ by: z.enum(['row', 'text', 'notes']), descending: z.boolean() });
export type RowOrder = z.output<typeof rowOrderSchema>;

export const evidenceRowSchema = z.strictObject({
  datasetId: z.string(),
  datasetName: z.string(),
  /** Zero-based index in the imported file, header not counted. */
  row: z.int(),
  text: z.nullable(z.string()),
  /** Cells by column id, as imported. */
  cells: z.array(z.strictObject({ columnId: z.string(), name: z.string(), value: z.string() })),
  /** Short facts about this row in this selection, e.g. actual and predicted label, the row it duplicates. */
  notes: z.array(z.strictObject({ id: z.string(), value: z.string() })),
});
export type EvidenceRow = z.output<typeof evidenceRowSchema>;

export const evidenceRowsSchema = z.strictObject({ total: z.int(), rows: z.array(evidenceRowSchema) });
export type EvidenceRows = z.output<typeof evidenceRowsSchema>;
