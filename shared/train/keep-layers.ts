import { AppError } from '../errors/app-error.ts';

/** Layers of a student that stand evenly in the teacher, first and last included: 12 → 6 is 0, 2, 4, 7, 9, 11.
 *  @source Sanh et al. 2019 (DistilBERT takes its student from the teacher's layers) @throws AppError 'stats.shape' */
export function evenLayers(layers: number, staying: number): readonly number[] {
  requireFewer(layers, staying);
  if (staying === 1) return [0];
  return Array.from({ length: staying }, (_, at) => Math.round((at * (layers - 1)) / (staying - 1)));
}

/** Layers that stay when one after another goes whose loss is missed least: in every round `lossOf` is asked for each set with one layer fewer.
 *  @throws AppError 'stats.shape' */
export async function leastMissedLayers(
  layers: number,
  staying: number,
  lossOf: (kept: readonly number[]) => Promise<number>,
): Promise<readonly number[]> {
  requireFewer(layers, staying);
  let kept: readonly number[] = Array.from({ length: layers }, (_, layer) => layer);
  while (kept.length > staying) {
    let best: { readonly kept: readonly number[]; readonly loss: number } | null = null;
    for (const layer of kept) {
      const without = kept.filter((other) => other !== layer);
      const loss = await lossOf(without);
      if (best === null || loss < best.loss) best = { kept: without, loss };
    }
    kept = best?.kept ?? kept;
  }
  return kept;
}

function requireFewer(layers: number, staying: number): void {
  if (Number.isInteger(staying) && staying >= 1 && staying <= layers) return;
  throw new AppError('stats.shape', { what: 'layers', problem: `${staying} of ${layers} cannot stay` });
}
