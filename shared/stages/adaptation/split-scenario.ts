import { AppError } from '../../errors/app-error.ts';
import type { Rng } from '../../rng.ts';
import { groupByForm } from '../competitiveness/duplicate-groups.ts';
import { PART, splitRows } from '../competitiveness/split.ts';
import { DEFAULT_DATA_CHOICE } from './data-choice.ts';
import type { AdaptationNotice } from './notices.ts';
import type { ScenarioData } from './results.ts';

export interface ScenarioSplitInput {
  readonly classes: readonly string[];
  /** Class index of each row [rows]. */
  readonly labels: Int32Array;
  /** Texts as the model reads them, and as they are compared; none is empty. */
  readonly texts: readonly string[];
  readonly forms: readonly string[];
  /** `PART` code of each row in the split of stage 2, 0 where it has none [rows]. */
  readonly seenPart: Uint8Array;
  /** `PART` code of each text of that split, by its form; train before dev before test where it stands in several. */
  readonly seenForms: ReadonlyMap<string, number>;
  readonly testShare: number;
  readonly devShare: number;
  /** How new rows are parted: `draw` by class, at random; `text` by the hash of each text and the usual shares whatever is asked, so that a text keeps
   *  its part while more come in, and a model that goes on from an earlier one is never tested on what that learnt. */
  readonly by: 'draw' | 'text';
  readonly seed: number;
  readonly rng: Rng;
  /** Hexadecimal SHA-256 of a text. */
  readonly hash: (text: string) => string;
}

export interface ScenarioSplit {
  /** `PART` code per row. */
  readonly part: Uint8Array<ArrayBuffer>;
  readonly keptFromTest: number;
  readonly testLock: string;
  readonly classes: ScenarioData['classes'];
  readonly notices: AdaptationNotice[];
}

/** Below this the interval of an accuracy is wider than ± 10 points. */
const FEW_TEST_ROWS = 100;
/** Below this a class's own metrics say little. */
const FEW_ROWS = 10;
/** Different texts that a class needs to stand in train, dev and test. */
const FEWEST_TEXTS = 3;

/** Train, dev and locked test rows of a scenario. What models of stage 2 have learnt from (the row itself or its text) stays train, what they were
 *  chosen by stays dev, and what they are tested on is only ever tested: so neither the scenario's test nor the source's is spoilt. The other rows are
 *  split as `by` says, equal texts together.
 *  @throws AppError 'stats.too-few' with fewer than two classes; 'competitiveness.class-too-small' where rows are drawn and a class of rows that no
 *  model has seen has fewer different texts than parts to fill */
export function splitScenario(input: ScenarioSplitInput): ScenarioSplit {
  const { classes, labels, forms } = input;
  if (classes.length < 2) throw new AppError('stats.too-few', { what: 'classes', n: classes.length, needed: 2 });
  const part = new Uint8Array(labels.length);
  const open = labels.slice();
  const inPart = classes.map(() => new Map<number, number>());
  for (const group of groupByForm(forms, () => true)) {
    const seen = firstPart([...group.map((row) => input.seenPart[row]!), input.seenForms.get(forms[group[0]!]!) ?? 0]);
    if (seen === PART.leftOut) continue;
    for (const row of group) {
      part[row] = seen;
      open[row] = -1;
      const counts = inPart[labels[row]!]!;
      counts.set(seen, (counts.get(seen) ?? 0) + 1);
    }
  }
  if (input.by === 'text') {
    open.forEach((label, row) => {
      if (label < 0) return;
      part[row] = partOfText(input, forms[row]!);
      open[row] = -1;
    });
  }
  // A few new texts of a class that is there already are best used to test it.
  const openGroups = groupByForm(forms, (row) => open[row]! >= 0);
  const textsOf = (label: number) => openGroups.filter((group) => open[group[0]!] === label).length;
  classes.forEach((_, label) => {
    if (inPart[label]!.size === 0 || textsOf(label) >= FEWEST_TEXTS) return;
    open.forEach((own, row) => {
      if (own !== label) return;
      part[row] = PART.test;
      open[row] = -1;
    });
  });
  if (open.some((label) => label >= 0)) {
    const split = splitRows({
      classes,
      labels: open,
      texts: input.texts,
      forms,
      test: { type: 'share', share: input.testShare },
      devShare: input.devShare,
      seed: input.seed,
      rng: input.rng,
      hash: input.hash,
    });
    split.part.forEach((code, row) => {
      if (open[row]! >= 0) part[row] = code;
    });
  }
  const hashes: string[] = [];
  part.forEach((code, row) => {
    if (code === PART.test) hashes.push(input.hash(`${classes[labels[row]!]}\u0000${input.texts[row]}`));
  });
  const counts = classes.map((label, k) => {
    const of = (code: number) => labels.reduce((n, own, row) => n + (own === k && part[row] === code ? 1 : 0), 0);
    const [train, dev, test] = [of(PART.train), of(PART.dev), of(PART.test)];
    return { label, rows: train + dev + test, train, dev, test };
  });
  const keptFromTest = inPart.reduce((sum, of) => sum + (of.get(PART.train) ?? 0) + (of.get(PART.dev) ?? 0), 0);
  return {
    part,
    keptFromTest,
    testLock: input.hash(hashes.join('\n')),
    classes: counts,
    notices: noticesOf(counts, keptFromTest),
  };
}

const HASH_DIGITS = 12;

function partOfText({ hash }: ScenarioSplitInput, form: string): number {
  const { testShare, devShare } = DEFAULT_DATA_CHOICE;
  const place = Number.parseInt(hash(`part\u0000${form}`).slice(0, HASH_DIGITS), 16) / 16 ** HASH_DIGITS;
  return place < testShare ? PART.test : place < testShare + devShare ? PART.dev : PART.train;
}

/** Learnt from goes before chosen by, that before tested on. */
function firstPart(codes: readonly number[]): number {
  return [PART.train, PART.dev, PART.test].find((part) => codes.includes(part)) ?? PART.leftOut;
}

function noticesOf(classes: ScenarioData['classes'], keptFromTest: number): AdaptationNotice[] {
  const notices: AdaptationNotice[] = [];
  const test = classes.reduce((sum, of) => sum + of.test, 0);
  if (keptFromTest > 0) notices.push({ code: 'kept-from-test', severity: 'info', params: { rows: keptFromTest } });
  if (test < FEW_TEST_ROWS)
    notices.push({ code: 'test-rows-few', severity: 'warning', params: { rows: test, needed: FEW_TEST_ROWS } });
  for (const { label, train, test: tested } of classes) {
    if (train === 0 && tested > 0)
      notices.push({ code: 'class-not-in-train', severity: 'warning', params: { label, rows: tested } });
    if (tested === 0) notices.push({ code: 'class-not-in-test', severity: 'warning', params: { label } });
    if (train > 0 && train < FEW_ROWS)
      notices.push({ code: 'class-too-small', severity: 'warning', params: { label, rows: train, needed: FEW_ROWS } });
  }
  return notices;
}
