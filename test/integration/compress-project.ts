import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ColumnRole } from '../../shared/stages/demand/import/column-role.ts';
import { type RunConfig, suggestConfig } from '../../shared/train/run-config.ts';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';
import { tinyTexts, WORDS, writeTinyModel } from './tiny-model.ts';

const CLASSES = 4;
export const MODEL = 'tiny';
const COLUMNS: ColumnRole[] = [
  { id: 'c0', name: 'text', role: 'text' },
  { id: 'c1', name: 'label', role: 'label' },
];
const CONFIG: RunConfig = {
  ...suggestConfig({ rowsPerClass: [100, 100, 100, 100], maxLength: 32, seed: 5 }).config,
  learningRate: 3e-3,
  epochs: 3,
  batchSize: 8,
};

/** Words of the tokeniser that no text has. */
export const UNUSED_WORDS = Array.from({ length: 40 }, (_, at) => `unused${at}`);

export interface CompressProject {
  readonly project: TestProject;
  readonly modelsFolder: string;
  /** Of the base model. */
  readonly modelFolder: string;
  readonly close: () => Promise<void>;
}

/** A project with one trained run, R1, of the tiny model on texts whose class is their first word. */
export async function openCompressProject(): Promise<CompressProject> {
  const folder = mkdtempSync(join(tmpdir(), 'workbench-compress-'));
  const modelsFolder = join(folder, 'models');
  await writeTinyModel(join(modelsFolder, MODEL), UNUSED_WORDS);
  const project = await openTestProject(join(folder, 'compress.csw'), CREATE, { modelsFolder });
  const { texts, labels } = tinyTexts(600, CLASSES, 3);
  const rows = texts.map((text, at) => [text, WORDS[labels[at]!]!]);
  writeFileSync(join(folder, 'texts.csv'), csv(['text', 'label'], rows));
  await project.done('demand.importSource', {
    sourceId: `file:${join(folder, 'texts.csv')}`,
    name: 'Texts',
    kind: 'feedback',
    overrides: {},
    columns: COLUMNS,
  });
  await project.done('competitiveness.chooseLabels', {
    type: 'columns',
    columns: [{ datasetId: 'd1', columnId: 'c1' }],
  });
  await splitAgain(project, 7);
  await project.done('competitiveness.train', { name: 'Tiny', modelId: MODEL, config: CONFIG });
  const close = async () => {
    await project.engine.dispose();
    rmSync(folder, { recursive: true, force: true });
  };
  return { project, modelsFolder, modelFolder: join(modelsFolder, MODEL), close };
}

export async function splitAgain(project: TestProject, seed: number): Promise<void> {
  await project.done('competitiveness.prepareData', {
    test: { type: 'share', share: 0.3 },
    devShare: 0.1,
    modelId: MODEL,
    maxLength: 32,
    seed,
  });
}
