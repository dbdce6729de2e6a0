import { groupByForm } from './duplicate-groups.ts';
import { lengthSummary } from './length-summary.ts';
import type { CompetitivenessNotice } from './notices.ts';
import type { DataCheckResult, DuplicateGroup, SplitPart } from './results.ts';

const EXAMPLES = 20;
/** Rows of the largest class over rows of the smallest from which a warning is due. */
const IMBALANCE = 10;
const FEW_ROWS = 10;
const TRUNCATION_WARNING = 0.05;
const PART_NAMES = [null, 'train', 'dev', 'test'] as const satisfies readonly (SplitPart | null)[];

export interface DataCheckInput {
  readonly classes: readonly string[];
  /** Class index per row, −1 where unlabelled [rows]. */
  readonly labels: Int32Array;
  /** Texts in the form in which they are compared, '' where a row has none [rows]. */
  readonly forms: readonly string[];
  /** `PART` code per row; null before a split. */
  readonly part: Uint8Array | null;
  /** First row that a row nearly equals, −1 for none; null where not looked for [rows]. */
  readonly nearDuplicateOf: Int32Array | null;
  /** Tokens per row with special tokens, before truncation; null where no tokeniser was chosen [rows]. */
  readonly tokenLengths: Int32Array | null;
  readonly maxLength: number;
}

/** What is to be known about labelled texts before a model learns from them. */
export function checkData(input: DataCheckInput): DataCheckResult {
  const { classes, labels, forms, part } = input;
  const labelled = (row: number) => labels[row]! >= 0;
  const describe = (rows: readonly number[]): DuplicateGroup => ({
    rows: [...rows],
    labels: [...new Set(rows.map((row) => classes[labels[row]!]!))],
    parts: partsOf(rows, part),
  });

  const counted = classes.map((label) => ({ label, rows: 0, train: 0, dev: 0, test: 0 }));
  let unlabelled = 0;
  let emptyTexts = 0;
  labels.forEach((label, row) => {
    if (forms[row] === '') emptyTexts++;
    if (label < 0) {
      unlabelled++;
      return;
    }
    const entry = counted[label]!;
    entry.rows++;
    const name = PART_NAMES[part?.[row] ?? 0];
    if (name !== null && name !== undefined) entry[name]++;
  });

  const groups = groupByForm(forms, labelled).filter((rows) => rows.length > 1);
  const conflicts = groups.filter((rows) => new Set(rows.map((row) => labels[row])).size > 1);
  const across = groups.filter((rows) => partsOf(rows, part).length > 1);
  const near = input.nearDuplicateOf === null ? null : nearPairs(input.nearDuplicateOf, forms, labelled);
  const nearAcross = (near ?? []).filter((pair) => partsOf(pair, part).length > 1);
  const occurring = counted.filter((entry) => entry.rows > 0);
  const smallest = occurring.reduce<(typeof counted)[number] | null>(
    (least, entry) => (least === null || entry.rows < least.rows ? entry : least),
    null,
  );
  const lengths =
    input.tokenLengths === null
      ? null
      : lengthSummary(
          input.tokenLengths.filter((_, row) => labelled(row) && forms[row] !== ''),
          input.maxLength,
        );
  const result: Omit<DataCheckResult, 'notices'> = {
    rows: labels.length,
    classes: counted,
    smallestClass: smallest === null ? null : { label: smallest.label, rows: smallest.rows },
    emptyTexts,
    exactDuplicates: {
      groups: groups.length,
      rows: rowsIn(groups),
      acrossParts: rowsIn(across),
      examples: firstOf(across, groups).map(describe),
    },
    nearDuplicates: near && {
      pairs: near.length,
      acrossParts: nearAcross.length,
      examples: firstOf(nearAcross, near).map(describe),
    },
    conflictingLabels: {
      texts: conflicts.length,
      rows: rowsIn(conflicts),
      examples: conflicts.slice(0, EXAMPLES).map(describe),
    },
    lengths,
  };
  return { ...result, notices: noticesOf(result, unlabelled) };
}

