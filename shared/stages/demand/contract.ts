import { z } from 'zod';
import { artifactInfoSchema, viewOf } from '../../contract/artifact.ts';
import { command, defineStage, job, noInput, query } from '../../contract/stage.ts';
import { CLEANING_STEPS, recipeSchema } from './clean/recipe.ts';
import { columnRoleSchema } from './import/column-role.ts';
import {
  importOptionsSchema,
  importOverridesSchema,
  inspectionSchema,
  problemsSchema,
} from './import/import-options.ts';
import {
  driversResultSchema,
  needsResultSchema,
  needsSetupSchema,
  requirementsResultSchema,
  satisfactionResultSchema,
  scoresResultSchema,
  targetsSchema,
  topicEditSchema,
  topicsResultSchema,
} from './results.ts';

/** What customers said: these rows are D. */
export const DEMAND_DATASET_KINDS = ['questionnaire', 'feedback', 'interview', 'market-research'] as const;
/** Rows that other stages read; those of a later round or of tickets become D once somebody adopts them. */
const OTHER_DATASET_KINDS = ['round', 'tickets', 'experiment', 'usability', 'pilot', 'production', 'table'] as const;
export const datasetKindSchema = z.enum([...DEMAND_DATASET_KINDS, ...OTHER_DATASET_KINDS]);
export type DatasetKind = z.output<typeof datasetKindSchema>;

/** What an import keeps beside the rows. */
export const datasetResultSchema = z.strictObject({
  name: z.string(),
  kind: datasetKindSchema,
  rowCount: z.int(),
  columns: z.array(columnRoleSchema),
  options: importOptionsSchema,
  source: z.strictObject({ name: z.string(), sha256: z.string(), bytes: z.number() }),
  problems: problemsSchema,
});
export type DatasetResult = z.output<typeof datasetResultSchema>;

/** What cleaning keeps beside its parts. Counts are of rows; `cells` of cells changed in rows that were kept. */
export const cleanResultSchema = z.strictObject({
  rowsIn: z.int(),
  rowsOut: z.int(),
  /** Rows kept that have text. */
  textRows: z.int(),
  steps: z.array(
    z.strictObject({
      id: z.enum(CLEANING_STEPS),
      enabled: z.boolean(),
      /** Why a step that is switched on had nothing to work on. */
      notApplicable: z.nullable(z.string()),
      rowsIn: z.int(),
      rowsOut: z.int(),
      cellsChanged: z.int(),
      /** Removed duplicates that carry another label than the row that stays. */
      labelConflicts: z.int(),
      examples: z.array(
        z.strictObject({
          row: z.int(),
          columnId: z.nullable(z.string()),
          before: z.nullable(z.string()),
          after: z.nullable(z.string()),
        }),
      ),
    }),
  ),
  /** Columns whose numbers are in the part `numbers`, in its order. */
  numberColumns: z.array(z.string()),
  /** Columns whose values are in a part `category.<column>` each. */
  categoryColumns: z.array(z.string()),
  languages: z.array(z.strictObject({ language: z.string(), rows: z.int() })),
});
export type CleanResult = z.output<typeof cleanResultSchema>;

const datasetId = z.string().regex(/^d\d{1,6}$/);
const byDataset = z.strictObject({ datasetId });
const seed = z.int().min(0).max(4294967295);

