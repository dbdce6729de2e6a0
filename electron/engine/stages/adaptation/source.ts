import { type AdaptedModel, adaptedModelSchema } from '../../../../shared/stages/adaptation/results.ts';
import { type RunRecord, runRecordSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { comparisonForm } from '../../../../shared/stages/demand/clean/normalise-text.ts';
import type { ProjectStore } from '../../project-store.ts';
import { required } from '../competitiveness/predictions.ts';
import { inputArtifact, modelSlot } from '../competitiveness/project-model.ts';
import { lineage } from './lineage.ts';

/** Forms of the texts that a model has learnt from or was chosen by: no fair test may hold them. */
export function seenForms(store: ProjectStore, id: string): ReadonlySet<string> {
  const seen = new Set<string>();
  for (const { train, dev } of lineage(store, id, required(store, modelSlot(id)))) {
    for (const { texts } of [train, dev]) for (const text of texts) seen.add(comparisonForm(text));
  }
  return seen;
}

/** What is known of the training of a model that recipes start from. */
export function trainedRecord(store: ProjectStore, id: string): RunRecord | AdaptedModel {
  const artifact = required(store, modelSlot(id));
  if (id.startsWith('A')) return adaptedModelSchema.parse(artifact.result);
  const run = runRecordSchema.parse(artifact.result);
  if (run.compression === null) return run;
  return runRecordSchema.parse(inputArtifact(store, artifact, modelSlot(run.compression.parentId)).result);
}
