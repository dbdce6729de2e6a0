import { z } from 'zod';
import { evidenceRefSchema } from '../../contract/evidence.ts';
import { broken } from '../../errors/issue-reason.ts';
import { because } from '../../errors/reasons.ts';
import { serviceNoticeSchema } from './notices.ts';

/** Records of stage 5 as they stand in artifacts and cross the contract. Shares are on 0–1, durations in minutes of the service clock (business
 *  hours, or all hours where there is no calendar). `low` and `high` bound the interval of level `level`, null where it is not defined. */

const count = z.int().min(0);
const share = z.number().min(0).max(1);
const interval = { low: z.nullable(z.number()), high: z.nullable(z.number()) };

/** A figure with its sample size; `value` null where it is not measured. */
export const serviceEstimateSchema = z.strictObject({ n: count, value: z.nullable(z.number()), ...interval });
export type ServiceEstimate = z.output<typeof serviceEstimateSchema>;

// ---- tickets ----

const timeOfDay = z.stringFormat('HH:MM', /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/);
const day = z.stringFormat('YYYY-MM-DD', /^\d{4}-\d{2}-\d{2}$/);

/** When the service clock runs. A shift that ends before it begins goes over midnight and belongs to the day on which it begins. */
export const serviceCalendarSchema = z
  .strictObject({
    /** Minutes east of UTC. No daylight saving: a fixed offset. */
    timeZoneOffsetMinutes: z.int().min(-840).max(840),
    /** ISO days: 1 Monday … 7 Sunday. */
    workdays: z.array(z.int().min(1).max(7)).min(1),
    from: timeOfDay,
    to: timeOfDay,
    /** Days, local, on which the clock stands still. */
    holidays: z.array(day).max(1000),
  })
  .refine(({ from, to }) => from !== to, broken(because('shift-length', {}), 'to'));
export type ServiceCalendar = z.output<typeof serviceCalendarSchema>;

/** Columns by id; null where the file has none. */
export const ticketColumnsSchema = z.strictObject({
  id: z.nullable(z.string()),
  createdAt: z.string(),
  firstResponseAt: z.nullable(z.string()),
  resolvedAt: z.nullable(z.string()),
  text: z.nullable(z.string()),
  category: z.nullable(z.string()),
  priority: z.nullable(z.string()),
  team: z.nullable(z.string()),
  status: z.nullable(z.string()),
});
export type TicketColumns = z.output<typeof ticketColumnsSchema>;

/** A target of the service; `priority` null is for every priority that has none of its own. */
export const slaTargetSchema = z.strictObject({
  priority: z.nullable(z.string()),
  firstResponseMinutes: z.nullable(z.number().positive()),
  resolutionMinutes: z.nullable(z.number().positive()),
});
export type SlaTarget = z.output<typeof slaTargetSchema>;

export const TICKET_MEASURES = ['firstResponse', 'resolution'] as const;
export type TicketMeasure = (typeof TICKET_MEASURES)[number];

export const TICKET_GROUPS = ['priority', 'team', 'category', 'week'] as const;
export type TicketGroup = (typeof TICKET_GROUPS)[number];

/** Tickets that kept a target, and those that did not. */
export const slaShareSchema = z.strictObject({
  met: count,
  /** Done late, or open beyond the target. */
  breached: count,
  /** Open and still within the target: neither met nor breached, not in `share`. */
  undecided: count,
  /** met / (met + breached), with Wilson's interval; value null where nothing is decided. */
  share: serviceEstimateSchema,
});
export type SlaShare = z.output<typeof slaShareSchema>;

/** How one group differs from all other tickets. */
const againstRestSchema = z.strictObject({
  /** Share here minus share of the rest (Newcombe's interval). */
  difference: z.number(),
  low: z.number(),
  high: z.number(),
  p: z.number(),
  /** p after Holm over the groups of this kind. */
  pAdjusted: z.number(),
  /** `worse` or `better` where the adjusted p is at most 0.05. */
  verdict: z.enum(['worse', 'better', 'unclear']),
});

const ticketGroupRowSchema = z.strictObject({
  /** Null for tickets without a value. For weeks, the Monday as `YYYY-MM-DD`. */
  value: z.nullable(z.string()),
  tickets: count,
  open: count,
  /** Median by Kaplan and Meier. */
  median: serviceEstimateSchema,
  /** Null where no target applies to any ticket. */
  sla: z.nullable(slaShareSchema),
  /** Null with fewer than two groups, without targets, and for weeks. */
  againstRest: z.nullable(againstRestSchema),
});
export type TicketGroupRow = z.output<typeof ticketGroupRowSchema>;

