import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseSafetensors, safetensorsMetadata, writeSafetensors } from '../../electron/worker/ort/safetensors.ts';
import { because } from '../../shared/errors/reasons.ts';
import type { JobExport } from '../../shared/stages/competitiveness/results.ts';
import { type JobResult, RESULT_METADATA } from '../../shared/train/portable-job.ts';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';
import { prepareTinyProject, TINY, tinyTraining, writeTinyModels } from './tiny-project.ts';

/** What torchrun with PyTorch 2.15.0, transformers 5.24.0 and peft 0.21.2 made of the job that this test exports. To make it anew:
 *  `TORCHRUN=/path/to/torchrun vitest run --project integration test/integration/portable-job.test.ts`. */
const RESULT = resolve(import.meta.dirname, '../golden/portable-job/adapter_model.safetensors');
/** Largest difference of a loss, as in the reference cases of the engine. */
const LOSS_BAR = 1e-4;
const PHONE = '13800138000';

const training = (() => {
  const { name, modelId, config } = tinyTraining(2);
  const method = {
    type: 'lora',
    rank: 4,
    alpha: 8,
    rankStabilised: true,
    targets: ['query', 'value', 'output'],
  } as const;
  const options = {
    learningRate: 0.02,
    dropout: 0,
    classWeights: 'balanced',
    labelSmoothing: 0.1,
    focalGamma: 1,
  } as const;
  return { name, modelId, config: { ...config, ...options, method: { ...method, targets: [...method.targets] } } };
})();

let folder: string;
let modelsFolder: string;
let project: TestProject;
let job: JobExport;

