import { z } from 'zod';
import { broken } from '../../../errors/issue-reason.ts';
import { because } from '../../../errors/reasons.ts';
import { rangeSchema } from '../../../statistics/triangular.ts';
import { estimateSchema } from '../../competitiveness/results.ts';
import { solutionNoticeSchema } from './notices.ts';

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const positiveRange = rangeSchema.refine(({ low }) => low > 0, broken(because('not-over', { limit: 0 }), 'low'));
const shareRange = rangeSchema
  .refine(({ low }) => low >= 0, broken(because('under-least', { least: 0 }), 'low'))
  .refine(({ high }) => high <= 1, broken(because('over-most', { most: 1 }), 'high'));
const words = z.string().max(2000);

export const COMPONENT_KINDS = [
  'model-service',
  'data-access',
  'service-integration',
  'human-review',
  'monitoring',
  'other',
] as const;
export const PERSONAL_DATA = ['none', 'masked', 'personal', 'sensitive'] as const;
export const INTERFACES = ['http', 'batch-file', 'message-queue', 'embedded'] as const;
export const AUTHENTICATIONS = ['none', 'api-key', 'mutual-tls', 'single-sign-on'] as const;
export const COST_BASES = ['per-year', 'per-instance', 'per-thousand-texts', 'per-review'] as const;
const RISK_CODES = [
  'below-accuracy-target',
  'failed-tests',
  'many-rejected',
  'small-class',
  'far-from-training',
  'too-slow',
  'sensitive-data',
  'explain-every-decision',
  'no-spare-machine',
  'other-hardware',
] as const;
const RISK_LEVELS = 5;
const riskLevel = z.int().min(1).max(RISK_LEVELS);

export const loadSchema = z.strictObject({
  textsPerDay: positiveRange,
  hoursPerDay: z.number().gt(0).max(24),
  daysPerYear: z.int().min(1).max(366),
  /** Busiest second against the average one of the service hours. */
  peakFactor: positiveRange,
  /** Share of what an instance can do that it should have to do at the peak. */
  utilisationTarget: z.number().min(0.1).max(0.95),
  /** Instances beyond those that the peak needs. */
  spareInstances: z.int().min(0).max(100),
  /** Records of answers kept, and bytes of each. */
  logDays: z.int().min(0).max(36_500),
  bytesPerText: z.int().min(1).max(10_000_000),
  /** Versions of the model on disk, for going back. */
  versionsKept: z.int().min(1).max(20),
  /** Share of texts that a person looks at; null: nobody has said. */
  reviewShare: z.nullable(shareRange),
});
export type Load = z.output<typeof loadSchema>;

export const costLineSchema = z.strictObject({
  id: z.string().regex(/^k\d+$/),
  name: z.string().min(1).max(200),
  basis: z.enum(COST_BASES),
  amount: rangeSchema,
});
export type CostLine = z.output<typeof costLineSchema>;

export const solutionSettingsSchema = z.strictObject({
  modelId: z.string().regex(/^[RCA]\d{1,6}$/),
  scenarioId: z.nullable(z.string().regex(/^S\d{1,6}$/)),
  /** Empty words stand for the usual ones of the kind. */
  components: z
    .array(z.strictObject({ kind: z.enum(COMPONENT_KINDS), name: words, what: words, where: words, who: words }))
    .max(30),
  dataAccess: z
    .array(
      z.strictObject({
        source: words,
        fields: words,
        personalData: z.enum(PERSONAL_DATA),
        retentionDays: z.nullable(z.int().min(0)),
      }),
    )
    .max(30),
  integration: z.strictObject({
    interface: z.enum(INTERFACES),
    authentication: z.enum(AUTHENTICATIONS),
    note: words,
  }),
  load: loadSchema,
  currency: z.string().min(1).max(10),
  costs: z.array(costLineSchema).max(50),
  risks: z
    .array(
      z.strictObject({
        /** The fact that it was derived from; null for one that somebody added. */
        code: z.nullable(z.enum(RISK_CODES)),
        name: words,
        likelihood: riskLevel,
        impact: riskLevel,
        mitigation: words,
        owner: z.string().max(200),
      }),
    )
    .max(60),
  assumptions: z.array(words.min(1)).max(60),
});
export type SolutionSettings = z.output<typeof solutionSettingsSchema>;

const textParams = z.record(z.string(), z.union([z.string(), z.number()]));

