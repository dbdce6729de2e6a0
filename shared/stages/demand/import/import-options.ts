import { z } from 'zod';
import { ENCODING_EVIDENCE, ENCODINGS } from './encoding.ts';

export const FILE_FORMATS = ['delimited', 'lines', 'paragraphs', 'jsonl', 'json', 'xlsx'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

export const DELIMITERS = [',', '\t', ';', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** How a file is read. Everything here can be set by the analyst; what is left out is guessed by `inspect`. */
export const importOptionsSchema = z.strictObject({
  format: z.enum(FILE_FORMATS),
  encoding: z.enum(ENCODINGS),
  /** Bytes that are invalid in `encoding`: stop, or put U+FFFD in their place. */
  undecodable: z.enum(['refuse', 'replace']),
  delimiter: z.enum(DELIMITERS),
  hasHeader: z.boolean(),
  /** Name of the sheet of a workbook; null where the format has none. */
  sheet: z.string().nullable(),
});
export type ImportOptions = z.output<typeof importOptionsSchema>;

export const importOverridesSchema = importOptionsSchema.partial();
export type ImportOverrides = z.output<typeof importOverridesSchema>;

/** A column: its place is its id (`c0`, `c1`, …); the header is data and may be empty or occur twice. */
export const columnSchema = z.strictObject({ id: z.string().regex(/^c\d{1,3}$/), name: z.string() });
export type Column = z.output<typeof columnSchema>;

const ROW_PROBLEMS = ['too-many-cells', 'too-few-cells', 'malformed-quote', 'invalid-json', 'replaced-bytes'] as const;
export const rowProblemSchema = z.strictObject({
  /** 1-based, counted in records of the file with the header as record 1; JSON and text count their own. */
  record: z.number().int().positive(),
  kind: z.enum(ROW_PROBLEMS),
  /** What was found, in short: a number of cells, or the parser's own words. */
  detail: z.string(),
});
export type RowProblem = z.output<typeof rowProblemSchema>;

export const problemsSchema = z.strictObject({
  total: z.number().int().nonnegative(),
  first: z.array(rowProblemSchema),
});
export type Problems = z.output<typeof problemsSchema>;

export const HEADER_EVIDENCE = [
  'known-names',
  'numbers-below',
  'distinct-from-body',
  'first-row-is-data',
  'no-header-in-format',
  'too-few-rows',
] as const;

const guessedBecauseSchema = z.strictObject({
  encoding: z.enum([...ENCODING_EVIDENCE, 'chosen', 'set-by-format']),
  encodingConfidence: z.enum(['certain', 'likely', 'unsure']),
  format: z.enum(['extension', 'content', 'chosen']),
  delimiter: z.enum(['consistent-columns', 'separator-line', 'single-column', 'chosen', 'set-by-format']),
  header: z.enum([...HEADER_EVIDENCE, 'chosen']),
});

export const inspectionSchema = z.strictObject({
  options: importOptionsSchema,
  sheets: z.array(z.string()),
  columns: z.array(columnSchema),
  /** The first rows below the header, padded to the columns. */
  preview: z.array(z.array(z.string())),
  /** The rows that the guesses of column roles are made from. */
  sample: z.array(z.array(z.string())),
  problems: problemsSchema,
  guessedBecause: guessedBecauseSchema,
});
export type Inspection = z.output<typeof inspectionSchema>;
