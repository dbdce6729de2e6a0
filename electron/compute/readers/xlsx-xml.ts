import { SaxesParser } from 'saxes';
import { AppError } from '../../../shared/errors/app-error.ts';
import { because } from '../../../shared/errors/reasons.ts';
import type { XlsxArchive } from './xlsx-archive.ts';

export interface XmlVisitor {
  /** `name` without its namespace prefix. */
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

const localName = (name: string) => name.slice(name.indexOf(':') + 1);

/** Feeds one part of a workbook through a streaming XML parser and yields after each piece, so that the caller can hand on
 *  what has been completed. A document type declaration, and with it every entity of its own, is refused.
 *  @throws AppError 'import.xlsx-unsafe', 'import.format' */
export async function* visitXml(
  archive: XlsxArchive,
  part: string,
  file: string,
  visitor: XmlVisitor,
): AsyncGenerator<void> {
  const parser = new SaxesParser();
  parser.on('doctype', () => {
    throw new AppError('import.xlsx-unsafe', { file, problem: because('xlsx-doctype', {}) });
  });
  parser.on('error', (cause) => {
    throw new AppError('import.format', { file, problem: because('xlsx-bad-xml', { part }) }, { cause });
  });
  parser.on('opentag', (tag) => visitor.open?.(localName(tag.name), tag.attributes));
  parser.on('text', (text) => visitor.text?.(text));
  parser.on('cdata', (text) => visitor.text?.(text));
  parser.on('closetag', (tag) => visitor.close?.(localName(tag.name)));
  for await (const text of archive.text(part)) {
    parser.write(text);
    yield;
  }
  parser.close();
  yield;
}

/** `visitXml` to the end. */
export async function readXml(archive: XlsxArchive, part: string, file: string, visitor: XmlVisitor): Promise<void> {
  for await (const _ of visitXml(archive, part, file, visitor));
}
