import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import {
  type Corrections,
  correctionsSchema,
  type TriagedTicket,
  triageResultSchema,
} from '../../../../shared/stages/service/results.ts';
import { asFloat32, asInt32, stringAt } from '../../artifacts/parts.ts';
import type { ProjectStore } from '../../project-store.ts';
import { inputArtifact } from '../competitiveness/project-model.ts';
import { cleanedTexts } from './cleaned-texts.ts';

const truthSchema = z.array(z.nullable(z.string()));

export interface TriagedRows {
  readonly labels: readonly string[];
  readonly confidenceBelow: number;
  readonly rows: readonly TriagedTicket[];
  /** Corrections whose text no triaged row has. */
  readonly notApplied: number;
}

/** What people set right, by the hash of the cleaned text. */
export function corrections(store: ProjectStore, datasetId: string): Corrections['corrections'] {
  const artifact = store.current(`service.corrections:${datasetId}`);
  return artifact === undefined ? [] : correctionsSchema.parse(artifact.params).corrections;
}

/** The triage of a dataset with what people set right laid over it; null before there is one. */
export function triagedRows(store: ProjectStore, datasetId: string): TriagedRows | null {
  const artifact = store.current(`service.triage:${datasetId}`);
  if (artifact === undefined) return null;
  const result = triageResultSchema.parse(artifact.result);
  const label = asInt32(store.part(artifact, 'label'));
  const confidence = asFloat32(store.part(artifact, 'confidence'));
  const truth = truthSchema.parse(JSON.parse(new TextDecoder().decode(store.part(artifact, 'truth'))));
  // The texts that were labelled, though they may have been cleaned anew since.
  const cleaned = cleanedTexts(store, inputArtifact(store, artifact, `demand.clean:${datasetId}`));
  const right = new Map(corrections(store, datasetId).map((entry) => [entry.identity, entry.label]));
  const applied = new Set<string>();
  const rows = Array.from(cleaned.rows, (row, at): TriagedTicket => {
    const identity = cleaned.identities[at]!;
    const corrected = right.get(identity);
    if (corrected !== undefined) applied.add(identity);
    const predicted = result.labels[label[at]!]!;
    return {
      row,
      text: cleaned.texts[at]!,
      label: predicted,
      confidence: confidence[at]!,
      effective: corrected ?? predicted,
      corrected: corrected !== undefined,
      truth: truth[at] ?? null,
    };
  });
  return {
    labels: result.labels,
    confidenceBelow: result.confidenceBelow,
    rows,
    notApplied: [...right.keys()].filter((identity) => !applied.has(identity)).length,
  };
}

/** Rows that a person should look at: unsure, and not set right yet. */
export function isQueued({ confidence, corrected }: TriagedTicket, confidenceBelow: number): boolean {
  return confidence < confidenceBelow && !corrected;
}

export function disagrees({ truth, label }: TriagedTicket): boolean {
  return truth !== null && truth !== label;
}

/** Hash of the cleaned text of a row. @throws AppError 'artifact.input-missing', 'artifact.not-found' for a row without text */
export function identityOfRow(store: ProjectStore, datasetId: string, row: number): string {
  const clean = store.current(`demand.clean:${datasetId}`);
  if (clean === undefined) throw new AppError('artifact.input-missing', { slot: `demand.clean:${datasetId}` });
  const rows = store.part(clean, 'status').length;
  const identity =
    row < rows ? stringAt(store.part(clean, 'identityBytes'), store.part(clean, 'identityOffsets'), row) : '';
  if (identity === '') throw new AppError('artifact.not-found', { id: `${datasetId}/${row}` });
  return identity;
}
