import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { createTranslate } from '../../shared/i18n/translate.ts';
import type { StrategyAnswer } from '../../shared/stages/competitiveness/strategy/results.ts';
import { INTENTS, realFile, someQuestions, writeSubset } from './real-data.ts';
import { askHost, createProject, showIn, showTheme } from './screen.ts';
import {
  askCommand,
  expectNumbers,
  expectRows,
  expectSound,
  jobDone,
  openStep,
  runJob,
  staleSlots,
  startJob,
  tableRow,
  typeNumber,
} from './wizard.ts';
import { expect, test } from './workbench.ts';

const t = createTranslate('en');
const FAMILIES = resolve(import.meta.dirname, '../golden/families');
const QUESTIONS = realFile('banking77_train.csv');
/** The three figures of an evaluation as they stand in a row: value and interval in percent. */
const figures = ({ value, low, high }: { value: number; low: number; high: number }) => [value, low, high];

/** The sentence says which answer it is, and each share in it is the engine's. */
async function expectAnswer(sentence: Locator, answer: StrategyAnswer): Promise<void> {
  switch (answer.type) {
    case 'not-decidable':
    case 'none-feasible':
      return expect(sentence).toHaveText(t(`stage.competitiveness.screen.strategy.answerText.${answer.type}`));
    case 'decided':
      return expect(sentence).toContainText(shareText(answer.share));
    case 'open':
      for (const { share } of answer.leading) await expect(sentence).toContainText(shareText(share));
  }
}

const shareText = (share: number) => new RegExp(`\\b${(share * 100).toFixed(0)}\\s%`);

async function decide(page: Page) {
  await runJob(page, 'competitiveness.decide', page.getByTestId('competitiveness-strategy-decide'));
  const decision = (await askHost(page, 'competitiveness.decision', {}))?.result;
  if (decision === undefined) throw new Error('there is a decision');
  const answer = page.getByTestId('competitiveness-strategy-answer').locator('.answer');
  await expect(answer).toHaveAttribute('data-answer', decision.answer.type);
  await expectAnswer(answer, decision.answer);
  for (const { id, score, firstShare } of decision.strategies) {
    const cells = tableRow(page.getByTestId('competitiveness-strategy-ranked'), id).locator('.inspected');
    await expectNumbers(cells.nth(0), figures(score), 1, 100);
    await expectNumbers(cells.nth(1), [firstShare], 0, 100);
  }
  return decision;
}

