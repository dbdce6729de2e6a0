import { isMissingCode, missingCodeSet, PRESET_MISSING_CODES } from '../../demand/clean/missing-codes.ts';
import { columnIndex } from '../../demand/import/column-role.ts';
import { foldWidth } from '../../demand/import/parse-cell.ts';
import type { PilotColumns } from './results.ts';

/** A unit's row as the pilot counts it. */
export interface PilotUnit {
  /** Row in the file. */
  readonly row: number;
  readonly arm: 'control' | 'treatment';
  readonly period: 'before' | 'after' | null;
  /** What tells units apart; the row where no column does. */
  readonly unit: string;
  /** Null: not usable. */
  readonly outcome: number | null;
  /** In the order of the guardrails asked for. */
  readonly guardrails: readonly (number | null)[];
  readonly segment: string | null;
}

export const LEFT_OUT = ['outside-design', 'repeated', 'in-both-arms'] as const;
export type LeftOut = (typeof LEFT_OUT)[number];

export interface PilotUnits {
  readonly units: readonly PilotUnit[];
  /** Rows that do not count, and why. */
  readonly leftOut: readonly { readonly row: number; readonly reason: LeftOut }[];
  readonly rows: {
    readonly total: number;
    readonly outsideDesign: number;
    readonly repeated: number;
    readonly inBothArms: number;
    readonly used: number;
  };
}

export interface MeasureTypes {
  readonly outcome: 'proportion' | 'mean';
  readonly guardrails: readonly ('proportion' | 'mean')[];
}

const MISSING = missingCodeSet(PRESET_MISSING_CODES);
const YES: ReadonlySet<string> = new Set(['1', 'yes', 'y', 'true', 't', '是']);
const NO: ReadonlySet<string> = new Set(['0', 'no', 'n', 'false', 'f', '否']);

/** A cell as a number; yes and no of a proportion as 1 and 0. Null where it is missing or is neither. */
export function measureValue(cell: string, type: 'proportion' | 'mean'): number | null {
  const text = foldWidth(cell).trim().toLowerCase();
  if (type === 'proportion') {
    const number = Number(text);
    if (YES.has(text) || (text !== '' && number === 1)) return 1;
    return NO.has(text) || (text !== '' && number === 0) ? 0 : null;
  }
  if (isMissingCode(cell, MISSING)) return null;
  const number = Number(text.replace(/,(?=\d{3}(\D|$))/g, ''));
  return Number.isFinite(number) ? number : null;
}

/** The rows of a pilot's file that its design counts: of each unit the first row in an arm and period, and no unit that stands in both
 *  arms. `rows` are raw cells by column. */
export function readPilotUnits(
  rows: readonly (readonly string[])[],
  columns: PilotColumns,
  types: MeasureTypes,
): PilotUnits {
  const cell = (row: readonly string[], columnId: string) => (row[columnIndex(columnId)] ?? '').trim();
  const found: PilotUnit[] = [];
  const seen = new Set<string>();
  const armOf = new Map<string, string>();
  const leftOut: { row: number; reason: LeftOut }[] = [];
  rows.forEach((row, index) => {
    const arm = columns.arm === null ? 'treatment' : namedValue(cell(row, columns.arm.columnId), columns.arm);
    const period = columns.period === null ? null : namedValue(cell(row, columns.period.columnId), columns.period);
    if (arm === undefined || period === undefined) {
      leftOut.push({ row: index, reason: 'outside-design' });
      return;
    }
    const id = columns.unit === null ? '' : cell(row, columns.unit);
    const unit = id === '' ? `row ${index}` : `unit ${id}`;
    const before = armOf.get(unit);
    armOf.set(unit, before === undefined || before === arm ? arm : 'both');
    const key = JSON.stringify([unit, arm, period]);
    if (seen.has(key)) {
      leftOut.push({ row: index, reason: 'repeated' });
      return;
    }
    seen.add(key);
    found.push({
      row: index,
      arm: arm as PilotUnit['arm'],
      period: period as PilotUnit['period'],
      unit,
      outcome: measureValue(cell(row, columns.outcome), types.outcome),
      guardrails: columns.guardrails.map(({ columnId }, at) =>
        measureValue(cell(row, columnId), types.guardrails[at] ?? 'mean'),
      ),
      segment: columns.segment === null ? null : cell(row, columns.segment) || null,
    });
  });
  const units = found.filter(({ unit }) => armOf.get(unit) !== 'both');
  for (const { row, unit } of found) if (armOf.get(unit) === 'both') leftOut.push({ row, reason: 'in-both-arms' });
  const count = (wanted: LeftOut) => leftOut.filter(({ reason }) => reason === wanted).length;
  return {
    units,
    leftOut,
    rows: {
      total: rows.length,
      outsideDesign: count('outside-design'),
      repeated: count('repeated'),
      inBothArms: count('in-both-arms'),
      used: units.length,
    },
  };
}

/** Which of the named values a cell is; undefined where it is neither. */
function namedValue(value: string, names: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(names).find(([name, expected]) => name !== 'columnId' && expected.trim() === value)?.[0];
}
