import { AppError } from '../../../shared/errors/app-error.ts';
import { detectEncoding, type EncodingGuess, looksBinary } from '../../../shared/stages/demand/import/encoding.ts';
import { guessFormat } from '../../../shared/stages/demand/import/guess-format.ts';
import { guessHeader } from '../../../shared/stages/demand/import/guess-header.ts';
import type {
  ImportOptions,
  ImportOverrides,
  Inspection,
} from '../../../shared/stages/demand/import/import-options.ts';
import { inspectText } from '../../../shared/stages/demand/import/inspect-text.ts';
import { PREVIEW_ROWS, SAMPLE_ROWS } from '../../../shared/stages/demand/import/limits.ts';
import { ProblemList } from '../../../shared/stages/demand/import/problem-list.ts';
import { TableReader } from '../../../shared/stages/demand/import/table-reader.ts';
import { createStreamDecoder } from '../../../shared/stages/demand/import/text-decoder.ts';
import { isJson } from '../../../shared/stages/demand/import/text-records.ts';
import type { SealKey } from '../../files/sealed-file.ts';
import { checkFile, type FileHead, readHead } from './file-bytes.ts';
import { readJsonKeys } from './records.ts';
import { openXlsxArchive } from './xlsx-archive.ts';
import { readXlsxSheet } from './xlsx-sheet.ts';
import { readXlsxWorkbook } from './xlsx-workbook.ts';

const ZIP_MAGIC = [0x50, 0x4b, 0x03, 0x04];
/** The container of workbooks before 2007, and of encrypted ones since. */
const COMPOUND_FILE_MAGIC = [0xd0, 0xcf, 0x11, 0xe0];

/** Guesses how a file is to be read and shows its first rows. What `overrides` sets is taken as it is.
 *  @throws AppError 'source.not-found' and the `import` codes */
export async function inspectFile(path: string, overrides: ImportOverrides, key: SealKey = null): Promise<Inspection> {
  const { file } = await checkFile(path, key);
  const head = await readHead(path, key);
  const startsWith = (magic: readonly number[]) => magic.every((byte, i) => head.bytes[i] === byte);
  if (startsWith(COMPOUND_FILE_MAGIC)) throw new AppError('import.old-workbook', { file });
  if (startsWith(ZIP_MAGIC)) return inspectWorkbook(path, file, overrides, key);

  const encoding = guessEncoding(head);
  const chosen = overrides.encoding ?? encoding.encoding;
  const decoder = createStreamDecoder(chosen, 'replace', file);
  const text = decoder.push(head.bytes) + (head.complete ? decoder.end() : '');
  if (looksBinary(text)) throw new AppError('import.binary', { file });
  const format = overrides.format ?? guessFormat(file, text).format;
  const sample = { name: file, text, complete: head.complete, encoding };
  if (!isJson(format)) return inspectText(sample, overrides);
  const options: ImportOptions = {
    format,
    encoding: chosen,
    undecodable: 'replace',
    delimiter: ',',
    hasHeader: false,
    sheet: null,
  };
  const keys = await readJsonKeys({ path, key, file, options, problems: new ProblemList() });
  return inspectText({ ...sample, keys }, overrides);
}

function guessEncoding(head: FileHead): EncodingGuess {
  const guess = detectEncoding(head.bytes, head.complete);
  const undecided = guess.how === 'ascii-only' && head.beyondAscii !== null;
  return undecided ? detectEncoding(head.beyondAscii!, false) : guess;
}

async function inspectWorkbook(
  path: string,
  file: string,
  overrides: ImportOverrides,
  key: SealKey,
): Promise<Inspection> {
  const archive = await openXlsxArchive(path, file, key);
  try {
    const workbook = await readXlsxWorkbook(archive, file);
    const sheets = workbook.sheets.map(({ name }) => name);
    const wanted = overrides.sheet ?? sheets[0] ?? '';
    const sheet = workbook.sheets.find(({ name }) => name === wanted);
    if (sheet === undefined) throw new AppError('import.sheet-missing', { file, sheet: wanted });
    const records: string[][] = [];
    for await (const rows of readXlsxSheet(archive, workbook, sheet.part, file)) {
      for (const row of rows) records.push(row);
      if (records.length > SAMPLE_ROWS) break;
    }
    records.length = Math.min(records.length, SAMPLE_ROWS + 1);
    const header = guessHeader(records);
    const options: ImportOptions = {
      format: 'xlsx',
      encoding: 'utf-8',
      undecodable: 'refuse',
      delimiter: ',',
      hasHeader: overrides.hasHeader ?? header.hasHeader,
      sheet: wanted,
    };
    const problems = new ProblemList();
    const table = new TableReader(options, file, problems, null);
    const rows = [...table.push(records), ...table.end()];
    return {
      options,
      sheets,
      columns: table.columns,
      preview: rows.slice(0, PREVIEW_ROWS),
      sample: rows,
      problems: problems.problems,
      guessedBecause: {
        encoding: 'set-by-format',
        encodingConfidence: 'certain',
        format: 'content',
        delimiter: 'set-by-format',
        header: overrides.hasHeader === undefined ? header.because : 'chosen',
      },
    };
  } finally {
    archive.close();
  }
}
