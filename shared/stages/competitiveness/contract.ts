import { z } from 'zod';
import { viewOf } from '../../contract/artifact.ts';
import { command, defineStage, job, noInput, query } from '../../contract/stage.ts';
import { machineFitSchema } from '../../train/fit-machine.ts';
import { HUB_FORMATS } from '../../train/hub-names.ts';
import { RECIPE_REASONS, runConfigDraftSchema, runConfigSchema } from '../../train/run-config.ts';
import { DECODINGS, DEFAULT_SIMILARITY } from '../../translation/pack.ts';
import { ablationAmongSchema, ablationResultSchema } from './ablation.ts';
import { baseModelId, importedModelSchema, importModelSchema } from './base-model/contract.ts';
import { classifiedRequests } from './classified.ts';
import { DEFAULT_TOLERANCE } from './compression/gate.ts';
import { COMPRESSION_TECHNIQUES, compressionOptionsSchema } from './compression/technique.ts';
import { encoderRequests } from './encoders/contract.ts';
import { columnGuessSchema } from './experiment/guess-columns.ts';
import {
  experimentChoiceSchema,
  experimentPlanInputSchema,
  experimentPlanSchema,
  experimentResultSchema,
} from './experiment/results.ts';
import { explanationRequests } from './explanation/contract.ts';
import { PARAPHRASE, paraphraseRowSchema, paraphrasesResultSchema } from './paraphrases.ts';
import {
  comparisonResultSchema,
  dataCheckResultSchema,
  floorsResultSchema,
  hubExportSchema,
  jobExportSchema,
  labelsResultSchema,
  runRecordSchema,
  splitResultSchema,
} from './results.ts';
import { seedCountSchema } from './seeds.ts';
import { splitChoiceSchema } from './split-choice.ts';
import { strategyChoiceSchema } from './strategy/choice.ts';
import { strategyResultSchema } from './strategy/results.ts';
import { taskRequests } from './tasks/contract.ts';
import { planChoiceSchema, trainingPlanSchema } from './training-plan.ts';
import { usabilityChoiceSchema, usabilityResultSchema } from './usability/results.ts';

/** A base encoder that this machine has. */
export const baseModelSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** As its `config.json` says: bert, roberta, … */
  family: z.string(),
  languages: z.array(z.string()),
  licence: z.string(),
  source: z.string(),
  pooling: z.enum(['cls', 'mean']),
  layers: z.int(),
  hiddenSize: z.int(),
  vocabSize: z.int(),
  /** Null for an ONNX file, which does not say. */
  parameters: z.nullable(z.int()),
  /** False for an ONNX file alone: it gives vectors, and there is nothing to train by name. */
  trainable: z.boolean(),
  maxLength: z.int(),
  sizeMb: z.number(),
  /** Brought here by this user, not with the product. */
  imported: z.boolean(),
});
export type BaseModel = z.output<typeof baseModelSchema>;

/** Where labels come from: a column of one or more datasets, or the topics of stage 1. */
export const labelChoiceSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('columns'),
    columns: z.array(z.strictObject({ datasetId: z.string(), columnId: z.string() })).min(1),
  }),
  z.strictObject({ type: z.literal('topics') }),
]);
export type LabelChoice = z.output<typeof labelChoiceSchema>;

/** What the split step keeps: the split and the check of the data in one. */
export const preparedDataSchema = z.strictObject({ split: splitResultSchema, check: dataCheckResultSchema });
export type PreparedData = z.output<typeof preparedDataSchema>;

const jobExportId = z.string().regex(/^J\d+$/);
const seed = z.int().min(0).max(4294967295);

/** The rows of a scenario of stage 3; those of stage 2 where left out. */
const ofScenario = {
  scenarioId: z
    .string()
    .regex(/^S\d{1,6}$/)
    .optional(),
};