const survivalPointSchema = z.strictObject({
  minutes: z.number(),
  surviving: share,
  low: z.nullable(share),
  high: z.nullable(share),
  atRisk: count,
});

const ticketMeasureSchema = z.strictObject({
  measure: z.enum(TICKET_MEASURES),
  /** Tickets with a start: done and open. */
  n: count,
  done: count,
  /** Not yet done at `asOf`: their time so far counts as censored. */
  open: count,
  /** Median of the Kaplan–Meier curve over done and open tickets, log-log interval of Brookmeyer and Crowley; n = all. */
  median: serviceEstimateSchema,
  /** Quantiles of done tickets alone, with order-statistic intervals; n = done. */
  p50: serviceEstimateSchema,
  p90: serviceEstimateSchema,
  /** Share of tickets not yet done after so many minutes, at most 60 points. */
  curve: z.array(survivalPointSchema),
  sla: z.nullable(slaShareSchema),
  /** Groups in order of size, weeks in time; kinds without a column are left out. */
  groups: z.array(z.strictObject({ by: z.enum(TICKET_GROUPS), rows: z.array(ticketGroupRowSchema) })),
});
export type TicketMeasureResult = z.output<typeof ticketMeasureSchema>;

export const ticketsResultSchema = z.strictObject({
  datasetId: z.string(),
  level: z.number(),
  /** Rows of the file. */
  rows: count,
  /** Tickets measured: rows with a readable creation date, each id once. */
  tickets: count,
  /** ISO time at which open tickets were looked at. */
  asOf: z.string(),
  /** First and last creation, ISO. */
  from: z.nullable(z.string()),
  to: z.nullable(z.string()),
  clock: z.enum(['business-hours', 'around-the-clock']),
  targets: z.array(slaTargetSchema),
  /** The first response and the resolution; a measure without a column is left out. */
  measures: z.array(ticketMeasureSchema),
  /** Cells that could not be read as a time, with the first few rows. */
  unreadable: z.array(
    z.strictObject({
      columnId: z.string(),
      name: z.string(),
      rows: count,
      examples: z.array(z.strictObject({ row: z.int(), value: z.string() })),
    }),
  ),
  /** Values of the priority column, with the number of tickets: what targets can be given for. */
  priorities: z.array(z.strictObject({ priority: z.string(), tickets: count })),
  notices: z.array(serviceNoticeSchema),
});
export type TicketsResult = z.output<typeof ticketsResultSchema>;

// ---- triage ----

export const triageResultSchema = z.strictObject({
  datasetId: z.string(),
  modelId: z.string(),
  modelName: z.string(),
  /** Class names in the order of the model's outputs. */
  labels: z.array(z.string()),
  /** Rows kept by cleaning that have a text: what was classified. */
  n: count,
  confidenceBelow: share,
  /** Rows whose confidence is below: the queue for people. */
  lowConfidence: count,
  meanConfidence: z.nullable(share),
  confidenceBins: z.array(z.strictObject({ from: share, to: share, rows: count })),
  predicted: z.array(
    z.strictObject({ label: z.string(), rows: count, share: serviceEstimateSchema, lowConfidence: count }),
  ),
  /** Against the labels that people gave in a column; null without one. */
  truth: z.nullable(
    z.strictObject({
      columnId: z.string(),
      name: z.string(),
      /** Rows whose value in the column is one of the model's labels. */
      n: count,
      correct: count,
      /** Wilson's interval. */
      accuracy: serviceEstimateSchema,
      /** Cohen's kappa of model and column, with the interval of its large-sample variance. */
      kappa: serviceEstimateSchema,
      /** Accuracy of rows at or above the bound, and below it. */
      confident: serviceEstimateSchema,
      unsure: serviceEstimateSchema,
      perLabel: z.array(
        z.strictObject({
          label: z.string(),
          rows: count,
          recall: serviceEstimateSchema,
          precision: serviceEstimateSchema,
        }),
      ),
      /** Values of the column that the model has no label for. */
      unknown: z.array(z.strictObject({ label: z.string(), rows: count })),
    }),
  ),
  notices: z.array(serviceNoticeSchema),
});
export type TriageResult = z.output<typeof triageResultSchema>;