test('questions of bank customers become a measured run and an answer: the screens show what the engine has', async ({
  workbench,
  workbenchPage: page,
}) => {
  test.skip(QUESTIONS === null, 'the real data is not on this machine');
  if (QUESTIONS === null) return;
  const subset = join(workbench.filesFolder, 'banking.csv');
  writeSubset(QUESTIONS, subset, someQuestions);
  await showIn(page, 'en');
  await createProject(page, 'Bank assistant');

  await test.step('texts, topics and needs', async () => {
    await openStep(page, 'demand', 'import');
    await page.getByTestId('demand-import-file').setInputFiles(subset);
    await runJob(page, 'demand.importSource', page.getByTestId('demand-import-start'));
    await openStep(page, 'demand', 'clean');
    await runJob(page, 'demand.clean', page.getByTestId('demand-clean-run'));
    await openStep(page, 'demand', 'topics');
    await page.getByTestId('demand-topics-automatic').uncheck();
    await typeNumber(page.getByTestId('demand-topics-count'), '4');
    await runJob(page, 'demand.discoverTopics', page.getByTestId('demand-topics-discover'));
    await openStep(page, 'demand', 'needs');
    await runJob(page, 'demand.computeNeeds', page.getByTestId('demand-needs-compute'));
    await expectSound(page, false);
  });

  await test.step('labels, check and split', async () => {
    await openStep(page, 'competitiveness', 'data');
    await runJob(page, 'competitiveness.chooseLabels', page.getByTestId('competitiveness-data-labels'));
    const labels = (await askHost(page, 'competitiveness.labels', {}))?.result;
    expect(labels?.classes.map(({ label }) => label).sort()).toEqual(INTENTS);
    await expectNumbers(page.getByTestId('competitiveness-labelled'), [labels?.labelled ?? 0], 0);
    await typeNumber(page.getByTestId('competitiveness-data-test-share'), '30');
    await runJob(page, 'competitiveness.prepareData', page.getByTestId('competitiveness-data-split'));
    const prepared = (await askHost(page, 'competitiveness.preparedData', {}))?.result;
    await expect(page.getByTestId('competitiveness-test-lock')).toContainText(
      prepared?.split.testLock.slice(0, 12) ?? '?',
    );
    for (const [place, { rows }] of (prepared?.split.parts ?? []).entries()) {
      const row = page.getByTestId('competitiveness-data-parts').locator('tbody tr').nth(place);
      await expectNumbers(row.locator('.inspected').first(), [rows], 0);
    }
    for (const { label, rows, train, dev, test: tested } of prepared?.check.classes ?? []) {
      const counts = tableRow(page.getByTestId('competitiveness-data-classes'), label).getByTestId('evidence-link');
      for (const [place, count] of [rows, train, dev, tested].entries()) {
        await expectNumbers(counts.nth(place), [count], 0);
      }
      if (label === 'card_arrival') {
        for (const [place, count] of [rows, train, dev, tested].entries()) {
          await expectRows(page, counts.nth(place), count);
        }
      }
    }
    await expectSound(page, false);
  });

  await test.step('the simplest methods', async () => {
    await openStep(page, 'competitiveness', 'models');
    await runJob(page, 'competitiveness.measureFloors', page.getByTestId('competitiveness-models-floors'));
    const floors = (await askHost(page, 'competitiveness.floors', {}))?.result.floors ?? [];
    expect(floors.map(({ type }) => type)).toEqual(expect.arrayContaining(['majority', 'tfidf', 'frozen']));
    for (const { type, evaluation } of floors) {
      const cells = page.getByTestId(`competitiveness-floor-${type}`).locator('.inspected');
      await expectNumbers(cells.nth(0), figures(evaluation.accuracy), 1, 100);
      await expectNumbers(cells.nth(1), figures(evaluation.macroF1), 1, 100);
    }
  });

  await test.step('an encoder from a folder is checked and listed, and one that is broken is refused by name', async () => {
    await page.getByTestId('competitiveness-models-import-open').click();
    const form = page.getByTestId('competitiveness-models-import');
    const choose = (folder: string) => page.getByTestId('competitiveness-models-import-folder').setInputFiles(folder);
    const broken = join(workbench.filesFolder, 'broken');
    cpSync(join(FAMILIES, 'distilbert'), broken, { recursive: true });
    const config = readFileSync(join(broken, 'config.json'), 'utf8');
    writeFileSync(join(broken, 'config.json'), config.replace('"hidden_dim": 32', '"hidden_dim": 48'));
    await choose(broken);
    await startJob(page, 'competitiveness.importModel', page.getByTestId('competitiveness-models-import-start'));
    await expect(form.getByTestId('error-notice')).toContainText('distilbert.transformer.layer.0.ffn.lin1.weight');
    await choose(join(FAMILIES, 'distilbert'));
    await expect(page.getByTestId('competitiveness-models-import-files')).toContainText('tokenizer.json');
    await expect(page.getByTestId('competitiveness-models-import-id')).toHaveValue('distilbert');
    await runJob(page, 'competitiveness.importModel', page.getByTestId('competitiveness-models-import-start'));
    const found = (await askHost(page, 'competitiveness.importedModel', { modelId: 'distilbert' }))?.result;
    expect(found).toMatchObject({ family: 'distilbert', layers: 2, tokenizer: 'WordPiece' });
    await expect(page.getByTestId('competitiveness-models-import-found')).toContainText('distilbert, 2 layers × 16');
    await expectSound(page, false);
    await page.getByTestId('competitiveness-models-remove-distilbert').click();
    await page.getByRole('tooltip').getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByTestId('competitiveness-models-remove-distilbert')).toHaveCount(0);
    await page.getByTestId('competitiveness-models-import-open').click();
  });

  await test.step('without a run nothing can be decided, and the answer says what to measure', async () => {
    await openStep(page, 'competitiveness', 'strategy');
    await typeNumber(page.getByTestId('competitiveness-strategy-draws'), '500');
    const { answer } = await decide(page);
    const { needs = [] } = (await askHost(page, 'demand.needs', {}))?.result ?? {};
    if (answer.type !== 'not-decidable') throw new Error(`${answer.type} without a run`);
    expect(answer.measure.map(({ needId }) => needId).sort()).toEqual(needs.map(({ id }) => id).sort());
    await expect(page.locator('.measure-list li')).toHaveCount(needs.length);
    await expectSound(page, false);
  });

  await test.step('a run that is paused and goes on, with its curve', async () => {
    await openStep(page, 'competitiveness', 'models');
    await page.getByTestId('competitiveness-models-new-run').click();
    await page
      .getByTestId('competitiveness-models-method')
      .getByText(t('stage.competitiveness.screen.models.methods.frozen-prefix'), { exact: true })
      .click();
    for (const [field, value] of [
      ['epochs', '2'],
      ['batchSize', '16'],
      ['maxLength', '32'],
    ] as const) {
      await typeNumber(page.getByTestId(`competitiveness-models-${field}`), value);
    }
    await page.getByTestId('competitiveness-models-name').fill('Two epochs');
    // What was entered outlives a change of language and of theme.
    await showIn(page, 'zh-CN');
    await showTheme(page, 'dark');
    await openStep(page, 'competitiveness', 'models');
    await expect(page.getByTestId('competitiveness-models-name')).toHaveValue('Two epochs');
    await expect(page.getByTestId('competitiveness-models-batchSize')).toHaveValue('16');
    await showIn(page, 'en');
    await runJob(page, 'competitiveness.planTraining', page.getByTestId('training-cost-measure'));
    const plan = (await askHost(page, 'competitiveness.trainingPlan', {}))?.result;
    const cost = plan?.recipes[0]?.measured ?? null;
    if (cost === null) throw new Error('the recipe was measured');
    const minutes = [cost.time.value, cost.time.low, cost.time.high].map((seconds) => seconds / 60);
    await expectNumbers(
      page.getByTestId('training-cost-frozen-prefix').getByTestId('training-cost-minutes'),
      minutes,
      1,
    );
    const jobId = await startJob(page, 'competitiveness.train', page.getByTestId('competitiveness-models-train'));
    const curves = page.getByTestId('job-curves');
    await expect(curves).toBeVisible();
    await page.getByTestId('competitiveness-job-R1').getByTestId('job-pause').click();
    await expect(page.getByTestId('competitiveness-job-R1').getByTestId('job-resume')).toBeVisible();
    expect((await askHost(page, 'jobs.get', { jobId })).state.type).toBe('paused');
    const paused = (await askHost(page, 'jobs.series', { jobId })).steps.length;
    await page.getByTestId('competitiveness-job-R1').getByTestId('job-resume').click();
    await jobDone(page, jobId);
    const { steps, totalSteps } = await askHost(page, 'jobs.series', { jobId });
    expect(paused).toBeLessThan(steps.length);
    expect(steps.map(({ step }) => step)).toEqual(Array.from({ length: totalSteps ?? 0 }, (_, index) => index + 1));
  });

  await test.step('runs, comparison and confusion', async () => {
    const run = (await askHost(page, 'competitiveness.run', { runId: 'R1' }))?.result;
    const floors = (await askHost(page, 'competitiveness.floors', {}))?.result;
    if (run === undefined || floors === undefined) throw new Error('run and floors are there');
    expect(run).toMatchObject({ name: 'Two epochs', config: { epochs: 2, batchSize: 16, maxLength: 32 } });
    const comparison = await askHost(page, 'competitiveness.compare', {
      runId: 'R1',
      referenceId: floors.strongestId,
    });
    const row = page.getByTestId('competitiveness-run-R1');
    const cells = row.locator('.inspected');
    await expectNumbers(cells.nth(0), figures(run.test.accuracy), 1, 100);
    await expectNumbers(cells.nth(1), figures(comparison.accuracyDifference), 1, 100);
    await expectNumbers(cells.nth(2), figures(run.test.macroF1), 1, 100);
    await row.getByRole('button', { name: 'R1' }).click();

    const changes = page.getByTestId('competitiveness-changes').locator('.changes-counts li');
    const { bothRight, fixed, broken, bothWrong, rows } = comparison;
    expect(bothRight + fixed + broken + bothWrong).toBe(rows);
    for (const [place, count] of [bothRight, fixed, broken, bothWrong].entries()) {
      if (count > 0) await expectRows(page, changes.nth(place).getByTestId('evidence-link'), count);
    }

    await page.getByRole('tab', { name: t('stage.competitiveness.screen.models.tab.confusion') }).click();
    const matrix = page.getByTestId('confusion-matrix');
    const { labels, counts } = run.test.confusion;
    let opened = 0;
    for (const [actual, line] of counts.entries())
      for (const [predicted, count] of line.entries()) {
        if (count === 0 || (actual === predicted && opened > 0)) continue;
        const name = t('chart.cell', { actual: labels[actual] ?? '', predicted: labels[predicted] ?? '', count });
        const cell = matrix.getByRole('button', { name });
        await expectNumbers(cell, [count], 0);
        if (opened++ < 4) await expectRows(page, cell, count);
      }
    expect(opened).toBeGreaterThan(0);
    await expectSound(page, false);
  });

  await test.step('texts of one’s own', async () => {
    const detail = page.getByTestId('competitiveness-models-detail');
    await detail.getByRole('tab', { name: t('stage.competitiveness.screen.models.tab.texts') }).click();
    const answer = detail.getByTestId('tried-texts-answer');
    await expect(answer).toBeDisabled();
    await detail.getByTestId('tried-texts').fill('My card has not arrived\n\nWhy was I charged a fee?');
    await runJob(page, 'competitiveness.classify', answer);
    const classified = (await askHost(page, 'competitiveness.classified', { modelId: 'R1' }))?.result;
    const rows = detail.getByTestId('tried-texts-answers').locator('tbody tr');
    await expect(rows).toHaveCount(2);
    for (const [at, { label }] of classified?.answers.entries() ?? []) {
      await expect(rows.nth(at).locator('strong')).toContainText(label);
    }
    await expectSound(page, false);
  });

  await test.step('what each of two options brings: what is missing is trained at a press, and told apart', async () => {
    const config = (await askHost(page, 'competitiveness.run', { runId: 'R1' }))?.result.config;
    if (config == null) throw new Error('the run was trained here');
    const both = { ...config, labelSmoothing: 0.1, rDrop: 0.5 };
    const trained = { name: 'Both', modelId: 'all-MiniLM-L6-v2', config: both };
    await jobDone(page, (await askHost(page, 'competitiveness.train', trained)).jobId);
    const card = page.getByTestId('ablation');
    const missing = card.getByTestId('ablation-missing-R2');
    await missing.getByRole('button').click();
    await expect(missing.getByRole('button')).toHaveCount(0);
    await expect(missing, 'two trainings, beside others').toHaveCount(0, { timeout: 600_000 });
    const { pairs } = await askHost(page, 'competitiveness.ablation', { among: { type: 'classes' } });
    expect(pairs.map(({ option, runId, referenceId }) => `${option} ${runId} ${referenceId}`).sort()).toEqual([
      'labelSmoothing R2 R3',
      'labelSmoothing R4 R1',
      'rDrop R2 R4',
      'rDrop R3 R1',
    ]);
    for (const { option, runId, referenceId, compared } of pairs) {
      if (!('accuracyDifference' in compared)) throw new Error('classes are compared by accuracy');
      const row = card
        .getByTestId(`ablation-${option}`)
        .filter({ hasText: `${runId}: ` })
        .filter({ hasText: `${referenceId}: ` });
      await expectNumbers(row.locator('.inspected'), figures(compared.accuracyDifference), 1, 100);
      await expectNumbers(row.locator('td.number'), [compared.rows], 0);
    }
    await expectSound(page, false);
  });

  await test.step('the answer, and a limit that leaves the run out', async () => {
    await openStep(page, 'competitiveness', 'strategy');
    expect(await staleSlots(page)).toEqual(['competitiveness.decision']);
    const free = await decide(page);
    expect(free.strategies.find(({ id }) => id === 'R1')).toMatchObject({ feasible: true });
    await expectSound(page, false);
    const size = (await askHost(page, 'competitiveness.run', { runId: 'R1' }))?.result.sizeMb ?? 0;
    await typeNumber(page.getByTestId('competitiveness-strategy-size'), String(Math.floor(size / 2)));
    await page.getByTestId('competitiveness-strategy-apply').click();
    await expect(page.getByTestId('competitiveness-strategy-apply')).toHaveCount(0);
    const limited = await decide(page);
    expect(limited.strategies.find(({ id }) => id === 'R1')).toMatchObject({ feasible: false });
    const ranked = tableRow(page.getByTestId('competitiveness-strategy-ranked'), 'R1');
    await expect(ranked.locator('[data-status="violated"]')).toHaveCount(1);
    // The reference is larger than the limit too, so nothing is left to take.
    expect(limited.answer.type).toBe('none-feasible');
  });

  await test.step('the terminal command gives the same numbers once the project is closed', async () => {
    const { project } = await askHost(page, 'project.overview', {});
    const decision = await askHost(page, 'competitiveness.decision', {});
    await page.getByTestId('close-project').click();
    await expect(page.getByTestId('home')).toBeVisible();
    expect(await askCommand(project.path, 'competitiveness.decision', {})).toEqual(decision);
  });
});
