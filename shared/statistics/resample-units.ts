import type { Rng } from '../rng.ts';

/** What each sampling unit (a respondent, or a row) adds to statistics that are sums over rows: unit u adds `value[i]` to
 *  `slot[i]` for i in [start[u], start[u + 1]). Any resample is then a count per unit, and rows are never rebuilt. */
export interface UnitSums {
  readonly units: number;
  readonly slots: number;
  readonly start: Int32Array;
  readonly slot: Int32Array;
  readonly value: Float64Array;
}

/** Sums what `addRow` adds for each row by the unit of that row (0 … units − 1; rows with unit −1 are left out). */
export function sumByUnit(
  unitOfRow: ArrayLike<number>,
  units: number,
  slots: number,
  addRow: (row: number, add: (slot: number, value: number) => void) => void,
): UnitSums {
  const rowsOf: number[][] = Array.from({ length: units }, () => []);
  for (let row = 0; row < unitOfRow.length; row++) if (unitOfRow[row]! >= 0) rowsOf[unitOfRow[row]!]!.push(row);
  const start = new Int32Array(units + 1);
  const slot: number[] = [];
  const value: number[] = [];
  const sums = new Float64Array(slots);
  const touched: number[] = [];
  const isTouched = new Uint8Array(slots);
  const add = (at: number, amount: number) => {
    if (isTouched[at] === 0) {
      isTouched[at] = 1;
      touched.push(at);
    }
    sums[at]! += amount;
  };
  rowsOf.forEach((rows, unit) => {
    for (const row of rows) addRow(row, add);
    touched.sort((a, b) => a - b);
    for (const at of touched) {
      if (sums[at] !== 0) {
        slot.push(at);
        value.push(sums[at]!);
      }
      sums[at] = 0;
      isTouched[at] = 0;
    }
    touched.length = 0;
    start[unit + 1] = slot.length;
  });
  return { units, slots, start, slot: Int32Array.from(slot), value: Float64Array.from(value) };
}

/** The sums over all units, each once. */
export function totalOf(from: UnitSums): Float64Array {
  const total = new Float64Array(from.slots);
  for (let i = 0; i < from.slot.length; i++) total[from.slot[i]!]! += from.value[i]!;
  return total;
}

/** Overwrites `out` with the sums over as many units as there are, drawn with replacement. `counts` is scratch, one per unit. */
export function resample(from: UnitSums, rng: Rng, counts: Uint16Array, out: Float64Array): void {
  const { units, start, slot, value } = from;
  counts.fill(0);
  for (let i = 0; i < units; i++) counts[rng.int(units)]!++;
  out.fill(0);
  for (let unit = 0; unit < units; unit++) {
    const times = counts[unit]!;
    if (times === 0) continue;
    const end = start[unit + 1]!;
    let i = start[unit]!;
    while (i < end) {
      const first = slot[i]!;
      const last = slot[end - 1]!;
      if (last - first === end - 1 - i) {
        // The slots that are left are consecutive, as in a row of complete items: no look-up of each.
        for (let to = first; to <= last; to++) out[to]! += times * value[i++]!;
      } else {
        out[first]! += times * value[i++]!;
      }
    }
  }
}

/** Units from ids: rows with the same id are one unit, a row without id is one of its own. */
export function unitsOfIds(
  ids: readonly (string | null)[] | null,
  rows: number,
): { readonly unitOfRow: Int32Array; readonly units: number } {
  if (ids === null) return { unitOfRow: Int32Array.from({ length: rows }, (_, row) => row), units: rows };
  const known = new Map<string, number>();
  let units = 0;
  const unitOfRow = Int32Array.from({ length: rows }, (_, row) => {
    const id = ids[row] ?? null;
    if (id === null) return units++;
    const unit = known.get(id);
    if (unit !== undefined) return unit;
    known.set(id, units);
    return units++;
  });
  return { unitOfRow, units };
}
