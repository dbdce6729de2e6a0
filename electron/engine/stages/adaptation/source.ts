import { adaptedModelSchema } from '../../../../shared/stages/adaptation/results.ts';
import { type RunRecord, runRecordSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { comparisonForm } from '../../../../shared/stages/demand/clean/normalise-text.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { labelledTexts } from '../competitiveness/labels.ts';
import { required } from '../competitiveness/predictions.ts';
import { inputArtifact, modelSlot } from '../competitiveness/project-model.ts';
import { splitRowsOf } from '../competitiveness/split.ts';
import { dataSlot, scenarioRows } from './data.ts';

/** The run behind a run or a compressed model: itself, or the one that it was made of. */
export function trainedRun(
  store: ProjectStore,
  id: string,
): { readonly artifact: ArtifactRecord; readonly run: RunRecord } {
  const artifact = required(store, modelSlot(id));
  const run = runRecordSchema.parse(artifact.result);
  if (run.compression === null) return { artifact, run };
  const parent = inputArtifact(store, artifact, modelSlot(run.compression.parentId));
  return { artifact: parent, run: runRecordSchema.parse(parent.result) };
}

/** Labelled rows that a run was trained on or chosen by, with its test rows. */
export function rowsOfRun(store: ProjectStore, artifact: ArtifactRecord) {
  const split = inputArtifact(store, artifact, 'competitiveness.split');
  const split_ = splitRowsOf(store, inputArtifact(store, split, 'competitiveness.labels'), split);
  return { ...split_, texts: labelledTexts(store, split_.rows) };
}

/** Forms of the texts that a model has learnt from or was chosen by: no fair test may hold them. */
export function seenForms(store: ProjectStore, id: string): ReadonlySet<string> {
  const seen = new Set<string>();
  const addRun = (artifact: ArtifactRecord) => {
    const { texts, train, dev } = rowsOfRun(store, artifact);
    for (const part of [train, dev]) for (const index of part) seen.add(comparisonForm(texts[index] ?? ''));
  };
  if (!id.startsWith('A')) {
    addRun(trainedRun(store, id).artifact);
    return seen;
  }
  const artifact = required(store, modelSlot(id));
  const { scenarioId, sourceId } = adaptedModelSchema.parse(artifact.result);
  const { texts, train, dev } = scenarioRows(store, inputArtifact(store, artifact, dataSlot(scenarioId)));
  for (const part of [train, dev]) for (const index of part) seen.add(comparisonForm(texts[index] ?? ''));
  const source = inputArtifact(store, artifact, modelSlot(sourceId));
  const record = runRecordSchema.parse(source.result);
  addRun(record.compression === null ? source : inputArtifact(store, source, modelSlot(record.compression.parentId)));
  return seen;
}

/** Training rows of a source in the classes of a scenario: `outputOf` is the source's answer for each class. Rows of other classes are left out. */
export function earlierRows(store: ProjectStore, id: string, outputOf: Int32Array) {
  const { rows, texts, train } = rowsOfRun(store, trainedRun(store, id).artifact);
  const classOf = new Map([...outputOf].flatMap((output, k) => (output < 0 ? [] : [[output, k] as const])));
  const known = train.filter((at) => classOf.has(rows.label[at]!));
  return {
    texts: Array.from(known, (at) => texts[at] ?? ''),
    labels: known.map((at) => classOf.get(rows.label[at]!)!),
  };
}
