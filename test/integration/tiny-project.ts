import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Input } from '../../shared/contract/index.ts';
import type { Scenario } from '../../shared/stages/adaptation/results.ts';
import { defaultRecipe } from '../../shared/stages/demand/clean/recipe.ts';
import type { RunConfig } from '../../shared/train/run-config.ts';
import { csv, type TestProject } from './testkit.ts';
import { tinyTexts, writeTinyModel } from './tiny-model.ts';

const CLASSES = 4;
const ROWS = 400;
const BATCH_SIZE = 8;
/** Rows that are left for training when a tenth is locked for the test and a tenth of the rest kept for choosing. */
export const STEPS_PER_EPOCH = Math.ceil((ROWS * 0.9 * 0.9) / BATCH_SIZE);
export const TINY = 'tiny';

/** A training of some milliseconds a step. */
export function tinyTraining(epochs: number): Input<'competitiveness.train'> & { readonly config: RunConfig } {
  const config: RunConfig = {
    method: { type: 'full', freezeEmbeddings: true },
    epochs,
    batchSize: BATCH_SIZE,
    maxLength: 32,
    learningRate: 1e-3,
    schedule: 'linear',
    warmupShare: 0.1,
    weightDecay: 0.01,
    dropout: 0.1,
    maxGradNorm: 1,
    classWeights: 'none',
    headStart: 'random',
    earlyStopPatience: null,
    seed: 7,
  };
  return { name: 'Tiny', modelId: TINY, config };
}

/** A training by which the tiny model learns which word tells a class. */
export const WORD_TRAINING: RunConfig = {
  method: { type: 'full', freezeEmbeddings: false },
  epochs: 8,
  batchSize: 16,
  maxLength: 24,
  learningRate: 5e-3,
  schedule: 'linear',
  warmupShare: 0.1,
  weightDecay: 0,
  dropout: 0,
  maxGradNorm: 1,
  classWeights: 'none',
  headStart: 'random',
  earlyStopPatience: null,
  seed: 7,
};

/** Cleaning that keeps every row: short texts of a small vocabulary are all near each other. */
export const EVERY_ROW: Input<'demand.clean'>['recipe'] = {
  ...defaultRecipe,
  exactDuplicates: { ...defaultRecipe.exactDuplicates, enabled: false },
  nearDuplicates: { ...defaultRecipe.nearDuplicates, enabled: false },
};

/** A scenario that says nothing but where its rows are. */
export function plainScenario(name: string, data: Scenario['data']): Scenario {
  return {
    name,
    templateId: 'customer-service',
    users: '',
    inputs: '',
    data,
    labelMap: null,
    volumePerDay: null,
    errorCosts: [],
    humanLook: null,
    limits: [],
    needIds: [],
    complianceTopics: [],
    complianceNotes: '',
  };
}

/** Gives the folder of models, with the tiny one in it. */
export async function writeTinyModels(folder: string): Promise<string> {
  const models = join(folder, 'models');
  await writeTinyModel(join(models, TINY));
  return models;
}

/** Imports labelled texts of the tiny model's words and splits them: a training can start. */
export async function prepareTinyProject(
  project: Pick<TestProject, 'done'>,
  folder: string,
  textOf = (text: string, row: number) => `${text} ${row}`,
  rows = ROWS,
): Promise<void> {
  const { texts, labels } = tinyTexts(rows, CLASSES, 1);
  const file = join(folder, 'tiny.csv');
  writeFileSync(
    file,
    csv(
      ['text', 'class'],
      texts.map((text, row) => [textOf(text, row), `class ${labels[row]}`]),
    ),
  );
  await project.done('demand.importSource', {
    sourceId: `file:${file}`,
    name: 'Tiny',
    kind: 'feedback',
    overrides: {},
    columns: [
      { id: 'c0', name: 'text', role: 'text' },
      { id: 'c1', name: 'class', role: 'label' },
    ],
  });
  await project.done('competitiveness.chooseLabels', {
    type: 'columns',
    columns: [{ datasetId: 'd1', columnId: 'c1' }],
  });
  await project.done('competitiveness.prepareData', {
    test: { type: 'share', share: 0.1 },
    devShare: 0.1,
    modelId: TINY,
    maxLength: 32,
    seed: 7,
  });
}
