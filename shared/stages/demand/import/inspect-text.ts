import type { EncodingGuess } from './encoding.ts';
import { guessDelimiter } from './guess-delimiter.ts';
import { guessFormat } from './guess-format.ts';
import { guessHeader } from './guess-header.ts';
import type { ImportOptions, ImportOverrides, Inspection } from './import-options.ts';
import { KeyColumns } from './json-parser.ts';
import { PREVIEW_ROWS, SAMPLE_ROWS } from './limits.ts';
import { ProblemList } from './problem-list.ts';
import { TableReader } from './table-reader.ts';
import { createRecordParser, isJson } from './text-records.ts';

export interface TextSample {
  /** File name, empty for pasted text. */
  readonly name: string;
  readonly text: string;
  /** Whether `text` is the whole; else its last record is left out as cut off. */
  readonly complete: boolean;
  readonly encoding: EncodingGuess;
  /** All keys of a JSON file where they were collected beforehand. */
  readonly keys?: readonly string[];
}

/** Guesses how a text is to be read and shows its first rows; what `overrides` sets is not guessed.
 *  @throws AppError 'import.empty', 'import.unclosed-quote', 'import.format' and the bounds of `limits.ts` */
export function inspectText(sample: TextSample, overrides: ImportOverrides): Inspection {
  const formatGuess = guessFormat(sample.name, sample.text);
  const format = overrides.format ?? formatGuess.format;
  const delimiterGuess = guessDelimiter(format === 'delimited' ? sample.text : '');
  const delimiter = overrides.delimiter ?? delimiterGuess.delimiter;
  const problems = new ProblemList();
  const keys = new KeyColumns(sample.name, sample.keys);
  const parser = createRecordParser({ format, delimiter }, keys, sample.name, problems);
  let records = parser.push(sample.text);
  // A sample with a header alone is cut off within the first row: better to show that much than nothing.
  if (sample.complete || records.length < 2) records = [...records, ...parser.end()];
  records = records.slice(0, SAMPLE_ROWS + 1);

  const headed = format === 'delimited';
  const headerGuess = headed ? guessHeader(records) : { hasHeader: false, because: 'no-header-in-format' as const };
  const options: ImportOptions = {
    format,
    encoding: overrides.encoding ?? sample.encoding.encoding,
    undecodable: overrides.undecodable ?? 'refuse',
    delimiter,
    hasHeader: headed && (overrides.hasHeader ?? headerGuess.hasHeader),
    sheet: null,
  };
  const reader = new TableReader(options, sample.name, problems, isJson(format) ? keys.names : null);
  const rows = [...reader.push(records), ...reader.end()];
  return {
    options,
    sheets: [],
    columns: reader.columns,
    preview: rows.slice(0, PREVIEW_ROWS),
    sample: rows,
    problems: problems.problems,
    guessedBecause: {
      encoding: overrides.encoding === undefined ? sample.encoding.how : 'chosen',
      encodingConfidence: overrides.encoding === undefined ? sample.encoding.confidence : 'certain',
      format: overrides.format === undefined ? formatGuess.because : 'chosen',
      delimiter: !headed ? 'set-by-format' : overrides.delimiter === undefined ? delimiterGuess.because : 'chosen',
      header: headed && overrides.hasHeader !== undefined ? 'chosen' : headerGuess.because,
    },
  };
}

/** Encoding of text that never was bytes: pasted, or typed. */
export const PASTED: EncodingGuess = { encoding: 'utf-8', confidence: 'certain', how: 'strict-utf-8' };
