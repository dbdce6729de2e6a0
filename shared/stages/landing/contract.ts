import { z } from 'zod';
import { viewOf } from '../../contract/artifact.ts';
import { command, defineStage, job, noInput, query } from '../../contract/stage.ts';
import { goalResultSchema, goalSettingsSchema, goalSuggestionSchema } from './goals/results.ts';
import {
  packageCheckResultSchema,
  packageLanguageSchema,
  packageOptionsSchema,
  packagePlatformSchema,
  packagePrecisionSchema,
  packageResultSchema,
} from './package/results.ts';
import {
  pilotColumnsSchema,
  pilotPlanResultSchema,
  pilotPlanSettingsSchema,
  pilotResultSchema,
} from './pilot/results.ts';
import { solutionResultSchema, solutionSettingsSchema } from './solution/results.ts';

const seed = z.int().min(0).max(4294967295);

// ---- goals ----

const goalId = z.string().regex(/^G\d{1,6}$/);

// ---- solution ----

// ---- package ----

const packageId = z.string().regex(/^P\d{1,6}$/);

const builtPackageSchema = z.strictObject({
  built: viewOf(packageResultSchema).unwrap(),
  check: viewOf(packageCheckResultSchema),
  /** Where it was laid, and whether a package of this project is there now. */
  path: z.string(),
  isThere: z.boolean(),
});
export type BuiltPackage = z.output<typeof builtPackageSchema>;

// ---- pilot ----

/** A figure of this project that can be a pilot's baseline. */
const pilotBaselineSchema = z.strictObject({
  slot: z.string(),
  /** A goal or the metric of an experiment, by its own name. */
  name: z.string(),
  source: z.enum(['goal', 'experiment']),
  type: z.enum(['proportion', 'mean']),
  direction: z.enum(['increase', 'decrease']),
  value: z.number(),
  standardDeviation: z.nullable(z.number()),
  /** Units behind it; null for a goal, where a person said it. */
  n: z.nullable(z.int()),
  /** Effect that the experiment found against its control, or the change that the goal wants. */
  effect: z.nullable(z.number()),
});
export type PilotBaseline = z.output<typeof pilotBaselineSchema>;

const pilotColumnOptionsSchema = z.strictObject({
  columns: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      /** Different values, and the most frequent of them with their rows. */
      distinct: z.int(),
      values: z.array(z.strictObject({ value: z.string(), rows: z.int() })),
    }),
  ),
  /** Null where arm, period or outcome cannot be told from names and values. */
  suggested: z.nullable(pilotColumnsSchema),
});
export type PilotColumnOptions = z.output<typeof pilotColumnOptionsSchema>;

export const landing = defineStage('landing', ['goals', 'solution', 'package', 'pilot'], {
  // goals
  goalSuggestions: query(
    'Goals that the heaviest needs of f1 speak for, with where they stand today as far as the data says',
    noInput,
    z.array(goalSuggestionSchema),
  ),
  saveGoal: command(
    'Set up a goal or change it; null makes a new one',
    z.strictObject({ goalId: z.nullable(goalId), settings: goalSettingsSchema }),
    z.strictObject({ goalId: z.string() }),
  ),
  goals: query('All goals with their yearly value', noInput, z.array(viewOf(goalResultSchema).unwrap())),
  removeGoal: command('Take a goal out', z.strictObject({ goalId }), noInput),
  // solution
  suggestSolution: query(
    'A solution to start from: usual components, known volume, risks from facts',
    z.strictObject({
      modelId: solutionSettingsSchema.shape.modelId,
      scenarioId: solutionSettingsSchema.shape.scenarioId,
      currency: solutionSettingsSchema.shape.currency,
    }),
    solutionSettingsSchema,
  ),
  solutionModels: query(
    'Models and scenarios that a solution can be built on',
    noInput,
    z.strictObject({
      models: z.array(z.strictObject({ id: z.string(), name: z.string() })),
      scenarios: z.array(z.strictObject({ id: z.string(), name: z.string() })),
    }),
  ),
  setSolution: command('Set what the solution consists of', solutionSettingsSchema, noInput),
  solutionSettings: query('What the solution consists of, as it was set', noInput, z.nullable(solutionSettingsSchema)),
  computeSolution: job('Size the solution, reckon its costs and write its document', z.strictObject({ seed })),
  solution: query('The solution', noInput, viewOf(solutionResultSchema)),
  // package
  buildPackage: job(
    'Build a deployment package of a model, run its self-test in a folder of its own, and lay it beside the project',
    z.strictObject({
      modelId: z.string().regex(/^[RCAH]\d{1,6}$/),
      precision: packagePrecisionSchema,
      /** Its folder is named by it; a package of this project with the same folder is replaced. */
      name: z.string().min(1).max(200),
      language: packageLanguageSchema,
      /** Null: this machine's. */
      platform: z.nullable(packagePlatformSchema),
    }),
  ),
  packages: query('Built packages with their last check', noInput, z.array(builtPackageSchema)),
  packageOptions: query('Models that can be packed and for which systems', noInput, packageOptionsSchema),
  verifyPackage: job(
    'Compare a built package with the record of its files, then run its self-test again',
    z.strictObject({ packageId }),
  ),
  // pilot
  pilotBaselines: query('Figures of this project that a pilot can start from', noInput, z.array(pilotBaselineSchema)),
  previewPilotPlan: query('What a plan would need, without signing it', pilotPlanSettingsSchema, pilotPlanResultSchema),
  planPilot: command('Sign the plan of a pilot: it stands before the data', pilotPlanSettingsSchema, noInput),
  pilotPlan: query('The plan of the pilot', noInput, viewOf(pilotPlanResultSchema)),
  pilotColumns: query(
    'Columns of a pilot’s file with their values, and which of them is what',
    z.strictObject({ datasetId: z.string() }),
    pilotColumnOptionsSchema,
  ),
  evaluatePilot: job(
    'Evaluate a pilot’s data against its plan: effect, guardrails, verdict',
    z.strictObject({ datasetId: z.string(), columns: pilotColumnsSchema }),
  ),
  pilot: query('The evaluated pilot', noInput, viewOf(pilotResultSchema)),
});
