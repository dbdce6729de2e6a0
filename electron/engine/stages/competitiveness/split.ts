import { packStrings } from '../../../../shared/data/string-table.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { preparedDataSchema } from '../../../../shared/stages/competitiveness/contract.ts';
import { labelsResultSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { PART } from '../../../../shared/stages/competitiveness/split.ts';
import { splitChoiceSchema, type TestChoice } from '../../../../shared/stages/competitiveness/split-choice.ts';
import { modelFolderOf } from '../../../models/model-folders.ts';
import { defineKind, type SlotReader } from '../../artifacts/kind.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { datasetName, datasetNumber } from '../demand/columns.ts';
import { type LabelRows, labelledTextInputs, labelledTexts, labelRows } from './labels.ts';

/** Train, dev and locked test rows, with the check of the data. */
export const splitKind = defineKind({
  name: 'competitiveness.split',
  stage: 'competitiveness',
  lane: 'infer',
  revision: 1,
  params: splitChoiceSchema,
  result: preparedDataSchema,
  pausable: false,
  training: false,
  inputs: (_params, slots) => labelledTextInputs(slots),
  defaultParams: () => null,
  async run({ params, seed, input, store, worker, compute, deps, signal, progress }) {
    const labels = input('competitiveness.labels');
    const rows = labelRows(store, labels);
    const texts = labelledTexts(store, rows);
    const { lengths } = await worker.run(
      { type: 'countTokens', folder: modelFolderOf(deps, params.modelId), texts },
      { signal },
    );
    const { part, result } = await compute.run(
      'competitiveness.split',
      {
        classes: labelsResultSchema.parse(labels.result).classes.map(({ label }) => label),
        labels: rows.label,
        texts: packStrings(texts),
        test: testRowsOf(store, params.test, rows.dataset),
        devShare: params.devShare,
        seed,
        tokenLengths: lengths,
        maxLength: params.maxLength,
      },
      { signal, onProgress: progress },
    );
    return { type: 'done', result, parts: { part } };
  },
});

/** How labelled rows are set aside for the test; `dataset` is the number of each row's dataset.
 *  @throws AppError 'competitiveness.test-dataset-unlabelled' where the test dataset has none of the rows */
export function testRowsOf(slots: SlotReader, test: TestChoice, dataset: Int32Array) {
  if (test.type === 'share') return test;
  const number = datasetNumber(test.datasetId);
  const isTest = Uint8Array.from(dataset, (of) => Number(of === number));
  if (!isTest.includes(1)) {
    throw new AppError('competitiveness.test-dataset-unlabelled', { dataset: datasetName(slots, test.datasetId) });
  }
  return { type: 'dataset', isTest } as const;
}

export interface SplitRows {
  readonly rows: LabelRows;
  /** `PART` code of each labelled row. */
  readonly part: Uint8Array;
  /** Indices into the labelled rows, by part. */
  readonly train: Int32Array;
  readonly dev: Int32Array;
  readonly test: Int32Array;
}

export function splitRowsOf(store: ProjectStore, labels: ArtifactRecord, split: ArtifactRecord): SplitRows {
  const part = store.part(split, 'part');
  const rows = labelRows(store, labels);
  const all = Int32Array.from(rows.label.keys());
  return {
    rows,
    part,
    train: all.filter((index) => part[index] === PART.train),
    dev: all.filter((index) => part[index] === PART.dev),
    test: all.filter((index) => part[index] === PART.test),
  };
}
