import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Build, buildSchema } from '../../electron/hosting/build-identity.ts';
import { RESOURCE_FOLDERS } from '../../electron/hosting/resource-paths.ts';
import { readManifest, verifyModelFolder } from '../../electron/models/model-folder.ts';
import { packedFiles } from '../../packaging/contents.ts';
import { FUSES } from '../../packaging/fuses.ts';
import { EXTERNAL_MODULES, packedModules } from '../../packaging/modules.ts';
import { platformHere } from '../../packaging/platforms.ts';
import type { Transport } from '../../renderer/engine.ts';
import { fromAppErrorJson } from '../../shared/errors/app-error.ts';
import { isSettled } from '../../shared/jobs/state.ts';
import { defaultRecipe } from '../../shared/stages/demand/clean/recipe.ts';
import { ask, type Program, startProgram, transportOf } from '../electron/program.ts';
import { type ArchivedFile, layOut, readArchive } from '../packaging/archive.ts';
import { writeElectronDist } from '../packaging/electron-dist.ts';
import { filesIn } from '../packaging/repository.ts';
import { HOSTS_IN_NATIVES, HOSTS_IN_SCRIPTS, unexpectedHosts } from '../packaging/url-hosts.ts';
import { HEAD_CONFIG } from './planted.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const here = platformHere() === 'linux-x64';
const POLL_MS = 50;
const MODEL = 'bge-small-zh-v1.5';
const SEED = 42;
/** Lines of the sample that are imported: enough for topics and a split. */
const ROWS = 161;

