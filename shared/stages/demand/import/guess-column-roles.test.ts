import { describe, expect, it } from 'vitest';
import { columnRoleSchema } from './column-role.ts';
import { guessColumnRoles } from './guess-column-roles.ts';

/** Roles guessed for a table given as header and rows. */
function rolesOf(header: readonly string[], rows: readonly (readonly string[])[]) {
  return guessColumnRoles(
    header.map((name, i) => ({ id: `c${i}`, name })),
    rows,
  );
}
const repeat = (count: number, row: (i: number) => string[]) => Array.from({ length: count }, (_, i) => row(i));

describe('guessed column roles', () => {
  it('recognises the columns of a Chinese questionnaire export', () => {
    const words = ['非常满意', '满意', '一般'];
    const rows = repeat(40, (i) => [
      String(i + 1),
      `2024/3/${(i % 28) + 1} 10:00`,
      i % 2 ? '男' : '女',
      String((i % 5) + 1),
      String(((i * 3) % 5) + 1),
      i % 7 ? String(((i * 2) % 5) + 1) : '-2',
      words[i % 3]!,
      String(i % 11),
      i % 3 ? '价格┋速度' : '服务┋价格',
      `第${i}个客户觉得办理的速度很慢`,
    ]);
    const header = [
      '序号',
      '提交答卷时间',
      '您的性别',
      '服务态度',
      '办理速度',
      '网点环境',
      '总体满意度',
      '您有多大可能推荐我们',
      '看重什么',
      '其他意见',
    ];
    const guesses = rolesOf(header, rows);
    expect(guesses.map(({ role }) => role)).toEqual([
      'respondentId',
      'date',
      'segment',
      'item',
      'item',
      'item',
      'outcome',
      'nps',
      'multi-choice',
      'text',
    ]);
    expect(guesses[5]!.scale).toEqual({ min: 1, max: 5, direction: 'higher-better' });
    expect(guesses[6]!.scale?.labels).toEqual(['非常不满意', '不满意', '一般', '满意', '非常满意']);
    expect(guesses[8]!.delimiter).toBe('┋');
    for (const { reason: _, ...role } of guesses) expect(columnRoleSchema.parse(role)).toEqual(role);
  });

  it('recognises reviews with stars, and tickets with scores', () => {
    const reviews = repeat(30, (i) => [
      `u${i}`,
      `review number ${i} of the app`,
      String((i % 5) + 1),
      i % 2 ? 'iOS' : 'Android',
    ]);
    expect(rolesOf(['user_id', 'review', 'stars', 'platform'], reviews).map(({ role }) => role)).toEqual([
      'respondentId',
      'text',
      'rating',
      'choice',
    ]);
    const tickets = repeat(30, (i) => [
      `the answer came late ${i}`,
      String((i % 5) + 1),
      String((i % 7) + 1),
      '0.8',
      '',
    ]);
    expect(rolesOf(['comment', 'csat', 'effort score', 'weight', 'notes'], tickets).map(({ role }) => role)).toEqual([
      'text',
      'csat',
      'ces',
      'weight',
      'ignore',
    ]);
  });

  it('takes counts and amounts for no scale', () => {
    const rows = repeat(30, (i) => [String((i % 4) + 1), String(i * 31), String((i % 2) + 1), i % 3 ? 'good' : 'bad']);
    expect(
      rolesOf(['existing_credits', 'credit_amount', 'dependents', 'credit_risk'], rows).map(({ role }) => role),
    ).toEqual(['ignore', 'ignore', 'ignore', 'label']);
  });

  it('refuses a score without a scale', () => {
    expect(columnRoleSchema.safeParse({ id: 'c0', name: 'a', role: 'rating' }).success).toBe(false);
  });
});
