import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTrainJob } from '../../electron/worker/train/train-job.ts';
import { formatNumber } from '../../shared/i18n/number.ts';
import { reportTextsEn } from '../../shared/report/texts/report.en.ts';
import { createRng } from '../../shared/rng.ts';
import type { ExplainedSource } from '../../shared/stages/competitiveness/explanation/results.ts';
import { competitivenessScreenEn } from '../../shared/stages/competitiveness/screen.en.ts';
import type { TaskFigure, TaskMeasure, TaskRun } from '../../shared/stages/competitiveness/tasks/results.ts';
import { pointFigures } from '../../shared/stages/competitiveness/tasks/seeds.ts';
import type { Scale } from '../../shared/stages/demand/import/column-role.ts';
import type { RunConfig } from '../../shared/train/run-config.ts';
import { levelTargets, type TextTask } from '../../shared/train/text-task.ts';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';
import { tinyTexts, WORDS } from './tiny-model.ts';
import { TINY, tinyTraining, writeTinyModels } from './tiny-project.ts';

/** What is predicted besides one of several classes, from an import to an answer. A text has the label of each of four words that it holds; its rating
 *  is how many, and its number grows with them. */

const LABELS = WORDS.slice(0, 4);
const OTHERS = WORDS.slice(4);
const ROWS = 500;
/** Texts with all labels and with none. */
const ALL = `${LABELS.join(' ')} please help`;
const NONE = 'please help the account my transfer';

let folder: string;
let project: TestProject;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'text-tasks-'));
  const modelsFolder = await writeTinyModels(folder);
  project = await openTestProject(join(folder, 'tasks.csw'), CREATE, { modelsFolder, threads: () => 1 });
  await importRows('Rows', rowsOf(ROWS, 5));
});
afterAll(async () => {
  await project.engine.dispose();
  rmSync(folder, { recursive: true, force: true });
});

type Row = readonly [text: string, needs: string, stars: string, minutes: string];

function rowsOf(count: number, seed: number, from = 0): Row[] {
  const rng = createRng(seed);
  return Array.from({ length: count }, (_, row): Row => {
    const has = LABELS.filter(() => rng.float() < 0.4);
    const others = Array.from({ length: 6 - has.length }, () => OTHERS[rng.int(OTHERS.length)]!);
    const words = [...has, ...others].sort(() => rng.float() - 0.5);
    const text = `${words.join(' ')} ${from + row}`;
    return [text, has.join('；'), String(has.length + 1), String(20 * has.length + rng.int(5))];
  });
}

const scaleTo = (max: number): Scale => ({ min: 0, max, direction: 'higher-better' });

async function importRows(name: string, rows: readonly Row[], stars = scaleTo(5)): Promise<void> {
  writeFileSync(join(folder, `${name}.csv`), csv(['text', 'needs', 'stars', 'minutes'], rows));
  await project.done('demand.importSource', {
    sourceId: `file:${join(folder, `${name}.csv`)}`,
    name,
    kind: 'feedback',
    overrides: {},
    columns: [
      { id: 'c0', name: 'text', role: 'text' },
      { id: 'c1', name: 'needs', role: 'multi-choice', delimiter: ';' },
      { id: 'c2', name: 'stars', role: 'rating', scale: stars },
      { id: 'c3', name: 'minutes', role: 'outcome', scale: scaleTo(100) },
    ],
  });
}

const COLUMNS: Readonly<Record<TextTask, string>> = { 'multi-label': 'c1', ordinal: 'c2', regression: 'c3' };
const SPLIT = { test: { type: 'share', share: 0.2 }, devShare: 0.1, modelId: TINY, maxLength: 32, seed: 7 } as const;

async function prepare(task: TextTask): Promise<void> {
  await project.done('competitiveness.prepareTask', {
    task,
    columns: [{ datasetId: 'd1', columnId: COLUMNS[task] }],
    ...(task === 'multi-label' ? { separator: ';', emptyIsNone: true } : {}),
    ...SPLIT,
  });
  await project.done('competitiveness.measureTaskFloors', { task, modelId: TINY, seed: 7 });
}

async function train(task: TextTask, options: Partial<RunConfig> = {}): Promise<TaskRun> {
  const { config } = tinyTraining(5);
  const learning = { ...config, learningRate: 5e-3, ...options };
  await project.done('competitiveness.trainTask', { task, name: task, modelId: TINY, config: learning });
  return (await project.call('competitiveness.taskRuns', { task })).at(-1)!.result;
}

