import { packStrings } from '../../../../shared/data/string-table.ts';
import { preparedDataSchema, splitChoiceSchema } from '../../../../shared/stages/competitiveness/contract.ts';
import { labelsResultSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { PART } from '../../../../shared/stages/competitiveness/split.ts';
import { modelFolderOf } from '../../../models/model-folders.ts';
import { defineKind } from '../../artifacts/kind.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { datasetNumber } from '../demand/columns.ts';
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
    const testDataset = params.test.type === 'dataset' ? datasetNumber(params.test.datasetId) : null;
    const { part, result } = await compute.run(
      'competitiveness.split',
      {
        classes: labelsResultSchema.parse(labels.result).classes.map(({ label }) => label),
        labels: rows.label,
        texts: packStrings(texts),
        test:
          params.test.type === 'share'
            ? params.test
            : {
                type: 'dataset',
                isTest: Uint8Array.from(rows.dataset, (dataset) => (dataset === testDataset ? 1 : 0)),
              },
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
