import { isMissingCode, missingCodeSet, PRESET_MISSING_CODES } from '../../demand/clean/missing-codes.ts';
import { foldWidth } from '../../demand/import/parse-cell.ts';

export interface ReadTimestamps {
  /** Minutes since 1970-01-01T00:00Z [rows]; NaN where missing or unreadable. */
  readonly minutes: Float64Array;
  /** Rows whose cell says something that is no time. */
  readonly unreadable: readonly number[];
  /** Of these, rows such as 03/04/2026 in a column in which nothing tells day from month. */
  readonly ambiguous: readonly number[];
  /** Rows with a day but no time of day: they count as midnight. */
  readonly withoutTime: readonly number[];
}

const CLOCK = String.raw`(?:[T\s]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:[.,]\d+)?秒?|分)?\s*([ap]m)?\s*(z|[+-]\d{2}:?\d{2})?)?`;
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?${CLOCK}$`, 'i');
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})${CLOCK}$`, 'i');
const MS_PER_MINUTE = 60_000;
const MINUTES_PER_HOUR = 60;

type DayOrder = 'day-first' | 'month-first' | null;

/** Times of a column. A cell that names its zone has it; the others are local times of the given offset (minutes east of UTC). Where the year
 *  comes last, the column as a whole says which of the other two is the day: one above 12 decides; where none is, no cell is guessed. */
export function readTimestamps(cells: readonly string[], offsetMinutes: number): ReadTimestamps {
  const codes = missingCodeSet(PRESET_MISSING_CODES);
  const minutes = new Float64Array(cells.length).fill(Number.NaN);
  const unreadable: number[] = [];
  const ambiguous: number[] = [];
  const withoutTime: number[] = [];
  const folded = cells.map((cell) => foldWidth(cell).trim());
  const order = dayOrder(folded);
  folded.forEach((cell, row) => {
    if (isMissingCode(cell, codes)) return;
    const yearFirst = YEAR_FIRST.exec(cell);
    const yearLast = yearFirst === null ? YEAR_LAST.exec(cell) : null;
    const match = yearFirst ?? yearLast;
    const place = yearFirst !== null ? [1, 2, 3] : order === 'month-first' ? [3, 1, 2] : [3, 2, 1];
    const known = match !== null && (yearFirst !== null || order !== null);
    const time = known ? minutesOf(match, place, offsetMinutes) : null;
    if (time === null) {
      unreadable.push(row);
      if (yearLast !== null && order === null) ambiguous.push(row);
      return;
    }
    minutes[row] = time;
    if (match?.[4] === undefined) withoutTime.push(row);
  });
  return { minutes, unreadable, ambiguous, withoutTime };
}

function dayOrder(cells: readonly string[]): DayOrder {
  let order: DayOrder = null;
  for (const cell of cells) {
    const match = YEAR_LAST.exec(cell);
    if (match === null) continue;
    const found: DayOrder = Number(match[1]) > 12 ? 'day-first' : Number(match[2]) > 12 ? 'month-first' : null;
    if (found === null) continue;
    if (order !== null && order !== found) return null;
    order = found;
  }
  return order;
}

/** Null for a day or time that does not exist. */
function minutesOf(match: RegExpExecArray, place: readonly number[], offsetMinutes: number): number | null {
  const [year, month, day] = place.map((at) => Number(match[at])) as [number, number, number];
  const half = match[7]?.toLowerCase();
  const written = Number(match[4] ?? 0);
  if (half !== undefined && (written < 1 || written > 12)) return null;
  const hour = half === undefined ? written : (written % 12) + (half === 'pm' ? 12 : 0);
  const minute = Number(match[5] ?? 0);
  const second = Number(match[6] ?? 0);
  if (hour > 23 || minute > 59 || second > 59) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const local = date.getTime() / MS_PER_MINUTE + hour * MINUTES_PER_HOUR + minute + second / 60;
  return local - zoneOf(match[8], offsetMinutes);
}

function zoneOf(zone: string | undefined, offsetMinutes: number): number {
  if (zone === undefined) return offsetMinutes;
  if (zone.toLowerCase() === 'z') return 0;
  const digits = zone.replace(':', '');
  const size = Number(digits.slice(1, 3)) * MINUTES_PER_HOUR + Number(digits.slice(3, 5));
  return digits.startsWith('-') ? -size : size;
}