const folder = mkdtempSync(join(tmpdir(), 'csw-packaging-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the program for Linux, packed by the one command', () => {
  const output = join(folder, 'linux');
  const app = join(output, 'linux-unpacked');
  const resources = join(app, 'resources');
  const archive = join(resources, 'app.asar');
  let archived: readonly ArchivedFile[];
  let build: Build;

  beforeEach((context) => context.skip(!here, 'native parts for Linux x64 are installed on Linux x64 only'));
  beforeAll(() => {
    if (!here) return;
    const electronDist = join(folder, 'linux-electron');
    writeElectronDist(electronDist, 'linux-x64');
    const command = ['scripts/package.ts', '--platform', 'linux-x64', '--dir', '--electron-dist', electronDist];
    const packed = spawnSync(process.execPath, [...command, '--out', output], { cwd: ROOT, encoding: 'utf8' });
    expect({ status: packed.status, error: packed.status === 0 ? '' : packed.stderr }).toEqual({
      status: 0,
      error: '',
    });
    archived = readArchive(archive);
    build = buildSchema.parse(JSON.parse(contentOf('out/build.json')));
  });

  const contentOf = (path: string) => {
    const file = archived.find((candidate) => candidate.path === path);
    if (file === undefined) throw new Error(`${path} is not in the archive`);
    return file.content.toString('utf8');
  };

  test('holds every file of the build, screens and scripts alike, and nothing that was not listed', () => {
    const packed = [
      ...archived.map(({ path, unpacked }) => `app.asar${unpacked ? '.unpacked' : ''}/${path}`),
      ...filesIn(resources).filter((path) => !path.startsWith('app.asar')),
    ].sort();
    const listed = packedFiles(ROOT, 'linux-x64').map(({ path }) => path);
    expect(packed).toEqual([...listed, 'app.asar/out/build.json', 'app.asar/package.json'].sort());
    const built = filesIn(join(ROOT, 'out')).filter((path) => !path.endsWith('source-hash'));
    const archivedBuild = archived.map(({ path }) => path).filter((path) => path.startsWith('out/'));
    expect(archivedBuild.sort()).toEqual(built.map((path) => `out/${path}`));
    const unwanted = packed.filter((path) => /\.(?:ts|tsx|map|md)$|\.test\.|\/tests?\//.test(path));
    expect(unwanted).toEqual(['licences/THIRD-PARTY-NOTICES.md']);
  });

  test('asks node_modules for nothing but the packages that are packed', () => {
    const packed = new Set(packedModules('linux-x64').map(({ name }) => name));
    const scripts = archived.filter(({ path }) => path.startsWith('out/main/'));
    const asked = scripts.flatMap(({ content }) =>
      [...content.toString('utf8').matchAll(/\b(?:require\w*|import)(?:\$\d+)?\("([^"]+)"\)/g)].map(
        ([, name]) => name!,
      ),
    );
    const foreign = new Set(asked.filter((name) => !/^\.|^electron$/.test(name) && !isBuiltin(name)));
    expect([...foreign].sort()).toEqual([
      '@node-rs/jieba',
      '@node-rs/jieba/dict.js',
      'better-sqlite3',
      'onnxruntime-node',
    ]);
    expect(EXTERNAL_MODULES.filter((name) => !packed.has(name))).toEqual([]);
  });

  test('has for every archived file the hash that Electron compares, and it is right', () => {
    const wrong = archived.filter(
      ({ sha256, content }) => createHash('sha256').update(content).digest('hex') !== sha256,
    );
    expect(wrong.map(({ path }) => path)).toEqual([]);
    expect(archived.length).toBeGreaterThan(50);
  });

  test('has its fuses set as another program reads them', () => {
    const read = spawnSync(
      process.execPath,
      [join(ROOT, 'node_modules/@electron/fuses/dist/bin.js'), 'read', '--app', join(app, 'success-workbench')],
      { encoding: 'utf8' },
    );
    expect(read.stdout.match(/ is (?:Enabled|Disabled)/g)?.map((word) => word === ' is Enabled')).toEqual(
      Object.values(FUSES),
    );
    expect(read.stdout).toContain('RunAsNode is Disabled');
    expect(read.stdout).toContain('OnlyLoadAppFromAsar is Enabled');
  });

  test('holds base models that are what their manifests say', async () => {
    const models = readdirSync(join(resources, 'models')).sort();
    expect(models).toEqual(['all-MiniLM-L6-v2', 'bge-small-zh-v1.5']);
    for (const model of models) {
      const manifest = await readManifest(join(resources, 'models', model));
      await verifyModelFolder(join(resources, 'models', model), manifest);
      expect(existsSync(join(resources, 'models', model, 'LICENSE'))).toBe(true);
    }
  });

  test('stays small enough for a stick: resources without Electron', () => {
    const bytes = filesIn(resources).reduce((sum, path) => sum + statSync(join(resources, path)).size, 0);
    const megabytes = bytes / 1024 ** 2;
    console.log(`resources of the Linux program: ${megabytes.toFixed(1)} MB`);
    // Models 91 MB, ONNX Runtime 37 MB, the rest 20 MB.
    expect(megabytes).toBeLessThan(165);
  });

  test('names no host in a script, screen or binary but those of documentation (T2)', () => {
    const unknown = archived.flatMap(({ path, unpacked, content }) =>
      unexpectedHosts(content.toString('latin1'), unpacked ? HOSTS_IN_NATIVES : HOSTS_IN_SCRIPTS).map(
        (host) => `${host} in ${path}`,
      ),
    );
    expect(unknown).toEqual([]);
    const sources = filesIn(join(resources, 'package-sources')).flatMap((path) =>
      unexpectedHosts(readFileSync(join(resources, 'package-sources', path), 'latin1'), HOSTS_IN_SCRIPTS),
    );
    expect(sources).toEqual([]);
  });

  describe('laid out as Electron shows it', () => {
    // A folder of this name is the archive for our code, and for Node it can be read without Electron.
    const laidOut = join(folder, 'laid-out', 'app.asar');
    let program: Program;
    let transport: Transport;

    beforeAll(async () => {
      if (!here) return;
      layOut(archive, laidOut);
      for (const name of ['app.asar.unpacked', ...Object.keys(RESOURCE_FOLDERS)]) {
        cpSync(join(resources, name), join(folder, 'laid-out', name), { recursive: true });
      }
      program = startProgram({ root: laidOut, packaged: true });
      const { page } = await program.window();
      if (page === null) throw new Error('the window has no page');
      transport = transportOf(page);
    });
    afterAll(() => program?.close());

    test('tells the hash of its build', async () => {
      const { buildHash, version } = await ask(transport, 'app.info', {});
      expect({ buildHash, version }).toEqual({ buildHash: build.hash, version: build.version });
    });

    test('imports, finds topics, fine-tunes and makes a deployment package: SQLite, jieba and ONNX Runtime load from the package, with its models', async () => {
      const { projectId } = await ask(transport, 'app.createProject', {
        name: 'Packed',
        customer: '',
        period: '',
        path: null,
      });
      const done = async ({ jobId }: { readonly jobId: string }) => {
        let job = await ask(transport, 'jobs.get', { jobId }, projectId);
        while (!isSettled(job.state)) {
          await new Promise((resolve) => setTimeout(resolve, POLL_MS));
          job = await ask(transport, 'jobs.get', { jobId }, projectId);
        }
        expect(job.state).toMatchObject({ type: 'succeeded' });
      };
      const sample = readFileSync(join(resources, 'samples', 'zh-CN', 'messages.csv'), 'utf8')
        .split('\n')
        .slice(0, ROWS);
      const uploaded = await transport.upload(new File([sample.join('\n')], 'messages.csv'));
      if (!uploaded.ok) throw fromAppErrorJson(uploaded.error);
      const importing = {
        sourceId: uploaded.value.sourceId,
        name: 'Messages',
        kind: 'feedback',
        overrides: {},
        columns: null,
      } as const;
      await done(await ask(transport, 'demand.importSource', importing, projectId));
      await done(await ask(transport, 'demand.clean', { datasetId: 'd1', recipe: defaultRecipe }, projectId));
      await done(await ask(transport, 'demand.discoverTopics', { topics: 3, modelId: MODEL, seed: SEED }, projectId));
      const topics = await ask(transport, 'demand.topics', {}, projectId);
      expect(topics?.result.topics.every(({ terms }) => terms.length > 0)).toBe(true);

      const datasets = await ask(transport, 'demand.datasets', {}, projectId);
      const columnId = datasets[0]?.columns.find(({ role }) => role === 'label')?.id ?? '';
      const columns = [{ datasetId: 'd1', columnId }];
      await done(await ask(transport, 'competitiveness.chooseLabels', { type: 'columns', columns }, projectId));
      const split = {
        test: { type: 'share', share: 0.2 },
        devShare: 0.1,
        modelId: MODEL,
        maxLength: 32,
        seed: SEED,
      } as const;
      await done(await ask(transport, 'competitiveness.prepareData', split, projectId));
      await done(
        await ask(transport, 'competitiveness.train', { name: 'Head', modelId: MODEL, config: HEAD_CONFIG }, projectId),
      );

      const { candidates, platforms } = await ask(transport, 'landing.packageOptions', {}, projectId);
      expect(platforms).toEqual(['linux-x64']);
      const packing = {
        name: 'Packed',
        modelId: candidates[0]!.modelId,
        precision: 'float32',
        language: 'zh-CN',
        platform: null,
      } as const;
      await done(await ask(transport, 'landing.buildPackage', packing, projectId));
      const [deployed] = await ask(transport, 'landing.packages', {}, projectId);
      expect(existsSync(join(deployed!.path, 'vendor/node_modules/onnxruntime-node/bin/napi-v6/linux/x64'))).toBe(true);

      const started = new Set(program.electron.utilities.map(({ entry }) => entry));
      expect([...started].sort()).toEqual(['compute', 'engine', 'package-check', 'worker']);
    });

    test('does not start a process once a native binary has been changed, and says which', async () => {
      const [native] = build.natives;
      const file = join(folder, 'laid-out', native!.path);
      const changed = readFileSync(file);
      changed[changed.length - 1]! ^= 1;
      writeFileSync(file, changed);
      const second = startProgram({ root: laidOut, packaged: true });
      await second.electron.ended.promise;
      expect(second.electron.utilities).toEqual([]);
      expect(JSON.stringify(second.electron.dialogsShown)).toContain(native!.path);
    });
  });
});
