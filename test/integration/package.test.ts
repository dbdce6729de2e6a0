import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { defaultRecipe } from '../../shared/stages/demand/clean/recipe.ts';
import type { BuiltPackage } from '../../shared/stages/landing/contract.ts';
import { offlineRunRefusal, runOffline } from '../offline/run-offline.ts';
import { buildPackage, MOBILE, predictedRows, tinyProject } from './package-project.ts';
import { HEAD_CONFIG, importPlanted, MODEL, writePlantedFiles } from './planted.ts';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';

const ASK = join(import.meta.dirname, '..', 'offline', 'ask-package.ts');
const MOST_MEGABYTES_BESIDE_MODEL = 45;
const refusal = offlineRunRefusal();

interface Answer {
  readonly label: string;
  readonly probability: number;
  readonly truncated: boolean;
}
interface Asked {
  readonly selfTest: {
    readonly passed: boolean;
    readonly tests: readonly { name: string; passed: boolean; detail: string }[];
  };
  readonly selfTestCode: number;
  readonly answers: readonly Answer[];
  readonly stopped: number;
}

let folder: string;
let project: TestProject;
let built: BuiltPackage;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-package-'));
  project = await tinyProject(folder);
  built = await buildPackage(project, 'Credit / assistant: v1');
});
afterAll(async () => {
  await project?.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const paths = (root: string) =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const inSpool = () => {
  const spool = `${project.engine.path}-spool`;
  return existsSync(spool) ? readdirSync(spool) : [];
};
const exportsOf = (file: string) => join(folder, `${file}-exports`);

/** The package in another place, which no folder of the product lies above. */
function moved(from: string): string {
  const to = join(mkdtempSync(join(folder, 'customer-')), 'received');
  cpSync(from, to, { recursive: true });
  return to;
}

function selfTest(at: string): { readonly code: number | null; readonly result: Asked['selfTest'] } {
  const run = spawnSync(process.execPath, [join(at, 'self-test.mjs')], { cwd: '/', encoding: 'utf8' });
  expect(run.stdout.trim().split('\n')).toHaveLength(1);
  return { code: run.status, result: JSON.parse(run.stdout) };
}

describe('a package that was built', () => {
  test('lies beside the project under a name that is one folder, with its self-test passed', async () => {
    expect(built.path).toBe(join(exportsOf('Tiny bank'), 'Credit-assistant-v1'));
    expect(built.isThere).toBe(true);
    const { selfTest: outcome, samples } = built.built.result;
    expect(outcome.tests.map(({ name, passed }) => [name, passed])).toEqual(
      ['files', 'modules', 'samples', 'health', 'predict', 'batch', 'refusal'].map((name) => [name, true]),
    );
    const ref = { type: 'packageSample', packageId: built.built.result.id } as const;
    const behind = await project.call('project.rows', { ref, offset: 0, limit: 100 });
    expect([samples.rows, behind.total, new Set(behind.rows.map(({ row }) => row)).size]).toEqual([24, 24, 24]);
    expect(inSpool()).toEqual([]);
  });

  test('lists every file with bytes and hash, as they are', () => {
    const listed = built.built.result.files.map(({ path, bytes }) => [path, bytes]);
    const found = paths(built.path).map((path) => [path.slice(built.path.length + 1), statSync(path).size]);
    expect(listed.toSorted()).toEqual(found.toSorted());
    const check = spawnSync('sha256sum', ['-c', '--quiet', 'checksums.sha256'], { cwd: built.path, encoding: 'utf8' });
    expect(check.stdout).toBe('');
  });

  test('has the runtime of one platform, no type, map, test or installer, and little beside the model', () => {
    const files = built.built.result.files.map(({ path }) => path);
    const binaries = files.filter((path) => path.includes('/bin/'));
    expect(binaries.length).toBeGreaterThan(1);
    expect(binaries.filter((path) => !path.includes(`/${process.platform}/${process.arch}/`))).toEqual([]);
    expect(files).toContain('LICENSES/tiny-COPYING.txt');
    expect(files.filter((path) => /\.(d\.ts|map|ts)$|\/script\/|\/test\//.test(path))).toEqual([]);
    const { totalBytes, modelBytes } = built.built.result;
    expect((totalBytes - modelBytes) / 1e6).toBeLessThan(MOST_MEGABYTES_BESIDE_MODEL);
  });

  test('names no address but its own, and nothing of the project that is personal', () => {
    const texts = paths(built.path).filter((path) => !/LICENSES|\.(onnx|node|dll|dylib)$|\.so\.\d+$/.test(path));
    for (const path of texts) {
      const code = readFileSync(path, 'utf8');
      // Comments of vendored scripts speak of where they come from; nothing runs them.
      const spoken = path.includes('vendor') ? code.replace(/^\s*(\/\/|\/?\*).*$/gm, '') : code;
      const hosts = [...spoken.matchAll(/\bhttps?:\/\/([\w.-]+)/g)].map(([, host]) => host);
      expect([path, hosts.filter((host) => host !== '127.0.0.1')]).toEqual([path, []]);
      expect([path, code.includes(MOBILE)]).toEqual([path, false]);
    }
    const { samples } = JSON.parse(readFileSync(join(built.path, 'samples.json'), 'utf8')) as {
      samples: { text: string }[];
    };
    const masked = samples.filter(({ text }) => text.includes('[mobile]')).length;
    expect(masked).toBeGreaterThan(0);
    expect(built.built.result.notices).toContainEqual({
      code: 'package-samples-masked',
      severity: 'info',
      params: { rows: masked },
    });
  });

  test('says what it was made from, and what is missing', () => {
    const { artifact, result } = built.built;
    expect(artifact.inputs.map(({ slot }) => slot)).toEqual([
      'competitiveness.run:R1',
      'competitiveness.labels',
      'demand.clean:d1',
      'competitiveness.split',
    ]);
    expect(result.notices.map(({ code }) => code)).toContain('package-tests-missing');
    const card = readFileSync(join(built.path, 'MODEL_CARD.md'), 'utf8');
    expect(card).toBe(result.card);
    const manifest = JSON.parse(readFileSync(join(built.path, 'manifest.json'), 'utf8'));
    expect(manifest.model.onnx.sha256).toBe(result.modelSha256);
    expect(card).toContain(result.modelSha256);
    expect(JSON.parse(readFileSync(join(built.path, 'openapi.json'), 'utf8'))).toMatchObject({
      openapi: '3.1.0',
      components: { schemas: { Label: { enum: result.labels } } },
    });
  });
});

describe('in another place without a network', () => {
  beforeEach((context) => context.skip(refusal !== null, refusal ?? ''));

  test('self-test and server agree with what the product predicted on every test row, and call nobody', async () => {
    await expectSameAnswers(project, built);
  });

  test('so do those of a real encoder, at full precision and at eight bits', async () => {
    const real = await openTestProject(join(folder, 'real.csw'), CREATE);
    try {
      writePlantedFiles(folder);
      await importPlanted(real, folder);
      const personalData = { ...defaultRecipe.personalData, enabled: true };
      await real.done('demand.clean', { datasetId: 'd1', recipe: { ...defaultRecipe, personalData } });
      await real.done('competitiveness.chooseLabels', {
        type: 'columns',
        columns: [{ datasetId: 'd1', columnId: 'c5' }],
      });
      await real.done('competitiveness.prepareData', {
        test: { type: 'share', share: 0.3 },
        devShare: 0.1,
        modelId: MODEL,
        maxLength: 32,
        seed: 7,
      });
      await real.done('competitiveness.train', { name: 'Head', modelId: MODEL, config: HEAD_CONFIG });
      await expectSameAnswers(real, await buildPackage(real, 'full'));
      const small = await buildPackage(real, 'small', { precision: 'int8' });
      expect(small.built.result.modelBytes).toBeLessThan(25_000_000);
      expect(small.built.result.notices.map(({ code }) => code)).toContain('package-precision-unmeasured');
      await expectSameAnswers(real, small, 0.9);
    } finally {
      await real.engine.dispose();
    }
  });
});

/** Asks the moved package every test row, as imported, without a network. */
async function expectSameAnswers(
  from: TestProject,
  { path, built: { result } }: BuiltPackage,
  least = 1,
): Promise<void> {
  const rows = await predictedRows(from);
  expect(rows.length).toBeGreaterThanOrEqual(20);
  const at = moved(path);
  const file = join(folder, 'texts.json');
  const column = (await from.call('demand.datasets', {}))[0]!.columns.find(({ role }) => role === 'text')!.id;
  writeFileSync(
    file,
    JSON.stringify(rows.map(({ row }) => row.cells.find(({ columnId }) => columnId === column)?.value)),
  );
  const run = await runOffline([process.execPath, ASK, at, file], { folder: at });
  expect(run.code, run.output).toBe(0);
  const asked = JSON.parse(run.output) as Asked;
  expect(asked.selfTest.tests.filter(({ passed }) => !passed)).toEqual([]);
  expect([asked.selfTest.passed, asked.selfTestCode, asked.stopped]).toEqual([true, 0, 0]);
  const same = asked.answers.filter(({ label }, i) => label === rows[i]!.predicted).length;
  expect(same / rows.length, `${same} of ${rows.length} as ${result.precision}`).toBeGreaterThanOrEqual(least);
  // What the kernel counted: the four requests of the self-test and one for each text, all within this machine.
  expect(run.contacts).toEqual([]);
  expect([run.connectionsOpened, run.datagramsSent]).toEqual([4 + rows.length, 0]);
}

describe('a package that was tampered with', () => {
  test.each(['labels.json', 'lib/clean-text.mjs', 'model.onnx', 'vendor/node_modules/onnxruntime-node/dist/index.js'])(
    'fails its self-test naming %s, and nothing is tried after',
    (name) => {
      const at = moved(built.path);
      appendFileSync(join(at, name), ' ');
      const { code, result } = selfTest(at);
      expect([code, result.passed]).toEqual([1, false]);
      expect(result.tests).toEqual([{ name: 'files', passed: false, detail: `changed: ${name}` }]);
    },
  );

  test('fails its self-test where a file is missing; one that was added is told', () => {
    const at = moved(built.path);
    writeFileSync(join(at, 'notes.txt'), '');
    expect(selfTest(at).result.tests[0]?.detail).toMatch(/as packed; not packed: notes\.txt$/);
    rmSync(join(at, 'thresholds.json'));
    expect(selfTest(at).result.tests[0]).toEqual({ name: 'files', passed: false, detail: 'missing: thresholds.json' });
  });

  test('with checksums made to fit is still caught where the model answers otherwise', () => {
    const at = moved(built.path);
    const labels = JSON.parse(readFileSync(join(at, 'labels.json'), 'utf8')) as { labels: string[] };
    writeFileSync(join(at, 'labels.json'), JSON.stringify({ labels: labels.labels.toReversed() }));
    const sums = readFileSync(join(at, 'checksums.sha256'), 'utf8');
    const fitted = spawnSync('sha256sum', ['labels.json'], { cwd: at, encoding: 'utf8' }).stdout.trim();
    writeFileSync(join(at, 'checksums.sha256'), sums.replace(/^.* {2}labels\.json$/m, fitted));
    const { result } = selfTest(at);
    expect(result.tests.find(({ passed }) => !passed)?.name).toBe('samples');
  });

  test('is not run by the project that checks it', async () => {
    const own = await buildPackage(project, 'to be changed');
    const { packageId } = { packageId: own.built.result.id };
    await project.done('landing.verifyPackage', { packageId });
    const check = async () =>
      (await project.call('landing.packages', {})).find(({ built: { result } }) => result.id === packageId)?.check
        ?.result;
    expect(await check()).toMatchObject({ passed: true, missing: [], changed: [], added: [] });
    const mark = join(folder, 'was-run');
    appendFileSync(
      join(own.path, 'lib', 'self-checks.mjs'),
      `\nimport { writeFileSync as w } from 'node:fs';\nw(${JSON.stringify(mark)}, '');\n`,
    );
    writeFileSync(join(own.path, 'extra.mjs'), '');
    await project.done('landing.verifyPackage', { packageId });
    expect(await check()).toEqual({
      packageId,
      passed: false,
      missing: [],
      changed: ['lib/self-checks.mjs'],
      added: ['extra.mjs'],
      selfTest: null,
    });
    expect(existsSync(mark)).toBe(false);
    renameSync(own.path, `${own.path}-away`);
    const gone = await project.settle('landing.verifyPackage', { packageId });
    expect(gone.state).toMatchObject({ type: 'failed', error: { code: 'landing.package-missing' } });
  });
});

describe('building', () => {
  test('again replaces the package in its place, with the same contents', async () => {
    const before = built.built.result;
    writeFileSync(join(built.path, 'left-over.txt'), 'old');
    const again = await buildPackage(project, before.name);
    expect([again.path, again.built.result.id]).toEqual([built.path, before.id]);
    expect(again.built.result.contentSha256).toBe(before.contentSha256);
    expect(again.built.artifact.hash).toBe(built.built.artifact.hash);
    expect(existsSync(join(built.path, 'left-over.txt'))).toBe(false);
    expect(readdirSync(exportsOf('Tiny bank')).filter((name) => name.startsWith('.'))).toEqual([]);
    built = again;
  });

  test('never touches a folder, file or link that this project did not build', async () => {
    const at = join(exportsOf('Tiny bank'), 'mine');
    const build = { modelId: 'R1', precision: 'float32', name: 'mine', language: 'en', platform: null } as const;
    mkdirSync(at);
    writeFileSync(join(at, 'thesis.txt'), 'years of work');
    expect((await project.refusal('landing.buildPackage', build)).code).toBe('landing.folder-taken');
    // A package of another project is as foreign.
    const manifest = JSON.parse(readFileSync(join(built.path, 'manifest.json'), 'utf8'));
    writeFileSync(join(at, 'manifest.json'), JSON.stringify({ ...manifest, project: { id: 'another' } }));
    expect((await project.refusal('landing.buildPackage', build)).code).toBe('landing.folder-taken');
    expect(readFileSync(join(at, 'thesis.txt'), 'utf8')).toBe('years of work');
    rmSync(at, { recursive: true });
    symlinkSync(built.path, at);
    expect((await project.refusal('landing.buildPackage', build)).code).toBe('landing.folder-taken');
    rmSync(at);
  });

  test('that is cancelled leaves nothing behind and what stood stands', async () => {
    const before = readFileSync(join(built.path, 'manifest.json'), 'utf8');
    const input = { modelId: 'R1', precision: 'float32', language: 'en', platform: null } as const;
    for (const name of ['never', built.built.result.name]) {
      const { jobId } = await project.call('landing.buildPackage', { ...input, name });
      await project.jobReaches(jobId, ({ state }) => state.type === 'running' && state.progress.phase === 'checking');
      await project.call('jobs.cancel', { jobId });
      expect((await project.settled(jobId)).state.type).toBe('cancelled');
    }
    expect(existsSync(join(exportsOf('Tiny bank'), 'never'))).toBe(false);
    expect(readFileSync(join(built.path, 'manifest.json'), 'utf8')).toBe(before);
    expect(inSpool()).toEqual([]);
  });

  test('for another platform is tested here and vendors only that platform', async () => {
    const other = await buildPackage(project, 'elsewhere', { platform: 'win32-x64' });
    const binaries = other.built.result.files.filter(({ path }) => path.includes('/bin/')).map(({ path }) => path);
    expect(binaries.filter((path) => !path.includes('/win32/x64/'))).toEqual([]);
    expect(binaries.some((path) => path.endsWith('onnxruntime.dll'))).toBe(true);
    expect(other.built.result.notices).toContainEqual({
      code: 'package-other-platform',
      severity: 'warning',
      params: { platform: 'win32-x64' },
    });
    expect(readFileSync(join(other.path, 'checksums.sha256'), 'utf8')).toContain('onnxruntime.dll');
    const { result } = selfTest(moved(other.path));
    expect(result.tests.map(({ name, passed }) => [name, passed]).slice(0, 1)).toEqual([['files', true]]);
    expect(result.passed).toBe(false);
  });

  test('is refused for a model that is not there', async () => {
    const refused = await project.refusal('landing.buildPackage', {
      modelId: 'R99',
      precision: 'float32',
      name: 'x',
      language: 'en',
      platform: null,
    });
    expect(refused.code).toBe('artifact.not-found');
  });
});
