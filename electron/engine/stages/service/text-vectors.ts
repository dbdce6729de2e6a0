import type { SlotReader, StepContext } from '../../artifacts/kind.ts';
import { asFloat32, asInt32 } from '../../artifacts/parts.ts';
import type { ProjectModel } from '../competitiveness/project-model.ts';
import { EMBEDDING_MAX_LENGTH, type EmbeddingsResult } from '../demand/embeddings.ts';

/** Embeddings that stand and were made by this base model. */
export function embeddingsBy(slots: SlotReader, encoderId: string): string[] {
  return slots
    .slotsOf('demand.embeddings')
    .filter((slot) => (slots.current(slot)?.result as EmbeddingsResult | undefined)?.modelId === encoderId);
}

/** Vectors [rows × dimensions] of rows by the frozen base model: those that stand, and the others embedded now. */
export async function textVectors(
  { store, worker, deps, signal }: Pick<StepContext<unknown>, 'store' | 'worker' | 'deps' | 'signal'>,
  model: ProjectModel,
  rows: readonly { readonly dataset: number; readonly row: number; readonly text: string }[],
): Promise<{ readonly vectors: Float32Array; readonly dimensions: number }> {
  const known = new Map<string, Float32Array>();
  for (const slot of embeddingsBy(store, model.modelId)) {
    const artifact = store.current(slot);
    if (artifact === undefined) continue;
    const dataset = slot.slice('demand.embeddings:d'.length);
    const { dimensions } = artifact.result as EmbeddingsResult;
    const vectors = asFloat32(store.part(artifact, 'vectors'));
    asInt32(store.part(artifact, 'rows')).forEach((row, at) => {
      known.set(`${dataset}/${row}`, vectors.subarray(at * dimensions, (at + 1) * dimensions));
    });
  }
  const keyOf = ({ dataset, row }: { dataset: number; row: number }) => `${dataset}/${row}`;
  const missing = rows.filter((row) => !known.has(keyOf(row)));
  if (missing.length > 0) {
    const { folder, hash } = model;
    const texts = missing.map(({ text }) => text);
    const request = { folder, hash, tuned: null, texts, maxLength: EMBEDDING_MAX_LENGTH, threads: deps.threads() };
    const { vectors, dimensions } = await worker.run({ type: 'embed', ...request }, { signal });
    missing.forEach((row, at) => {
      known.set(keyOf(row), vectors.subarray(at * dimensions, (at + 1) * dimensions));
    });
  }
  const dimensions = [...known.values()][0]?.length ?? 0;
  const all = new Float32Array(rows.length * dimensions);
  rows.forEach((row, at) => {
    const vector = known.get(keyOf(row));
    if (vector !== undefined) all.set(vector, at * dimensions);
  });
  return { vectors: all, dimensions };
}
