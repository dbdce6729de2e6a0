import { isMissingCode, missingCodeSet, PRESET_MISSING_CODES } from '../../demand/clean/missing-codes.ts';
import type { ColumnRole } from '../../demand/import/column-role.ts';
import { measureValue } from './read-units.ts';
import type { PilotColumns, PilotPlanSettings } from './results.ts';

interface ColumnValues {
  readonly id: string;
  readonly name: string;
  readonly distinct: number;
  readonly values: { readonly value: string; readonly rows: number }[];
}

const MOST_VALUES = 12;
const MISSING = missingCodeSet(PRESET_MISSING_CODES);
const ARM_NAME = /arm|group|variant|组|分组|版本/i;
const PERIOD_NAME = /period|phase|阶段|时期|前后/i;
const CONTROL = /control|old|today|current|baseline|without|before|对照|原|现状|旧|前|^[a0]$/i;
/** Share of a column's cells that must be usable for it to be an outcome. */
const USABLE = 0.5;

/** Columns of a file with their most frequent values, and what each seems to be: by the names of the plan's measures, by common names, and
 *  by having just two values. Nothing is suggested where arm (or period) and outcome cannot be told. */
export function suggestPilotColumns(
  columns: readonly ColumnRole[],
  rows: readonly (readonly string[])[],
  plan: PilotPlanSettings | null,
): { readonly columns: ColumnValues[]; readonly suggested: PilotColumns | null } {
  const described = columns.map(({ id, name }, place) => describe(id, name, rows, place));
  return { columns: described, suggested: plan === null ? null : suggest(columns, described, rows, plan) };
}

function describe(id: string, name: string, rows: readonly (readonly string[])[], place: number): ColumnValues {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = (row[place] ?? '').trim();
    if (!isMissingCode(value, MISSING)) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  const values = [...counts]
    .map(([value, count]) => ({ value, rows: count }))
    .sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1));
  return { id, name, distinct: counts.size, values: values.slice(0, MOST_VALUES) };
}

function suggest(
  columns: readonly ColumnRole[],
  described: readonly ColumnValues[],
  rows: readonly (readonly string[])[],
  plan: PilotPlanSettings,
): PilotColumns | null {
  const pairOf = (name: RegExp) => {
    const found = described.find((column) => column.distinct === 2 && name.test(column.name));
    if (found === undefined) return null;
    const [first, second] = found.values.map(({ value }) => value).sort() as [string, string];
    return CONTROL.test(second) && !CONTROL.test(first)
      ? { columnId: found.id, first: second, second: first }
      : { columnId: found.id, first, second };
  };
  const arm = plan.design === 'before-after' ? null : pairOf(ARM_NAME);
  const period = plan.design === 'arms' ? null : pairOf(PERIOD_NAME);
  if ((plan.design !== 'before-after' && arm === null) || (plan.design !== 'arms' && period === null)) return null;
  const taken = new Set([arm?.columnId, period?.columnId]);
  const place = (id: string) => columns.findIndex((column) => column.id === id);
  const fits = (id: string, type: 'proportion' | 'mean') => {
    const usable = rows.filter((row) => measureValue(row[place(id)] ?? '', type) !== null).length;
    return rows.length > 0 && usable >= USABLE * rows.length;
  };
  const measure = (name: string, type: 'proportion' | 'mean', anyOther: boolean) => {
    const free = described.filter(({ id }) => !taken.has(id));
    const found =
      free.find((column) => sameName(column.name, name) && fits(column.id, type)) ??
      (anyOther && type === 'proportion'
        ? free.find(({ id, distinct }) => distinct === 2 && fits(id, type))
        : undefined);
    if (found !== undefined) taken.add(found.id);
    return found?.id ?? null;
  };
  const guardrails = plan.guardrails.flatMap(({ id, name, type }) => {
    const columnId = measure(name, type, false);
    return columnId === null ? [] : [{ guardrailId: id, columnId }];
  });
  const outcome = measure(plan.metric.name, plan.metric.type, true);
  if (outcome === null) return null;
  const byRole = (role: ColumnRole['role']) =>
    columns.find((column) => column.role === role && !taken.has(column.id))?.id ?? null;
  return {
    unit: byRole('respondentId'),
    arm: arm === null ? null : { columnId: arm.columnId, control: arm.first, treatment: arm.second },
    period: period === null ? null : { columnId: period.columnId, before: period.first, after: period.second },
    outcome,
    guardrails,
    segment: byRole('segment'),
  };
}

/** Whether two names say the same, whatever their case, spaces and marks. */
function sameName(a: string, b: string): boolean {
  const form = (name: string) => name.toLowerCase().replaceAll(/[\s_\-–—.()（）:：]/g, '');
  return form(a) === form(b);
}
