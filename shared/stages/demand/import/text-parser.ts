import { checkRecord } from './delimited-parser.ts';
import { createNewlineNormaliser, type RecordParser } from './record-parser.ts';

/** One text per line, or per paragraph (paragraphs are parted by blank lines). Empty ones are dropped.
 *  @throws AppError 'import.cell-too-large' */
export function createTextParser(unit: 'lines' | 'paragraphs', file: string): RecordParser {
  const normalise = createNewlineNormaliser();
  const separator = unit === 'lines' ? /\n/ : /\n(?:[ \t\u3000]*\n)+/;
  let rest = '';
  let records = 0;

  const accept = (texts: readonly string[]): string[][] => {
    const kept: string[][] = [];
    for (const text of texts) {
      if (text.trim() === '') continue;
      records++;
      const cells = [unit === 'lines' ? text : text.replace(/^\n+|\n+$/g, '')];
      checkRecord(cells, records, file);
      kept.push(cells);
    }
    return kept;
  };

  return {
    push(text) {
      rest += normalise(text);
      const texts = rest.split(separator);
      rest = texts.pop() ?? '';
      checkRecord([rest], records + 1, file);
      return accept(texts);
    },
    end() {
      const texts = rest.split(separator);
      rest = '';
      return accept(texts);
    },
  };
}
