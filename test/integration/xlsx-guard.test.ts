import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectFile } from '../../electron/compute/readers/inspect-file.ts';
import { readRows } from '../../electron/compute/readers/read-rows.ts';
import { writeUnderKey } from '../../electron/files/sealed-file.ts';
import type { ReasonCode } from '../../shared/errors/reasons.ts';
import { workbookParts, writeZip, type ZipPart } from '../fixtures/zip-writer.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xlsx-guard-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(bytes: Uint8Array): string {
  const path = join(folder, 'book.xlsx');
  writeFileSync(path, bytes);
  return path;
}

const oneSheet = workbookParts([{ name: 'S', rows: '<row><c><v>1</v></c></row>' }]);
const refusal = (code: string, reason: ReasonCode) =>
  expect.objectContaining({ code, params: expect.objectContaining({ problem: expect.objectContaining({ reason }) }) });

describe('workbooks', () => {
  it('gives shared, inline, rich and formula text, numbers, dates, booleans and gaps as cells', async () => {
    const rows =
      '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><t>日期</t></is></c><c r="D2" t="str"><f>1+1</f><v>和</v></c><c r="E2" t="inlineStr"><is><t>真</t></is></c></row>' +
      '<row r="3"><c r="A3"><v>0.30000000000000004</v></c><c r="C3" s="1"><v>45292.75</v></c><c r="D3" t="e"><v>#N/A</v></c><c r="E3" t="b"><v>1</v></c></row>' +
      '<row r="4"/><row r="5"><c r="B5" s="2"><v>13812345678</v></c><c r="C5" s="2"><v>45292</v></c></row>';
    const strings =
      '<si><t>分数</t></si><si><r><t>富</t></r><r><t xml:space="preserve"> 文_x000D_本&amp;</t></r><rPh sb="0" eb="1"><t>fu</t></rPh></si>';
    const styles =
      '<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="1"/></cellXfs>';
    const path = write(
      writeZip(
        workbookParts(
          [
            { name: '隐藏', rows: '', state: 'hidden' },
            { name: '数据', rows },
          ],
          { strings, styles },
        ),
      ),
    );
    const { options, sheets, columns, preview } = await inspectFile(path, {});
    expect(sheets).toEqual(['数据', '隐藏']);
    expect(options).toMatchObject({ format: 'xlsx', sheet: '数据', hasHeader: true });
    expect(columns.map(({ name }) => name)).toEqual(['分数', '富 文\r本&', '日期', '和', '真']);
    expect(preview).toEqual([
      ['0.3', '', '2024-01-01 18:00:00', '#N/A', 'TRUE'],
      ['', '13812345678', '45292', '', ''],
    ]);
    const read: string[][] = [];
    const result = await readRows(path, options, { onBatch: async (batch) => void read.push(...batch) });
    expect([result.rows, read]).toEqual([2, preview]);
    const sealed = join(folder, 'sealed.xlsx');
    const key = new Uint8Array(32).fill(3);
    await writeUnderKey(sealed, key, [readFileSync(path)]);
    expect((await inspectFile(sealed, {}, key)).preview).toEqual(preview);
    const again: string[][] = [];
    expect(await readRows(sealed, options, { onBatch: async (batch) => void again.push(...batch), key })).toEqual(
      result,
    );
    expect(again).toEqual(read);
    await expect(inspectFile(path, { sheet: '没有' })).rejects.toMatchObject({ code: 'import.sheet-missing' });
  });

  it('refuses a bomb of 300 MB in under a second, by its directory alone', async () => {
    const path = write(
      writeZip([...oneSheet, { name: 'xl/worksheets/sheet2.xml', data: new Uint8Array(300 * 1024 ** 2) }]),
    );
    const before = process.memoryUsage().rss;
    const start = performance.now();
    await expect(inspectFile(path, {})).rejects.toEqual(refusal('import.xlsx-unsafe', 'xlsx-ratio'));
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 ** 2);
  });

  it('refuses a part that inflates to more than it declares', async () => {
    const lying = oneSheet.map((part) =>
      part.name.endsWith('sheet1.xml') ? { ...part, data: ' '.repeat(50 * 1024 ** 2), declaredBytes: 1_000 } : part,
    );
    await expect(inspectFile(write(writeZip(lying)), {})).rejects.toMatchObject({ code: 'import.xlsx-unsafe' });
  });

  it.each<[ReasonCode, ZipPart[]]>([
    ['xlsx-entries', Array.from({ length: 10_000 }, (_, i) => ({ name: `xl/worksheets/sheet${i + 2}.xml`, data: '' }))],
    [
      'xlsx-inflated',
      Array.from({ length: 6 }, (_, i) => ({
        name: `xl/media/${i}.bin`,
        data: noise(600_000),
        declaredBytes: 100 * 1024 ** 2,
      })),
    ],
    ['xlsx-strings-large', [{ name: 'xl/sharedStrings.xml', data: noise(2_000_000), declaredBytes: 200 * 1024 ** 2 }]],
    ['xlsx-encrypted', [{ name: 'xl/a.xml', data: 'x', encrypted: true }]],
    ['xlsx-archive-within', [{ name: 'xl/embeddings/a.zip', data: 'x' }]],
    ['xlsx-name-twice', [{ name: 'xl/workbook.xml', data: 'x' }]],
    ['xlsx-bad-directory', [{ name: '../../etc/passwd', data: 'x' }]],
    ['xlsx-bad-directory', [{ name: '/etc/passwd', data: 'x' }]],
  ])('refuses an archive with: %s', async (reason, parts) => {
    const start = performance.now();
    const path = write(writeZip([...oneSheet, ...parts]));
    const written = performance.now();
    await expect(inspectFile(path, {})).rejects.toEqual(refusal('import.xlsx-unsafe', reason));
    expect(performance.now() - written).toBeLessThan(1_000);
    expect(written).toBeGreaterThan(start);
  });

  it('refuses a document type declaration, and with it entities that multiply', async () => {
    const entities =
      '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>';
    const parts = oneSheet.map((part) => (part.name.endsWith('sheet1.xml') ? { ...part, data: entities } : part));
    await expect(inspectFile(write(writeZip(parts)), {})).rejects.toEqual(
      refusal('import.xlsx-unsafe', 'xlsx-doctype'),
    );
  });

  it('refuses a cell beyond the columns, bad XML, a zip that is no workbook, and a workbook of before 2007', async () => {
    const far = workbookParts([{ name: 'S', rows: '<row r="1"><c r="XFD1"><v>1</v></c></row>' }]);
    await expect(inspectFile(write(writeZip(far)), {})).rejects.toMatchObject({ code: 'import.too-many-columns' });
    const broken = workbookParts([{ name: 'S', rows: '<row><c><v>1</c></row>' }]);
    await expect(inspectFile(write(writeZip(broken)), {})).rejects.toMatchObject({ code: 'import.format' });
    await expect(inspectFile(write(writeZip([{ name: 'a.txt', data: 'x' }])), {})).rejects.toEqual(
      refusal('import.format', 'xlsx-no-workbook'),
    );
    const old = Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);
    await expect(inspectFile(write(old), {})).rejects.toMatchObject({ code: 'import.old-workbook' });
    await expect(inspectFile(write(writeZip(oneSheet).subarray(0, 200)), {})).rejects.toMatchObject({
      code: 'import.format',
    });
  });
});

/** Bytes that hardly compress, always the same ones. */
function noise(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
}
