import {
  copyFileSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openEngine } from '../../electron/engine/engine.ts';
import { fileSha256 } from '../../electron/models/model-folder.ts';
import { AppError, type AppErrorJson } from '../../shared/errors/app-error.ts';
import { errorText } from '../../shared/i18n/error-text.ts';
import { createTranslate, isI18nKey } from '../../shared/i18n/translate.ts';
import { createRng } from '../../shared/rng.ts';
import type { ImportOverrides } from '../../shared/stages/demand/import/import-options.ts';
import { workbookParts, writeZip } from '../fixtures/zip-writer.ts';
import { importPlanted, MODEL, writePlantedFiles } from './planted.ts';
import { CREATE, openTestProject, type TestProject, testDeps } from './testkit.ts';

let folder: string;
let path: string;
let project: TestProject;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-bad-'));
  path = join(folder, 'sound.csw');
  writePlantedFiles(folder);
  project = await openTestProject(path, CREATE);
  await importPlanted(project, folder);
});
afterAll(async () => {
  await project?.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const HAN = /\p{Script=Han}/u;

/** What people read about an error: a message and a remedy in both languages, with every parameter put in. */
function expectTexts(error: AppErrorJson): void {
  for (const language of ['zh-CN', 'en'] as const) {
    for (const part of ['message', 'remedy']) {
      if (!isI18nKey(`error.${error.code}.${part}`)) throw new Error(`no text for ${error.code}`);
    }
    const { message, remedy } = errorText(createTranslate(language), error);
    for (const text of [message, remedy]) {
      expect(text.length).toBeGreaterThan(5);
      expect(text).not.toMatch(/\{\w+\}|undefined|\[object/);
      expect(HAN.test(text.replaceAll(/“[^”]*”/g, ''))).toBe(language === 'zh-CN');
    }
  }
}

const random = Buffer.from(
  Uint8Array.from(
    { length: 5000 },
    (() => {
      const rng = createRng(1);
      return () => rng.int(256);
    })(),
  ),
);
const gbk = Buffer.from('d0d5c3fb2cd2e2bcfb0d0ad5c5c8fd2cb5c7c2bcccabc2fdc1cba3accfa3cdfbb8c4bdf80d0a', 'hex');
const bomb = () =>
  writeZip([
    ...workbookParts([{ name: 'S', rows: '' }]),
    { name: 'xl/worksheets/sheet2.xml', data: new Uint8Array(300 * 1024 ** 2) },
  ]);
/** Compound file: an old or an encrypted workbook. */
const compound = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4096)]);