export const demand = defineStage('demand', ['import', 'clean', 'topics', 'drivers', 'needs'], {
  inspectSource: query(
    'What a file holds: encoding, format, columns, first rows and guessed roles',
    z.strictObject({ sourceId: z.string(), overrides: importOverridesSchema }),
    z.strictObject({
      inspection: inspectionSchema,
      columns: z.array(columnRoleSchema),
      suggestedKind: datasetKindSchema,
    }),
  ),
  importSource: job(
    'Import a file as a dataset',
    z.strictObject({
      sourceId: z.string(),
      name: z.string().min(1).max(200),
      kind: datasetKindSchema,
      overrides: importOverridesSchema,
      /** Null: the guessed roles. */
      columns: z.nullable(z.array(columnRoleSchema)),
    }),
  ),
  datasets: query(
    'All datasets with their roles and cleaning',
    noInput,
    z.array(
      z.strictObject({
        id: datasetId,
        artifact: artifactInfoSchema,
        dataset: datasetResultSchema,
        /** Roles as they stand: the analyst's, else those of the import. */
        columns: z.array(columnRoleSchema),
        clean: z.nullable(cleanResultSchema),
      }),
    ),
  ),
  setRoles: command(
    'Change the roles of the columns of a dataset',
    z.strictObject({ datasetId, columns: z.array(columnRoleSchema).min(1) }),
    noInput,
  ),
  removeDataset: command('Remove a dataset and its rows from the project', byDataset, noInput),
  clean: job('Clean a dataset by a recipe', z.strictObject({ datasetId, recipe: recipeSchema })),
  cleaning: query(
    'Cleaning of a dataset: the recipe that holds and what each step did',
    byDataset,
    z.strictObject({ recipe: recipeSchema, view: viewOf(cleanResultSchema) }),
  ),
  discoverTopics: job(
    'Find the topics of all texts: embed, choose the number, cluster, name',
    z.strictObject({
      /** Null: chosen from the data. */
      topics: z.nullable(z.int().min(2).max(200)),
      /** Base model for the embeddings, or an encoder tuned in stage 2 (V…); null: by the language of the texts. */
      modelId: z.nullable(z.string()),
      seed,
    }),
  ),
  topics: query('The topics as found', noInput, viewOf(topicsResultSchema)),
  editedTopics: query(
    'The topics after the analyst’s merges and renames, and the edits that no longer apply',
    noInput,
    z.nullable(
      z.strictObject({
        artifact: artifactInfoSchema,
        topics: z.array(
          z.strictObject({
            id: z.string(),
            name: z.string(),
            terms: z.array(z.string()),
            size: z.int(),
            share: z.number(),
            mergedFrom: z.array(z.string()),
            renamed: z.boolean(),
          }),
        ),
        outliers: z.int(),
        edits: z.array(topicEditSchema),
        notApplied: z.array(topicEditSchema),
      }),
    ),
  ),
  mergeTopics: command(
    'Merge topics into one',
    z.strictObject({ topicIds: z.array(z.string()).min(2), name: z.nullable(z.string().min(1).max(200)) }),
    noInput,
  ),
  renameTopic: command(
    'Rename a topic',
    z.strictObject({ topicId: z.string(), name: z.string().min(1).max(200) }),
    noInput,
  ),
  setTopicEdits: command(
    'Replace the list of edits, to undo one',
    z.strictObject({ edits: z.array(topicEditSchema) }),
    noInput,
  ),
  computeScores: job('NPS, CSAT and CES with intervals where columns allow', noInput),
  scores: query('The scores', noInput, viewOf(scoresResultSchema)),
  computeSatisfaction: job(
    'Satisfaction of each text: from ratings, from a head trained on rated rows, or not available',
    noInput,
  ),
  satisfaction: query('Where satisfaction comes from and how good it is', noInput, viewOf(satisfactionResultSchema)),
  analyseDrivers: job(
    'Driver analysis: Johnson relative weights of items on an outcome',
    z.strictObject({
      datasetId,
      outcomeColumn: z.string(),
      itemColumns: z.array(z.string()).min(1),
      resamples: z.int().min(100).max(10_000),
      seed,
    }),
  ),
  drivers: query('The driver analysis of a survey', byDataset, viewOf(driversResultSchema)),
  setNeeds: command('Assign topics and items to needs, and set the part weights', needsSetupSchema, noInput),
  needsSetup: query(
    'Needs and part weights as they stand, the default being one need for each topic and item',
    noInput,
    needsSetupSchema,
  ),
  computeNeeds: job(
    'Compute f1(D): weights of needs with intervals',
    z.strictObject({ resamples: z.int().min(100).max(10_000), seed }),
  ),
  needs: query('f1(D)', noInput, viewOf(needsResultSchema)),
  setTargets: command('Enter the targets for accuracy, latency, explainability and privacy', targetsSchema, noInput),
  computeRequirements: job('Requirement parameters for the next stages', noInput),
  requirements: query('Requirement parameters with their origins', noInput, viewOf(requirementsResultSchema)),
});
