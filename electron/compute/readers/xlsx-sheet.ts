import { AppError } from '../../../shared/errors/app-error.ts';
import { checkRecord } from '../../../shared/stages/demand/import/delimited-parser.ts';
import { excelSerialToIso } from '../../../shared/stages/demand/import/excel-date.ts';
import { MAX_CELL_CHARS, MAX_COLUMNS } from '../../../shared/stages/demand/import/limits.ts';
import type { XlsxArchive } from './xlsx-archive.ts';
import { createTextCollector, type XlsxWorkbook } from './xlsx-workbook.ts';
import { visitXml } from './xlsx-xml.ts';

/** The rows of one sheet that have a cell with a value, in pieces. Numbers keep 15 significant digits, dates become ISO text,
 *  formulas give their stored value.
 *  @throws AppError 'import.xlsx-unsafe', 'import.format', 'import.too-many-columns', 'import.cell-too-large' */
export async function* readXlsxSheet(
  archive: XlsxArchive,
  workbook: XlsxWorkbook,
  part: string,
  file: string,
): AsyncGenerator<string[][]> {
  let rows: string[][] = [];
  let cells: string[] = [];
  let rowNumber = 0;
  let column = -1;
  let type = 'n';
  let style = 0;
  let value = '';
  let inValue = false;
  const inline = createTextCollector();

  const closeCell = (): void => {
    const text = type === 'inlineStr' ? inline.take() : cellText(workbook, type, style, value);
    if (text === '') return;
    while (cells.length < column) cells.push('');
    cells[column] = text;
  };

  const steps = visitXml(archive, part, file, {
    open(name, attributes) {
      if (name === 'row') {
        rowNumber = attributes.r === undefined ? rowNumber + 1 : Number(attributes.r);
        cells = [];
        column = -1;
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnOfReference(attributes.r);
        if (!(column >= 0 && column < MAX_COLUMNS)) {
          throw new AppError('import.too-many-columns', {
            file,
            row: rowNumber,
            columns: column + 1,
            limit: MAX_COLUMNS,
          });
        }
        type = attributes.t ?? 'n';
        style = Number(attributes.s ?? 0);
        value = '';
      } else if (name === 'v') {
        inValue = true;
      } else {
        inline.open(name);
      }
    },
    text(piece) {
      if (inValue) value += piece;
      else inline.text(piece);
      if (value.length > MAX_CELL_CHARS) checkRecord([value], rowNumber, file);
    },
    close(name) {
      if (name === 'v') inValue = false;
      else if (name === 'c') closeCell();
      else if (name === 'row') {
        if (cells.length === 0) return;
        checkRecord(cells, rowNumber, file);
        rows.push(cells);
      } else inline.close(name);
    },
  });
  for await (const _ of steps) {
    if (rows.length === 0) continue;
    yield rows;
    rows = [];
  }
}

function cellText(workbook: XlsxWorkbook, type: string, style: number, value: string): string {
  switch (type) {
    case 's':
      return workbook.sharedStrings[Number(value)] ?? '';
    case 'b':
      return value === '1' ? 'TRUE' : 'FALSE';
    case 'n':
      return value === ''
        ? ''
        : numberText(Number(value), value, workbook.dateStyles[style] === true, workbook.date1904);
    default:
      return value;
  }
}

function numberText(number: number, value: string, isDate: boolean, date1904: boolean): string {
  if (!Number.isFinite(number)) return value;
  const date = isDate ? excelSerialToIso(number, date1904) : null;
  // A workbook stores 17 digits and shows 15: 0.30000000000000004 was entered as 0.3.
  return date ?? (Number.isSafeInteger(number) ? String(number) : String(Number(number.toPrecision(15))));
}

/** 0-based column of a reference such as `AB12`; -1 where it has no letters. */
function columnOfReference(reference: string): number {
  let column = 0;
  for (let i = 0; i < reference.length && i < 4; i++) {
    const letter = reference.charCodeAt(i) & 0xdf;
    if (letter < 0x41 || letter > 0x5a) break;
    column = column * 26 + letter - 0x40;
  }
  return column - 1;
}
