import { createHash } from 'node:crypto';
import type { Column, ImportOptions, Problems } from '../../../shared/stages/demand/import/import-options.ts';
import { KeyColumns } from '../../../shared/stages/demand/import/json-parser.ts';
import { ProblemList } from '../../../shared/stages/demand/import/problem-list.ts';
import { TableReader } from '../../../shared/stages/demand/import/table-reader.ts';
import { isJson } from '../../../shared/stages/demand/import/text-records.ts';
import type { SealKey } from '../../files/sealed-file.ts';
import { checkFile, readBytes } from './file-bytes.ts';
import { type RecordSource, readJsonKeys, readSheetRecords, readTextRecords } from './records.ts';

export interface ReadRowsSink {
  readonly signal?: AbortSignal | undefined;
  /** Takes a batch in; the file is read on only when its promise is fulfilled. */
  onBatch(rows: string[][], firstRowIndex: number): Promise<void>;
  readonly batchSize?: number;
  /** Under which the file is sealed; left out for one in the clear. */
  readonly key?: SealKey;
}

export interface ReadRowsResult {
  readonly rows: number;
  readonly columns: readonly Column[];
  /** Hexadecimal hash of the file's bytes. */
  readonly sha256: string;
  readonly problems: Problems;
}

const BATCH_ROWS = 5_000;

/** Reads all rows below the header in batches, each row as wide as the columns. Memory is bounded by a batch, not by the file.
 *  @throws AppError of the `import` codes, 'source.not-found'; the signal's reason when it is aborted */
export async function readRows(path: string, options: ImportOptions, sink: ReadRowsSink): Promise<ReadRowsResult> {
  const key = sink.key ?? null;
  const { file } = await checkFile(path, key);
  const batchSize = sink.batchSize ?? BATCH_ROWS;
  const problems = new ProblemList();
  const source: RecordSource = { path, key, file, options, problems, signal: sink.signal };
  const keys = isJson(options.format) ? await readJsonKeys(source) : null;
  const table = new TableReader(options, file, problems, keys);
  const hash = createHash('sha256');
  if (options.format === 'xlsx') for await (const bytes of readBytes(path, key, sink.signal)) hash.update(bytes);

  let waiting: string[][] = [];
  let handedOn = 0;
  const handOn = async (all: boolean): Promise<void> => {
    let start = 0;
    while (waiting.length - start >= batchSize || (all && start < waiting.length)) {
      sink.signal?.throwIfAborted();
      const batch = waiting.slice(start, start + batchSize);
      await sink.onBatch(batch, handedOn);
      handedOn += batch.length;
      start += batch.length;
    }
    waiting = waiting.slice(start);
  };
  const records =
    options.format === 'xlsx'
      ? readSheetRecords(source)
      : readTextRecords(source, new KeyColumns(file, keys ?? []), hash);
  for await (const piece of records) {
    for (const row of table.push(piece)) waiting.push(row);
    if (waiting.length >= batchSize) await handOn(false);
  }
  for (const row of table.end()) waiting.push(row);
  await handOn(true);
  return { rows: table.rows, columns: table.columns, sha256: hash.digest('hex'), problems: problems.problems };
}
