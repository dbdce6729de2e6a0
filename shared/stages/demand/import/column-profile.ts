import { isMissingCode } from '../clean/missing-codes.ts';
import type { Column } from './import-options.ts';
import { parseDay, parseScore } from './parse-cell.ts';

/** What the sampled cells of a column look like; codes for "no answer" are left out. */
export interface ColumnProfile {
  readonly column: Column;
  readonly values: readonly string[];
  readonly distinct: ReadonlySet<string>;
  /** Values that are numbers. */
  readonly numbers: readonly number[];
  readonly allNumeric: boolean;
  readonly allIntegers: boolean;
  readonly min: number;
  readonly max: number;
  readonly dates: number;
  readonly averageLength: number;
}

/** Numbers that survey tools write for "no answer". They are no part of a scale that begins at 0 or 1. */
const NEGATIVE_CODES = new Set([-1, -2, -3, -9, -99]);
/** Numeric columns may hold this share of other values. */
const STRAY_SHARE = 0.05;

export function profileColumn(
  column: Column,
  place: number,
  rows: readonly (readonly string[])[],
  codes: ReadonlySet<string>,
): ColumnProfile {
  const values: string[] = [];
  for (const row of rows) {
    const cell = (row[place] ?? '').trim();
    if (!isMissingCode(cell, codes)) values.push(cell);
  }
  const parsed = values.map((value) => parseScore(value, undefined));
  const all = parsed.filter((value) => value !== null);
  const answered = all.filter((value) => !NEGATIVE_CODES.has(value));
  const numbers = answered.length > 0 && answered.every((value) => value >= 0) ? answered : all;
  return {
    column,
    values,
    distinct: new Set(values),
    numbers,
    allNumeric: values.length > 0 && all.length >= values.length * (1 - STRAY_SHARE),
    allIntegers: numbers.every(Number.isInteger),
    min: numbers.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY),
    max: numbers.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY),
    dates: values.filter((value) => parseDay(value) !== null).length,
    averageLength: values.reduce((sum, value) => sum + value.length, 0) / Math.max(1, values.length),
  };
}
