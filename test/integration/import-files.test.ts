import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectFile } from '../../electron/compute/readers/inspect-file.ts';
import { readRows } from '../../electron/compute/readers/read-rows.ts';
import { applyRecipe } from '../../shared/stages/demand/clean/apply-recipe.ts';
import { defaultRecipe } from '../../shared/stages/demand/clean/recipe.ts';
import { guessColumnRoles } from '../../shared/stages/demand/import/guess-column-roles.ts';

const DATA = join(import.meta.dirname, '../../../shared/data');
const hasData = existsSync(DATA);

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-files-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function readAll(path: string) {
  const { options } = await inspectFile(path, {});
  const rows: string[][] = [];
  const result = await readRows(path, options, { onBatch: async (batch) => void rows.push(...batch) });
  return { ...result, rows };
}

describe('reading files', () => {
  it('imports a CSV as Chinese Excel saves it (GBK) and a UTF-8 one with the same headers and cells', async () => {
    // "姓名,意见\r\n张三,登录太慢了，希望改进\r\n" in GBK
    const gbk = 'd0d5c3fb2cd2e2bcfb0d0ad5c5c8fd2cb5c7c2bcccabc2fdc1cba3accfa3cdfbb8c4bdf80d0a';
    const legacy = await inspectFile(write('gbk.csv', Buffer.from(gbk, 'hex')), {});
    const modern = await inspectFile(write('utf8.csv', '\uFEFF姓名,意见\r\n张三,登录太慢了，希望改进\r\n'), {});
    expect([legacy.options.encoding, modern.options.encoding]).toEqual(['gb18030', 'utf-8']);
    expect(legacy.columns).toEqual([
      { id: 'c0', name: '姓名' },
      { id: 'c1', name: '意见' },
    ]);
    expect([modern.columns, modern.preview]).toEqual([legacy.columns, legacy.preview]);
  });

  it('finds a legacy encoding that shows only after a mebibyte of ASCII', async () => {
    const head = Buffer.from(`id,text\n${'1,plain words\n'.repeat(100_000)}`);
    const tail = Buffer.from('322cb5c7c2bcccabc2fdc1cba3accfa3cdfbb8c4bdf80a', 'hex');
    const path = write('late.csv', Buffer.concat([head, tail]));
    const { rows } = await readAll(path);
    expect(rows.at(-1)).toEqual(['2', '登录太慢了，希望改进']);
  });

  it('stops at bytes that are invalid in the encoding, and reads on when told to replace them', async () => {
    const path = write(
      'bad.csv',
      Buffer.concat([Buffer.from('id,text\n1,好的好的\n2,'), Buffer.of(0xff), Buffer.from('\n')]),
    );
    const { options } = await inspectFile(path, { encoding: 'utf-8' });
    const sink = { onBatch: async () => {} };
    await expect(readRows(path, options, sink)).rejects.toMatchObject({ code: 'import.encoding' });
    await expect(readRows(path, { ...options, undecodable: 'replace' }, sink)).resolves.toMatchObject({ rows: 2 });
  });

  it('collects the keys of a whole JSON Lines file before its rows, and hashes its bytes', async () => {
    const text = `${'{"a":1}\n'.repeat(3_000)}{"late":"x"}\n`;
    const path = write('keys.jsonl', text);
    const { columns, rows, sha256 } = await readAll(path);
    expect([columns.map(({ name }) => name), rows[0], rows.at(-1)]).toEqual([
      ['a', 'late'],
      ['1', ''],
      ['', 'x'],
    ]);
    expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));
  });

  it('waits for each batch, hands batches on in order and stops when aborted', async () => {
    const path = write('batches.csv', `id,text\n${Array.from({ length: 2_500 }, (_, i) => `${i},t`).join('\n')}`);
    const { options } = await inspectFile(path, {});
    const seen: [number, number][] = [];
    let busy = false;
    const onBatch = async (batch: string[][], first: number) => {
      expect(busy).toBe(false);
      busy = true;
      await new Promise((resolve) => setImmediate(resolve));
      busy = false;
      seen.push([first, batch.length]);
    };
    await readRows(path, options, { onBatch, batchSize: 1_000 });
    expect(seen).toEqual([
      [0, 1_000],
      [1_000, 1_000],
      [2_000, 500],
    ]);

    const abort = new AbortController();
    const stopping = { signal: abort.signal, batchSize: 1_000, onBatch: async () => abort.abort(new Error('stopped')) };
    await expect(readRows(path, options, stopping)).rejects.toThrow('stopped');
  });

  it('refuses a missing file, an empty one, and one whose quote never closes', async () => {
    await expect(inspectFile(join(folder, 'none.csv'), {})).rejects.toMatchObject({ code: 'source.not-found' });
    await expect(inspectFile(write('empty.csv', ''), {})).rejects.toMatchObject({ code: 'import.empty' });
    const open = write('open.csv', `id,text\n1,ok\n2,"${'x,y\n'.repeat(1_000_000)}`);
    await expect(readAll(open)).rejects.toMatchObject({
      code: 'import.unclosed-quote',
      params: { file: 'open.csv', row: 3 },
    });
    const huge = write('cell.csv', `id,text\n1,"${'x'.repeat(50 * 1024 ** 2)}"\n`);
    await expect(readAll(huge)).rejects.toMatchObject({ params: { file: 'cell.csv', row: 2 } });
  });
});

describe.skipIf(!hasData)('the real data sets', () => {
  const inspected = async (file: string) => {
    const path = join(DATA, file);
    const { columns, sample } = await inspectFile(path, {});
    const { rows, problems } = await readAll(path);
    return { roles: guessColumnRoles(columns, sample), rows, problems: problems.total };
  };

  it('are read whole, with the right roles', async () => {
    for (const [file, expected] of [
      ['banking77_train.csv', 10_003],
      ['waimai_train.csv', 9_590],
    ] as const) {
      const { roles, rows, problems } = await inspected(file);
      expect([roles.map(({ role }) => role), rows.length, problems]).toEqual([['text', 'label'], expected, 0]);
    }
    const survey = await inspected('bank_satisfaction.csv');
    const roles = new Map(survey.roles.map(({ name, role }) => [name, role]));
    expect([roles.get('imag1'), roles.get('sat1'), roles.get('gender'), survey.rows.length]).toEqual([
      'item',
      'outcome',
      'segment',
      250,
    ]);
    expect(survey.roles.filter(({ role }) => role === 'item').map(({ scale }) => scale)).toEqual(
      Array.from({ length: 26 }, () => ({ min: 0, max: 10, direction: 'higher-better' })),
    );
  });

  it('lose duplicates of texts and no answer of a survey when cleaned', async () => {
    const survey = await inspected('bank_satisfaction.csv');
    expect(applyRecipe(survey.rows, survey.roles, defaultRecipe).status.every((status) => status === 0)).toBe(true);
    const reviews = await inspected('waimai_train.csv');
    const { duplicateOf, steps } = applyRecipe(reviews.rows, reviews.roles, defaultRecipe);
    const exact = steps.find(({ id }) => id === 'exactDuplicates')!;
    expect(exact.rowsIn - exact.rowsOut).toBeGreaterThan(0);
    expect(duplicateOf.every((other, row) => other < row)).toBe(true);
    expect(readFileSync(join(DATA, 'waimai_train.csv'), 'utf8').startsWith('text,label')).toBe(true);
  });
});
