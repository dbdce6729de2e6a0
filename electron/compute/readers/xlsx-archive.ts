import yauzl from 'yauzl';
import { AppError } from '../../../shared/errors/app-error.ts';
import { because, type Reason } from '../../../shared/errors/reasons.ts';
import type { SealKey } from '../../files/sealed-file.ts';
import { openSealedZip } from './sealed-zip.ts';

/** Bounds checked on the directory of the archive, before anything is inflated. */
const BYTES_PER_MB = 1024 ** 2;
const MAX_ENTRIES = 1_000;
const MAX_TOTAL_BYTES = 512 * BYTES_PER_MB;
const MAX_RATIO = 200;
/** Small parts compress well without harm, so the ratio is judged from this size on. */
const RATIO_FROM_BYTES = BYTES_PER_MB;
const MAX_SHARED_STRINGS_BYTES = 128 * BYTES_PER_MB;
const NESTED_ARCHIVE = /\.(zip|xlsx|xlsm|xlsb|docx|pptx|jar|7z|rar|gz|tgz|bz2|xz)$/i;

export const SHARED_STRINGS_PART = 'xl/sharedStrings.xml';

/** A workbook's archive whose directory has been found harmless. */
export interface XlsxArchive {
  has(part: string): boolean;
  /** The part's text in pieces, decoded as UTF-8. @throws AppError 'import.xlsx-unsafe' when it inflates beyond what it declared */
  text(part: string): AsyncGenerator<string>;
  close(): void;
}

/** Opens a workbook after checking the directory: entries, declared sizes, ratio, names, encryption, archives within.
 *  @throws AppError 'import.xlsx-unsafe', 'import.format' */
export async function openXlsxArchive(path: string, file: string, key: SealKey = null): Promise<XlsxArchive> {
  const unsafe = (problem: Reason, cause?: unknown) => new AppError('import.xlsx-unsafe', { file, problem }, { cause });
  let zip: yauzl.ZipFile;
  try {
    const options = { lazyEntries: true, autoClose: false, validateEntrySizes: true } as const;
    zip = key === null ? await yauzl.openPromise(path, options) : await openSealedZip(path, key, options);
  } catch (cause) {
    throw new AppError('import.format', { file, problem: because('xlsx-no-archive', {}) }, { cause });
  }
  const entries = new Map<string, yauzl.Entry>();
  try {
    if (zip.entryCount > MAX_ENTRIES) throw unsafe(because('xlsx-entries', { most: MAX_ENTRIES }));
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      total += entry.uncompressedSize;
      const problem =
        problemOf(entry) ?? (entries.has(entry.fileName) ? because('xlsx-name-twice', { name: entry.fileName }) : null);
      if (problem !== null) throw unsafe(problem);
      if (total > MAX_TOTAL_BYTES) throw unsafe(because('xlsx-inflated', { mb: MAX_TOTAL_BYTES / BYTES_PER_MB }));
      entries.set(entry.fileName, entry);
    }
  } catch (cause) {
    zip.close();
    throw cause instanceof AppError ? cause : unsafe(because('xlsx-bad-directory', {}), cause);
  }

  let inflated = 0;
  return {
    has: (part) => entries.has(part),
    async *text(part) {
      const entry = entries.get(part);
      if (entry === undefined)
        throw new AppError('import.format', { file, problem: because('xlsx-part-missing', { part }) });
      const decoder = new TextDecoder('utf-8', { fatal: true });
      try {
        const stream = await zip.openReadStreamPromise(entry);
        for await (const chunk of stream) {
          const bytes = chunk as Uint8Array;
          inflated += bytes.length;
          if (inflated > MAX_TOTAL_BYTES)
            throw unsafe(because('xlsx-inflated', { mb: MAX_TOTAL_BYTES / BYTES_PER_MB }));
          yield decoder.decode(bytes, { stream: true });
        }
        yield decoder.decode();
      } catch (cause) {
        throw cause instanceof AppError ? cause : unsafe(because('xlsx-bad-part', { part }), cause);
      }
    },
    close: () => zip.close(),
  };
}

function problemOf(entry: yauzl.Entry): Reason | null {
  const { fileName, uncompressedSize, compressedSize } = entry;
  if (entry.isEncrypted()) return because('xlsx-encrypted', {});
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
    return because('xlsx-compression', { name: fileName });
  if (fileName.split('/').includes('..') || fileName.includes('\0')) return because('xlsx-name', { name: fileName });
  if (NESTED_ARCHIVE.test(fileName)) return because('xlsx-archive-within', { name: fileName });
  if (uncompressedSize > RATIO_FROM_BYTES && uncompressedSize > MAX_RATIO * Math.max(1, compressedSize))
    return because('xlsx-ratio', { name: fileName, ratio: MAX_RATIO });
  if (fileName === SHARED_STRINGS_PART && uncompressedSize > MAX_SHARED_STRINGS_BYTES)
    return because('xlsx-strings-large', { mb: MAX_SHARED_STRINGS_BYTES / BYTES_PER_MB });
  return null;
}
