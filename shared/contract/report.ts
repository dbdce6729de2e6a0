import { z } from 'zod';
import { artifactInfoSchema, viewOf } from './artifact.ts';
import { exportedFilesSchema } from './export.ts';
import { defineSlice, exporting, job, noInput, query, STAGE_IDS } from './stage.ts';

export const REPORT_LANGUAGES = ['zh-CN', 'en'] as const;
const language = z.enum(REPORT_LANGUAGES);

export const reportChoiceSchema = z.strictObject({
  language,
  /** Ids of sections (`stage.step`) in any order; null: all of them. */
  sections: z.nullable(z.array(z.string()).min(1)),
  /** Empty: the name of the project. */
  title: z.string().max(200),
  author: z.string().max(200),
  /** What the author says beside the figures, by section; `summary` for the first page. */
  comments: z.array(z.strictObject({ section: z.string(), text: z.string().min(1).max(10_000) })),
  pdf: z.boolean(),
});
export type ReportChoice = z.output<typeof reportChoiceSchema>;

export const reportSectionSchema = z.strictObject({
  /** `stage.step` */
  id: z.string(),
  stage: z.enum(STAGE_IDS),
  step: z.string(),
  /** `full`: what the step makes stands; `partial`: only what leads up to it; `missing`: nothing yet. */
  state: z.enum(['full', 'partial', 'missing']),
  /** Slots that stand and will be printed. */
  slots: z.array(z.string()),
  /** Those of them that are stale: printed with a mark. */
  staleSlots: z.array(z.string()),
  /** Kinds with which the step would be done. */
  missingKinds: z.array(z.string()),
});
export type ReportSection = z.output<typeof reportSectionSchema>;

const PDF_REASONS = ['no-browser', 'timed-out', 'browser-failed', 'not-asked'] as const;

const fileSchema = z.strictObject({ path: z.string(), bytes: z.int(), sha256: z.string() });

export const reportDocumentSchema = z.strictObject({
  language,
  title: z.string(),
  author: z.string(),
  sections: z.array(z.strictObject({ id: z.string(), state: reportSectionSchema.shape.state, figures: z.int() })),
  /** Tables and charts, all sections and the first page together. */
  figures: z.int(),
  /** Results that are printed although they no longer stand; each bears a mark. */
  staleSlots: z.array(z.string()),
  /** SHA-256 of what is printed, without time and place. */
  contentSha256: z.string(),
  html: fileSchema,
  pdf: z.discriminatedUnion('status', [
    fileSchema.extend({ status: z.literal('written') }),
    z.strictObject({ status: z.literal('unavailable'), reason: z.enum(PDF_REASONS) }),
    z.strictObject({ status: z.literal('failed'), reason: z.enum(PDF_REASONS) }),
  ]),
  warnings: z.array(
    z.strictObject({
      code: z.enum(['stale', 'missing', 'pdf-unavailable', 'pdf-failed', 'unreadable', 'unknown-section']),
      params: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
});
export type ReportDocument = z.output<typeof reportDocumentSchema>;

export const report = defineSlice('report', {
  sections: query(
    'Sections of a report: which can be filled now, what is stale, what is missing',
    noInput,
    z.array(reportSectionSchema),
  ),
  build: job('Write the report as one HTML file, and as PDF where a browser is found', reportChoiceSchema),
  documents: query(
    'Reports that were built, one per language',
    noInput,
    z.array(viewOf(reportDocumentSchema).unwrap()),
  ),
  exportTables: exporting(
    'Write the tables of a section (`stage.step`) as CSV files beside the project',
    z.strictObject({ section: z.string().max(100), language }),
    exportedFilesSchema,
  ),
  html: query(
    'The HTML of a report as it was written',
    z.strictObject({ language }),
    z.nullable(z.strictObject({ artifact: artifactInfoSchema, fileName: z.string(), html: z.string() })),
  ),
});
