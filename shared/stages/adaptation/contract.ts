import { z } from 'zod';
import { viewOf } from '../../contract/artifact.ts';
import { command, defineStage, job, noInput, query } from '../../contract/stage.ts';
import { PERTURBATION_IDS } from '../../text-changes/perturbations.ts';
import { machineFitSchema } from '../../train/fit-machine.ts';
import { runConfigSchema } from '../../train/run-config.ts';
import { seedCountSchema } from '../competitiveness/seeds.ts';
import { planChoiceSchema, trainingPlanSchema } from '../competitiveness/training-plan.ts';
import { dataChoiceSchema } from './data-choice.ts';
import { LIMIT_TESTS, scenarioLimitSchema } from './limits.ts';
import {
  adaptedModelSchema,
  matrixSchema,
  recipeIdSchema,
  recipeResultSchema,
  robustnessResultSchema,
  scenarioDataSchema,
  scenarioResultSchema,
  scenarioSchema,
  testsResultSchema,
} from './results.ts';
import { tableRequests } from './tables/contract.ts';
import { COMPLIANCE_TOPICS, INPUT_KINDS, TEMPLATE_IDS } from './templates.ts';

const scenarioId = z.string().regex(/^S\d{1,6}$/);
const modelId = z.string().regex(/^[RCAH]\d{1,6}$/);
const seed = z.int().min(0).max(4294967295);
const byScenario = z.strictObject({ scenarioId });

const templateSchema = z.strictObject({
  id: z.enum(TEMPLATE_IDS),
  inputKinds: z.array(z.enum(INPUT_KINDS)),
  volumePerDay: z.number(),
  missToFalseAlarm: z.number(),
  humanLook: z.number(),
  compliance: z.array(z.enum(COMPLIANCE_TOPICS)),
  perturbations: z.array(z.enum(PERTURBATION_IDS)),
  limits: z.partialRecord(z.enum(LIMIT_TESTS), z.number()),
});

/** A model of the project beside the classes of a scenario. */
const candidateSchema = z.strictObject({
  modelId: z.string(),
  name: z.string(),
  kind: z.enum(['run', 'compressed', 'adapted']),
  labels: z.array(z.string()),
  /** Classes of the scenario's data that the model knows, by the scenario's label map. */
  commonLabels: z.int(),
  scenarioLabels: z.int(),
  /** Recipes start from runs and compressed models only. */
  canBeSource: z.boolean(),
});
export type Candidate = z.output<typeof candidateSchema>;

export const adaptation = defineStage('adaptation', ['scenarios', 'recipe', 'tests', 'matrix', 'tables'], {
  templates: query('Profiles of ten business scenarios to start from', noInput, z.array(templateSchema)),
  columnValues: query(
    'Values of a column of a cleaned dataset with their rows, most frequent first: classes and filters to choose from',
    z.strictObject({ datasetId: z.string(), columnId: z.string() }),
    z.strictObject({ values: z.array(z.strictObject({ value: z.string(), rows: z.int() })), missing: z.int() }),
  ),
  suggestLimits: query(
    'Limits of a scenario: from the targets and the heaviest needs of stage 1, from the template for the rest',
    z.strictObject({ templateId: z.enum(TEMPLATE_IDS), needIds: z.array(z.string()) }),
    z.array(scenarioLimitSchema),
  ),
  saveScenario: command(
    'Set up a scenario or change it; null makes a new one',
    z.strictObject({ scenarioId: z.nullable(scenarioId), scenario: scenarioSchema }),
    z.strictObject({ scenarioId: z.string() }),
  ),
  scenarios: query('All scenarios', noInput, z.array(viewOf(scenarioResultSchema).unwrap())),
  removeScenario: command(
    'Take a scenario out, with its data, models and tests; they stay in the history',
    byScenario,
    noInput,
  ),
  buildData: job(
    'Take the rows of a scenario, split them and lock its test rows',
    dataChoiceSchema.extend({ scenarioId, seed }),
  ),
  data: query('The data of a scenario', byScenario, viewOf(scenarioDataSchema)),
  candidates: query(
    'Models of the project beside a scenario: which classes they share',
    byScenario,
    z.array(candidateSchema),
  ),
  recommendRecipe: job(
    'Recommend how to adapt a model to a scenario: label overlap, rows per class, distance to the source domain, zero-shot accuracy',
    z.strictObject({ scenarioId, sourceId: modelId, seed }),
  ),
  recipe: query('The recommended recipe of a scenario', byScenario, viewOf(recipeResultSchema)),
  suggestConfig: query(
    'The training configuration that a recipe would take on this machine, with the reason; null where it trains nothing',
    z.strictObject({ scenarioId, sourceId: modelId, recipe: recipeIdSchema }),
    z.strictObject({
      config: z.nullable(runConfigSchema),
      trainRows: z.int(),
      /** Training rows of the smallest class that has any; 0 where none has. */
      smallestClass: z.int(),
      /** Null where nothing is trained. */
      machine: z.nullable(machineFitSchema),
      /** Of the source's encoder. */
      layers: z.int(),
      modelId: z.string(),
    }),
  ),
  planTraining: job(
    'Measure what recipes would cost that adapt a model to a scenario, from a few of their own updates: time, memory, updates',
    z.strictObject({ scenarioId, sourceId: modelId, recipe: recipeIdSchema, configs: planChoiceSchema.shape.configs }),
  ),
  trainingPlan: query(
    'What the recipes measured last for a scenario would cost',
    byScenario,
    viewOf(trainingPlanSchema),
  ),
  adapt: job(
    'Adapt a model to a scenario and measure it on the scenario’s locked test rows',
    z.strictObject({
      scenarioId,
      sourceId: modelId,
      recipe: recipeIdSchema,
      name: z.string().min(1).max(200),
      /** Hand unsure texts to people, at the confidence of least expected cost; always for `threshold`, never for `reuse`. */
      reject: z.boolean(),
      /** Null: as `suggestConfig` says. */
      config: z.nullable(runConfigSchema),
      /** From how many seeds, the recipe's own and those after it: mean and interval over them. 1 where left out, and where nothing is trained. */
      seeds: seedCountSchema.optional(),
      seed,
    }),
  ),
  models: query('All adapted models', noInput, z.array(viewOf(adaptedModelSchema).unwrap())),
  model: query('One adapted model', z.strictObject({ modelId }), viewOf(adaptedModelSchema)),
  removeModel: command(
    'Take an adapted model out, with its tests; they stay in the history',
    z.strictObject({ modelId }),
    noInput,
  ),
  runTests: job('Run the test suite of a scenario on a model', z.strictObject({ scenarioId, modelId, seed })),
  tests: query('Tests of a model in a scenario', z.strictObject({ scenarioId, modelId }), viewOf(testsResultSchema)),
  robustness: query(
    'How much harmless changes move the answers of two models, on the same changed texts of a scenario in which both were tested; null without one',
    z.strictObject({ modelId, referenceId: modelId }),
    z.nullable(robustnessResultSchema),
  ),
  matrix: query('Scenarios by models: verdicts, accuracy and cost, and the model chosen', noInput, matrixSchema),
  chooseModel: command(
    'Choose the model of a scenario; null takes the choice back',
    z.strictObject({ scenarioId, modelId: z.nullable(modelId) }),
    noInput,
  ),
  ...tableRequests,
});