export const competitiveness = defineStage(
  'competitiveness',
  ['data', 'models', 'compression', 'experiments', 'strategy'],
  {
    baseModels: query('Base encoders on this machine', noInput, z.array(baseModelSchema)),
    importModel: job(
      'Bring a downloaded encoder folder into this user’s models: bert, roberta, xlm-roberta, distilbert or electra to be trained, or an ONNX encoder for its vectors; checked before it is kept',
      importModelSchema,
    ),
    importedModel: query(
      'What was found in an imported folder',
      z.strictObject({ modelId: baseModelId }),
      viewOf(importedModelSchema),
    ),
    removeModel: command(
      'Delete an imported base model from this machine; what was trained from it cannot be opened until it is imported again',
      z.strictObject({ modelId: baseModelId }),
      noInput,
    ),
    chooseLabels: job('Take labels from columns or from topics', labelChoiceSchema),
    labels: query('Classes and their counts', noInput, viewOf(labelsResultSchema)),
    prepareData: job('Check the labelled data, split it and lock the test rows', splitChoiceSchema.extend({ seed })),
    preparedData: query('The split and the data check', noInput, viewOf(preparedDataSchema)),
    measureFloors: job(
      'Measure the simplest things on the locked test rows: majority, TF-IDF and frozen encoder with logistic regression',
      z.strictObject({ modelId: z.string(), seed }),
    ),
    floors: query('The floors', noInput, viewOf(floorsResultSchema)),
    suggestConfig: query(
      'The recipe that fits this data and base model, with the reason',
      z.strictObject({ modelId: z.string() }),
      z.strictObject({
        config: runConfigSchema,
        because: z.enum(RECIPE_REASONS),
        smallestClass: z.int(),
        trainRows: z.int(),
        machine: machineFitSchema,
      }),
    ),
    planTraining: job(
      'Measure what recipes would cost here, from a few of their own updates on the training rows: time, memory, updates',
      planChoiceSchema,
    ),
    trainingPlan: query('What the recipes measured last would cost', noInput, viewOf(trainingPlanSchema)),
    train: job(
      'Fine-tune a base model and evaluate it on the locked test rows',
      z.strictObject({
        name: z.string().min(1).max(200),
        modelId: z.string(),
        /** What is left out, or all of it, is as `suggestConfig` says; a method that is only named has its usual options. */
        config: z.nullish(runConfigDraftSchema),
        /** From how many seeds, the recipe's own and those after it: mean and interval over them. 1 where left out. */
        seeds: seedCountSchema.optional(),
      }),
    ),
    makeParaphrases: job(
      'Translate the training rows into the other language and back, with the installed translation pack, and compare their meaning by an encoder; runs with the change “backtranslation” use what is kept',
      z.strictObject({
        modelId: z.string(),
        decoding: z.enum(DECODINGS).default('greedy'),
        minSimilarity: z.number().min(0).max(1).default(DEFAULT_SIMILARITY),
        ...ofScenario,
        seed,
      }),
    ),
    paraphrases: query(
      'What came of translating the training rows and back',
      z.strictObject(ofScenario),
      viewOf(paraphrasesResultSchema),
    ),
    paraphraseRows: query(
      'Training rows beside what came back, by what became of them',
      z.strictObject({
        ...ofScenario,
        outcome: z.enum(PARAPHRASE),
        from: z.int().min(0),
        count: z.int().min(1).max(200),
      }),
      z.strictObject({ total: z.int(), rows: z.array(paraphraseRowSchema) }),
    ),
    compress: job(
      'Make a run or an adapted model smaller, measure it on its locked test rows and hold it against its original row by row; gives C… for a run, A… for an adapted model',
      z.strictObject({
        name: z.string().min(1).max(200),
        /** A run or an adapted model, or what was cut from one, to be made smaller still. */
        runId: z.string().regex(/^[RCAH]\d+$/),
        technique: z.enum(COMPRESSION_TECHNIQUES),
        options: compressionOptionsSchema.optional(),
        /** Accuracy that may be lost, as a share. */
        tolerance: z.number().min(0).max(0.2).default(DEFAULT_TOLERANCE),
      }),
    ),
    runs: query('All runs, then what was compressed from them', noInput, z.array(viewOf(runRecordSchema).unwrap())),
    run: query('One run or compressed run', z.strictObject({ runId: z.string() }), viewOf(runRecordSchema)),
    exportHub: job(
      'Write a model as a folder that Hugging Face’s transformers loads, or a run’s LoRA matrices as a peft adapter, beside the project',
      z.strictObject({ modelId: z.string().regex(/^[RCAH]\d+$/), format: z.enum(HUB_FORMATS) }),
    ),
    hubExports: query('What was written so, newest versions', noInput, z.array(viewOf(hubExportSchema).unwrap())),
    exportJob: job(
      'Write a training as a folder for another engine (torchrun with transformers and peft), beside the project: training and dev rows, never the locked test rows',
      z.strictObject({
        name: z.string().min(1).max(200),
        modelId: z.string(),
        config: z.nullish(runConfigDraftSchema),
      }),
    ),
    jobExports: query('Trainings that were written so', noInput, z.array(viewOf(jobExportSchema).unwrap())),
    removeJobExport: command(
      'Take an exported training off the list; the folder stays where it is',
      z.strictObject({ jobId: jobExportId }),
      noInput,
    ),
    importRun: job(
      'Take in what another engine made of an exported training, and measure it here as a run trained here',
      z.strictObject({ jobId: jobExportId, sourceId: z.string(), name: z.string().min(1).max(200) }),
    ),
    removeRun: command(
      'Take a run or a compressed one out of the comparison; it stays in the history',
      z.strictObject({ runId: z.string().regex(/^[RCH]\d+$/) }),
      noInput,
    ),
    compare: query(
      'A model against a floor or another model, row by row on the same test rows; over seeds too where both have several',
      z.strictObject({ runId: z.string(), referenceId: z.string() }),
      comparisonResultSchema,
    ),
    ablation: query(
      'What each option brings: the newest pairs of trainings that differ in it alone, row by row on the same test rows; and what is missing of runs that combine several',
      z.strictObject({ among: ablationAmongSchema }),
      ablationResultSchema,
    ),
    ...classifiedRequests,
    ...explanationRequests,
    ...taskRequests,
    ...encoderRequests,
    guessColumns: query(
      'What the columns of a dataset look like: which may be unit, arm, metrics or usability items',
      z.strictObject({ datasetId: z.string() }),
      columnGuessSchema,
    ),
    analyseExperiment: job(
      'Read an A/B test: sample ratio, effect of every metric and arm with interval, guardrails',
      experimentChoiceSchema.extend({ experimentId: z.nullable(z.string().regex(/^E\d+$/)) }),
    ),
    experiments: query('All experiments', noInput, z.array(viewOf(experimentResultSchema).unwrap())),
    experiment: query('One experiment', z.strictObject({ experimentId: z.string() }), viewOf(experimentResultSchema)),
    removeExperiment: command(
      'Take an experiment away; what rested on it becomes stale',
      z.strictObject({ experimentId: z.string() }),
      noInput,
    ),
    planExperiment: query(
      'Units per arm that an experiment needs, and what the units at hand would find',
      experimentPlanInputSchema,
      experimentPlanSchema,
    ),
    analyseUsability: job(
      'Score a System Usability Scale questionnaire, with intervals and groups',
      usabilityChoiceSchema.extend({ usabilityId: z.nullable(z.string().regex(/^U\d+$/)) }),
    ),
    usabilities: query('All usability measurements', noInput, z.array(viewOf(usabilityResultSchema).unwrap())),
    usability: query(
      'One usability measurement',
      z.strictObject({ usabilityId: z.string() }),
      viewOf(usabilityResultSchema),
    ),
    removeUsability: command('Take a usability measurement away', z.strictObject({ usabilityId: z.string() }), noInput),
    setStrategies: command(
      'Set reference, limits, strategies beside the runs and the share to decide',
      strategyChoiceSchema,
      noInput,
    ),
    strategies: query('Reference, limits and other strategies as they stand', noInput, strategyChoiceSchema),
    decide: job(
      'Rank strategies on needs and measured gains (g)',
      z.strictObject({ draws: z.int().min(100).max(20_000), seed }),
    ),
    decision: query('The ranked strategies', noInput, viewOf(strategyResultSchema)),
  },
);
