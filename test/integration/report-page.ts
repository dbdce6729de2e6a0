import { inflateSync } from 'node:zlib';

export interface PrintedTable {
  readonly anchor: string;
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly PrintedCell[])[];
}
interface PrintedCell {
  readonly text: string;
  /** Raw value and the artifact that the number leads to; null for words. */
  readonly number: { readonly value: number; readonly artifactId: string } | null;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** What a reader sees of a piece of our HTML. */
export function textOf(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/[ \n]+/g, ' ')
    .trim();
}

/** The tables of a report, read back from its HTML. */
export function tablesOf(html: string): readonly PrintedTable[] {
  return [
    ...html.matchAll(/<figure class="table" id="([^"]+)"><figcaption>(.*?)<\/figcaption><table>(.*?)<\/table>/gs),
  ].map(([, anchor = '', caption = '', table = '']) => ({
    anchor,
    caption: textOf(caption),
    columns: [...table.matchAll(/<th [^>]*>(.*?)<\/th>/gs)].map(([, cell = '']) => textOf(cell)),
    rows: [...table.matchAll(/<tr>(<td.*?)<\/tr>/gs)].map(([, row = '']) =>
      [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell = '']) => {
        const found = /<a class="number" href="#a-([^"]+)"><data value="([^"]+)">/.exec(cell);
        return {
          text: textOf(cell),
          number: found === null ? null : { artifactId: found[1] ?? '', value: Number(found[2]) },
        };
      }),
    ),
  }));
}

/** All links inside a document lead somewhere in it; gives those that do not. */
export function deadLinks(html: string): readonly string[] {
  const ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  return [...html.matchAll(/ href="#([^"]*)"/g)].flatMap(([, to = '']) => (ids.has(to) ? [] : [to]));
}

/** Characters that a PDF's own tables give its glyphs: what can be searched and copied. @source PDF 32000-1, 9.10.3 */
export function pdfCharacters(pdf: Buffer): ReadonlySet<string> {
  const found = new Set<string>();
  for (const stream of pdfStreams(pdf)) {
    if (!stream.includes('beginbf')) continue;
    for (const [, from = '', to = '', code = ''] of stream.matchAll(/<([0-9A-F]+)> <([0-9A-F]+)> <([0-9A-F]{4})>/gi)) {
      const first = Number.parseInt(code, 16);
      const count = Number.parseInt(to, 16) - Number.parseInt(from, 16);
      for (let step = 0; step <= count; step++) found.add(String.fromCharCode(first + step));
    }
    for (const [, code = ''] of stream.matchAll(/^<[0-9A-F]+> <([0-9A-F]{4})>$/gim))
      found.add(String.fromCharCode(Number.parseInt(code, 16)));
  }
  return found;
}

function* pdfStreams(pdf: Buffer): Generator<string> {
  for (let at = pdf.indexOf('stream'); at >= 0; at = pdf.indexOf('stream', at + 1)) {
    const start = at + (pdf[at + 'stream'.length] === 0x0d ? 'stream\r\n' : 'stream\n').length;
    const end = pdf.indexOf('endstream', start);
    if (end < 0) return;
    try {
      yield inflateSync(pdf.subarray(start, end)).toString('latin1');
    } catch {
      // Not a compressed stream.
    }
    at = end + 'endstream'.length;
  }
}
