import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CREATE, openTestProject, type TestProject } from './testkit.ts';
import { prepareTinyProject, tinyTraining, writeTinyModels } from './tiny-project.ts';

let folder: string;
let project: TestProject;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-explain-'));
  project = await openTestProject(join(folder, 'explain.csw'), CREATE, { modelsFolder: await writeTinyModels(folder) });
  await prepareTinyProject(project, folder);
  await project.done('competitiveness.train', tinyTraining(6));
  await project.done('competitiveness.compress', { name: 'int8', runId: 'R1', technique: 'int8', tolerance: 0.1 });
});
afterAll(async () => {
  await project?.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

const tests = (show: 'all' | 'right' | 'wrong', search = '') =>
  project.call('competitiveness.testTexts', { runId: 'R1', show, search, offset: 0, limit: 100 });

it('test rows are listed least sure first, by right and wrong, and by a part of their text', async () => {
  const [all, right, wrong] = [await tests('all'), await tests('right'), await tests('wrong')];
  expect(all.total).toBe(40);
  expect(right.total + wrong.total).toBe(40);
  expect(right.rows.every(({ actual, predicted }) => actual === predicted)).toBe(true);
  const confidence = all.rows.map((row) => row.confidence ?? Number.NaN);
  expect(confidence).toEqual(confidence.toSorted((a, b) => a - b));
  const some = await tests('all', 'REFUND');
  expect(some.total).toBe(all.rows.filter(({ text }) => text.includes('refund')).length);
});

it('one test row is explained word by word; the sum of the words is the change of the score', async () => {
  const { rows } = await tests('right');
  const { datasetId, row, text, actual } = rows.at(-1)!;
  await project.done('competitiveness.explain', {
    runId: 'R1',
    source: { type: 'testRow', datasetId, row },
    label: null,
  });
  const view = await project.call('competitiveness.explanation', { runId: 'R1' });
  const found = view!.result;
  expect(found).toMatchObject({ runId: 'R1', ofOriginal: false, text, actual, predicted: actual, label: actual });
  expect(found.words.map(({ start, end }) => text.slice(start, end))).toEqual(text.split(' '));
  const sum = found.words.reduce((total, { attribution }) => total + attribution, 0);
  expect(Math.abs(sum - (found.score - found.baselineScore))).toBeLessThan(
    0.05 * Math.abs(found.score - found.baselineScore),
  );
  expect(found.probabilities.length).toBe(4);
  expect(found.probabilities.reduce((total, { probability }) => total + probability, 0)).toBeCloseTo(1, 6);
  expect(view!.artifact.stale).toEqual([]);
});

it('a typed text and another class are explained; of a compressed run the original, which is said', async () => {
  const source = { type: 'text', text: 'lost refund please' } as const;
  await project.done('competitiveness.explain', { runId: 'C1', source, label: 'class 3' });
  const { result } = (await project.call('competitiveness.explanation', { runId: 'C1' }))!;
  expect(result).toMatchObject({ runId: 'C1', ofOriginal: true, actual: null, label: 'class 3', text: source.text });
  await project.done('competitiveness.explain', { runId: 'R1', source, label: 'class 3' });
  const own = (await project.call('competitiveness.explanation', { runId: 'R1' }))!.result;
  expect(own.words).toEqual(result.words);
});

it('what cannot be explained is refused with its code', async () => {
  const refusal = async (
    source: Parameters<typeof project.call<'competitiveness.explain'>>[1]['source'],
    runId = 'R1',
  ) => (await project.refusal('competitiveness.explain', { runId, source, label: null })).code;
  expect(await refusal({ type: 'testRow', datasetId: 'd1', row: 99_999 })).toBe('artifact.not-found');
  expect(await refusal({ type: 'text', text: '  ' })).toBe('request.invalid');
  expect(await refusal({ type: 'text', text: 'card' }, 'R9')).toBe('artifact.input-missing');
});

it('the faithfulness of both explanations is measured on test rows against random order', async () => {
  await project.done('competitiveness.measureFaithfulness', { runId: 'R1', texts: 20, seed: 7 });
  const { result } = (await project.call('competitiveness.faithfulness', { runId: 'R1' }))!;
  expect(result).toMatchObject({ runId: 'R1', sampled: 20, texts: 20 - result.tooShort, resamples: 2000 });
  expect(result.orders.random.deleted.length).toBe(result.fractions.length);
  expect(result.verdict).not.toBe('neither');
  const { comprehensiveness } = result.aboveRandom.occlusion;
  expect(comprehensiveness.low).toBeGreaterThan(0);
});

it('each model has a temperature of its own, fitted on dev rows, which changes no answer', async () => {
  const temperatureOf = async (runId: string) => {
    const { result } = (await project.call('competitiveness.run', { runId }))!;
    const { temperature, dev, test } = result;
    expect(temperature!.rows).toBe(test.rows);
    expect(temperature!.before.ece.value).toBeCloseTo(test.calibration!.ece, 4);
    const right = temperature!.after.bins.reduce((sum, bin) => sum + bin.rows * (bin.accuracy ?? 0), 0);
    expect(right / test.rows).toBeCloseTo(test.accuracy.value, 9);
    return { temperature: temperature!, devRows: dev?.rows };
  };
  const [run, small] = [await temperatureOf('R1'), await temperatureOf('C1')];
  expect(run.temperature.devRows).toBe(run.devRows);
  expect(small.temperature.devRows).toBe(run.devRows);
  // Logits of int8 are not those of float32. All of these few dev rows are right, which is said.
  expect(small.temperature.before.nll).not.toEqual(run.temperature.before.nll);
  expect(run.temperature).toMatchObject({ temperature: 0.05, limited: true });
});

it('texts that somebody gives are answered by the form asked, with probabilities by its temperature where one was fitted', async () => {
  // Of one epoch: wrong on dev rows too, so that a temperature can be fitted.
  await project.done('competitiveness.train', { ...tinyTraining(1), name: 'Short' });
  const classify = async (modelId: string) => {
    const runId = modelId;
    const { rows } = await project.call('competitiveness.testTexts', {
      runId,
      show: 'all',
      search: '',
      offset: 0,
      limit: 40,
    });
    await project.done('competitiveness.classify', { modelId, texts: rows.map(({ text }) => text) });
    const { result } = (await project.call('competitiveness.classified', { modelId }))!;
    expect(result.answers.map(({ text, label }) => ({ text, label }))).toEqual(
      rows.map(({ text, predicted }) => ({ text, label: predicted })),
    );
    expect(result).toMatchObject({ modelId, classes: 4, truncated: 0 });
    return result.answers.map((answer, at) => ({
      ...answer,
      confidence: rows[at]!.confidence ?? Number.NaN,
      at: result.temperature,
    }));
  };
  for (const modelId of ['R1', 'C1', 'R2']) {
    const { temperature, dev } = (await project.call('competitiveness.run', { runId: modelId }))!.result;
    const T = temperature!.limited ? 1 : temperature!.temperature;
    if (modelId === 'R2') expect(temperature!.limited).toBe(false);
    for (const { at, probability, likeliest, confidence, toPerson } of await classify(modelId)) {
      expect(at).toEqual(temperature!.limited ? null : { value: T, devRows: dev!.rows });
      expect(likeliest[0]!.probability).toBe(probability);
      expect(likeliest.reduce((sum, one) => sum + one.probability, 0)).toBeCloseTo(1, 9);
      // softmax(z / T) to the power of T, made to sum to 1, is softmax(z), whose largest is what the test rows were answered with.
      const plain = likeliest.map((one) => one.probability ** T);
      expect(plain[0]! / plain.reduce((sum, one) => sum + one, 0)).toBeCloseTo(confidence, 4);
      expect(toPerson).toBe(false);
    }
    // An explanation says the same of a text; that of an int8 model is of its original, which is another.
    const { result } = (await project.call('competitiveness.classified', { modelId }))!;
    const { text, label, probability } = result.answers[0]!;
    await project.done('competitiveness.explain', { runId: modelId, source: { type: 'text', text }, label });
    const explained = (await project.call('competitiveness.explanation', { runId: modelId }))!.result;
    expect(explained.calibrated).toEqual(
      modelId === 'R2'
        ? { temperature: T, devRows: dev!.rows, probability: expect.closeTo(probability, 6) as unknown }
        : null,
    );
  }
  const refusal = async (modelId: string, text: string) =>
    (await project.refusal('competitiveness.classify', { modelId, texts: [text] })).code;
  expect(await refusal('H1', 'card')).toBe('competitiveness.task-run');
  expect(await refusal('R9', 'card')).toBe('artifact.input-missing');
  expect(await refusal('R1', ' ')).toBe('request.invalid');
});

it('explanations go with the run that is taken out, and come back with it', async () => {
  await project.call('competitiveness.removeRun', { runId: 'C1' });
  expect(await project.call('competitiveness.explanation', { runId: 'C1' })).toBeNull();
  expect(await project.call('competitiveness.classified', { modelId: 'C1' })).toBeNull();
  const { undo } = await project.call('project.undoable', {});
  await project.call('project.undo', { sequence: undo!.sequence });
  expect(await project.call('competitiveness.explanation', { runId: 'C1' })).not.toBeNull();
});