describe('a bad file', () => {
  const cases: [string, string, (() => Uint8Array | string) | null, string, ImportOverrides][] = [
    ['of no bytes', 'nothing.csv', () => '', 'import.empty', {}],
    ['of blank lines', 'blank.csv', () => '\n\n\n', 'import.empty', {}],
    ['of random bytes', 'noise.csv', () => random, 'import.binary', {}],
    ['that is a cut gzip named .csv', 'archive.csv', () => gzipSync(random).subarray(0, 2000), 'import.binary', {}],
    [
      'whose quote never ends',
      'quote.csv',
      () => `id,text\n1,"never closed\n${'2,more text\n'.repeat(50)}`,
      'import.unclosed-quote',
      {},
    ],
    ['that is not in the encoding chosen', 'gbk.csv', () => gbk, 'import.encoding', { encoding: 'utf-8' }],
    ['that is a workbook which inflates to 300 MB', 'bomb.xlsx', bomb, 'import.xlsx-unsafe', {}],
    ['that is an old or encrypted workbook', 'old.xls', () => compound, 'import.old-workbook', {}],
    ['that is an old workbook named .csv', 'old.csv', () => compound, 'import.old-workbook', {}],
    ['that is a folder', 'folder.csv', null, 'source.not-found', {}],
    ['that is not there', 'missing.csv', null, 'source.not-found', {}],
  ];
  it.each(cases)(
    '%s is refused by name before and during an import, and nothing else changes',
    async (_what, name, content, code, overrides) => {
      const file = join(folder, name);
      if (content !== null) writeFileSync(file, content());
      else if (name.startsWith('folder')) mkdirSync(file);
      const before = await project.call('project.artifacts', {});
      const inspected = await project.engine.call(
        'demand.inspectSource',
        { sourceId: `file:${file}`, overrides },
        'test',
      );
      const job = { sourceId: `file:${file}`, name, kind: 'feedback', overrides, columns: null } as const;
      const started = await project.engine.call('demand.importSource', job, 'test');
      const errors: AppErrorJson[] = [];
      if (!inspected.ok) errors.push(inspected.error);
      if (!started.ok) errors.push(started.error);
      else {
        const { state } = await project.settled((started.value as { jobId: string }).jobId);
        expect(state.type).toBe('failed');
        if (state.type === 'failed') errors.push(state.error);
      }
      expect([...new Set(errors.map((error) => error.code))]).toEqual([code]);
      for (const error of errors) expectTexts(error);
      expect(await project.call('project.artifacts', {})).toEqual(before);
      expect((await project.call('demand.datasets', {})).map(({ id }) => id)).toEqual(['d1', 'd2']);
    },
  );

  it('with some broken lines among JSON Lines is read, and the broken ones are counted and named', async () => {
    const file = join(folder, 'lines.jsonl');
    const lines = Array.from({ length: 20 }, (_, i) =>
      i % 5 === 4 ? `{"text": "cut ${i}` : JSON.stringify({ text: `Answer number ${i}` }),
    );
    writeFileSync(file, lines.join('\n'));
    await project.done('demand.importSource', {
      sourceId: `file:${file}`,
      name: 'Lines',
      kind: 'feedback',
      overrides: {},
      columns: null,
    });
    const added = (await project.call('demand.datasets', {})).at(-1)!;
    expect(added.dataset).toMatchObject({ rowCount: 16, problems: { total: 4 } });
    expect(added.dataset.problems.first.map(({ record, kind }) => [record, kind])).toEqual(
      [5, 10, 15, 20].map((record) => [record, 'invalid-json']),
    );
    await project.call('demand.removeDataset', { datasetId: added.id });
  });

  it('leaves no rows of its own, and the project opens again with all that it had', async () => {
    const artifacts = await project.call('project.artifacts', {});
    await project.engine.dispose();
    const db = new Database(path, { readonly: true });
    expect(db.prepare('SELECT DISTINCT dataset FROM source_row ORDER BY dataset').all()).toEqual([
      { dataset: 1 },
      { dataset: 2 },
    ]);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    db.close();
    project = await openTestProject(path, { type: 'open' });
    expect(await project.call('project.artifacts', {})).toEqual(artifacts);
    expect((await project.call('project.audit', { offset: 0, limit: 1 })).intact).toBe(true);
  });
});

describe('a bad project file', () => {
  async function refusal(file: string): Promise<AppErrorJson> {
    try {
      const engine = await openEngine(testDeps(), file, { type: 'open' });
      await engine.dispose();
    } catch (error) {
      if (error instanceof AppError) return error.toJSON();
      throw error;
    }
    throw new Error(`${file} was opened`);
  }

  it('is refused by name and stays as it was: pages overwritten, cut short, another application, no database', async () => {
    const copy = join(folder, 'copy.csw');
    await project.engine.dispose();
    copyFileSync(path, copy);
    project = await openTestProject(path, { type: 'open' });
    const bytes = readFileSync(copy);
    const overwritten = Buffer.from(bytes);
    overwritten.fill(0xa5, 4096, 4096 * 6);
    const renamed = Buffer.from(bytes);
    renamed.write('ABCD', 68, 'latin1');
    const bad: [string, Buffer, string][] = [
      ['overwritten.csw', overwritten, 'project.corrupt'],
      ['cut.csw', bytes.subarray(0, Math.floor(bytes.length / 2)), 'project.corrupt'],
      ['stranger.csw', renamed, 'project.not-a-project'],
      ['notes.csw', Buffer.from('only some notes '.repeat(500)), 'project.not-a-project'],
    ];
    for (const [name, content, code] of bad) {
      const file = join(folder, name);
      writeFileSync(file, content);
      const error = await refusal(file);
      expect([name, error.code]).toEqual([name, code]);
      expectTexts(error);
      expect(readFileSync(file).equals(content)).toBe(true);
    }
    const missing = await refusal(join(folder, 'nowhere.csw'));
    expect(missing.code).toBe('project.not-found');
    expectTexts(missing);
    expect(readdirSync(folder).filter((name) => name.startsWith('nowhere'))).toEqual([]);
  });

  it('is not opened twice at once, and the first keeps working', async () => {
    const error = await refusal(path);
    expect(error.code).toBe('project.locked');
    expectTexts(error);
    await project.call('project.rename', { name: 'Still mine', customer: '', period: '' });
    expect((await project.call('project.overview', {})).project.name).toBe('Still mine');
  });
});