/** What people set right, kept by the hash of the cleaned text so that it survives a recompute. */
export const correctionsSchema = z.strictObject({
  corrections: z.array(z.strictObject({ identity: z.string(), label: z.string() })),
});
export type Corrections = z.output<typeof correctionsSchema>;

export const triagedTicketSchema = z.strictObject({
  row: z.int(),
  text: z.string(),
  /** What the model says. */
  label: z.string(),
  confidence: share,
  /** What counts: the correction where there is one. */
  effective: z.string(),
  corrected: z.boolean(),
  /** Value of the truth column; null without one. */
  truth: z.nullable(z.string()),
});
export type TriagedTicket = z.output<typeof triagedTicketSchema>;

// ---- rounds ----

export const roundSchema = z.strictObject({
  id: z.string().min(1).max(40),
  name: z.string().min(1).max(200),
  /** Day by which rounds are ordered. */
  date: day,
  datasetIds: z.array(z.string()).min(1),
});
export type Round = z.output<typeof roundSchema>;

export const roundsSetupSchema = z.strictObject({ rounds: z.array(roundSchema).max(200) });
export type RoundsSetup = z.output<typeof roundsSetupSchema>;

/** `nps` −100…100; `csat` share of the best answers 0–1; `ces` and `mean` on the question's scale; `item` the mean of a rated item. */
export const ROUND_SCORE_TYPES = ['csat', 'nps', 'ces', 'mean', 'item'] as const;
export type RoundScoreType = (typeof ROUND_SCORE_TYPES)[number];

const roundScoreSchema = z.strictObject({
  roundId: z.string(),
  /** Columns whose answers were put together. */
  columns: z.array(z.strictObject({ datasetId: z.string(), columnId: z.string() })),
  /** Rows kept by cleaning in these datasets; `score.n` of them answered. */
  base: count,
  responseShare: z.nullable(share),
  score: serviceEstimateSchema,
  distribution: z.array(z.strictObject({ answer: z.number(), count })),
});
export type RoundScore = z.output<typeof roundScoreSchema>;

const roundDifferenceSchema = z.strictObject({
  fromRoundId: z.string(),
  toRoundId: z.string(),
  fromN: count,
  toN: count,
  /** Later minus earlier. */
  difference: z.number(),
  ...interval,
  p: z.nullable(z.number()),
  method: z.enum(['newcombe', 'welch', 'multinomial']),
  /** `better` or `worse` where the interval excludes 0. */
  verdict: z.enum(['better', 'worse', 'unclear']),
});
export type RoundDifference = z.output<typeof roundDifferenceSchema>;

const controlPointSchema = z.strictObject({
  /** A month `YYYY-MM`, or the id of a round. */
  at: z.string(),
  roundId: z.nullable(z.string()),
  n: count,
  value: z.number(),
  lowerLimit: z.nullable(z.number()),
  upperLimit: z.nullable(z.number()),
  /** Whether its value entered centre and limits. */
  baseline: z.boolean(),
  /** Western Electric rules that it breaks (1 beyond three sigma; 2 two of three beyond two; 3 four of five beyond one; 4 eight on one side). */
  rules: z.array(z.int().min(1).max(4)),
});
export const controlChartSchema = z.strictObject({
  /** p chart for a share with its n; individuals chart with the mean moving range otherwise. */
  type: z.enum(['p', 'individuals']),
  by: z.enum(['round', 'month']),
  centre: z.number(),
  /** Points from which centre and limits come: those of the first round where it has three or more, else all. */
  baseline: z.enum(['first-round', 'all']),
  points: z.array(controlPointSchema),
});
export type ControlChart = z.output<typeof controlChartSchema>;

const roundSeriesSchema = z.strictObject({
  /** Stable: type and question. */
  id: z.string(),
  type: z.enum(ROUND_SCORE_TYPES),
  name: z.string(),
  scale: z.strictObject({
    low: z.number(),
    high: z.number(),
    direction: z.enum(['higher-is-better', 'lower-is-better']),
  }),
  rounds: z.array(roundScoreSchema),
  /** Each round against the one before that has this score. */
  differences: z.array(roundDifferenceSchema),
  /** Null with fewer than three points. */
  chart: z.nullable(controlChartSchema),
});
export type RoundSeries = z.output<typeof roundSeriesSchema>;

const computedRoundSchema = roundSchema.extend({ rows: count });

