import { z } from 'zod';
import { estimateSchema } from '../results.ts';

const count = z.int().min(0);

export const usabilityChoiceSchema = z.strictObject({
  name: z.string().min(1).max(200),
  datasetId: z.string(),
  /** The ten items of the System Usability Scale in their order: odd ones say something good, even ones something bad. */
  itemColumns: z.array(z.string()).length(10),
  /** Column that tells groups apart (before and after, two designs); null: one group. */
  groupColumn: z.nullable(z.string()),
  /** The group that the others are held against; null: the first. */
  referenceGroup: z.nullable(z.string()),
  level: z.number().min(0.5).max(0.999),
});
export type UsabilityChoice = z.output<typeof usabilityChoiceSchema>;

const SUS_GRADES = ['A+', 'A', 'A-', 'B+', 'B', 'B-', 'C+', 'C', 'C-', 'D', 'F'] as const;

/** How a mean compares with published studies. */
export const susReadingSchema = z.strictObject({
  grade: z.enum(SUS_GRADES),
  percentileLow: z.number(),
  percentileHigh: z.number(),
});
export type SusReading = z.output<typeof susReadingSchema>;

const susSummarySchema = z.strictObject({
  n: count,
  /** 0–100; null without a complete answer. */
  mean: z.nullable(z.number()),
  /** Student's t interval; null for fewer than two. */
  low: z.nullable(z.number()),
  high: z.nullable(z.number()),
  sd: z.nullable(z.number()),
  median: z.nullable(z.number()),
  reading: z.nullable(susReadingSchema),
});
export type SusSummary = z.output<typeof susSummarySchema>;

export const usabilityResultSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  datasetId: z.string(),
  level: z.number(),
  rows: count,
  /** Rows with an item missing or outside 1–5: they have no score. */
  excluded: count,
  /** Rows scored that gave the same answer to all ten items although half of them are worded the other way round. */
  sameAnswers: count,
  overall: susSummarySchema,
  items: z.array(
    z.strictObject({
      columnId: z.string(),
      name: z.string(),
      wording: z.enum(['positive', 'negative']),
      /** Mean answer on 1–5 as given, and as its part of the score, 0–4 with more better. */
      mean: z.nullable(z.number()),
      points: z.nullable(estimateSchema),
    }),
  ),
  /** Scores in tens, upper end left out but for the last. */
  histogram: z.array(z.strictObject({ from: z.number(), to: z.number(), rows: count })),
  /** Empty without a group column. */
  groups: z.array(z.strictObject({ group: z.string(), excluded: count, summary: susSummarySchema })),
  /** Rows without a group; they count in the whole only. */
  withoutGroup: count,
  referenceGroup: z.nullable(z.string()),
  differences: z.array(
    z.strictObject({
      group: z.string(),
      difference: z.nullable(estimateSchema),
      p: z.nullable(z.number()),
      verdict: z.enum(['better', 'worse', 'unclear', 'not-measured']),
    }),
  ),
});
export type UsabilityResult = z.output<typeof usabilityResultSchema>;