/** Parts that these rows stand in, rows left out not counted. */
function partsOf(rows: readonly number[], part: Uint8Array | null): SplitPart[] {
  if (part === null) return [];
  const names = new Set(rows.map((row) => PART_NAMES[part[row]!] ?? null));
  return PART_NAMES.filter((name): name is SplitPart => name !== null && names.has(name));
}

/** Pairs of a row and the earlier row that it nearly but not exactly equals. */
function nearPairs(of: Int32Array, forms: readonly string[], keep: (row: number) => boolean): number[][] {
  const pairs: number[][] = [];
  of.forEach((first, row) => {
    if (first >= 0 && keep(first) && keep(row) && forms[first] !== forms[row]) pairs.push([first, row]);
  });
  return pairs;
}

/** Examples with those that matter most first, each once. */
function firstOf(important: readonly number[][], all: readonly number[][]): readonly number[][] {
  return [...new Set([...important.slice(0, EXAMPLES), ...all.slice(0, EXAMPLES)])].slice(0, EXAMPLES);
}

function rowsIn(groups: readonly (readonly number[])[]): number {
  return groups.reduce((sum, rows) => sum + rows.length, 0);
}

function noticesOf(result: Omit<DataCheckResult, 'notices'>, unlabelled: number): CompetitivenessNotice[] {
  const notices: CompetitivenessNotice[] = [];
  const { exactDuplicates: exact, nearDuplicates: near, conflictingLabels: conflicting, lengths } = result;
  const occurring = result.classes.filter((entry) => entry.rows > 0);
  for (const { label, rows } of occurring)
    if (rows < FEW_ROWS)
      notices.push({
        code: 'class-too-small',
        severity: rows < 3 ? 'blocking' : 'warning',
        params: { label, rows, needed: FEW_ROWS },
      });
  const largest = occurring.reduce((most, entry) => (entry.rows > most.rows ? entry : most), { label: '', rows: 0 });
  const smallest = result.smallestClass;
  if (smallest !== null && largest.rows / smallest.rows >= IMBALANCE)
    notices.push({
      code: 'class-imbalance',
      severity: 'warning',
      params: { largest: largest.label, smallest: smallest.label, ratio: largest.rows / smallest.rows },
    });
  if (unlabelled > 0) notices.push({ code: 'unlabelled-rows', severity: 'info', params: { rows: unlabelled } });
  if (result.emptyTexts > 0)
    notices.push({ code: 'empty-text', severity: 'info', params: { rows: result.emptyTexts } });
  if (exact.groups > 0)
    notices.push({ code: 'exact-duplicates', severity: 'info', params: { groups: exact.groups, rows: exact.rows } });
  if (exact.acrossParts > 0)
    notices.push({
      code: 'duplicates-across-parts',
      severity: 'blocking',
      params: { rows: exact.acrossParts, kind: 'exact' },
    });
  if (near !== null && near.pairs > 0)
    notices.push({ code: 'near-duplicates', severity: 'info', params: { pairs: near.pairs } });
  if (near !== null && near.acrossParts > 0)
    notices.push({
      code: 'duplicates-across-parts',
      severity: 'warning',
      params: { rows: near.acrossParts, kind: 'near' },
    });
  if (conflicting.texts > 0)
    notices.push({
      code: 'conflicting-labels',
      severity: 'warning',
      params: { texts: conflicting.texts, rows: conflicting.rows },
    });
  if (lengths !== null && lengths.truncated > 0)
    notices.push({
      code: 'truncated-texts',
      severity: lengths.truncatedShare > TRUNCATION_WARNING ? 'warning' : 'info',
      params: { rows: lengths.truncated, share: lengths.truncatedShare, maxLength: lengths.maxLength },
    });
  return notices;
}