/** What the job keeps. */
export const roundsComputedSchema = z.strictObject({
  level: z.number(),
  rounds: z.array(computedRoundSchema),
  /** CSAT first, then NPS, CES, means, items. */
  series: z.array(roundSeriesSchema),
  notices: z.array(serviceNoticeSchema),
});
export type RoundsComputed = z.output<typeof roundsComputedSchema>;

/** With whether a round is part of D by now. */
export const roundsResultSchema = roundsComputedSchema.extend({
  rounds: z.array(computedRoundSchema.extend({ adopted: z.boolean() })),
});
export type RoundsResult = z.output<typeof roundsResultSchema>;

// ---- what a new round changed in f1 ----

const needThenSchema = z.strictObject({
  needId: z.string(),
  name: z.string(),
  weight: share,
  low: z.nullable(z.number()),
  high: z.nullable(z.number()),
  rank: z.int(),
  rankLow: z.int(),
  rankHigh: z.int(),
});

const NEED_CHANGES = ['new', 'gone', 'heavier', 'lighter', 'same'] as const;
export const needChangeSchema = z.strictObject({
  /** How before and now were found to be the same need: its id, a question asked again, or most of its texts. Null where it stands on one side. */
  matchedBy: z.nullable(z.enum(['id', 'item', 'texts'])),
  before: z.nullable(needThenSchema),
  now: z.nullable(needThenSchema),
  /** Weight now minus before. */
  difference: z.nullable(z.number()),
  /** `heavier` and `lighter`: the weight now lies outside the interval before; `same` inside; null where there was none. */
  change: z.nullable(z.enum(NEED_CHANGES)),
});
export type NeedChange = z.output<typeof needChangeSchema>;

export const changedPremiseSchema = z.strictObject({
  /** The artifact that names the need, its part and where it is. */
  slot: z.string(),
  itemId: z.nullable(z.string()),
  itemName: z.nullable(z.string()),
  needId: z.string(),
  needName: z.string(),
  /** `new-id`: the same need stands under another id; `unknown`: no version of f1 has it. */
  change: z.enum(['gone', 'heavier', 'lighter', 'new-id', 'unknown']),
  before: z.nullable(z.number()),
  now: z.nullable(z.number()),
  nowNeedId: z.nullable(z.string()),
});
export type ChangedPremise = z.output<typeof changedPremiseSchema>;

const needsVersionSchema = z.strictObject({
  artifactId: z.string(),
  version: z.int(),
  createdAt: z.string(),
  stale: z.boolean(),
});

export const demandChangeSchema = z.strictObject({
  /** Datasets that were made part of D. */
  adopted: z.array(z.strictObject({ datasetId: z.string(), name: z.string(), rows: count, adoptedAt: z.string() })),
  /** Rounds and tickets that could be. */
  candidates: z.array(z.strictObject({ datasetId: z.string(), name: z.string(), rows: count })),
  /** f1 as it was last computed without the adopted datasets; null where there is none. */
  before: z.nullable(needsVersionSchema),
  /** f1 as it stands; the same version as `before` until it is recomputed. */
  now: z.nullable(needsVersionSchema),
  /** Empty until f1 is recomputed. By rank now, then those that are gone. */
  needs: z.array(needChangeSchema),
  /** Slots that are out of date now. */
  stale: z.array(z.string()),
  /** Decisions (goals, limits, strategies) that name a need which moved or went. */
  premises: z.array(changedPremiseSchema),
});
export type DemandChange = z.output<typeof demandChangeSchema>;

// ---- drift ----

export const driftSlicesSchema = z.nullable(
  z.discriminatedUnion('type', [
    z.strictObject({ type: z.literal('month') }),
    z.strictObject({ type: z.literal('column'), columnId: z.string() }),
  ]),
);
export type DriftSlices = z.output<typeof driftSlicesSchema>;

export const domainTestSchema = z.strictObject({
  /** Texts of each side that the test used; `of` before subsampling. */
  referenceN: count,
  referenceOf: count,
  newN: count,
  newOf: count,
  /** Cross-validated area under the ROC curve of a classifier that tells new texts from training texts; 0.5 where nothing differs. */
  auc: z.nullable(z.number()),
  /** Of the permutations: 5th and 95th percentile of the AUC. */
  bandLow: z.nullable(z.number()),
  band: z.nullable(z.number()),
  permutations: count,
  p: z.nullable(z.number()),
  /** After Holm over the slices; equal to p for the whole. */
  pAdjusted: z.nullable(z.number()),
  /** AUC above the band and adjusted p at most 0.05. Null where it could not be measured. */
  flagged: z.nullable(z.boolean()),
});
export type DomainTest = z.output<typeof domainTestSchema>;

