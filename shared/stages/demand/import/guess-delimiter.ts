import { createDelimitedParser } from './delimited-parser.ts';
import { DELIMITERS, type Delimiter } from './import-options.ts';
import { ProblemList } from './problem-list.ts';

export interface DelimiterGuess {
  readonly delimiter: Delimiter;
  readonly because: 'consistent-columns' | 'separator-line' | 'single-column';
}

/** Records of the sample that the guess looks at. */
const GUESS_RECORDS = 200;
/** The sample is read in pieces, and no further than needed: under a wrong delimiter a megabyte can fall into half a million records. */
const PIECE_CHARS = 65_536;

/** The delimiter under which the records of the sample have most consistently the same number of cells, more than one.
 *  `sample` is the beginning of the file; its last line may be cut off. */
export function guessDelimiter(sample: string): DelimiterGuess {
  const named = /^sep=([,;|\t])\r?\n/i.exec(sample)?.[1];
  if (named !== undefined) return { delimiter: named as Delimiter, because: 'separator-line' };
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of DELIMITERS) {
    const score = consistency(sample, delimiter);
    if (score > best.score) best = { delimiter, score };
  }
  return { delimiter: best.delimiter, because: best.score === 0 ? 'single-column' : 'consistent-columns' };
}

/** Share of records that have the commonest cell count, slightly raised by the count itself; 0 where that count is 1
 *  or the sample cannot be read with this delimiter. */
function consistency(sample: string, delimiter: Delimiter): number {
  const problems = new ProblemList();
  const parser = createDelimitedParser(delimiter, '', problems);
  const records: string[][] = [];
  try {
    for (let at = 0; at < sample.length && records.length < GUESS_RECORDS; at += PIECE_CHARS)
      records.push(...parser.push(sample.slice(at, at + PIECE_CHARS)));
    if (records.length === 0) records.push(...parser.end());
  } catch {
    return 0;
  }
  const counts = new Map<number, number>();
  const looked = records.slice(0, GUESS_RECORDS);
  for (const cells of looked) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let [width, agreeing] = [1, 0];
  for (const [cells, times] of counts) if (times > agreeing) [width, agreeing] = [cells, times];
  if (width === 1) return 0;
  const malformed = problems.problems.total / looked.length;
  return agreeing / looked.length + Math.min(width, 20) / 100 - malformed;
}
