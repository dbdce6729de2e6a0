import { createWriteStream, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import Papa from 'papaparse';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChildPort, SpawnEntry } from '../../electron/engine/deps.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import type { JobRecord } from '../../shared/contract/project.ts';
import { isActive } from '../../shared/jobs/state.ts';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';

/** T13 and T14. SOAK=1: a million rows. */
const ROWS = process.env.SOAK === '1' ? 1_000_000 : 100_000;
/** Of the process that reads. */
const MOST_RESIDENT_MB = 500;
/** Ten times what is promised: news at least once a second, and a cancel heard within half of one. */
const LONGEST_SILENCE_MS = 10_000;
const LONGEST_CANCEL_MS = 5_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'import-faults-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let project: TestProject;
let readers: number[];
let opened = 0;
beforeEach(async () => {
  readers = [];
  project = await openTestProject(join(folder, `p${opened++}.csw`), CREATE, {
    spawn: spawnNoted,
    log: () => undefined,
  });
});
afterEach(() => project.engine.dispose());

const children = () =>
  readdirSync(`/proc/${process.pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${process.pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  );
function spawnNoted(entry: SpawnEntry): ChildPort {
  if (process.platform !== 'linux') return forkEntry(entry);
  const before = new Set(children());
  const child = forkEntry(entry);
  if (entry === 'compute') readers.push(...children().filter((pid) => !before.has(pid)));
  return child;
}
/** The most memory that any process which read has had; 0 where the system does not say. */
function mostResidentMb(): number {
  const peaks = readers.map((pid) => {
    try {
      return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
    } catch {
      return 0;
    }
  });
  return Math.max(0, ...peaks);
}

const importInput = (file: string) =>
  ({ sourceId: `file:${file}`, name: 'Rows', kind: 'feedback', overrides: {}, columns: null }) as const;
const write = (name: string, content: string | Buffer) => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

describe.each(['utf-8', 'gb18030'] as const)(`${ROWS} rows in %s`, (encoding) => {
  // "登录太慢了，希望改进" in both encodings.
  const text = {
    'utf-8': Buffer.from('登录太慢了，希望改进'),
    gb18030: Buffer.from('b5c7c2bcccabc2fdc1cba3accfa3cdfbb8c4bdf8', 'hex'),
  }[encoding];
  let file: string;
  beforeAll(async () => {
    file = join(folder, `many-${encoding}.csv`);
    const out = createWriteStream(file);
    out.write('id,text,score\n');
    for (let row = 0; row < ROWS; row += 1000) {
      const lines = Array.from({ length: 1000 }, (_, i) => [
        Buffer.from(`${row + i},`),
        text,
        Buffer.from(`,${i % 11}\n`),
      ]);
      if (!out.write(Buffer.concat(lines.flat())))
        await new Promise<void>((resolve) => out.once('drain', () => resolve()));
    }
    out.end();
    await finished(out);
  });
  afterAll(() => rmSync(file));

  it('are imported whole, in bounded memory, with news all the while', async () => {
    let last = performance.now();
    let silence = 0;
    const stop = project.engine.subscribe((event) => {
      if (event.type !== 'jobChanged') return;
      silence = Math.max(silence, performance.now() - last);
      last = performance.now();
    });
    const startedAt = performance.now();
    await project.done('demand.importSource', importInput(file));
    stop();
    const resident = mostResidentMb();
    console.log(
      `${encoding}: ${((performance.now() - startedAt) / 1000).toFixed(1)} s, ${resident.toFixed(0)} MB, longest silence ${silence.toFixed(0)} ms`,
    );
    const [dataset] = await project.call('demand.datasets', {});
    expect(dataset?.dataset).toMatchObject({ rowCount: ROWS, problems: { total: 0 }, options: { encoding } });
    const { rows } = await project.call('project.rows', {
      ref: { type: 'dataset', datasetId: 'd1' },
      offset: ROWS - 1,
      limit: 1,
    });
    expect(rows[0]?.cells.map(({ value }) => value)).toEqual([
      String(ROWS - 1),
      '登录太慢了，希望改进',
      String(999 % 11),
    ]);
    expect(silence).toBeLessThan(LONGEST_SILENCE_MS);
    expect(resident).toBeLessThan(MOST_RESIDENT_MB);
    if (encoding !== 'utf-8') return;

    const exportedAt = performance.now();
    let waited = 0;
    const exporting = project.call('project.exportRows', {
      ref: { type: 'dataset', datasetId: 'd1' },
      title: '',
      language: 'en',
    });
    let isOut = false;
    exporting.finally(() => {
      isOut = true;
    });
    while (!isOut) {
      const askedAt = performance.now();
      await new Promise((resolve) => setImmediate(resolve));
      await project.call('jobs.list', {});
      waited = Math.max(waited, performance.now() - askedAt);
    }
    const [written] = (await exporting).files;
    console.log(
      `${encoding}: out again in ${((performance.now() - exportedAt) / 1000).toFixed(1)} s, longest wait of a request ${waited.toFixed(0)} ms`,
    );
    expect(written?.rows).toBe(ROWS);
    expect(waited).toBeLessThan(LONGEST_SILENCE_MS);
  });

  it('are let go of when the import is cancelled', async () => {
    const { jobId } = await project.call('demand.importSource', importInput(file));
    await project.jobReaches(
      jobId,
      ({ state }: JobRecord) => isActive(state) && 'progress' in state && state.progress.done > 0,
    );
    const askedAt = performance.now();
    await project.call('jobs.cancel', { jobId });
    expect((await project.settled(jobId)).state).toEqual({ type: 'cancelled' });
    expect(performance.now() - askedAt).toBeLessThan(LONGEST_CANCEL_MS);
    expect(await project.call('demand.datasets', {})).toEqual([]);
  });
});

describe('a CSV made to harm', () => {
  const MB = 1024 ** 2;
  const REFUSED: Readonly<Record<string, { content: () => string | Buffer; error: object }>> = {
    'of ten thousand columns': {
      content: () => `${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n`.repeat(3),
      error: { code: 'import.too-many-columns', params: { file: 'bad.csv', row: 1, columns: 10_000, limit: 1000 } },
    },
    'with a cell of 50 MB': {
      content: () => `id,text\n1,${'x'.repeat(50 * MB)}\n`,
      error: { code: 'import.cell-too-large', params: { file: 'bad.csv', row: 2, column: 2, limitMb: 1 } },
    },
    'with a quoted cell of 50 MB': {
      content: () => `id,text\n1,"${'x\n'.repeat(25 * MB)}"\n`,
      error: { code: 'import.unclosed-quote', params: { file: 'bad.csv', row: 2 } },
    },
    'of one line of 50 MB': {
      content: () => 'a,'.repeat(25 * MB),
      error: { code: 'import.too-many-columns', params: { file: 'bad.csv', row: 1 } },
    },
    'whose quote never ends': {
      content: () => `id,text\n1,fine\n2,"${'x,y\n'.repeat(100_000)}`,
      error: { code: 'import.unclosed-quote', params: { file: 'bad.csv', row: 3 } },
    },
    'of NULs': { content: () => Buffer.alloc(MB), error: { code: 'import.binary', params: { file: 'bad.csv' } } },
  };
  it.each(Object.entries(REFUSED))(
    '%s is refused with its place, in bounded memory',
    async (_name, { content, error }) => {
      const file = write('bad.csv', content());
      const reply = await project.engine.call('demand.importSource', importInput(file), 'test');
      let refusal: unknown = reply.ok ? null : reply.error;
      if (reply.ok) {
        const { state } = await project.settled((reply.value as { jobId: string }).jobId);
        refusal = state.type === 'failed' ? state.error : state;
      }
      expect(refusal).toMatchObject(error);
      expect(await project.call('demand.datasets', {})).toEqual([]);
      expect(mostResidentMb()).toBeLessThan(MOST_RESIDENT_MB);
    },
  );

  it('whose headers are names of JavaScript keeps every column, and no object learns from it', async () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'id', '__proto__'];
    const file = write('names.csv', `${names.join(',')}\nisAdmin,b,c,d,1,f\nx,y,z,w,2,v\n`);
    await project.done('demand.importSource', importInput(file));
    const { rows } = await project.call('project.rows', {
      ref: { type: 'dataset', datasetId: 'd1' },
      offset: 0,
      limit: 2,
    });
    expect(rows[0]?.cells.map(({ name }) => name)).toEqual(names);
    expect(rows.map(({ cells }) => cells.map(({ value }) => value))).toEqual([
      ['isAdmin', 'b', 'c', 'd', '1', 'f'],
      ['x', 'y', 'z', 'w', '2', 'v'],
    ]);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect('isAdmin' in {}).toBe(false);
  });

  it('with the line ends of three systems has the rows that a person sees', async () => {
    const file = write('mixed.csv', 'id,text\r\n1,one\r2,"two\rlines"\n3,three\r\n\r\n4,four');
    await project.done('demand.importSource', importInput(file));
    const { rows } = await project.call('project.rows', {
      ref: { type: 'dataset', datasetId: 'd1' },
      offset: 0,
      limit: 9,
    });
    expect(rows.map(({ cells }) => cells.map(({ value }) => value))).toEqual([
      ['1', 'one'],
      ['2', 'two\nlines'],
      ['3', 'three'],
      ['4', 'four'],
    ]);
  });

  it('with formulas goes out again as texts: the rows behind a number as CSV run in no spreadsheet', async () => {
    const formulas = [
      '=HYPERLINK("http://x.test","y")',
      '+1+cmd|x',
      '-2+3',
      '@SUM(A1)',
      '＝1+1',
      ' =1',
      '-12.5',
      'fine, "quoted"',
    ];
    const cell = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const file = write('formulas.csv', `id,text\n${formulas.map((text, i) => `${i},${cell(text)}`).join('\n')}\n`);
    await project.done('demand.importSource', importInput(file));
    const ref = { type: 'dataset', datasetId: 'd1' } as const;
    const exported = await project.call('project.exportRows', { ref, title: 'Rows', language: 'en' });
    expect(exported.files).toMatchObject([{ name: 'rows-dataset-d1.csv', title: 'Rows', rows: formulas.length }]);
    const written = readFileSync(join(exported.folder, 'rows-dataset-d1.csv'), 'utf8');
    expect(written.startsWith('\uFEFF')).toBe(true);
    const [header, ...rows] = Papa.parse<string[]>(written.slice(1), { skipEmptyLines: true }).data;
    expect(header).toEqual(['Dataset', 'Row', 'Cleaned text', 'Notes', 'id', 'text']);
    expect(rows.map((cells) => [cells[1], cells[5]])).toEqual(
      formulas.map((text, i) => [String(i + 1), text === '-12.5' || i === 7 ? text : `'${text}`]),
    );
  });
});
