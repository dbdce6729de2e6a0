import { AppError } from '../../../../shared/errors/app-error.ts';
import { preparedDataSchema } from '../../../../shared/stages/competitiveness/contract.ts';
import { type LabelsResult, labelsResultSchema } from '../../../../shared/stages/competitiveness/results.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { labelledTexts } from './labels.ts';
import { splitRowsOf } from './split.ts';

/** Fewest classes between which there is something to tell apart. */
const FEWEST_CLASSES = 2;

export interface LabelledPart {
  readonly texts: string[];
  readonly labels: Int32Array;
}

export interface TrainingRows {
  readonly classes: LabelsResult['classes'];
  readonly testLock: string;
  readonly train: LabelledPart;
  readonly dev: LabelledPart;
  readonly test: LabelledPart;
}

/** What a run learns from, chooses by and is measured on. @throws AppError 'stats.too-few' */
export function trainingRows(store: ProjectStore, labels: ArtifactRecord, split: ArtifactRecord): TrainingRows {
  const { classes }: LabelsResult = labelsResultSchema.parse(labels.result);
  if (classes.length < FEWEST_CLASSES) {
    throw new AppError('stats.too-few', { what: 'classes', n: classes.length, needed: FEWEST_CLASSES });
  }
  const { testLock } = preparedDataSchema.parse(split.result).split;
  const { rows, train, dev, test } = splitRowsOf(store, labels, split);
  const texts = labelledTexts(store, rows);
  const pick = (indices: Int32Array): LabelledPart => ({
    texts: Array.from(indices, (index) => texts[index] ?? ''),
    labels: indices.map((index) => rows.label[index]!),
  });
  return { classes, testLock, train: pick(train), dev: pick(dev), test: pick(test) };
}
