import { createDelimitedParser } from './delimited-parser.ts';
import type { ImportOptions } from './import-options.ts';
import { createJsonParser, type KeyColumns } from './json-parser.ts';
import type { ProblemList } from './problem-list.ts';
import type { RecordParser } from './record-parser.ts';
import { createTextParser } from './text-parser.ts';

/** The parser of a text format. `keys` collects the columns of JSON records and is not used by the others. */
export function createRecordParser(
  options: Pick<ImportOptions, 'format' | 'delimiter'>,
  keys: KeyColumns,
  file: string,
  problems: ProblemList,
): RecordParser {
  switch (options.format) {
    case 'lines':
    case 'paragraphs':
      return createTextParser(options.format, file);
    case 'jsonl':
    case 'json':
      return createJsonParser(options.format, keys, file, problems);
    default:
      return createDelimitedParser(options.delimiter, file, problems);
  }
}

export function isJson(format: ImportOptions['format']): boolean {
  return format === 'json' || format === 'jsonl';
}
