import { AppError } from '../../errors/app-error.ts';
import { type Rng, shuffle } from '../../rng.ts';
import { groupByForm } from './duplicate-groups.ts';
import type { CompetitivenessNotice } from './notices.ts';
import type { SplitPart, SplitResult } from './results.ts';

/** Codes in the `part` array. */
export const PART = { leftOut: 0, train: 1, dev: 2, test: 3 } as const;
const PARTS = ['train', 'dev', 'test'] as const satisfies readonly SplitPart[];

/** Below this a class's own metrics say little. */
const FEW_ROWS = 10;
/** Below this the interval of an accuracy is wider than ± 10 points. */
const FEW_TEST_ROWS = 100;
const SHARE_TOLERANCE = 0.02;

export interface SplitInput {
  readonly classes: readonly string[];
  /** Class index per row, −1 where unlabelled [rows]. */
  readonly labels: Int32Array;
  /** Texts as the model reads them, and as they are compared ('' where a row has no text). */
  readonly texts: readonly string[];
  readonly forms: readonly string[];
  /** `share` of all rows, or the rows marked 1. */
  readonly test:
    | { readonly type: 'share'; readonly share: number }
    | { readonly type: 'dataset'; readonly isTest: Uint8Array };
  /** Share of all rows, or, with a test dataset, of the rows that may be trained on. */
  readonly devShare: number;
  readonly seed: number;
  readonly rng: Rng;
  /** Hexadecimal SHA-256 of a text. */
  readonly hash: (text: string) => string;
}

export interface Split {
  /** `PART` code per row; 0 for rows without label or text and for training rows whose text stands in a given test dataset. */
  readonly part: Uint8Array<ArrayBuffer>;
  readonly result: SplitResult;
}

/** Train, dev and test, stratified by class; rows of equal form stay together, so no text is on two sides. The same seed gives the same split.
 *  @throws AppError 'competitiveness.labels-missing' without a labelled text; 'competitiveness.train-rows-missing' where a given test dataset leaves
 *  none to learn from; 'competitiveness.class-too-small' where a class has fewer different texts than there are parts to fill */
export function splitRows(input: SplitInput): Split {
  const { classes, labels, forms, test } = input;
  const part = new Uint8Array(labels.length);
  const usable = (row: number) => labels[row]! >= 0 && forms[row] !== '';
  const { pool, given } = textsToDraw(forms, usable, test);
  if (pool.length + given.length === 0) throw new AppError('competitiveness.labels-missing', {});
  if (pool.length === 0) throw new AppError('competitiveness.train-rows-missing', {});
  const groupedTexts = [...pool, ...given].filter((group) => group.length > 1).length;
  let excluded = 0;
  for (const group of given)
    for (const row of group) {
      if (isGiven(test, row)) part[row] = PART.test;
      else excluded++;
    }

  const needed = test.type === 'share' ? 3 : 2;
  const byClass: number[][][] = classes.map(() => []);
  for (const group of pool) byClass[commonLabel(group, labels)]!.push(group);
  byClass.forEach((groups, label) => {
    if (groups.length === 0) return;
    if (groups.length < needed)
      throw new AppError('competitiveness.class-too-small', { label: classes[label]!, n: groups.length, needed });
    const rows = groups.reduce((sum, group) => sum + group.length, 0);
    const testRows = test.type === 'share' ? Math.max(1, Math.round(rows * test.share)) : 0;
    const devRows = Math.max(1, Math.round(rows * input.devShare));
    const wanted = [rows - testRows - devRows, devRows, testRows];
    // Largest groups first, each to the part that lacks most: shares come out even, and single texts fill what is left at random.
    for (const group of shuffle([...groups], input.rng).sort((a, b) => b.length - a.length)) {
      const lacking = wanted.indexOf(Math.max(...wanted));
      wanted[lacking]! -= group.length;
      for (const row of group) part[row] = lacking + 1;
    }
  });

  const parts = PARTS.map((name, i) => {
    const counts = new Array<number>(classes.length).fill(0);
    part.forEach((code, row) => {
      if (code === i + 1) counts[labels[row]!]! += 1;
    });
    return {
      part: name,
      rows: counts.reduce((sum, n) => sum + n, 0),
      asked: askedShare(name, input),
      classes: classes.map((label, k) => ({ label, rows: counts[k]! })),
    };
  });
  return {
    part,
    result: {
      testSource: test.type,
      seed: input.seed,
      parts,
      excludedFromTrain: excluded,
      groupedTexts,
      testLock: lockOf(input, part),
      notices: noticesOf(parts, excluded, test.type),
    },
  };
}

const isGiven = (test: SplitInput['test'], row: number) => test.type === 'dataset' && test.isTest[row] === 1;

/** Rows by the form of their text: `pool`, whose parts are drawn, and `given`, of which at least one row stands in the given test data. */
export function textsToDraw(forms: readonly string[], usable: (row: number) => boolean, test: SplitInput['test']) {
  const groups = groupByForm(forms, usable);
  const stands = (group: readonly number[]) => group.some((row) => isGiven(test, row));
  return { pool: groups.filter((group) => !stands(group)), given: groups.filter(stands) };
}

/** Hash over label and text of every test row, in order. */
function lockOf(input: SplitInput, part: Uint8Array): string {
  const hashes: string[] = [];
  part.forEach((code, row) => {
    if (code === PART.test) hashes.push(input.hash(`${input.classes[input.labels[row]!]}\u0000${input.texts[row]}`));
  });
  return input.hash(hashes.join('\n'));
}

/** The label of most of these rows; the lowest index where several are as frequent. */
function commonLabel(rows: readonly number[], labels: Int32Array): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(labels[row]!, (counts.get(labels[row]!) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]![0];
}

function askedShare(part: SplitPart, { test, devShare }: SplitInput): number | null {
  const testShare = test.type === 'share' ? test.share : null;
  if (part === 'test') return testShare;
  return part === 'dev' ? devShare : 1 - devShare - (testShare ?? 0);
}

function noticesOf(
  parts: SplitResult['parts'],
  excluded: number,
  testSource: 'share' | 'dataset',
): CompetitivenessNotice[] {
  const notices: CompetitivenessNotice[] = [];
  const [train, dev, test] = parts as [
    SplitResult['parts'][number],
    SplitResult['parts'][number],
    SplitResult['parts'][number],
  ];
  if (excluded > 0)
    notices.push({ code: 'duplicates-across-parts', severity: 'warning', params: { rows: excluded, kind: 'exact' } });
  if (test.rows < FEW_TEST_ROWS)
    notices.push({ code: 'test-rows-few', severity: 'warning', params: { rows: test.rows, needed: FEW_TEST_ROWS } });
  const total = train.rows + dev.rows + (testSource === 'share' ? test.rows : 0);
  for (const { part, asked, rows } of parts) {
    if (asked === null || Math.abs(rows / total - asked) <= SHARE_TOLERANCE) continue;
    notices.push({ code: 'share-not-met', severity: 'info', params: { part, asked, reached: rows / total } });
  }
  train.classes.forEach(({ label, rows }, i) => {
    const inTest = test.classes[i]!.rows;
    if (rows === 0 && inTest > 0)
      notices.push({ code: 'label-not-in-train', severity: 'blocking', params: { label, part: 'test', rows: inTest } });
    if (rows > 0 && inTest === 0) notices.push({ code: 'label-not-in-test', severity: 'warning', params: { label } });
    if (rows > 0 && rows < FEW_ROWS)
      notices.push({ code: 'class-too-small', severity: 'warning', params: { label, rows, needed: FEW_ROWS } });
  });
  return notices;
}
