import { z } from 'zod';
import { viewOf } from '../../../contract/artifact.ts';
import { command, job, noInput, query } from '../../../contract/stage.ts';
import {
  caseExplanationSchema,
  TABLE_COLUMN_TYPES,
  tableModelSchema,
  tableResultSchema,
  tableSetupSchema,
} from './results.ts';

const tableId = z.string().regex(/^T\d{1,6}$/);
const count = z.int().min(0);

const columnProfileSchema = z.strictObject({
  columnId: z.string(),
  name: z.string(),
  suggested: z.enum(TABLE_COLUMN_TYPES),
  reason: z.enum(['numbers', 'few-values', 'one-value', 'identifier', 'dates', 'many-values']),
  missing: count,
  values: count,
  /** Most frequent first, at most twelve. */
  top: z.array(z.strictObject({ value: z.string(), rows: count })),
});
export type TableColumnProfile = z.output<typeof columnProfileSchema>;

/** How cases are listed: by probability of the event from either end, or the nearest to the threshold first. */
export const CASE_ORDERS = ['highest', 'lowest', 'nearest'] as const;

/** Requests of models for tables with a binary outcome. */
export const tableRequests = {
  tableColumns: query(
    'Columns of a dataset as a model for tables would read them, from its first rows: suggested type, gaps, most frequent values',
    z.strictObject({ datasetId: z.string() }),
    z.strictObject({ rows: count, columns: z.array(columnProfileSchema) }),
  ),
  scoreTable: job(
    'Fit models that predict a binary outcome from the columns of a table (logistic regression, scorecard, small network), measure them by repeated stratified cross-validation, explain them and compare groups; null makes a new table, an id makes that one anew',
    z.strictObject({
      tableId: z.nullable(tableId),
      setup: tableSetupSchema,
      seed: z.int().min(0).max(4294967295),
    }),
  ),
  tables: query(
    'All tables that were scored',
    noInput,
    z.array(z.strictObject({ id: z.string(), setup: tableSetupSchema, view: viewOf(tableResultSchema).unwrap() })),
  ),
  table: query('One scored table', z.strictObject({ tableId }), viewOf(tableResultSchema)),
  removeTable: command('Take a scored table out; it stays in the history', z.strictObject({ tableId }), noInput),
  tableCases: query(
    'Rows of a scored table with the probability given by models that had not seen them',
    z.strictObject({
      tableId,
      model: tableModelSchema,
      order: z.enum(CASE_ORDERS),
      offset: count,
      limit: z.int().min(1).max(500),
    }),
    z.strictObject({
      total: count,
      cases: z.array(
        z.strictObject({
          /** Zero-based index in the imported file, header not counted. */
          row: count,
          probability: z.number(),
          event: z.boolean(),
          flagged: z.boolean(),
        }),
      ),
    }),
  ),
  explainCase: query(
    'Why a model gives one case its probability: what each column adds to the log-odds of the average case, and the points of a scorecard. The case is a row of the table, or values by column id (what is left out counts as missing)',
    z.strictObject({
      tableId,
      model: tableModelSchema,
      case: z.union([z.strictObject({ row: count }), z.strictObject({ values: z.record(z.string(), z.string()) })]),
    }),
    caseExplanationSchema,
  ),
};
