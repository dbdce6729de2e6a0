import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { type OutgoingHttpHeaders, request } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MANIFEST_FILE, type ModelManifest } from '../../electron/models/model-folder.ts';
import type { EvidenceRow } from '../../shared/contract/evidence.ts';
import { defaultRecipe } from '../../shared/stages/demand/clean/recipe.ts';
import type { ColumnRole } from '../../shared/stages/demand/import/column-role.ts';
import type { BuiltPackage } from '../../shared/stages/landing/contract.ts';
import { suggestConfig } from '../../shared/train/run-config.ts';
import type { StorageFormat } from '../../shared/train/storage.ts';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';
import { tinyTexts, WORDS, writeTinyModel } from './tiny-model.ts';

const CLASSES = 4;
const ROWS = 240;
const COLUMNS: ColumnRole[] = [
  { id: 'c0', name: 'text', role: 'text' },
  { id: 'c1', name: 'kind', role: 'label' },
];
/** Every so many texts hold a number that must never leave the project. */
const EVERY = 6;
export const MOBILE = '13812345678';

/** A project whose model R1 is a tiny encoder tuned in a second; a sixth of its texts hold a mobile number, which cleaning leaves in. */
export async function tinyProject(folder: string): Promise<TestProject> {
  const models = join(folder, 'models');
  await writeTinyModel(join(models, 'tiny'));
  addLicence(join(models, 'tiny'));
  const project = await openTestProject(join(folder, 'Tiny bank.csw'), CREATE, { modelsFolder: models });
  const { texts, labels } = tinyTexts(ROWS, CLASSES, 3);
  const rows = texts.map((text, i) => [
    i % EVERY === 0 ? `${text} ${MOBILE}` : `${text} ${WORDS[i % WORDS.length]} ${WORDS[(i * 7) % WORDS.length]}`,
    WORDS[labels[i]!]!,
  ]);
  writeFileSync(
    join(folder, 'texts.csv'),
    csv(
      COLUMNS.map(({ name }) => name),
      rows,
    ),
  );
  await project.done('demand.importSource', {
    sourceId: `file:${join(folder, 'texts.csv')}`,
    name: 'Texts',
    kind: 'feedback',
    overrides: {},
    columns: COLUMNS,
  });
  const keepAll = { enabled: false, acrossRespondents: false } as const;
  await project.done('demand.clean', {
    datasetId: 'd1',
    recipe: { ...defaultRecipe, exactDuplicates: keepAll, nearDuplicates: { ...keepAll, threshold: 0.9 } },
  });
  await project.done('competitiveness.chooseLabels', {
    type: 'columns',
    columns: [{ datasetId: 'd1', columnId: 'c1' }],
  });
  await project.done('competitiveness.prepareData', {
    test: { type: 'share', share: 0.3 },
    devShare: 0.1,
    modelId: 'tiny',
    maxLength: 12,
    seed: 7,
  });
  const { config } = suggestConfig({ rowsPerClass: [40, 40, 40, 40], maxLength: 12, seed: 5 });
  await project.done('competitiveness.train', {
    name: 'Tiny',
    modelId: 'tiny',
    config: { ...config, learningRate: 3e-3, epochs: 4, batchSize: 8 },
  });
  return project;
}

/** Under another name than LICENSE, as some publish it. */
function addLicence(folder: string): void {
  const text = Buffer.from('Do as you please.\n');
  writeFileSync(join(folder, 'COPYING'), text);
  const path = join(folder, MANIFEST_FILE);
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as ModelManifest;
  const sha256 = createHash('sha256').update(text).digest('hex');
  manifest.files.push({ path: 'COPYING', bytes: text.length, sha256 });
  writeFileSync(path, JSON.stringify(manifest));
}

/** Builds a package and gives it as it is listed. */
export async function buildPackage(
  project: TestProject,
  name: string,
  options: {
    readonly modelId?: string;
    readonly precision?: StorageFormat;
    readonly platform?: 'linux-arm64' | 'win32-x64';
  } = {},
): Promise<BuiltPackage> {
  const { modelId = 'R1', precision = 'float32', platform = null } = options;
  await project.done('landing.buildPackage', { modelId, precision, name, language: 'en', platform });
  const found = (await project.call('landing.packages', {})).find(({ built }) => built.result.name === name);
  if (found === undefined) throw new Error(`no package ${name}`);
  return found;
}

/** Every locked test row with what the product itself predicted when the run was measured. */
export async function predictedRows(
  project: TestProject,
  runId = 'R1',
): Promise<{ row: EvidenceRow; predicted: string }[]> {
  const runs = await project.call('competitiveness.runs', {});
  const { labels, counts } = runs.find(({ result }) => result.id === runId)!.result.test.confusion;
  const found: { row: EvidenceRow; predicted: string }[] = [];
  for (const [i, actual] of labels.entries()) {
    for (const [j, predicted] of labels.entries()) {
      if (counts[i]![j] === 0) continue;
      const ref = { type: 'confusion', runId, actual, predicted } as const;
      const { rows } = await project.call('project.rows', { ref, offset: 0, limit: 200 });
      found.push(...rows.map((row) => ({ row, predicted })));
    }
  }
  return found;
}

export interface PackageServer {
  readonly port: number;
  send(options: {
    readonly method?: string;
    readonly path?: string;
    readonly headers?: OutgoingHttpHeaders;
    readonly body?: string | Buffer;
  }): Promise<{ readonly status: number; readonly headers: Record<string, unknown>; readonly body: string }>;
  /** Sends the signal and gives the exit code. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
  /** What it has printed so far. */
  output(): string;
}

/** Starts the server of a package in a process of its own, from a folder that is not its own. */
export async function startPackage(folder: string): Promise<PackageServer> {
  const child = spawn(process.execPath, [join(folder, 'server.mjs')], {
    cwd: '/',
    env: { PATH: process.env.PATH ?? '', PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (part) => (output += part));
  child.stderr.on('data', (part) => (output += part));
  const [first] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { port } = JSON.parse(first) as { port: number };
  return {
    port,
    output: () => output,
    send: ({ method = 'POST', path = '/predict', headers = { 'content-type': 'application/json' }, body }) =>
      new Promise((resolve, reject) => {
        const sent = request({ host: '127.0.0.1', port, method, path, headers, agent: false }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => (text += part));
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }),
          );
        });
        sent.on('error', reject);
        sent.end(body);
      }),
    async stop(signal) {
      if (child.exitCode !== null) return child.exitCode;
      const ended = once(child, 'exit') as Promise<[number | null]>;
      child.kill(signal);
      return (await ended)[0];
    },
  };
}
