import { z } from 'zod';
import { TEMPLATE_IDS } from './templates.ts';

/** What a limit can be set on. `needAccuracy` and only it names a need. */
export const LIMIT_TESTS = [
  'accuracy',
  'macroF1',
  'classRecall',
  'sliceGap',
  'needAccuracy',
  'invariance',
  'personalData',
  'clearAnswer',
  'coverage',
  'calibration',
  'latencyP95',
  'peakMemory',
] as const;
export type LimitTest = (typeof LIMIT_TESTS)[number];

/** Unit of a limit and of the values held against it, and on which side of it a value passes. */
export const LIMIT_RULES: Readonly<
  Record<
    LimitTest,
    { readonly unit: 'share' | 'milliseconds' | 'megabytes'; readonly direction: 'at-least' | 'at-most' }
  >
> = {
  accuracy: { unit: 'share', direction: 'at-least' },
  macroF1: { unit: 'share', direction: 'at-least' },
  /** Recall of the classes whose misses cost most. */
  classRecall: { unit: 'share', direction: 'at-least' },
  /** Overall accuracy minus that of a slice. */
  sliceGap: { unit: 'share', direction: 'at-most' },
  needAccuracy: { unit: 'share', direction: 'at-least' },
  /** Share of predictions that a harmless change of the text leaves as they were. */
  invariance: { unit: 'share', direction: 'at-least' },
  /** The same where made-up personal data are added to the text. */
  personalData: { unit: 'share', direction: 'at-least' },
  /** Share of answers in which one class has more than half of the probability. */
  clearAnswer: { unit: 'share', direction: 'at-least' },
  /** Share of texts that the model answers itself, where it hands the unsure ones to people. */
  coverage: { unit: 'share', direction: 'at-least' },
  /** Expected calibration error. */
  calibration: { unit: 'share', direction: 'at-most' },
  latencyP95: { unit: 'milliseconds', direction: 'at-most' },
  peakMemory: { unit: 'megabytes', direction: 'at-most' },
};

/** Where a limit comes from. A limit of a need or a target follows it when it changes. */
export const limitOriginSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('need'), needId: z.string() }),
  z.strictObject({ type: z.literal('target'), target: z.enum(['accuracy', 'latencyMs', 'explainability', 'privacy']) }),
  z.strictObject({ type: z.literal('template'), templateId: z.enum(TEMPLATE_IDS) }),
  z.strictObject({ type: z.literal('analyst') }),
]);
export type LimitOrigin = z.output<typeof limitOriginSchema>;

export const scenarioLimitSchema = z.strictObject({
  test: z.enum(LIMIT_TESTS),
  /** The need whose texts are meant, for `needAccuracy`; null else. */
  needId: z.nullable(z.string()),
  value: z.number().min(0),
  origin: limitOriginSchema,
});
export type ScenarioLimit = z.output<typeof scenarioLimitSchema>;
