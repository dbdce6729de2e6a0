import { z } from 'zod';
import { viewOf } from '../../../contract/artifact.ts';
import { command, job, noInput, query } from '../../../contract/stage.ts';
import { machineFitSchema } from '../../../train/fit-machine.ts';
import { RECIPE_REASONS, runConfigDraftSchema, runConfigSchema } from '../../../train/run-config.ts';
import { TEXT_TASKS } from '../../../train/text-task.ts';
import { seedCountSchema } from '../seeds.ts';
import { splitChoiceSchema } from '../split-choice.ts';
import { planChoiceSchema, trainingPlanSchema } from '../training-plan.ts';
import {
  taskAnswersSchema,
  taskComparisonSchema,
  taskDataResultSchema,
  taskFloorsResultSchema,
  taskRunSchema,
} from './results.ts';

const task = z.enum(TEXT_TASKS);
const seed = z.int().min(0).max(4294967295);
const runId = z.string().regex(/^H\d+$/);

/** Where what is to be predicted stands, and how its rows are set aside. */
export const taskChoiceSchema = splitChoiceSchema.extend({
  task,
  columns: z.array(z.strictObject({ datasetId: z.string(), columnId: z.string() })).min(1),
  /** What parts the labels in a cell; its full-width form parts them too. Only several labels have one. */
  separator: z.string().trim().min(1).max(3).optional(),
  /** An empty cell says that the text has none of the labels; otherwise nobody has labelled it. Only several labels have this. */
  emptyIsNone: z.boolean().optional(),
});
export type TaskChoice = z.output<typeof taskChoiceSchema>;

/** The shape before test rows could be those of a dataset of their own. */
const sharedOutSchema = taskChoiceSchema
  .omit({ test: true })
  .extend({ testShare: z.number() })
  .transform(({ testShare, ...rest }): TaskChoice => ({ ...rest, test: { type: 'share', share: testShare } }));

/** As it stands in project files, older ones included. */
export const storedTaskChoiceSchema = z.union([taskChoiceSchema, sharedOutSchema]);

export const MOST_ANSWERED_TEXTS = 200;

/** What is predicted besides one of several classes: several labels at once, a level of a rating, a number. */
export const taskRequests = {
  prepareTask: job(
    'Take what is to be predicted besides one of several classes (several labels at once, a rating, a number), split the rows and lock the test rows',
    taskChoiceSchema.extend({ seed }),
  ),
  taskData: query('The rows of such a task', z.strictObject({ task }), viewOf(taskDataResultSchema)),
  measureTaskFloors: job(
    'Measure the simplest things of a task on its locked test rows: one constant answer, a linear head on the words (TF-IDF) and on the frozen encoder',
    z.strictObject({ task, modelId: z.string(), seed }),
  ),
  taskFloors: query('The floors of a task', z.strictObject({ task }), viewOf(taskFloorsResultSchema)),
  suggestTaskConfig: query(
    'The recipe that fits the rows of a task and this machine, with the reason',
    z.strictObject({ task, modelId: z.string() }),
    z.strictObject({
      config: runConfigSchema,
      /** By `medianRows`. */
      because: z.enum(RECIPE_REASONS),
      /** Training rows of the median label or level; of a number all of them. */
      medianRows: z.int(),
      trainRows: z.int(),
      machine: machineFitSchema,
    }),
  ),
  trainTask: job(
    'Fine-tune a base model for a task and evaluate it on its locked test rows',
    z.strictObject({
      task,
      name: z.string().min(1).max(200),
      modelId: z.string(),
      /** What is left out, or all of it, is as `suggestTaskConfig` says. */
      config: z.nullish(runConfigDraftSchema),
      /** Trains the recipe from so many seeds, its own and those after it, one after another; 1 where left out. */
      seeds: seedCountSchema.optional(),
    }),
  ),
  planTaskTraining: job(
    'Measure what recipes of a task would cost, from a few of their own updates: time, memory, updates',
    planChoiceSchema.extend({ task }),
  ),
  taskTrainingPlan: query(
    'What the recipes of a task measured last would cost',
    z.strictObject({ task }),
    viewOf(trainingPlanSchema),
  ),
  taskRuns: query('All runs of a task', z.strictObject({ task }), z.array(viewOf(taskRunSchema).unwrap())),
  compareTask: query(
    'A run of a task against its floor or another run, on the same rows',
    z.strictObject({ runId, referenceId: z.string() }),
    taskComparisonSchema,
  ),
  answerTexts: job(
    'What a run of a task answers to texts',
    z.strictObject({ runId, texts: z.array(z.string().min(1).max(10_000)).min(1).max(MOST_ANSWERED_TEXTS) }),
  ),
  taskAnswers: query('Its latest answers', z.strictObject({ runId }), viewOf(taskAnswersSchema)),
  removeTaskRun: command(
    'Take a run of a task out of the comparison; it stays in the history',
    z.strictObject({ runId }),
    noInput,
  ),
};
