import { describe, expect, it } from 'vitest';
import type { ColumnRole, Role } from '../import/column-role.ts';
import { applyRecipe } from './apply-recipe.ts';
import { countMissingCodes } from './missing-codes.ts';
import { CLEANING_STEPS, defaultRecipe, type Recipe, recipeSchema } from './recipe.ts';

const fivePoint = { min: 1, max: 5, direction: 'higher-better' } as const;
const column = (place: number, role: Role, scale?: ColumnRole['scale']): ColumnRole =>
  scale === undefined ? { id: `c${place}`, name: role, role } : { id: `c${place}`, name: role, role, scale };
const textAndLabel = [column(0, 'text'), column(1, 'label')];
const statusOf = (rows: string[][], roles: ColumnRole[], recipe: Recipe = defaultRecipe) => [
  ...applyRecipe(rows, roles, recipe).status,
];
const EXACT = CLEANING_STEPS.indexOf('exactDuplicates') + 1;
const NEAR = CLEANING_STEPS.indexOf('nearDuplicates') + 1;
const EMPTY = CLEANING_STEPS.indexOf('emptyRows') + 1;

describe('cleaning recipe', () => {
  it('has a default that its schema accepts, and reports its steps in their fixed order', () => {
    expect(recipeSchema.parse(defaultRecipe)).toEqual(defaultRecipe);
    expect(applyRecipe([], [], defaultRecipe).steps.map(({ id }) => id)).toEqual(CLEANING_STEPS);
  });

  it('never lets -2 and -3 of a survey tool, or a score beyond its scale, enter a mean', () => {
    const rows = [['5'], ['-2'], ['3'], ['-3'], ['(跳过)'], ['（跳过）'], ['99'], ['４'], ['']];
    const { numbers, steps } = applyRecipe(rows, [column(0, 'item', fivePoint)], defaultRecipe);
    expect([...numbers[0]!.values]).toEqual([
      5,
      Number.NaN,
      3,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      Number.NaN,
      4,
      Number.NaN,
    ]);
    expect(
      steps.filter(({ cellsChanged }) => cellsChanged > 0).map(({ id, cellsChanged }) => [id, cellsChanged]),
    ).toEqual([
      ['normalise', 1],
      ['missingCodes', 4],
      ['outOfRange', 1],
    ]);
  });

  it('takes -2 for an answer on a scale that has it', () => {
    const scale = { min: -3, max: 3, direction: 'higher-better' } as const;
    expect([...applyRecipe([['-2'], ['0']], [column(0, 'item', scale)], defaultRecipe).numbers[0]!.values]).toEqual([
      -2, 0,
    ]);
  });

  it('reads scores in words and with units', () => {
    const scale = { ...fivePoint, labels: ['很差', '差', '一般', '好', '很好'] };
    const rows = [['很好'], ['5分'], ['3 - 一般'], ['2星'], ['不知道']];
    expect([...applyRecipe(rows, [column(0, 'rating', scale)], defaultRecipe).numbers[0]!.values]).toEqual([
      5,
      5,
      3,
      2,
      Number.NaN,
    ]);
  });

  it('counts what each missing code would empty before it does', () => {
    const rows = [
      ['-2', 'ok'],
      ['3', '无'],
      [' N/A ', ''],
    ];
    const columns = [
      { id: 'c0', name: 'a' },
      { id: 'c1', name: 'b' },
    ];
    expect(countMissingCodes(rows, columns, ['-2', '无', 'n/a', ''])).toEqual([
      { code: '-2', cells: 1, columns: [{ id: 'c0', cells: 1 }] },
      { code: '无', cells: 1, columns: [{ id: 'c1', cells: 1 }] },
      { code: 'n/a', cells: 1, columns: [{ id: 'c0', cells: 1 }] },
      { code: '', cells: 1, columns: [{ id: 'c1', cells: 1 }] },
    ]);
  });

  it('removes empty, repeated and nearly repeated texts, and says of which row each is a duplicate', () => {
    const long =
      '手机银行登录以后总是提示网络错误，重新安装了三次还是一样，客服也没有人接电话，希望尽快解决这个问题，谢谢你们的支持与理解';
    const rows = [
      [long, 'a'],
      [` ${long} `, 'b'],
      [`${long}！`, 'a'],
      ['无', 'a'],
      ['', 'a'],
      ['别的', 'a'],
    ];
    const raw = structuredClone(rows);
    const { status, duplicateOf, texts, steps } = applyRecipe(rows, textAndLabel, defaultRecipe);
    expect([...status]).toEqual([0, EXACT, NEAR, EMPTY, EMPTY, 0]);
    expect([...duplicateOf]).toEqual([-1, 0, 0, -1, -1, -1]);
    expect(texts[1]).toBe(long);
    expect(steps[EXACT - 1]).toMatchObject({ rowsIn: 4, rowsOut: 3, labelConflicts: 1 });
    expect(rows).toEqual(raw);
  });

  it('takes the same words of two respondents for two mentions, unless told otherwise', () => {
    const roles = [column(0, 'respondentId'), column(1, 'text')];
    const rows = [
      ['u1', '很好'],
      ['u2', '很好'],
      ['u1', '很好'],
    ];
    expect(statusOf(rows, roles)).toEqual([0, 0, EXACT]);
    const across = { ...defaultRecipe, exactDuplicates: { enabled: true, acrossRespondents: true } };
    expect(statusOf(rows, roles, across)).toEqual([0, EXACT, EXACT]);
  });

  it('keeps identical answers of different or unnamed respondents in a survey', () => {
    const roles = [column(0, 'respondentId'), column(1, 'item', fivePoint), column(2, 'text')];
    const rows = [
      ['1', '5', '好'],
      ['2', '5', '好'],
      ['1', '5', '好'],
      ['1', '4', '好'],
      ['', '5', '好'],
      ['', '5', '好'],
    ];
    expect(statusOf(rows, roles)).toEqual([0, 0, EXACT, 0, 0, 0]);
    const { steps, status } = applyRecipe(rows, roles.slice(1), defaultRecipe);
    expect([...status]).toEqual([0, 0, 0, 0, 0, 0]);
    expect(steps[EXACT - 1]!.notApplicable).toBe('scores-without-respondent');
    expect(steps[NEAR - 1]!.notApplicable).toBe('scores-present');
  });

  it('takes rated texts for texts: repeated ones go when their score is the same too', () => {
    const roles = [column(0, 'rating', fivePoint), column(1, 'text')];
    const long = 'the transfer to my savings account has been pending since monday morning and nobody answers';
    const rows = [
      ['5', 'good'],
      ['1', 'good'],
      ['5', 'good'],
      ['2', long],
      ['2', `${long}!!`],
      ['4', `${long} now`],
    ];
    expect(statusOf(rows, roles)).toEqual([0, 0, EXACT, 0, NEAR, 0]);
  });

  it('keeps a survey row without a comment', () => {
    expect(
      statusOf(
        [
          ['', '5'],
          ['', ''],
        ],
        [column(0, 'text'), column(1, 'nps', { min: 0, max: 10, direction: 'higher-better' })],
      ),
    ).toEqual([0, EMPTY]);
  });

  it('removes straight-liners only when asked', () => {
    const roles = [0, 1, 2, 3, 4].map((place) => column(place, 'item', fivePoint));
    const rows = [
      ['3', '3', '3', '3', '3'],
      ['3', '3', '3', '3', '4'],
      ['3', '3', '3', '3', ''],
    ];
    expect(statusOf(rows, roles)).toEqual([0, 0, 0]);
    const strict = { ...defaultRecipe, straightLiners: { enabled: true, minItems: 5 } };
    expect(statusOf(rows, roles, strict)).toEqual([CLEANING_STEPS.indexOf('straightLiners') + 1, 0, 0]);
  });

  it('filters by language, and keeps figures and emoji', () => {
    const filter: Recipe = { ...defaultRecipe, languageFilter: { enabled: true, keep: ['zh', 'none'] } };
    const rows = [['APP很好用'], ['The app is good'], ['とても良いアプリです'], ['👍 666'], ['отлично']];
    const { status, languages } = applyRecipe(rows, [column(0, 'text')], filter);
    expect(languages).toEqual(['zh', 'en', 'other', 'none', 'other']);
    expect([...status].map((code) => code === 0)).toEqual([true, false, false, true, false]);
  });

  it('masks personal data in the cleaned text and shows none of it in the examples', () => {
    const masked: Recipe = { ...defaultRecipe, personalData: { ...defaultRecipe.personalData, enabled: true } };
    const rows = [['打我电话13812345678'], ['身份证110105194912310021']];
    const { texts, steps } = applyRecipe(rows, [column(0, 'text')], masked);
    expect(texts).toEqual(['打我电话[mobile]', '身份证110105194912310021']);
    expect(steps.at(-1)).toMatchObject({
      cellsChanged: 1,
      examples: [{ row: 0, columnId: 'c0', before: null, after: '打我电话[mobile]' }],
    });
  });

  it('does nothing when every step is off', () => {
    const off = Object.fromEntries(
      Object.entries(defaultRecipe).map(([key, step]) => [
        key,
        typeof step === 'object' ? { ...step, enabled: false } : step,
      ]),
    );
    const { status, texts, steps } = applyRecipe(
      [[' Ａ '], [''], [' Ａ ']],
      [column(0, 'text')],
      recipeSchema.parse(off),
    );
    expect([[...status], texts]).toEqual([
      [0, 0, 0],
      [' Ａ ', '', ' Ａ '],
    ]);
    expect(
      steps.every(({ rowsIn, rowsOut, cellsChanged }) => rowsIn === 3 && rowsOut === 3 && cellsChanged === 0),
    ).toBe(true);
  });

  it('gives dates as days, and segments without their missing codes', () => {
    const roles = [column(0, 'text'), column(1, 'date'), column(2, 'segment')];
    const rows = [
      ['a', '2024/3/5 10:00', 'N/A'],
      ['b', '2024年12月31日', '华东'],
      ['c', '03/04/2024', '华南'],
    ];
    expect(applyRecipe(rows, roles, defaultRecipe).categories).toEqual([
      { id: 'c1', values: ['2024-03-05', '2024-12-31', null] },
      { id: 'c2', values: [null, '华东', '华南'] },
    ]);
  });
});
