import { z } from 'zod';
import { isMissingCode, missingCodeSet, PRESET_MISSING_CODES } from '../../demand/clean/missing-codes.ts';
import { parseDay, parseScore } from '../../demand/import/parse-cell.ts';
import { columnMetricSchema } from './results.ts';

const MOST_VALUES = 12;

export const columnLookSchema = z.strictObject({
  columnId: z.string(),
  name: z.string(),
  /** Two values 0/1 or yes/no; whole numbers of an answer scale; other numbers; a few words; days; anything else. */
  look: z.enum(['binary', 'scale', 'number', 'category', 'day', 'other']),
  /** Values as written, in natural order, where there are few. */
  values: z.array(z.string()),
  low: z.nullable(z.number()),
  high: z.nullable(z.number()),
});
export type ColumnLook = z.output<typeof columnLookSchema>;

export const columnGuessSchema = z.strictObject({
  rows: z.int().min(0),
  columns: z.array(columnLookSchema),
  /** Null where nothing looks like it; to be read and changed by the analyst. */
  unitColumn: z.nullable(z.string()),
  armColumn: z.nullable(z.string()),
  controlArm: z.nullable(z.string()),
  metrics: z.array(columnMetricSchema),
  /** The first ten columns answered 1–5. */
  itemColumns: z.array(z.string()),
  groupColumn: z.nullable(z.string()),
  referenceGroup: z.nullable(z.string()),
});
export type ColumnGuess = z.output<typeof columnGuessSchema>;

const MISSING = missingCodeSet(PRESET_MISSING_CODES);
const BINARY = new Set(['0', '1', 'true', 'false', 'yes', 'no', 'y', 'n', '是', '否']);
const ARM_NAME = /\barm\b|group|variant|version|treatment|screen|版本|分组|组别|实验组|界面|方案/i;
const UNIT_NAME = /customer|user|client|person|respondent|account|(^|_)id$|编号|客户|用户|参与者/i;
const CONTROL = /control|today|baseline|before|old|现状|对照|改版前|旧|^A(\b|$)/i;
/** Less of it is better. */
const LESS =
  /again|repeat|complain|return|minute|second|time|duration|cost|error|wait|churn|再次|重复|投诉|用时|耗时|分钟|秒|等待|成本|错误|流失/i;

/** What the columns of a file look like, and a first guess at who is the unit, which column tells arms apart, what is measured, and which ten
 *  columns are usability items. `cells[column][row]` as imported. */
export function guessColumns(
  columns: readonly { readonly id: string; readonly name: string }[],
  cells: readonly (readonly string[])[],
): ColumnGuess {
  const rows = cells[0]?.length ?? 0;
  const looks = columns.map(({ id, name }, index) => ({ ...lookOf(cells[index] ?? []), columnId: id, name }));
  const categories = looks.filter(({ look, values }) => look === 'category' && values.length >= 2);
  const arm = categories.find(({ name }) => ARM_NAME.test(name)) ?? categories[0];
  const unit = columns.find(({ name }, index) => {
    const column = cells[index] ?? [];
    return UNIT_NAME.test(name) && new Set(column).size > 0.5 * rows && looks[index]?.columnId !== arm?.columnId;
  });
  const isMeasured = ({ look, columnId }: ColumnLook) =>
    (look === 'binary' || look === 'scale' || look === 'number') && columnId !== unit?.id;
  const controlOf = (values: readonly string[]) => values.find((value) => CONTROL.test(value)) ?? values[0] ?? null;
  return {
    rows,
    columns: looks,
    unitColumn: unit?.id ?? null,
    armColumn: arm?.columnId ?? null,
    controlArm: arm === undefined ? null : controlOf(arm.values),
    metrics: looks.filter(isMeasured).map((column, index) => metricOf(column, index === 0)),
    itemColumns: looks
      .filter(({ look, high }) => look === 'scale' && high === 5)
      .slice(0, 10)
      .map(({ columnId }) => columnId),
    groupColumn: arm?.columnId ?? null,
    referenceGroup: arm === undefined ? null : controlOf(arm.values),
  };
}

function lookOf(column: readonly string[]): Omit<ColumnLook, 'columnId' | 'name'> {
  const given = column.map((cell) => cell.trim()).filter((cell) => !isMissingCode(cell, MISSING));
  const distinct = [...new Set(given)];
  const few =
    distinct.length <= MOST_VALUES ? distinct.sort((a, b) => a.localeCompare(b, 'en', { numeric: true })) : [];
  const none = { values: few, low: null, high: null };
  if (given.length === 0) return { ...none, look: 'other' };
  if (distinct.length <= 2 && distinct.every((value) => BINARY.has(value.toLowerCase())))
    return { ...none, look: 'binary' };
  const numbers = given.map((cell) => parseScore(cell, undefined));
  if (numbers.every((number) => number !== null) && distinct.every((value) => /^[+-]?[\d.]+$/.test(value))) {
    const [low, high] = numbers.reduce(([a, b], number) => [Math.min(a, number!), Math.max(b, number!)], [
      Infinity,
      -Infinity,
    ] as [number, number]);
    const scale = numbers.every((number) => Number.isInteger(number)) ? scaleOf(low, high) : null;
    return scale === null ? { values: few, low, high, look: 'number' } : { values: few, ...scale, look: 'scale' };
  }
  if (given.every((cell) => parseDay(cell) !== null)) return { ...none, look: 'day' };
  return { ...none, look: few.length > 0 ? 'category' : 'other' };
}

/** The usual answer scale that holds these ends; null where none does. */
function scaleOf(low: number, high: number) {
  if (low >= 1 && high <= 5) return { low: 1, high: 5 };
  if (low >= 1 && high <= 7) return { low: 1, high: 7 };
  return low >= 0 && high <= 10 ? { low: 0, high: 10 } : null;
}

function metricOf({ columnId, name, look, low, high }: ColumnLook, isFirst: boolean): ColumnGuess['metrics'][number] {
  const direction = LESS.test(name) ? 'down' : 'up';
  const isGuardrail = !isFirst && look === 'binary' && direction === 'down';
  return {
    columnId,
    name: name === '' ? columnId : name,
    type: look === 'binary' ? 'proportion' : 'mean',
    direction,
    role: isFirst ? 'primary' : isGuardrail ? 'guardrail' : 'secondary',
    scale: look === 'scale' && low !== null && high !== null ? { low, high } : null,
    needId: null,
  };
}
