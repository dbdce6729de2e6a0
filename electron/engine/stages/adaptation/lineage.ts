import { modelLabels } from '../../../../shared/stages/adaptation/label-map.ts';
import { adaptedModelSchema } from '../../../../shared/stages/adaptation/results.ts';
import { labelsResultSchema, runRecordSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { asInt32 } from '../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { labelledTexts } from '../competitiveness/labels.ts';
import { inputArtifact, modelSlot } from '../competitiveness/project-model.ts';
import { splitRowsOf } from '../competitiveness/split.ts';
import { dataSlot, scenarioRows } from './data.ts';
import { labelMapOf, scenarioSlot } from './scenario.ts';

interface Labelled {
  readonly texts: readonly string[];
  /** Class of each, an index of the training's labels. */
  readonly labels: Int32Array;
}

/** One of the trainings that a model came of, with the rows as they were then. */
export interface Training {
  /** The model that it gave: R… or C… for a run, A… for an adaptation. */
  readonly id: string;
  readonly name: string;
  readonly artifact: ArtifactRecord;
  /** Classes in the order of the model's outputs. */
  readonly labels: readonly string[];
  /** What the model before calls each class, null where it has no such class; null for the first training. */
  readonly named: readonly (string | null)[] | null;
  readonly train: Labelled;
  readonly dev: Labelled;
  readonly test: Labelled;
  /** What the model answered on its own test rows. */
  readonly predicted: Int32Array;
}

/** The trainings behind a model, the first one first. @throws AppError 'artifact.input-missing' */
export function lineage(store: ProjectStore, id: string, artifact: ArtifactRecord): readonly Training[] {
  const predicted = asInt32(store.part(artifact, 'predictions'));
  if (!id.startsWith('A')) return [{ id, artifact, named: null, predicted, ...rowsOfRun(store, artifact) }];
  const { name, labels, scenarioId, sourceId, compression } = adaptedModelSchema.parse(artifact.result);
  if (compression !== null) {
    const { parentId } = compression;
    const trainings = lineage(store, parentId, inputArtifact(store, artifact, modelSlot(parentId)));
    return [...trainings.slice(0, -1), { ...trainings.at(-1)!, id, name, artifact, predicted }];
  }
  const before = lineage(store, sourceId, inputArtifact(store, artifact, modelSlot(sourceId)));
  const source = before.at(-1)!;
  const isOwn = scenarioOf(source) === scenarioId;
  const labelMap = isOwn ? null : labelMapOf(inputArtifact(store, artifact, scenarioSlot(scenarioId)));
  const data = scenarioRows(store, inputArtifact(store, artifact, dataSlot(scenarioId)));
  const pick = (rows: Int32Array): Labelled => ({
    texts: Array.from(rows, (at) => data.texts[at]!),
    labels: rows.map((at) => data.label[at]!),
  });
  const { train, dev, test } = data;
  const own = { id, name, artifact, labels, predicted, train: pick(train), dev: pick(dev), test: pick(test) };
  return [...before, { ...own, named: modelLabels(labels, labelMap, source.labels) }];
}

/** The scenario of an adaptation; null for a run. */
function scenarioOf({ id, artifact }: Training): string | null {
  return id.startsWith('A') ? adaptedModelSchema.parse(artifact.result).scenarioId : null;
}

/** Of a run, or of the run that a compressed model was made of. */
function rowsOfRun(store: ProjectStore, artifact: ArtifactRecord) {
  const { name, compression } = runRecordSchema.parse(artifact.result);
  const trained = compression === null ? artifact : inputArtifact(store, artifact, modelSlot(compression.parentId));
  const split = inputArtifact(store, trained, 'competitiveness.split');
  const labels = inputArtifact(store, split, 'competitiveness.labels');
  const { rows, train, dev, test } = splitRowsOf(store, labels, split);
  const texts = labelledTexts(store, rows);
  const pick = (places: Int32Array): Labelled => ({
    texts: Array.from(places, (at) => texts[at] ?? ''),
    labels: places.map((at) => rows.label[at]!),
  });
  const names = labelsResultSchema.parse(labels.result).classes.map(({ label }) => label);
  return { name, labels: names, train: pick(train), dev: pick(dev), test: pick(test) };
}

/** For each training the class of the newest model that each of its own classes became, −1 for none. `outputOf` is the last training's output for each
 *  class of the newest model. */
export function classesNow(trainings: readonly Training[], outputOf: Int32Array): readonly Int32Array[] {
  const maps: Int32Array[] = [];
  let next = new Int32Array();
  for (let i = trainings.length - 1; i >= 0; i--) {
    const { labels } = trainings[i]!;
    const now = new Int32Array(labels.length).fill(-1);
    if (i === trainings.length - 1) {
      outputOf.forEach((output, k) => {
        if (output >= 0) now[output] = k;
      });
    } else {
      trainings[i + 1]!.named?.forEach((name, k) => {
        const at = name === null ? -1 : labels.indexOf(name);
        if (at >= 0 && now[at] === -1) now[at] = next[k]!;
      });
    }
    maps.unshift(now);
    next = now;
  }
  return maps;
}

/** The training rows behind a model in the classes of the one that is to be made of it; rows of other classes are left out. */
export function earlierRows(
  trainings: readonly Training[],
  outputOf: Int32Array,
): { texts: string[]; labels: Int32Array } {
  const now = classesNow(trainings, outputOf);
  const texts: string[] = [];
  const labels: number[] = [];
  for (const [i, { train }] of trainings.entries()) {
    train.labels.forEach((label, row) => {
      const known = now[i]![label]!;
      if (known < 0) return;
      texts.push(train.texts[row]!);
      labels.push(known);
    });
  }
  return { texts, labels: Int32Array.from(labels) };
}