const value = (figures: readonly TaskFigure[], measure: TaskMeasure) =>
  figures.find((figure) => figure.measure === measure)!.estimate!.value;
async function explain(runId: string, source: string | ExplainedSource, label: string | null = null) {
  const given: ExplainedSource = typeof source === 'string' ? { type: 'text', text: source } : source;
  await project.done('competitiveness.explain', { runId, source: given, label });
  const { result } = (await project.call('competitiveness.explanation', { runId }))!;
  const { words, score, baselineScore } = result;
  const values = new Map(words.map((word) => [result.text.slice(word.start, word.end), word]));
  const sum = words.reduce((total, { attribution }) => total + attribution, 0);
  // What the words are given adds up to the change, in the unit of the score.
  expect(Math.abs(sum - (score - baselineScore))).toBeLessThan(0.05 * Math.abs(score - baselineScore));
  return { ...result, of: (word: string) => values.get(word)! };
}

async function answer(runId: string, text: string) {
  await project.done('competitiveness.answerTexts', { runId, texts: [text] });
  return (await project.call('competitiveness.taskAnswers', { runId }))!.result.answers[0]!;
}

const testTexts = (runId: string, show: 'all' | 'right' | 'wrong' = 'all') =>
  project.call('competitiveness.testTexts', { runId, show, search: '', offset: 0, limit: 100 });

const figureOf = ({ test }: TaskRun, measure: TaskMeasure) => value(test.figures, measure);