/** A risk that a fact of this project speaks for, with the values that the stated rule gives it. */
export const factRiskSchema = z.strictObject({
  code: z.enum(RISK_CODES),
  likelihood: riskLevel,
  impact: riskLevel,
  params: textParams,
  slot: z.nullable(z.string()),
});
export type FactRisk = z.output<typeof factRiskSchema>;

const waitingSchema = z.strictObject({
  utilisation: share,
  waitingShare: share,
  meanWaitMs: z.number(),
  p95WaitMs: z.number(),
});

export const sizingSchema = z.strictObject({
  /** Texts per second in the busiest second, by the range of the load. */
  peakPerSecond: rangeSchema,
  /** Measured on this machine, of one instance. */
  perInstancePerSecond: z.number(),
  threadsPerInstance: count,
  /** Instances that the peak needs at the wanted utilisation, without spare. */
  instances: z.strictObject({ low: count, likely: count, high: count }),
  /** For the high peak, with spare: what is recommended. */
  recommended: count,
  cores: count,
  /** Null where memory or size was never measured. */
  memoryMb: z.nullable(z.number()),
  diskMb: z.nullable(z.number()),
  /** What the recommended instances can do, as a multiple of the high peak. */
  capacityFactor: z.number(),
  /** M/M/c at the high peak with the spare ones out of order. */
  waiting: z.nullable(waitingSchema),
  serviceP95Ms: z.number(),
  /** p95 of waiting plus p95 of the service: an upper bound of the p95 of their sum in practice. */
  responseP95Ms: z.nullable(z.number()),
  limitMs: z.nullable(z.number()),
});
export type Sizing = z.output<typeof sizingSchema>;

const moneySchema = z.strictObject({ median: z.number(), low: z.number(), high: z.number() });

export const businessSchema = z.strictObject({
  currency: z.string(),
  draws: count,
  level: share,
  costPerYear: moneySchema,
  lines: z.array(z.strictObject({ id: z.string(), name: z.string(), basis: z.enum(COST_BASES), ...moneySchema.shape })),
  /** Of the goals in the same currency; null where none has a value. */
  valuePerYear: z.nullable(moneySchema),
  netPerYear: z.nullable(moneySchema.extend({ positiveShare: share })),
  goals: z.array(z.string()),
});
export type Business = z.output<typeof businessSchema>;

const SECTION_IDS = ['model', 'sizing', 'components', 'data', 'integration', 'costs', 'risks', 'assumptions'] as const;

/** A line of the document: an id of a text with its parameters, or a person's own words; with the number it states and where that stands. */
export const documentLineSchema = z.strictObject({
  id: z.string(),
  params: textParams,
  words: z.nullable(z.string()),
  value: z.nullable(z.number()),
  low: z.nullable(z.number()),
  high: z.nullable(z.number()),
  unit: z.enum(['count', 'share', 'milliseconds', 'megabytes', 'per-second', 'times', 'money', 'none']),
  slot: z.nullable(z.string()),
});
export type DocumentLine = z.output<typeof documentLineSchema>;
export const documentSectionSchema = z.strictObject({ id: z.enum(SECTION_IDS), lines: z.array(documentLineSchema) });
export type DocumentSection = z.output<typeof documentSectionSchema>;

export const solutionResultSchema = z.strictObject({
  settings: solutionSettingsSchema,
  model: z.strictObject({
    id: z.string(),
    name: z.string(),
    slot: z.string(),
    accuracy: estimateSchema,
    testRows: count,
    sizeMb: z.nullable(z.number()),
    memoryMb: z.nullable(z.number()),
  }),
  scenario: z.nullable(z.strictObject({ id: z.string(), name: z.string(), slot: z.string() })),
  sizing: z.nullable(sizingSchema),
  business: businessSchema,
  /** Listed risks with likelihood × impact, highest first; `fact` where what they were derived from still holds. */
  risks: z.array(
    z.strictObject({
      code: z.nullable(z.enum(RISK_CODES)),
      name: z.string(),
      likelihood: riskLevel,
      impact: riskLevel,
      score: count,
      mitigation: z.string(),
      owner: z.string(),
      fact: z.nullable(factRiskSchema),
    }),
  ),
  document: z.array(documentSectionSchema),
  notices: z.array(solutionNoticeSchema),
});
export type SolutionResult = z.output<typeof solutionResultSchema>;