export const driftResultSchema = z.strictObject({
  datasetId: z.string(),
  modelId: z.string(),
  modelName: z.string(),
  /** Base encoder whose frozen vectors were used. */
  encoderId: z.string(),
  slicedBy: driftSlicesSchema,
  overall: domainTestSchema,
  slices: z.array(domainTestSchema.extend({ slice: z.string() })),
  /** Share of the new texts that look less like the training texts than 95 % of these do among themselves. */
  unlike: z.nullable(serviceEstimateSchema),
  /** Words whose share of texts changed most, those of the new texts first; z of two proportions. */
  words: z.array(
    z.strictObject({
      word: z.string(),
      referenceTexts: count,
      newTexts: count,
      referenceShare: share,
      newShare: share,
      z: z.number(),
      direction: z.enum(['more', 'less']),
    }),
  ),
  labelShift: z.nullable(
    z.strictObject({
      /** Shares of predicted labels: on the locked test rows, or of the training labels where there are none. */
      reference: z.enum(['test-predictions', 'training-labels']),
      referenceN: count,
      newN: count,
      labels: z.array(
        z.strictObject({
          label: z.string(),
          referenceRows: count,
          newRows: count,
          referenceShare: share,
          newShare: share,
        }),
      ),
      chiSquared: z.number(),
      degrees: count,
      p: z.number(),
      /** Population stability index, and its 95th percentile where nothing changed (resampled from both together). */
      psi: z.number(),
      psiBand: z.number(),
      flagged: z.boolean(),
    }),
  ),
  notices: z.array(serviceNoticeSchema),
});
export type DriftResult = z.output<typeof driftResultSchema>;

// ---- backlog ----

export const BACKLOG_STATUSES = ['open', 'planned', 'doing', 'done', 'dropped'] as const;
const BACKLOG_TYPES = ['request', 'scenario-test', 'drift', 'decline', 'unmeasured-need'] as const;

const factorSchema = z.strictObject({ value: z.number(), ...interval, n: z.nullable(count) });

export const backlogItemSchema = z.strictObject({
  /** Stable over recomputes: type and what it is about. */
  id: z.string(),
  type: z.enum(BACKLOG_TYPES),
  /** What it is about, for the screen's sentence: a label, a test, a dataset, a question, a need. */
  subject: z.string(),
  /** Further facts for that sentence. */
  detail: z.nullable(z.string()),
  /** Needs it counts for, with the share of each (measured on rows that have both a label and a need, or given). */
  needs: z.array(z.strictObject({ needId: z.string(), name: z.string(), share })),
  /** f1 weight of these needs. */
  weight: factorSchema,
  /** Share of tickets, texts or answers that it touches. */
  affected: factorSchema,
  /** 0 (nothing is wrong) to 1. */
  severity: factorSchema,
  effort: z.strictObject({ value: z.number().positive(), origin: z.enum(['decided', 'assumed']) }),
  /** 100 × weight × affected × severity ÷ effort. */
  score: z.strictObject({ value: z.number(), ...interval }),
  rank: z.int(),
  rankLow: z.int(),
  rankHigh: z.int(),
  firstShare: share,
  /** The rows it counts. */
  evidence: z.array(evidenceRefSchema),
  /** The artifacts it comes from. */
  slots: z.array(z.string()),
});
export type BacklogItem = z.output<typeof backlogItemSchema>;

export const backlogResultSchema = z.strictObject({
  level: z.number(),
  draws: count,
  /** Effort of items for which nobody gave one. */
  assumedEffort: z.number(),
  items: z.array(backlogItemSchema),
  notices: z.array(serviceNoticeSchema),
});
export type BacklogResult = z.output<typeof backlogResultSchema>;

/** Effort in points (1 small … 5 large), by item; part of the score. */
export const backlogEffortsSchema = z.strictObject({
  efforts: z.array(z.strictObject({ id: z.string(), effort: z.number().positive().max(1000) })),
});

export const backlogNoteSchema = z.strictObject({
  id: z.string(),
  status: z.enum(BACKLOG_STATUSES),
  owner: z.string().max(200),
  note: z.string().max(2000),
});
export type BacklogNote = z.output<typeof backlogNoteSchema>;
export const backlogNotesSchema = z.strictObject({ notes: z.array(backlogNoteSchema) });
