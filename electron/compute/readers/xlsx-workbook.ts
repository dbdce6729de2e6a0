import { AppError } from '../../../shared/errors/app-error.ts';
import { because } from '../../../shared/errors/reasons.ts';
import { isDateFormat } from '../../../shared/stages/demand/import/excel-date.ts';
import { SHARED_STRINGS_PART, type XlsxArchive } from './xlsx-archive.ts';
import { readXml } from './xlsx-xml.ts';

const WORKBOOK_PART = 'xl/workbook.xml';
const RELATIONS_PART = 'xl/_rels/workbook.xml.rels';
const STYLES_PART = 'xl/styles.xml';
const MAX_SHARED_STRINGS = 2_000_000;

export interface XlsxWorkbook {
  /** Visible sheets first to last, then hidden ones. */
  readonly sheets: readonly { readonly name: string; readonly part: string }[];
  readonly date1904: boolean;
  /** Whether a cell of style `i` shows a date. */
  readonly dateStyles: readonly boolean[];
  readonly sharedStrings: readonly string[];
}

/** @throws AppError 'import.format', 'import.xlsx-unsafe' */
export async function readXlsxWorkbook(archive: XlsxArchive, file: string): Promise<XlsxWorkbook> {
  if (!archive.has(WORKBOOK_PART))
    throw new AppError('import.format', { file, problem: because('xlsx-no-workbook', {}) });
  const targets = new Map<string, string>();
  await readXml(archive, RELATIONS_PART, file, {
    open(name, attributes) {
      if (name !== 'Relationship' || attributes.TargetMode === 'External') return;
      const target = attributes.Target ?? '';
      targets.set(attributes.Id ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    },
  });
  const visible: { name: string; part: string }[] = [];
  const hidden: { name: string; part: string }[] = [];
  let date1904 = false;
  await readXml(archive, WORKBOOK_PART, file, {
    open(name, attributes) {
      if (name === 'workbookPr') date1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1] ?? '';
      const part = targets.get(id);
      if (part === undefined || !archive.has(part)) return;
      const shown = attributes.state === undefined || attributes.state === 'visible';
      (shown ? visible : hidden).push({ name: attributes.name ?? '', part });
    },
  });
  return {
    sheets: [...visible, ...hidden],
    date1904,
    dateStyles: archive.has(STYLES_PART) ? await readDateStyles(archive, file) : [],
    sharedStrings: archive.has(SHARED_STRINGS_PART) ? await readSharedStrings(archive, file) : [],
  };
}

async function readDateStyles(archive: XlsxArchive, file: string): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const formats: number[] = [];
  let inCellFormats = false;
  await readXml(archive, STYLES_PART, file, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) formats.push(Number(attributes.numFmtId ?? 0));
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return formats.map((id) => isDateFormat(id, codes.get(id)));
}

async function readSharedStrings(archive: XlsxArchive, file: string): Promise<string[]> {
  const strings: string[] = [];
  const collector = createTextCollector();
  await readXml(archive, SHARED_STRINGS_PART, file, {
    open: (name) => collector.open(name),
    text: (text) => collector.text(text),
    close(name) {
      collector.close(name);
      if (name !== 'si') return;
      strings.push(collector.take());
      if (strings.length > MAX_SHARED_STRINGS) {
        throw new AppError('import.xlsx-unsafe', {
          file,
          problem: because('xlsx-strings-many', { most: MAX_SHARED_STRINGS }),
        });
      }
    },
  });
  return strings;
}

/** Gathers the `t` elements of a string, plain or in runs, without the phonetic ones. */
export function createTextCollector() {
  let text = '';
  let inText = false;
  let inPhonetic = false;
  return {
    open(name: string): void {
      if (name === 't') inText = !inPhonetic;
      else if (name === 'rPh') inPhonetic = true;
    },
    text(piece: string): void {
      if (inText) text += piece;
    },
    close(name: string): void {
      if (name === 't') inText = false;
      else if (name === 'rPh') inPhonetic = false;
    },
    /** The string so far, its `_x000D_` escapes decoded; starts anew. */
    take(): string {
      const taken = text;
      text = '';
      if (!taken.includes('_x')) return taken;
      return taken.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    },
  };
}
