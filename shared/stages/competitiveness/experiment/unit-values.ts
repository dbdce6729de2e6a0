import { isMissingCode, missingCodeSet, PRESET_MISSING_CODES } from '../../demand/clean/missing-codes.ts';
import { foldWidth, parseScore } from '../../demand/import/parse-cell.ts';

/** Raw cells of an experiment, one entry per row. */
export interface ExperimentCells {
  readonly arm: readonly string[];
  /** Null: every row is a unit of its own. */
  readonly unit: readonly string[] | null;
  readonly metrics: readonly { readonly type: 'proportion' | 'mean'; readonly cells: readonly string[] }[];
}

/** Why a row is in no arm. */
export const ROW_WITHOUT_ARM = -1;
export const ROW_WITHOUT_UNIT = -2;
export const ROW_OF_TWO_ARMS = -3;

/** Why a unit has no value. */
export const UNIT_MISSING = 0;
export const UNIT_USABLE = 1;
export const UNIT_UNUSABLE = 2;

export interface ExperimentUnits {
  /** Names of the arms, in natural order. */
  readonly arms: readonly string[];
  /** Arm of each row, or one of the reasons above. */
  readonly rowArm: Int32Array;
  /** Unit of each row; −1 where it is in none. */
  readonly rowUnit: Int32Array;
  /** Arm of each unit. */
  readonly unitArm: Int32Array;
  readonly unitRows: Int32Array;
  /** Per metric: value of each unit (NaN where none) and whether it has one. */
  readonly metrics: readonly { readonly value: Float64Array; readonly state: Uint8Array }[];
  readonly unitsInTwoArms: number;
}

const MISSING = missingCodeSet(PRESET_MISSING_CODES);
/** Arms and units may be called "none" or "-2": fewer words mean that nothing stands there. */
const UNNAMED = missingCodeSet(['', 'NA', 'N/A', '#N/A', 'NaN', 'null', '-', '--', '—']);
const YES = new Set(['1', 'true', 'yes', 'y', '是', '对']);
const NO = new Set(['0', 'false', 'no', 'n', '否', '错']);

function cellValue(cell: string, type: 'proportion' | 'mean'): number | 'missing' | 'unusable' {
  if (isMissingCode(cell, MISSING)) return 'missing';
  if (type === 'mean') return parseScore(cell, undefined) ?? 'unusable';
  const word = foldWidth(cell).trim().toLowerCase();
  if (YES.has(word)) return 1;
  if (NO.has(word)) return 0;
  const number = parseScore(cell, undefined);
  return number === 1 || number === 0 ? number : 'unusable';
}

/** Rows put together into units. A unit seen in two arms is in none, as nobody can say what it was shown. Where a unit has several
 *  rows, a mean is the mean of their values and a success counts if any row has it. */
export function unitValues(cells: ExperimentCells): ExperimentUnits {
  const names = cells.arm.map((cell) => cell.trim());
  const arms = [...new Set(names.filter((name) => !isMissingCode(name, UNNAMED)))].sort((a, b) =>
    a.localeCompare(b, 'en', { numeric: true }),
  );
  const armOf = new Map(arms.map((name, index) => [name, index]));
  const rowArm = Int32Array.from(names, (name) => armOf.get(name) ?? ROW_WITHOUT_ARM);
  const rowUnit = new Int32Array(names.length).fill(-1);

  const keyed = new Map<string, { arm: number; rows: number[] }>();
  let unitsInTwoArms = 0;
  rowArm.forEach((arm, row) => {
    if (arm < 0) return;
    const id = cells.unit === null ? String(row) : (cells.unit[row] ?? '').trim();
    if (cells.unit !== null && isMissingCode(id, UNNAMED)) {
      rowArm[row] = ROW_WITHOUT_UNIT;
      return;
    }
    const known = keyed.get(id);
    if (known === undefined) keyed.set(id, { arm, rows: [row] });
    else {
      known.rows.push(row);
      if (known.arm !== arm && known.arm !== ROW_OF_TWO_ARMS) {
        known.arm = ROW_OF_TWO_ARMS;
        unitsInTwoArms++;
      }
    }
  });
  const units = [...keyed.values()].filter(({ arm, rows }) => {
    if (arm === ROW_OF_TWO_ARMS) for (const row of rows) rowArm[row] = ROW_OF_TWO_ARMS;
    return arm >= 0;
  });
  units.forEach(({ rows }, unit) => {
    for (const row of rows) rowUnit[row] = unit;
  });
  return {
    arms,
    rowArm,
    rowUnit,
    unitArm: Int32Array.from(units, ({ arm }) => arm),
    unitRows: Int32Array.from(units, ({ rows }) => rows.length),
    metrics: cells.metrics.map(({ type, cells: column }) => valuesOfUnits(units, type, column)),
    unitsInTwoArms,
  };
}

function valuesOfUnits(
  units: readonly { readonly rows: readonly number[] }[],
  type: 'proportion' | 'mean',
  column: readonly string[],
): ExperimentUnits['metrics'][number] {
  const value = new Float64Array(units.length).fill(Number.NaN);
  const state = new Uint8Array(units.length);
  units.forEach(({ rows }, unit) => {
    const found = rows.map((row) => cellValue(column[row] ?? '', type));
    const numbers = found.filter((cell) => typeof cell === 'number');
    if (numbers.length === 0) {
      state[unit] = found.includes('unusable') ? UNIT_UNUSABLE : UNIT_MISSING;
      return;
    }
    state[unit] = UNIT_USABLE;
    value[unit] =
      type === 'proportion' ? Math.max(...numbers) : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  });
  return { value, state };
}
