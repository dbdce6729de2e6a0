import type { Hash } from 'node:crypto';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ImportOptions } from '../../../shared/stages/demand/import/import-options.ts';
import { KeyColumns } from '../../../shared/stages/demand/import/json-parser.ts';
import { ProblemList } from '../../../shared/stages/demand/import/problem-list.ts';
import { createStreamDecoder } from '../../../shared/stages/demand/import/text-decoder.ts';
import { createRecordParser } from '../../../shared/stages/demand/import/text-records.ts';
import type { SealKey } from '../../files/sealed-file.ts';
import { readBytes } from './file-bytes.ts';
import { openXlsxArchive } from './xlsx-archive.ts';
import { readXlsxSheet } from './xlsx-sheet.ts';
import { readXlsxWorkbook } from './xlsx-workbook.ts';

export interface RecordSource {
  readonly path: string;
  /** Of an upload, which lies sealed. */
  readonly key: SealKey;
  readonly file: string;
  readonly options: ImportOptions;
  readonly problems: ProblemList;
  readonly signal?: AbortSignal | undefined;
}

/** Records of a text file, in pieces. `keys` gathers the columns of JSON records; `hash` takes in every byte read. */
export async function* readTextRecords(
  source: RecordSource,
  keys: KeyColumns,
  hash?: Hash,
): AsyncGenerator<string[][]> {
  const { path, key, file, options, problems, signal } = source;
  const decoder = createStreamDecoder(options.encoding, options.undecodable, file);
  const parser = createRecordParser(options, keys, file, problems);
  for await (const bytes of readBytes(path, key, signal)) {
    hash?.update(bytes);
    const records = parser.push(decoder.push(bytes));
    if (records.length > 0) yield records;
  }
  const records = [...parser.push(decoder.end()), ...parser.end()];
  if (records.length > 0) yield records;
}

/** All keys of a JSON file in first-seen order. */
export async function readJsonKeys(source: RecordSource): Promise<string[]> {
  const keys = new KeyColumns(source.file);
  for await (const _ of readTextRecords({ ...source, problems: new ProblemList() }, keys));
  return keys.names;
}

/** Records of one sheet of a workbook. @throws AppError 'import.sheet-missing' */
export async function* readSheetRecords(source: RecordSource): AsyncGenerator<string[][]> {
  const { path, key, file, options, signal } = source;
  const archive = await openXlsxArchive(path, file, key);
  try {
    const workbook = await readXlsxWorkbook(archive, file);
    const sheet = workbook.sheets.find(({ name }) => name === options.sheet);
    if (sheet === undefined) throw new AppError('import.sheet-missing', { file, sheet: options.sheet ?? '' });
    for await (const rows of readXlsxSheet(archive, workbook, sheet.part, file)) {
      signal?.throwIfAborted();
      yield rows;
    }
  } finally {
    archive.close();
  }
}