async function exported(name: string, textOf?: (text: string, row: number) => string) {
  const opened = await openTestProject(join(folder, `${name}.csw`), CREATE, { modelsFolder, threads: () => 1 });
  await prepareTinyProject(opened, folder, textOf);
  await opened.done('competitiveness.exportJob', training);
  return { opened, job: (await opened.call('competitiveness.jobExports', {}))[0]!.result };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portable-job-'));
  modelsFolder = await writeTinyModels(folder);
  const made = await exported('tiny');
  project = made.opened;
  job = made.job;
  const torchrun = process.env.TORCHRUN;
  if (torchrun !== undefined) {
    execFileSync(torchrun, ['--nproc_per_node=2', 'train.py', '--base', join(modelsFolder, TINY)], { cwd: job.path });
    copyFileSync(join(job.path, 'result', 'adapter_model.safetensors'), RESULT);
  }
});
afterAll(async () => {
  await project.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

interface Row {
  readonly text: string;
  readonly label: number;
}
const rowsOf = ({ path }: JobExport, name: string): readonly Row[] =>
  readFileSync(join(path, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
const told = () => JSON.parse(safetensorsMetadata(readFileSync(RESULT))[RESULT_METADATA]!) as JobResult;
const bring = (path: string) =>
  project.done('competitiveness.importRun', { jobId: 'J1', sourceId: `file:${path}`, name: 'Elsewhere' });

/** The result with something changed in it. */
async function changedResult(
  change: (record: JobResult, tensors: Map<string, { shape: readonly number[]; data: Float32Array }>) => unknown,
): Promise<string> {
  const bytes = readFileSync(RESULT);
  const tensors = new Map(
    [...parseSafetensors(bytes, 'result')].map(([name, { shape, data }]) => [
      name,
      { shape, data: data as Float32Array },
    ]),
  );
  const record = change(told(), tensors);
  const path = join(folder, 'changed.safetensors');
  await writeSafetensors(path, tensors, null, record === null ? {} : { [RESULT_METADATA]: JSON.stringify(record) });
  return path;
}

it('an exported training has the training and dev rows with personal data masked, and no test row', async () => {
  const { opened, job } = await exported(
    'private',
    (text, row) => `${text} ${row}${row % 10 === 0 ? ` ${PHONE}` : ''}`,
  );
  await opened.engine.dispose();
  const names = ['README.md', 'dev.jsonl', 'job.json', 'manifest.json'];
  expect(readdirSync(job.path).sort()).toEqual([
    ...names,
    ...['plan.json', 'start.safetensors', 'train.jsonl', 'train.py'],
  ]);
  const [train, dev] = [rowsOf(job, 'train.jsonl'), rowsOf(job, 'dev.jsonl')];
  expect([train.length, dev.length]).toEqual([job.trainRows, job.devRows]);
  const given = new Set([...train, ...dev].map(({ text }) => Number(/ (\d+)( \[mobile\])?$/.exec(text)?.[1])));
  expect(given.size).toBe(400 - 40);
  const all = readdirSync(job.path).map((name) => readFileSync(join(job.path, name), 'latin1'));
  expect(all.some((content) => content.includes(PHONE))).toBe(false);
  expect(job.maskedRows).toBe([...train, ...dev].filter(({ text }) => text.includes('[mobile]')).length);
  expect(job.maskedRows).toBeGreaterThan(0);
});

it('job.json names the base model and every file that decides the training by their checksums', () => {
  const text = readFileSync(join(job.path, 'job.json'));
  const described = JSON.parse(text.toString()) as {
    files: { path: string; sha256: string }[];
    base: { hash: string };
  };
  const sha256 = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
  expect(job.job).toBe(sha256(text));
  expect(described.base.hash).toBe(job.modelHash);
  for (const { path, sha256: expected } of described.files) {
    expect(sha256(readFileSync(join(job.path, path)))).toBe(expected);
  }
  expect(described.files.map(({ path }) => path)).toEqual([
    'train.jsonl',
    'dev.jsonl',
    'plan.json',
    'start.safetensors',
  ]);
});

it('what torchrun and peft learnt from it, step by step and in the end, is what this engine learns', async () => {
  const trained = await project.done('competitiveness.train', training);
  const imported = await bring(RESULT);
  // Nobody here saw what memory the other machine took.
  expect(await project.call('jobs.series', { jobId: imported.id })).toMatchObject({ memoryMb: null });
  const [here, elsewhere] = (await project.call('competitiveness.runs', {})).map(({ result }) => result);
  const { steps } = await project.call('jobs.series', { jobId: trained.id });
  const record = told();
  expect(steps).toHaveLength(record.steps);
  const apart = steps.map(({ loss }, step) => Math.abs(loss - record.losses[step]!));
  expect(Math.max(...apart)).toBeLessThan(LOSS_BAR);
  expect(steps[0]!.loss).toBeGreaterThan(steps.at(-1)!.loss + 0.1);
  expect(elsewhere).toMatchObject({
    kind: 'imported',
    modelId: TINY,
    config: training.config,
    testLock: here!.testLock,
    elsewhere: { jobId: 'J1', file: 'adapter_model.safetensors', used: { processes: 2, peft: '0.21.2' } },
    trainableParameters: here!.trainableParameters,
    parameters: here!.parameters,
    steps: here!.steps,
  });
  // Measured here, on rows that the other machine had (dev) and on those that it never saw.
  const best = record.evaluations.find(({ step }) => step === record.bestStep)!;
  expect(elsewhere!.dev).toMatchObject({ rows: job.devRows, accuracy: best.accuracy });
  expect(elsewhere!.dev!.loss).toBeCloseTo(best.loss, 3);
  expect(elsewhere!.test.rows).toBe(40);
  expect(elsewhere!.test.accuracy).toEqual(here!.test.accuracy);
  expect(elsewhere!.temperature).not.toBeNull();
});

it('an imported run is a run: it is compared, and its LoRA matrices are given on', async () => {
  const comparison = await project.call('competitiveness.compare', { runId: 'R2', referenceId: 'R1' });
  expect(comparison.rows).toBe(40);
  await project.done('competitiveness.exportHub', { modelId: 'R2', format: 'adapter' });
});

it('a result that is not of this job is refused, and the refusal names what is wrong', async () => {
  const refused = async (path: string, code: string, params: object = {}) =>
    await expect(bring(path)).rejects.toMatchObject({ code, params: expect.objectContaining(params) });
  const damaged = join(folder, 'damaged.safetensors');
  writeFileSync(damaged, readFileSync(RESULT).subarray(0, 5000));
  await refused(damaged, 'model.file');
  await refused(await changedResult(() => null), 'train.result-unreadable');
  await refused(await changedResult((record) => ({ ...record, steps: -1 })), 'train.result-unreadable');
  const other = '0'.repeat(64);
  await refused(await changedResult((record) => ({ ...record, job: other })), 'train.result-other-job');
  await refused(await changedResult((record) => ({ ...record, base: other })), 'train.result-other-base');
  const reversed = (record: JobResult) => ({ ...record, labels: record.labels.toReversed() });
  await refused(await changedResult(reversed), 'train.result-other-labels');
  const tensor = 'bert.encoder.layer.1.attention.self.query.lora_A.weight';
  const without = await changedResult((record, tensors) => {
    tensors.delete(`base_model.model.${tensor}`);
    return record;
  });
  await refused(without, 'model.tensor-missing', { tensor });
  const misshaped = await changedResult((record, tensors) => {
    tensors.set(`base_model.model.${tensor}`, { shape: [1, 32], data: new Float32Array(32) });
    return record;
  });
  await refused(misshaped, 'model.tensor-shape', { tensor });
  const endless = await changedResult((record, tensors) => {
    tensors.get(`base_model.model.${tensor}`)!.data[3] = Number.POSITIVE_INFINITY;
    return record;
  });
  await refused(endless, 'model.file', {
    problem: because('tensor-not-finite', { tensor: `base_model.model.${tensor}` }),
  });
  const extra = await changedResult((record, tensors) => {
    tensors.set('bert.pooler.dense.bias', { shape: [32], data: new Float32Array(32) });
    return record;
  });
  await refused(extra, 'model.file', { problem: because('tensor-not-trained', { tensor: 'bert.pooler.dense.bias' }) });
});

it('a recipe that only this engine trains is not exported, and says which option', async () => {
  const { config } = training;
  const adalora = { ...config, rDrop: 1, dropout: 0.1 };
  await expect(project.done('competitiveness.exportJob', { ...training, config: adalora })).rejects.toMatchObject({
    code: 'train.job-option',
    params: { option: 'rDrop' },
  });
});
