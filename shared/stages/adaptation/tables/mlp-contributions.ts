import type { Rng } from '../../../rng.ts';
import { type ShapleyValues, shapleyValues } from '../../../statistics/shapley.ts';
import type { MlpParameters } from '../../../train/mlp.ts';

/** Shapley values of the columns of one row in the log-odds of a network, against the mean of a background: a coalition keeps the row's columns
 *  and takes the others from each background row in turn. `columnOf` is the column of each feature; `row` [features] and `background`
 *  [n × features] are standardised.   @source interventional SHAP, Lundberg and Lee 2017 */
export function mlpContributions(
  parameters: MlpParameters,
  columnOf: ArrayLike<number>,
  columns: number,
  row: Float32Array,
  background: Float32Array,
  coalitions: number,
  rng: Rng,
): ShapleyValues {
  const { bias1, weight2, bias2 } = parameters;
  const hidden = bias1.length;
  const features = row.length;
  const rows = background.length / features;
  // What each column adds to the hidden layer does not depend on the coalition.
  const own = hiddenParts(parameters, columnOf, columns, row);
  const others = Array.from({ length: rows }, (_, i) =>
    hiddenParts(parameters, columnOf, columns, background.subarray(i * features, (i + 1) * features)),
  );
  const activation = new Float64Array(hidden);
  const worth = (mask: Uint8Array) => {
    let total = 0;
    for (const other of others) {
      activation.set(bias1);
      for (let column = 0; column < columns; column++) {
        const part = mask[column] === 1 ? own : other;
        const from = column * hidden;
        for (let k = 0; k < hidden; k++) activation[k]! += part[from + k]!;
      }
      for (let k = 0; k < hidden; k++) total += Math.max(0, activation[k]!) * weight2[k]!;
    }
    return total / rows + bias2[0]!;
  };
  return shapleyValues(columns, worth, coalitions, rng);
}

/** [columns × hidden] */
function hiddenParts(
  { weight1, bias1 }: MlpParameters,
  columnOf: ArrayLike<number>,
  columns: number,
  row: Float32Array,
): Float64Array {
  const hidden = bias1.length;
  const parts = new Float64Array(columns * hidden);
  row.forEach((value, feature) => {
    if (value === 0) return;
    const at = columnOf[feature]! * hidden;
    for (let k = 0; k < hidden; k++) parts[at + k]! += value * weight1[feature * hidden + k]!;
  });
  return parts;
}
