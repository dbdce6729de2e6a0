import { expect, test } from 'vitest';
import { columnGuessSchema, guessColumns } from './guess-columns.ts';

const column = (name: string, index: number) => ({ id: `c${index}`, name });

test('finds unit, arm, control and metrics with direction, scale and role by what the columns hold and are called', () => {
  const columns = [
    'customer_id',
    'date',
    'version',
    'understood',
    'satisfaction',
    'asked_again',
    'minutes',
    'note',
  ].map(column);
  const n = 40;
  const cells = [
    Array.from({ length: n }, (_, i) => `C${i}`),
    Array.from({ length: n }, (_, i) => `2026-08-${String(1 + (i % 28)).padStart(2, '0')}`),
    Array.from({ length: n }, (_, i) => (i % 2 === 0 ? 'new' : 'as today')),
    Array.from({ length: n }, (_, i) => String(i % 3 === 0 ? 1 : 0)),
    Array.from({ length: n }, (_, i) => (i === 4 ? '' : String(1 + (i % 5)))),
    Array.from({ length: n }, (_, i) => (i % 4 === 0 ? 'yes' : 'no')),
    Array.from({ length: n }, (_, i) => (3 + i / 7).toFixed(1)),
    Array.from({ length: n }, (_, i) => `text number ${i}`),
  ];
  const guess = guessColumns(columns, cells);
  expect(guess).toMatchObject({ rows: n, unitColumn: 'c0', armColumn: 'c2', controlArm: 'as today' });
  expect(guess.columns.map(({ look }) => look)).toEqual([
    'other',
    'day',
    'category',
    'binary',
    'scale',
    'binary',
    'number',
    'other',
  ]);
  expect(guess.metrics).toEqual([
    {
      columnId: 'c3',
      name: 'understood',
      type: 'proportion',
      direction: 'up',
      role: 'primary',
      scale: null,
      needId: null,
    },
    {
      columnId: 'c4',
      name: 'satisfaction',
      type: 'mean',
      direction: 'up',
      role: 'secondary',
      scale: { low: 1, high: 5 },
      needId: null,
    },
    {
      columnId: 'c5',
      name: 'asked_again',
      type: 'proportion',
      direction: 'down',
      role: 'guardrail',
      scale: null,
      needId: null,
    },
    { columnId: 'c6', name: 'minutes', type: 'mean', direction: 'down', role: 'secondary', scale: null, needId: null },
  ]);
  expect(columnGuessSchema.parse(guess)).toEqual(guess);
});

test('finds ten usability items and their groups', () => {
  const columns = ['person', 'screen', ...Array.from({ length: 10 }, (_, i) => `item ${i + 1}`)].map(column);
  const cells = [
    ['P1', 'P2', 'P3'],
    ['before', 'after', 'after'],
    ...Array.from({ length: 10 }, (_, i) => ['1', String(1 + (i % 5)), '4']),
  ];
  const guess = guessColumns(columns, cells);
  expect(guess.itemColumns).toEqual(Array.from({ length: 10 }, (_, i) => `c${i + 2}`));
  expect([guess.groupColumn, guess.referenceGroup]).toEqual(['c1', 'before']);
});

test('guesses nothing where nothing is there', () => {
  expect(guessColumns([], [])).toMatchObject({
    rows: 0,
    unitColumn: null,
    armColumn: null,
    controlArm: null,
    metrics: [],
  });
});
