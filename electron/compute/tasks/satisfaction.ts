import type { DenseRows } from '../../../shared/linear-algebra/sparse.ts';
import type { SatisfactionResult } from '../../../shared/stages/demand/results.ts';
import { trainSatisfactionHead } from '../../../shared/stages/demand/satisfaction-head.ts';
import type { ComputeTask } from '../task.ts';

/** Where the satisfaction of a row comes from. */
const ORIGIN = { none: 0, rating: 1, model: 2 } as const;

export interface SatisfactionSource {
  readonly datasetId: string;
  readonly name: string;
  readonly columnId: string | null;
  /** Row numbers [n]. */
  readonly rows: Int32Array;
  /** Ratings on 0–1, NaN where missing [n]; null without a rated column. */
  readonly rated: Float64Array | null;
  /** Embeddings of the rows that have text; null where no head is to be trained. */
  readonly vectors: { readonly modelId: string; readonly rows: Int32Array; readonly values: Float32Array } | null;
}

interface TextRow {
  readonly source: number;
  /** Place among the rows of its source. */
  readonly place: number;
  readonly vector: Float32Array;
  readonly rating: number;
}

export const satisfactionTask: ComputeTask<
  { readonly sources: readonly SatisfactionSource[]; readonly seed: number },
  { readonly result: SatisfactionResult; readonly value: Float32Array; readonly origin: Uint8Array }
> = {
  run({ sources, seed }) {
    const texts = sources.flatMap(textRows);
    const rated = texts.filter((row) => !Number.isNaN(row.rating));
    const unrated = texts.filter((row) => Number.isNaN(row.rating));
    const head =
      unrated.length === 0
        ? null
        : trainSatisfactionHead(
            stack(rated),
            rated.map((row) => row.rating),
            seed,
          );
    const predictions = head?.quality.usable === true ? head.predict(stack(unrated)) : null;
    const predicted = sources.map(() => new Map<number, number>());
    unrated.forEach((row, at) => {
      const value = predictions?.[at];
      if (value !== undefined) predicted[row.source]!.set(row.place, value);
    });

    const total = sources.reduce((sum, source) => sum + source.rows.length, 0);
    const value = new Float32Array(total).fill(Number.NaN);
    const origin = new Uint8Array(total);
    let at = 0;
    const summaries = sources.map((source, index) => {
      let sum = 0;
      const counts = { rated: 0, predicted: 0, notAvailable: 0 };
      source.rows.forEach((_row, place) => {
        const rating = source.rated?.[place] ?? Number.NaN;
        const model = predicted[index]!.get(place);
        if (!Number.isNaN(rating)) {
          value[at] = rating;
          origin[at] = ORIGIN.rating;
          counts.rated += 1;
        } else if (model !== undefined) {
          value[at] = model;
          origin[at] = ORIGIN.model;
          counts.predicted += 1;
        } else counts.notAvailable += 1;
        if (!Number.isNaN(value[at]!)) sum += value[at]!;
        at += 1;
      });
      const n = counts.rated + counts.predicted;
      const { datasetId, name, columnId } = source;
      return { datasetId, name, columnId, ...counts, mean: n === 0 ? null : sum / n };
    });
    const models = new Set(sources.flatMap((source) => source.vectors?.modelId ?? []));
    return {
      value,
      origin,
      result: {
        sources: summaries,
        head: head?.quality ?? null,
        headModelId: head === null ? null : ([...models][0] ?? null),
      },
    };
  },
};

function textRows(source: SatisfactionSource, index: number): TextRow[] {
  const { vectors, rated } = source;
  if (vectors === null) return [];
  const placeOf = new Map(Array.from(source.rows, (row, place) => [row, place]));
  const dimensions = vectors.values.length / Math.max(1, vectors.rows.length);
  return Array.from(vectors.rows).flatMap((row, at) => {
    const place = placeOf.get(row);
    if (place === undefined) return [];
    const vector = vectors.values.subarray(at * dimensions, (at + 1) * dimensions);
    return [{ source: index, place, vector, rating: rated?.[place] ?? Number.NaN }];
  });
}

function stack(rows: readonly TextRow[]): DenseRows {
  const columns = rows[0]?.vector.length ?? 0;
  const value = new Float32Array(rows.length * columns);
  rows.forEach((row, at) => {
    value.set(row.vector, at * columns);
  });
  return { type: 'dense', rows: rows.length, columns, value };
}
