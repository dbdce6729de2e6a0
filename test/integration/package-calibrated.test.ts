import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { formatShare } from '../../shared/i18n/number.ts';
import type { RunRecord } from '../../shared/stages/competitiveness/results.ts';
import { packageResultSchema } from '../../shared/stages/landing/package/results.ts';
import { buildPackage, predictedRows, startPackage } from './package-project.ts';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';
import { WORDS } from './tiny-model.ts';
import { prepareTinyProject, TINY, tinyTraining, WORD_TRAINING, writeTinyModels } from './tiny-project.ts';

const ROWS = 1000;
const CLASSES = 4;
const BINS = 15;
/** Every so many texts tell of another class than theirs: nobody can be right about them, and who is sure is wrong. */
const WRONG_EVERY = 4;

interface Answer {
  readonly label: string;
  readonly probability: number;
  readonly probabilities: Readonly<Record<string, number>>;
  readonly calibrated: boolean;
  readonly accepted: boolean;
}

let folder: string;
let project: TestProject;
let clear: TestProject;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-calibrated-'));
  const modelsFolder = await writeTinyModels(folder);
  project = await openTestProject(join(folder, 'unsure.csw'), CREATE, { modelsFolder });
  await prepareTinyProject(project, folder, misleading, ROWS);
  clear = await openTestProject(join(folder, 'clear.csw'), CREATE, { modelsFolder });
  await prepareTinyProject(clear, folder);
  await project.done('competitiveness.train', { name: 'Tiny', modelId: TINY, config: WORD_TRAINING });
  await clear.done('competitiveness.train', tinyTraining(6));
});
afterAll(async () => {
  await project?.engine.dispose();
  await clear?.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

function misleading(text: string, row: number): string {
  const [word = '', ...others] = text.split(' ');
  const told = row % WRONG_EVERY === 0 ? WORDS[(WORDS.indexOf(word) + 1) % CLASSES] : word;
  return [told, ...others, row].join(' ');
}

const recordOf = async (from: TestProject, id: string): Promise<RunRecord> =>
  (await from.call('competitiveness.runs', {})).find(({ result }) => result.id === id)!.result;
const json = (path: string, file: string) => JSON.parse(readFileSync(join(path, file), 'utf8'));

/** Test rows as imported, with their class and what the product itself answered. */
async function testRows(from: TestProject, runId: string) {
  return (await predictedRows(from, runId)).map(({ row, predicted }) => {
    const cell = (id: string) => row.cells.find(({ columnId }) => columnId === id)?.value ?? '';
    return { text: cell('c0'), actual: cell('c1'), predicted };
  });
}

/** What the server of a package answers to each text. */
async function asked(path: string, texts: readonly string[]): Promise<Answer[]> {
  const server = await startPackage(path);
  try {
    const answers: Answer[] = [];
    for (const text of texts) answers.push(JSON.parse((await server.send({ body: JSON.stringify({ text }) })).body));
    return answers;
  } finally {
    await server.stop('SIGTERM');
  }
}

/** Logits of a package's model.onnx for each text, by the runtime of this project. */
async function logitsOf(path: string, texts: readonly string[]): Promise<number[][]> {
  const { openTokenizer } = await import(pathToFileURL(join(path, 'lib', 'tokens.mjs')).href);
  const tokenizer = openTokenizer(path);
  const session = await InferenceSession.create(join(path, 'model.onnx'));
  const found: number[][] = [];
  for (const text of texts) {
    const { ids } = tokenizer.encode(text, json(path, 'preprocessing.json').maxLength) as { ids: number[] };
    const int64 = (values: readonly number[]) =>
      new Tensor('int64', BigInt64Array.from(values, BigInt), [1, ids.length]);
    const { logits } = await session.run({ input_ids: int64(ids), attention_mask: int64(ids.map(() => 1)) });
    found.push(Array.from(logits!.data as Float32Array));
  }
  await session.release();
  return found;
}

function softmax(logits: readonly number[], temperature: number): number[] {
  const powers = logits.map((logit) => Math.exp(logit / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** Σ over bins ]k/15, (k+1)/15] of |right answers − summed probability| / n. */
function calibrationError(answers: readonly { readonly probability: number; readonly right: boolean }[]): number {
  const gaps = Array.from({ length: BINS }, (_, bin) =>
    answers
      .filter(({ probability }) => probability > bin / BINS && probability <= (bin + 1) / BINS)
      .reduce((gap, { probability, right }) => gap + Number(right) - probability, 0),
  );
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / answers.length;
}

/** Asks a package every test row and holds its answers against its own logits. */
async function expectCalibrated(path: string, runId: string, temperature: number) {
  const rows = await testRows(project, runId);
  const texts = rows.map(({ text }) => text);
  const [answers, logits] = [await asked(path, texts), await logitsOf(path, texts)];
  const labels = json(path, 'labels.json').labels as string[];
  for (const [row, { probabilities, probability, calibrated }] of answers.entries()) {
    const expected = softmax(logits[row]!, temperature);
    expect(calibrated).toBe(true);
    expect(probability).toBe(Math.max(...Object.values(probabilities)));
    for (const [k, label] of labels.entries()) expect(probabilities[label]).toBeCloseTo(expected[k]!, 5);
  }
  const errorOf = (probabilityOf: (row: number) => number) =>
    calibrationError(
      rows.map(({ actual }, row) => ({ probability: probabilityOf(row), right: answers[row]!.label === actual })),
    );
  return {
    rows,
    answers,
    after: errorOf((row) => answers[row]!.probability),
    before: errorOf((row) => Math.max(...softmax(logits[row]!, 1))),
  };
}

describe('a package whose dev rows have a temperature', () => {
  test('answers softmax(logits / T) and what the model was measured with; the error on the test rows is told as it is', async () => {
    const { temperature: fitted } = await recordOf(project, 'R1');
    expect(fitted).toMatchObject({ limited: false });
    const { path, built } = await buildPackage(project, 'calibrated');
    const { calibration, card, selfTest, notices } = built.result;
    const { temperature, devRows, rows: n } = calibration!;
    expect([temperature, devRows, n]).toEqual([fitted!.temperature, fitted!.devRows, ROWS / 10]);
    expect(Math.abs(Math.log(temperature))).toBeGreaterThan(0.05);
    expect(json(path, 'thresholds.json')).toEqual({ rejectBelow: null, temperature });
    const { rows, answers, after, before } = await expectCalibrated(path, 'R1', temperature);
    expect(answers.map(({ label }) => label)).toEqual(rows.map(({ predicted }) => predicted));
    expect([after, before].map((value) => value.toFixed(4))).toEqual(
      [calibration!.after.value, calibration!.before.value].map((value) => value.toFixed(4)),
    );
    expect(card).toContain(`T = ${temperature.toFixed(3)}, fitted on ${devRows} dev rows`);
    for (const value of [after, before]) expect(card).toContain(`${formatShare(value, 1)} [`);
    const mean = answers.reduce((sum, { probability }) => sum + probability, 0) / n;
    expect(card).toContain(`| Mean probability | ${formatShare(mean, 1)} [`);
    expect(selfTest.passed).toBe(true);
    // The best step was chosen by the dev rows, which look easier than they are: T makes the model too sure here, and that is told.
    expect(fitted!.after.nll.value).toBeGreaterThan(fitted!.before.nll.value);
    expect(notices).toContainEqual({
      code: 'package-calibration-no-better',
      severity: 'warning',
      params: { devRows, before: calibration!.before.value, after: calibration!.after.value },
    });
  });

  test('fails its self-test where the temperature is not the one that it was built with', async () => {
    const { path } = await buildPackage(project, 'to be changed');
    const at = join(folder, 'changed');
    cpSync(path, at, { recursive: true });
    writeFileSync(join(at, 'thresholds.json'), JSON.stringify({ rejectBelow: null, temperature: null }));
    const sum = spawnSync('sha256sum', ['thresholds.json'], { cwd: at, encoding: 'utf8' }).stdout.trim();
    const sums = readFileSync(join(at, 'checksums.sha256'), 'utf8');
    writeFileSync(join(at, 'checksums.sha256'), sums.replace(/^.* {2}thresholds\.json$/m, sum));
    const run = spawnSync(process.execPath, [join(at, 'self-test.mjs')], { cwd: '/', encoding: 'utf8' });
    const { tests } = JSON.parse(run.stdout) as { tests: { name: string; passed: boolean }[] };
    expect(tests.find(({ passed }) => !passed)?.name).toBe('samples');
  });

  test('accepts by the probability without it, on which a threshold is chosen and measured', async () => {
    const { path, built } = await buildPackage(project, 'with people');
    const { temperature } = built.result.calibration!;
    const texts = (await testRows(project, 'R1')).map(({ text }) => text);
    const raw = (await logitsOf(path, texts)).map((logits) => Math.max(...softmax(logits, 1)));
    const sorted = raw.toSorted((a, b) => a - b);
    const rejectBelow = (sorted[texts.length / 2 - 1]! + sorted[texts.length / 2]!) / 2;
    writeFileSync(join(path, 'thresholds.json'), JSON.stringify({ rejectBelow, temperature }));
    const accepted = (await asked(path, texts)).map((answer) => answer.accepted);
    expect(accepted).toEqual(raw.map((probability) => probability >= rejectBelow));
    expect(accepted.filter(Boolean)).toHaveLength(texts.length / 2);
  });

  test('of a compressed model has that model’s own, also where the form was never measured', async () => {
    await project.done('competitiveness.compress', { name: 'int8', runId: 'R1', technique: 'int8', tolerance: 0.1 });
    const own = (await recordOf(project, 'C1')).temperature!.temperature;
    const ofOriginal = (await recordOf(project, 'R1')).temperature!.temperature;
    expect(Math.abs(own - ofOriginal)).toBeGreaterThan(1e-4);
    const measured = await buildPackage(project, 'measured', { modelId: 'C1', precision: 'int8' });
    expect(measured.built.result.calibration!.temperature).toBe(own);
    await expectCalibrated(measured.path, 'C1', own);
    // The same bytes as C1, never measured as R1: fitted while the package is built.
    const unmeasured = await buildPackage(project, 'unmeasured', { modelId: 'R1', precision: 'int8' });
    expect(unmeasured.built.result.modelSha256).toBe(measured.built.result.modelSha256);
    expect(unmeasured.built.result.calibration!.temperature).toBeCloseTo(own, 6);
    await expectCalibrated(unmeasured.path, 'C1', own);
  });
});

test('a package whose dev rows are all right, so that no temperature fits, answers as its model does and says so', async () => {
  const { temperature } = await recordOf(clear, 'R1');
  expect(temperature).toMatchObject({ limited: true });
  const { path, built } = await buildPackage(clear, 'every row right');
  const { result } = built;
  expect(result.calibration).toBeNull();
  expect(json(path, 'thresholds.json')).toEqual({ rejectBelow: null, temperature: null });
  expect(result.card).toContain(`the ${temperature!.devRows} dev rows are all right or all wrong`);
  const texts = (json(path, 'samples.json').samples as { text: string }[]).map(({ text }) => text);
  const labels = json(path, 'labels.json').labels as string[];
  const logits = await logitsOf(path, texts);
  for (const [row, { probabilities, calibrated }] of (await asked(path, texts)).entries()) {
    expect(calibrated).toBe(false);
    for (const [k, p] of softmax(logits[row]!, 1).entries()) expect(probabilities[labels[k]!]).toBeCloseTo(p, 5);
  }
  // What an earlier release recorded of a package knows of no temperature.
  const { calibration: _none, ...earlier } = result;
  expect(packageResultSchema.parse(earlier)).toEqual(result);
});
