import { describe, expect, it } from 'vitest';
import type { TextTask } from '../../../train/text-task.ts';
import { type CellOptions, parseCells as parseAnyCells } from './parse-cells.ts';
import { strataOf } from './strata.ts';

const parseCells = (task: TextTask, cells: readonly (string | null)[], options: Omit<CellOptions, 'placeOf'> = {}) =>
  parseAnyCells(task, cells, { ...options, placeOf: (cell) => ({ dataset: 'Calls', row: 10 * cell }) });

describe('cells with several labels', () => {
  it('are parted by the separator and its full-width form, each label once and in the order of names', () => {
    const { labels, values } = parseCells('multi-label', ['b; a', 'a；c;a', '', null]);
    expect(labels).toEqual(['a', 'b', 'c']);
    expect([...values]).toEqual([1, 1, 0, 1, 0, 1, ...Array(6).fill(Number.NaN)]);
  });

  it('may be empty for none of them', () => {
    const { values } = parseCells('multi-label', ['a,b', ''], { separator: ',', emptyIsNone: true });
    expect([...values]).toEqual([1, 1, 0, 0]);
  });

  it('are refused where there is a single label, or so many that the column is another', () => {
    expect(() => parseCells('multi-label', ['a', 'a'])).toThrow('stats.too-few');
    const many = Array.from({ length: 201 }, (_, i) => `label ${i}`);
    expect(() => parseCells('multi-label', many)).toThrow('competitiveness.task-labels');
  });
});

describe('cells with a rating or a number', () => {
  it('become levels from the lowest, by value and not by letters', () => {
    const { labels, values } = parseCells('ordinal', ['10', '2', '', '2.0', '5']);
    expect(labels).toEqual(['2', '5', '10']);
    expect([...values]).toEqual([2, 0, Number.NaN, 0, 1]);
    expect(parseCells('ordinal', ['3.3', '4.7', '3.30', '1']).labels).toEqual(['1', '3.3', '4.7']);
  });

  it('are refused where one is no number, where levels are two, and where a scale has many steps', () => {
    expect(() => parseCells('regression', ['1', 'good'])).toThrow(
      'competitiveness.task-cell {"cell":"good","dataset":"Calls","row":10}',
    );
    expect(() => parseCells('regression', ['1', '1e300'])).toThrow('competitiveness.task-cell');
    expect(() => parseCells('ordinal', ['0', '1', '1'])).toThrow('stats.too-few');
    const steps = Array.from({ length: 21 }, (_, i) => String(i));
    expect(() => parseCells('ordinal', steps)).toThrow('competitiveness.task-labels');
    expect(parseCells('regression', steps).labels).toEqual([]);
  });
});

const rowsTo = (end: number) => [...Array(end).keys()];

describe('strata', () => {
  it('are the rarest label of a row; few rows go together, and with the largest where they are too few', () => {
    const labels = ['a', 'b'];
    const row = (a: number, b: number) => [a, b];
    const values = Float32Array.from(
      [...Array(20).fill(row(1, 0)), ...Array(12).fill(row(1, 1)), ...Array(3).fill(row(0, 0))].flat(),
    );
    const { names, of } = strataOf('multi-label', values, labels, rowsTo(35));
    expect(names).toEqual(['a', 'b']);
    expect([...new Set(of.subarray(0, 20))]).toEqual([0]);
    expect([...new Set(of.subarray(20, 32))]).toEqual([1]);
    expect([...new Set(of.subarray(32))]).toEqual([0]);
  });

  it('are fifths of a number, equal numbers in one', () => {
    const { names, of } = strataOf(
      'regression',
      Float32Array.from({ length: 100 }, (_, i) => i),
      [],
      rowsTo(100),
    );
    expect(names).toHaveLength(5);
    expect(new Set(of.subarray(0, 20)).size).toBe(1);
    const flat = strataOf('regression', new Float32Array(50).fill(3), [], rowsTo(50));
    expect(flat.names).toHaveLength(1);
  });

  it('count only the rows that are drawn: those of a test dataset make no group large enough', () => {
    const levels = ['1', '2', '3'];
    const values = Float32Array.from([...Array(20).fill(0), ...Array(12).fill(1), ...Array(30).fill(2)]);
    const drawn = [...rowsTo(32), 40, 41];
    const { names, of } = strataOf('ordinal', values, levels, drawn);
    expect(names).toEqual(['1', '2']);
    expect([of[40], of[32]]).toEqual([0, 0]);
    // Fifths of 0 … 49, though another fifty lie beyond.
    const numbers = Float32Array.from({ length: 100 }, (_, i) => i);
    const fifths = strataOf('regression', numbers, [], rowsTo(50));
    expect(fifths.names).toHaveLength(5);
    expect(fifths.of.filter((place) => place === fifths.of[99]).length).toBe(10 + 50);
  });
});