describe('several labels at once', () => {
  it('are taken from the cells: a full-width separator, and empty cells that mean none of them', async () => {
    await prepare('multi-label');
    const { result } = (await project.call('competitiveness.taskData', { task: 'multi-label' }))!;
    expect(result).toMatchObject({ labelled: ROWS, unlabelled: 0, scale: null });
    expect(result.labels.map(({ label }) => label)).toEqual([...LABELS].sort());
    expect(result.perRow!.none).toBeGreaterThan(30);
    expect(result.parts.reduce((sum, { rows }) => sum + rows, 0)).toBe(ROWS);
    for (const { rows, train: inTrain, dev, test } of result.labels) {
      expect(inTrain + dev + test).toBe(rows);
      expect(test / rows).toBeCloseTo(0.2, 1);
    }
  });

  it('are learnt beyond the floors, with a threshold for each tuned on dev rows and intervals beside every figure', async () => {
    const run = await train('multi-label', { headStart: 'logistic' });
    const floors = (await project.call('competitiveness.taskFloors', { task: 'multi-label' }))!.result;
    expect(run.thresholds!.map(({ tuned }) => tuned)).toEqual([true, true, true, true]);
    expect(figureOf(run, 'microF1')).toBeGreaterThan(0.9);
    const [constant, tfidf, frozen] = floors.floors.map(({ evaluation }) => value(evaluation.figures, 'microF1'));
    expect(figureOf(run, 'microF1')).toBeGreaterThan(constant! + 0.2);
    // The tiny texts are bags of words, of which a linear head on the frozen encoder misses little, and one on the words nothing.
    expect(frozen).toBeGreaterThan(constant! + 0.2);
    expect(tfidf).toBeGreaterThan(0.98);
    expect(floors.strongestId).toBe(tfidf! > frozen! ? 'tfidf' : 'frozen');
    if (run.test.task !== 'multi-label') throw new Error(run.test.task);
    for (const { precision, recall, f1, support } of run.test.perLabel) {
      expect(support).toBeGreaterThan(10);
      for (const estimate of [precision!, recall!, f1!]) expect(estimate.low).toBeLessThanOrEqual(estimate.value);
    }
    const compared = await project.call('competitiveness.compareTask', { runId: run.id, referenceId: 'constant' });
    expect(compared.differences[0]!.measure).toBe('microF1');
    expect(compared.differences[0]!.estimate!.low).toBeGreaterThan(0);
    expect(compared.rows).toBe(run.test.rows);
  });

  it('are answered to new texts', async () => {
    const text = `${LABELS[0]} please ${LABELS[2]} help the account`;
    const fullWidth = text.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
    await project.done('competitiveness.answerTexts', { runId: 'H1', texts: [text, NONE, fullWidth] });
    const { answers, outputs } = (await project.call('competitiveness.taskAnswers', { runId: 'H1' }))!.result;
    expect(answers.map(({ labels }) => labels)).toEqual([answers[2]!.labels, [], [LABELS[0], LABELS[2]].sort()]);
    expect(answers[2]).toEqual({ ...answers[0], text: fullWidth });
    expect(outputs).toEqual([...LABELS].sort());
    expect(answers[0]!.probabilities).toHaveLength(4);
  });

  it('are explained one by one, word by word: the logit of the likeliest, or of the one that is asked about', async () => {
    const [named, other] = [LABELS[0]!, LABELS[1]!];
    const text = `${named} please ${LABELS[2]} help the account`;
    const { labels, probabilities } = await answer('H1', text);
    const found = await explain('H1', text, named);
    expect(found).toMatchObject({ task: 'multi-label', predicted: labels, actual: null, label: named, thresholds: [] });
    const likely = new Map(found.probabilities.map(({ label, probability }) => [label, probability]));
    expect([...LABELS].sort().map((label) => likely.get(label)!)).toEqual(probabilities);
    expect(likely.get(named)).toBeCloseTo(1 / (1 + Math.exp(-found.score)), 6);
    for (const measure of ['attribution', 'scoreFall', 'probabilityFall'] as const) {
      expect(found.of(named)[measure]).toBe(Math.max(...found.words.map((word) => word[measure]!)));
    }
    expect((await explain('H1', text, other)).score).toBeLessThan(0);
    const likeliest = await explain('H1', text);
    expect(likeliest.label).toBe(likeliest.probabilities[0]!.label);
    const fullWidth = text.replace(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
    expect((await explain('H1', fullWidth, named)).words).toEqual(found.words);
  });

  it('are explained of a locked test row, those with most labels wrong first', async () => {
    const [all, right, wrong] = [await testTexts('H1'), await testTexts('H1', 'right'), await testTexts('H1', 'wrong')];
    expect(all.total).toBe(right.total + wrong.total);
    expect(all.rows.map((row) => row.right)).toEqual(all.rows.map((_, at) => at >= wrong.total));
    const { datasetId, row, text, actual, predicted, confidence } = all.rows.at(-1)!;
    expect([confidence, predicted]).toEqual([null, actual]);
    expect(LABELS.filter((label) => text.split(' ').includes(label)).sort()).toEqual(actual);
    expect(await explain('H1', { type: 'testRow', datasetId, row })).toMatchObject({ text, actual, predicted });
  });

  it('have explanations that name what matters: without those words the likeliest label falls', async () => {
    await project.done('competitiveness.measureFaithfulness', { runId: 'H1', texts: 30, seed: 7 });
    const view = (await project.call('competitiveness.faithfulness', { runId: 'H1' }))!;
    expect(view.artifact.stale).toEqual([]);
    const { result } = view;
    expect(result).toMatchObject({ runId: 'H1', sampled: 30, texts: 30 - result.tooShort });
    expect(result.verdict).not.toBe('neither');
    const { deleted } = result.orders.integratedGradients;
    // With many of its words gone a text keeps little of what made the label likely.
    expect(result.whole - deleted.at(-1)!.value).toBeGreaterThan(0.2);
    expect(result.aboveRandom.integratedGradients.comprehensiveness.low).toBeGreaterThan(0);
  });

  it('lose their explanation with the run, and have it back with it', async () => {
    await project.call('competitiveness.removeTaskRun', { runId: 'H1' });
    expect(await project.call('competitiveness.explanation', { runId: 'H1' })).toBeNull();
    expect(await project.call('competitiveness.faithfulness', { runId: 'H1' })).toBeNull();
    const { undo } = await project.call('project.undoable', {});
    await project.call('project.undo', { sequence: undo!.sequence });
    expect(await project.call('competitiveness.explanation', { runId: 'H1' })).not.toBeNull();
  });

  it('are learnt with weights of what is there', async () => {
    const weighted = await train('multi-label', { classWeights: 'balanced', epochs: 2 });
    const plain = await train('multi-label', { epochs: 2 });
    expect(weighted.dev!.loss).not.toBe(plain.dev!.loss);
    expect(figureOf(weighted, 'microF1')).toBeGreaterThan(0.5);
  });
});

describe('a rating', () => {
  it('is learnt beyond the floors, its questions agree with each other, and it comes back as a level', async () => {
    await prepare('ordinal');
    const run = await train('ordinal', { headStart: 'logistic' });
    expect(run.labels).toEqual(['1', '2', '3', '4', '5']);
    expect(run.rankConsistent).toBe(true);
    expect(figureOf(run, 'quadraticKappa')).toBeGreaterThan(0.85);
    const frozen = await project.call('competitiveness.compareTask', { runId: run.id, referenceId: 'frozen' });
    expect(Math.abs(value(frozen.differences, 'quadraticKappa'))).toBeLessThan(0.1);
    const constant = await project.call('competitiveness.compareTask', { runId: run.id, referenceId: 'constant' });
    expect(constant.differences[0]!.estimate!.low).toBeGreaterThan(0);
    await project.done('competitiveness.answerTexts', { runId: run.id, texts: [ALL, NONE] });
    const { answers } = (await project.call('competitiveness.taskAnswers', { runId: run.id }))!.result;
    expect(Number(answers[0]!.labels[0])).toBeGreaterThanOrEqual(4);
    expect(Number(answers[1]!.labels[0])).toBeLessThanOrEqual(2);
  });

  it('is explained by the one score that all its thresholds are held against', async () => {
    const { id } = (await project.call('competitiveness.taskRuns', { task: 'ordinal' })).at(-1)!.result;
    const few = await explain(id, `${LABELS[0]} ${NONE}`);
    const found = await explain(id, ALL);
    expect(found).toMatchObject({ task: 'ordinal', label: null, probabilities: [] });
    const { labels, probabilities } = await answer(id, ALL);
    expect(found.predicted).toBe(labels[0]);
    expect(found.thresholds.map(({ level }) => level)).toEqual(['2', '3', '4', '5']);
    found.thresholds.forEach(({ above }, question) => {
      expect(1 / (1 + Math.exp(above - found.score))).toBeCloseTo(probabilities[question]!, 6);
      // They belong to the model, not to the text.
      expect(few.thresholds[question]!.above).toBeCloseTo(above, 4);
    });
    expect(found.score).toBeGreaterThan(few.score);
    for (const word of LABELS) expect(found.of(word)).toMatchObject({ probabilityFall: null });
    for (const word of LABELS) expect(found.of(word).attribution).toBeGreaterThan(found.of('help').attribution);
  });
});

describe('a number', () => {
  it.each([{}, { huberDelta: 0.5 }])('is learnt beyond the floors in its own unit (%j)', async (options) => {
    await prepare('regression');
    const run = await train('regression', options);
    expect(run.scale!.deviation).toBeGreaterThan(10);
    expect(figureOf(run, 'r2')).toBeGreaterThan(0.85);
    expect(figureOf(run, 'mae')).toBeLessThan(8);
    const floors = (await project.call('competitiveness.taskFloors', { task: 'regression' }))!.result;
    expect(value(floors.floors[0]!.evaluation.figures, 'r2')).toBeCloseTo(0, 1);
    expect(value(floors.floors[1]!.evaluation.figures, 'r2')).toBeGreaterThan(0.9);
    await project.done('competitiveness.answerTexts', { runId: run.id, texts: [ALL, NONE] });
    const { answers } = (await project.call('competitiveness.taskAnswers', { runId: run.id }))!.result;
    expect(answers[0]!.value! - answers[1]!.value!).toBeGreaterThan(45);
  });

  it('is explained in its own unit', async () => {
    const { id } = (await project.call('competitiveness.taskRuns', { task: 'regression' })).at(-1)!.result;
    const found = await explain(id, ALL);
    const { value: answered } = await answer(id, ALL);
    expect(found).toMatchObject({ task: 'regression', predicted: answered, label: null, probabilities: [] });
    expect(found.score).toBeCloseTo(answered!, 3);
    // Each of the four words stands for twenty minutes.
    const four = LABELS.reduce((sum, word) => sum + found.of(word).attribution, 0);
    expect(four).toBeGreaterThan(30);
    expect(found.of(LABELS[0]!).scoreFall).toBeGreaterThan(5);
  });

  it('has its test rows listed by how far off it is', async () => {
    const { id } = (await project.call('competitiveness.taskRuns', { task: 'regression' })).at(-1)!.result;
    const { rows } = await testTexts(id);
    const off = rows.map(({ actual, predicted }) => Math.abs(Number(actual) - Number(predicted)));
    expect(off).toEqual(off.toSorted((a, b) => b - a));
    const { datasetId, row, text, actual, predicted } = rows[0]!;
    const found = await explain(id, { type: 'testRow', datasetId, row });
    expect(found).toMatchObject({ text, actual });
    expect(found.predicted).toBeCloseTo(Number(predicted), 3);
  });

  it('is explained whole: there is no label to ask about, nor a row or a text that is none', async () => {
    const { id } = (await project.call('competitiveness.taskRuns', { task: 'regression' })).at(-1)!.result;
    const typed = { type: 'text', text: ALL } as const;
    await expect(project.done('competitiveness.explain', { runId: id, source: typed, label: '1' })).rejects.toThrow(
      'artifact.not-found',
    );
    const refusal = async (source: ExplainedSource, runId = id) =>
      (await project.refusal('competitiveness.explain', { runId, source, label: null })).code;
    expect(await refusal({ type: 'testRow', datasetId: 'd1', row: 99_999 })).toBe('artifact.not-found');
    expect(await refusal({ type: 'text', text: '\u200b' })).toBe('request.invalid');
    expect(await refusal(typed, 'H99')).toBe('artifact.input-missing');
    const sample = { runId: id, texts: 20, seed: 7 };
    const unmeasured = await project.refusal('competitiveness.measureFaithfulness', sample);
    expect(unmeasured).toMatchObject({ code: 'competitiveness.no-probability', params: { runId: id } });
  });
});

describe('a recipe of a task', () => {
  it('is measured before it is trained, and from several seeds comes out with means and the best on dev', async () => {
    await prepare('ordinal');
    const { config } = tinyTraining(2);
    const learning = { ...config, learningRate: 5e-3 };
    await project.done('competitiveness.planTaskTraining', { task: 'ordinal', modelId: TINY, configs: [learning] });
    const plan = (await project.call('competitiveness.taskTrainingPlan', { task: 'ordinal' }))!.result;
    const [recipe] = plan.recipes;
    expect(recipe!.measured!.updates).toBe(2 * Math.ceil(plan.trainRows / learning.batchSize));
    expect(recipe!.measured!.time.value).toBeGreaterThan(0);
    expect(await project.call('competitiveness.trainingPlan', {})).toBeNull();
    const unfit = { ...learning, rDrop: 1, dropout: 0.1 };
    const refused = { task: 'ordinal' as const, modelId: TINY, configs: [unfit] };
    expect((await project.refusal('competitiveness.planTaskTraining', refused)).code).toBe('request.invalid');

    const asked = { task: 'ordinal', name: 'Three', modelId: TINY, config: learning } as const;
    await project.done('competitiveness.trainTask', { ...asked, seeds: 3 });
    await project.done('competitiveness.trainTask', { ...asked, config: { ...learning, seed: learning.seed + 1 } });
    const [several, alone] = (await project.call('competitiveness.taskRuns', { task: 'ordinal' }))
      .slice(-2)
      .map(({ result }) => result);
    const { runs, kept, keptBy, figures } = several!.seeds!;
    expect(runs.map(({ seed }) => seed)).toEqual([0, 1, 2].map((more) => learning.seed + more));
    expect(several!.steps).toBe(recipe!.measured!.updates);
    // What was expected of one training stands beside what the one that is kept took.
    const { updates, time, peakMemoryMb } = recipe!.measured!;
    expect(several!.planned).toEqual({ updates, time, peakMemoryMb });
    expect(several!.trainWallMs!).toBeGreaterThanOrEqual(several!.trainDurationMs);
    expect(several!.trainWallMs! / 1000 / time.value).toBeGreaterThan(0.2);
    expect(several!.trainWallMs! / 1000 / time.value).toBeLessThan(5);
    const best = runs.toSorted((a, b) => b.dev! - a.dev! || a.seed - b.seed)[0]!;
    expect([kept, keptBy]).toEqual([best.seed, 'dev']);
    expect(several!.dev!.score).toBe(best.dev);
    expect(pointFigures(several!.test.figures)).toEqual(best.figures);
    const kappas = runs.map((run) => run.figures[0]!.value!);
    expect(figures[0]!.mean!.mean).toBeCloseTo(kappas.reduce((sum, kappa) => sum + kappa, 0) / 3, 12);
    expect(new Set(kappas).size).toBeGreaterThan(1);
    // Each comes out as it does in a run of its own.
    expect(alone!.seeds).toBeUndefined();
    expect(alone!.planned).toEqual(several!.planned);
    expect(pointFigures(alone!.test.figures)).toEqual(runs[1]!.figures);
    expect(alone!.dev!.score).toBe(runs[1]!.dev);
  });

  it('has no expectation beside it where another was measured', async () => {
    expect((await train('ordinal', { epochs: 1 })).planned).toBeUndefined();
  });

  it('has a number of its own, that no other gets once it is taken out', async () => {
    const ids = (await project.call('competitiveness.taskRuns', { task: 'ordinal' })).map(({ result }) => result.id);
    const last = ids.at(-1)!;
    await project.call('competitiveness.removeTaskRun', { runId: last });
    expect((await train('ordinal', { epochs: 1 })).id).toBe(`H${Number(last.slice(1)) + 1}`);
  });

  it('stands in the report with its floors and the mean of its seeds, and is found by its name', async () => {
    const blank = { sections: null, title: '', author: '', comments: [], pdf: false };
    await project.done('report.build', { language: 'en', ...blank });
    const [document] = await project.call('report.documents', {});
    const html = readFileSync(document!.result.html.path, 'utf8');
    const several = (await project.call('competitiveness.taskRuns', { task: 'ordinal' })).find(
      ({ result }) => result.seeds !== undefined,
    )!.result;
    const tableAt = (caption: string) => {
      const from = html.indexOf(caption);
      expect(from).toBeGreaterThan(0);
      return html.slice(from, html.indexOf('</table>', from));
    };
    const texts = reportTextsEn.stages.competitiveness;
    const what = competitivenessScreenEn.tasks.kinds.ordinal;
    const measured = tableAt(texts.taskTable.replace('{what}', what));
    const kappa = several.test.figures[0]!.estimate!;
    expect(measured).toContain(competitivenessScreenEn.tasks.floor.tfidf);
    expect(measured).toContain(`[${formatNumber(kappa.low, 3)}, ${formatNumber(kappa.high, 3)}]`);
    const { mean } = several.seeds!.figures[0]!;
    expect(tableAt(texts.taskSeeds.replace('{what}', what))).toContain(formatNumber(mean!.mean, 3));
    expect(await project.call('project.search', { text: 'three', limit: 5 })).toContainEqual({
      type: 'run',
      id: several.id,
      title: 'Three',
    });
  });
});

it('a training that is paused goes on as if it never had been', async () => {
  const { texts, labels } = tinyTexts(60, 4, 3);
  const targets = levelTargets(labels, 4);
  const run = (spool: string, pauseAt = Number.POSITIVE_INFINITY) => {
    const pause = new AbortController();
    return runTrainJob(
      {
        type: 'train',
        folder: join(folder, 'models', TINY),
        hash: null,
        tuned: null,
        config: { ...tinyTraining(3).config, headStart: 'logistic' },
        task: 'ordinal',
        classes: 3,
        train: { texts, labels: new Int32Array(60), targets },
        dev: { texts: texts.slice(0, 20), labels: new Int32Array(20), targets: targets.subarray(0, 60) },
        spool: join(folder, spool),
        spoolKey: null,
        resume: true,
        checkpointEveryMs: 0,
        threads: 1,
      },
      {
        pause: pause.signal,
        cancel: new AbortController().signal,
        emit: (event) => event.type === 'checkpointed' && event.step >= pauseAt && pause.abort(),
      },
    );
  };
  const whole = await run('whole');
  expect(await run('parts', 5)).toMatchObject({ type: 'paused' });
  const resumed = await run('parts');
  if (whole.type !== 'finished' || resumed.type !== 'finished') throw new Error('a training has not finished');
  expect(resumed.losses).toEqual(whole.losses);
  expect(resumed.tunedSha256).toBe(whole.tunedSha256);
});

describe('what does not fit is refused', () => {
  it('an option of another task', async () => {
    const { config } = tinyTraining(1);
    const wrong = { task: 'ordinal', name: 'x', modelId: TINY, config: { ...config, focalGamma: 2 } } as const;
    await expect(project.call('competitiveness.trainTask', wrong)).rejects.toThrow('request.invalid');
    await expect(
      project.done('competitiveness.trainTask', { ...wrong, config: { ...config, huberDelta: 1 } }),
    ).rejects.toThrow('request.invalid');
  });

  it('its run where a model of one class is wanted, in words that say so', async () => {
    const refused = 'competitiveness.task-run';
    await expect(project.call('competitiveness.exportHub', { modelId: 'H1', format: 'model' })).rejects.toThrow(
      refused,
    );
    await expect(
      project.call('competitiveness.compress', { name: 'x', runId: 'H1', technique: 'int8', tolerance: 0.01 }),
    ).rejects.toThrow(refused);
    await expect(project.call('competitiveness.compare', { runId: 'H1', referenceId: 'majority' })).rejects.toThrow(
      refused,
    );
    await expect(
      project.call('landing.buildPackage', {
        modelId: 'H1',
        precision: 'float32',
        name: 'x',
        language: 'en',
        platform: null,
      }),
    ).rejects.toThrow(refused);
  });

  it('a run of another task or other test rows as a reference', async () => {
    await expect(project.call('competitiveness.compareTask', { runId: 'H1', referenceId: 'H4' })).rejects.toThrow(
      'artifact.not-found',
    );
  });

  it('a column that says nothing of the kind', async () => {
    const columns = [{ datasetId: 'd1', columnId: 'c1' }];
    await expect(
      project.done('competitiveness.prepareTask', { ...SPLIT, task: 'regression', columns }),
    ).rejects.toThrow(/competitiveness.task-cell .*"dataset":"Rows","row":\d/);
  });
});

describe('a test dataset of its own', () => {
  const both = (task: TextTask, datasetId = 'd2') => [
    { datasetId: 'd1', columnId: COLUMNS[task] },
    { datasetId, columnId: COLUMNS[task] },
  ];
  const needs = { task: 'multi-label', separator: ';', emptyIsNone: true, columns: both('multi-label') } as const;
  const ownTest = (datasetId: string) => ({ ...SPLIT, test: { type: 'dataset', datasetId } as const });
  const dataOf = async (task: TextTask) => (await project.call('competitiveness.taskData', { task }))!.result;
  const TESTED = 120;
  const REPEATED = 20;

  it('is tested on whole, and training rows that repeat one of its texts are left out', async () => {
    const first = rowsOf(ROWS, 5);
    // The same texts but for case, as a later export may have them.
    const repeated = first.slice(0, REPEATED).map(([text, ...rest]): Row => [text.toUpperCase(), ...rest]);
    await importRows('Later', [...repeated, ...rowsOf(TESTED - REPEATED, 6, ROWS)]);
    await project.done('competitiveness.prepareTask', { ...needs, ...ownTest('d2') });
    const data = await dataOf('multi-label');
    expect(data).toMatchObject({ testSource: 'dataset', labelled: ROWS + TESTED, excludedFromTrain: REPEATED });
    const rowsIn = Object.fromEntries(data.parts.map(({ part, rows }) => [part, rows]));
    expect(rowsIn.test).toBe(TESTED);
    expect(rowsIn.train! + rowsIn.dev!).toBe(ROWS - REPEATED);
    expect(rowsIn.dev! / (ROWS - REPEATED)).toBeCloseTo(SPLIT.devShare, 2);
    expect(data.notices.split).toContainEqual({
      code: 'duplicates-across-parts',
      severity: 'warning',
      params: { rows: REPEATED, kind: 'exact' },
    });
    // Nothing but the test rows is in the lock.
    await project.done('competitiveness.prepareTask', { ...needs, ...ownTest('d2'), devShare: 0.3, seed: 8 });
    const again = await dataOf('multi-label');
    expect(again.testLock).toBe(data.testLock);
    expect(again.parts.find(({ part }) => part === 'dev')!.rows).toBeGreaterThan(rowsIn.dev!);
  });

  it('measures floors and runs', async () => {
    await project.done('competitiveness.measureTaskFloors', { task: 'multi-label', modelId: TINY, seed: 7 });
    const run = await train('multi-label', { headStart: 'logistic', epochs: 3 });
    const floors = (await project.call('competitiveness.taskFloors', { task: 'multi-label' }))!.result;
    const { testLock } = await dataOf('multi-label');
    expect([run.test.rows, run.testLock, floors.testLock]).toEqual([TESTED, testLock, testLock]);
    expect(figureOf(run, 'microF1')).toBeGreaterThan(0.8);
  });

  it('is refused without a column of it, and where nothing is left to train on', async () => {
    const { columns } = needs;
    const lacking = { ...needs, ...ownTest('d2'), columns: [columns[0]!] };
    const refused = await project.refusal('competitiveness.prepareTask', lacking);
    expect(refused).toMatchObject({ code: 'competitiveness.test-dataset-unlabelled', params: { dataset: 'Later' } });
    const alone = { ...needs, ...ownTest('d2'), columns: [columns[1]!] };
    await expect(project.done('competitiveness.prepareTask', alone)).rejects.toThrow(
      'competitiveness.train-rows-missing',
    );
  });

  it('is refused with labels or levels that no training row has, which are named', async () => {
    const rows = rowsOf(60, 9, 2 * ROWS).map(([text, named, stars, minutes], row): Row => {
      const more = row < 2 ? [named, 'refund', 'loan'] : row < 3 ? [named, 'loan'] : [named];
      return [text, more.filter((need) => need !== '').join(';'), row === 0 ? '0' : stars, minutes];
    });
    await importRows('Others', rows);
    await expect(
      project.done('competitiveness.prepareTask', { ...needs, ...ownTest('d3'), columns: both('multi-label', 'd3') }),
    ).rejects.toThrow('competitiveness.test-labels-unknown {"dataset":"Others","labels":"loan, refund","rows":3}');
    const stars = { ...ownTest('d3'), task: 'ordinal', columns: both('ordinal', 'd3') } as const;
    await expect(project.done('competitiveness.prepareTask', stars)).rejects.toThrow(
      'competitiveness.test-labels-unknown {"dataset":"Others","labels":"0","rows":1}',
    );
  });

  it('is refused with a rating on another scale', async () => {
    await importRows('Ten', rowsOf(60, 10, 3 * ROWS), scaleTo(10));
    const stars = { ...ownTest('d4'), task: 'ordinal', columns: both('ordinal', 'd4') } as const;
    await expect(project.done('competitiveness.prepareTask', stars)).rejects.toThrow(
      'competitiveness.scales-differ {"column":"Rows · stars","scale":"0–5","other":"Ten · stars","otherScale":"0–10"}',
    );
    await importRows('Turned', rowsOf(60, 10, 4 * ROWS), { ...scaleTo(5), direction: 'lower-better' });
    await expect(
      project.done('competitiveness.prepareTask', {
        ...ownTest('d5'),
        task: 'ordinal',
        columns: both('ordinal', 'd5'),
      }),
    ).rejects.toThrow('competitiveness.scale-directions {"column":"Rows · stars","other":"Turned · stars"}');
  });

  it('tells numbers of another size than those learnt from', async () => {
    const beyond = rowsOf(60, 11, 5 * ROWS).map(
      ([text, named, stars], row): Row => [text, named, stars, `${90 + (row % 9)}`],
    );
    await importRows('Beyond', beyond);
    const minutes = { ...ownTest('d6'), task: 'regression', columns: both('regression', 'd6') } as const;
    await project.done('competitiveness.prepareTask', minutes);
    const { notices } = await dataOf('regression');
    const found = notices.check.find(({ code }) => code === 'values-outside-train');
    expect(found).toMatchObject({ severity: 'blocking', params: { rows: 60, share: 1, low: 0 } });
  });

  it('of classes, too, is tested on whole, and refused without a label', async () => {
    const columns = ['d1', 'd2'].map((datasetId) => ({ datasetId, columnId: 'c2' }));
    await project.done('competitiveness.chooseLabels', { type: 'columns', columns });
    await project.done('competitiveness.prepareData', ownTest('d2'));
    const { split } = (await project.call('competitiveness.preparedData', {}))!.result;
    expect([split.excludedFromTrain, split.parts.find(({ part }) => part === 'test')!.rows]).toEqual([
      REPEATED,
      TESTED,
    ]);
    await project.done('competitiveness.chooseLabels', { type: 'columns', columns: [columns[0]!] });
    await expect(project.done('competitiveness.prepareData', ownTest('d2'))).rejects.toThrow(
      'competitiveness.test-dataset-unlabelled {"dataset":"Later"}',
    );
  });
});