describe('a bad model folder', () => {
  const source = resolve(import.meta.dirname, '../../models', MODEL);
  const WEIGHTS = 'model.safetensors';
  const TENSOR = 'encoder.layer.5.output.dense.weight';
  let models: string;
  let own: TestProject;
  beforeAll(async () => {
    models = join(folder, 'models');
    mkdirSync(join(models, MODEL), { recursive: true });
    for (const name of readdirSync(source)) {
      if (name === 'manifest.json') copyFileSync(join(source, name), join(models, MODEL, name));
      else if (name !== WEIGHTS) linkOrCopy(join(source, name), join(models, MODEL, name));
    }
    own = await openTestProject(join(folder, 'models.csw'), CREATE, { modelsFolder: models });
    await importPlanted(own, folder);
    await own.done('demand.clean', {
      datasetId: 'd1',
      recipe: (await own.call('demand.cleaning', { datasetId: 'd1' })).recipe,
    });
  });
  afterAll(() => own?.engine.dispose());
  afterEach(() => rmSync(join(models, MODEL, WEIGHTS), { force: true }));

  async function failureWith(weights: Buffer | null, adjustManifest: boolean): Promise<AppErrorJson> {
    const file = join(models, MODEL, WEIGHTS);
    if (weights !== null) writeFileSync(file, weights);
    if (adjustManifest && weights !== null) {
      const manifest = JSON.parse(readFileSync(join(source, 'manifest.json'), 'utf8')) as {
        files: { path: string; bytes: number; sha256: string }[];
      };
      const entry = manifest.files.find((candidate) => candidate.path === WEIGHTS)!;
      entry.bytes = weights.length;
      entry.sha256 = await fileSha256(file);
      writeFileSync(join(models, MODEL, 'manifest.json'), JSON.stringify(manifest));
    } else copyFileSync(join(source, 'manifest.json'), join(models, MODEL, 'manifest.json'));
    await own.settle('demand.discoverTopics', { topics: 4, modelId: MODEL, seed: 7 });
    const embedding = (await own.call('jobs.list', {})).find(({ slot }) => slot === 'demand.embeddings:d1')!;
    if (embedding.state.type !== 'failed') throw new Error(`embedding ended ${embedding.state.type}`);
    return embedding.state.error;
  }

  it('without a tensor, changed behind its manifest, cut short or without weights fails the step by name; a whole one then serves', async () => {
    const whole = readFileSync(join(source, WEIGHTS));
    const renamed = Buffer.from(whole);
    const at = renamed.indexOf(`"${TENSOR}"`);
    expect(at).toBeGreaterThan(0);
    renamed.write('x', at + TENSOR.length, 'latin1');
    const failures = [
      [await failureWith(renamed, true), 'model.tensor-missing'],
      [await failureWith(renamed, false), 'model.hash'],
      [await failureWith(whole.subarray(0, whole.length - 1000), true), 'model.file'],
      [await failureWith(null, false), 'model.hash'],
    ] as const;
    for (const [error, code] of failures) {
      expect(error.code).toBe(code);
      expectTexts(error);
    }
    expect(failures[0][0].params).toMatchObject({ tensor: expect.stringContaining('encoder.layer.5.output.dense') });
    expect((await own.call('project.artifacts', {})).map(({ kind }) => kind)).not.toContain('demand.embeddings');
    expect((await own.call('demand.datasets', {}))[0]?.clean?.rowsOut).toBeGreaterThan(0);

    linkOrCopy(join(source, WEIGHTS), join(models, MODEL, WEIGHTS));
    const failed = (await own.call('jobs.list', {})).find(({ slot }) => slot === 'demand.embeddings:d1')!;
    await own.call('jobs.resume', { jobId: failed.id });
    expect((await own.settled(failed.id)).state.type).toBe('succeeded');
  });
});

/** A hard link where both lie on one file system; big files are not copied without need. */
function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
