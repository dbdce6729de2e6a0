import type { StepContext } from '../../../artifacts/kind.ts';
import { labelledTexts } from '../labels.ts';
import { splitRowsOf } from '../split.ts';

export interface TextRows {
  readonly texts: string[];
  readonly labels: Int32Array;
}

/** The labelled rows by part. Test rows only measure; what is cut is decided on the others. */
export interface CompressionRows {
  readonly train: TextRows;
  readonly dev: TextRows;
  readonly test: TextRows;
}

export function compressionRows({ store, input }: Pick<StepContext<unknown>, 'store' | 'input'>): CompressionRows {
  const { rows, train, dev, test } = splitRowsOf(
    store,
    input('competitiveness.labels'),
    input('competitiveness.split'),
  );
  const texts = labelledTexts(store, rows);
  const pick = (indices: Int32Array): TextRows => ({
    texts: Array.from(indices, (index) => texts[index] ?? ''),
    labels: indices.map((index) => rows.label[index]!),
  });
  return { train: pick(train), dev: pick(dev), test: pick(test) };
}

/** At most `most` rows, evenly spread. */
export function spreadRows({ texts, labels }: TextRows, most: number): TextRows {
  const count = Math.min(most, texts.length);
  const at = Array.from({ length: count }, (_, place) => Math.floor((place * texts.length) / count));
  return { texts: at.map((row) => texts[row]!), labels: Int32Array.from(at, (row) => labels[row]!) };
}

/** The rows of several parts, one after another. */
export function joinRows(...parts: readonly TextRows[]): TextRows {
  return {
    texts: parts.flatMap(({ texts }) => texts),
    labels: Int32Array.from(parts.flatMap(({ labels }) => [...labels])),
  };
}
