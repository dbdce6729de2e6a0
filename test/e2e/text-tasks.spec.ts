import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslate } from '../../shared/i18n/translate.ts';
import { TASK_MEASURES } from '../../shared/stages/competitiveness/tasks/results.ts';
import { EVERY_ROW } from '../integration/tiny-project.ts';
import { askHost, createProject, showIn } from './screen.ts';
import { expectNumbers, expectSound, jobDone, openStep, runJob, tableRow, typeNumber } from './wizard.ts';
import { expect, test } from './workbench.ts';

const t = createTranslate('en');

/** What a customer may name, and how a message says it. */
const NEEDS = [
  ['card', 'my card has not arrived'],
  ['fee', 'the fee on the statement is too high'],
  ['login', 'I cannot sign in to the app'],
] as const;
const ROWS = 160;
/** Of a later file, and how many of the first file's it repeats. */
const LATER = 40;
const REPEATED = 8;

/** Messages that name none to all of the needs, each need as often in every part. */
function messages(from: number, to: number): string {
  const lines = Array.from({ length: to - from }, (_, at) => {
    const row = from + at;
    const named = NEEDS.filter((_need, at) => ((row >> at) & 1) === 1);
    const text = ['Hello', ...named.map(([, said]) => said), `order ${row}`, 'please help'].join(', ');
    return [`"${text}"`, `"${named.map(([need]) => need).join(';')}"`, 5 - named.length].join(',');
  });
  return ['message,needs,stars', ...lines].join('\n');
}

test('several labels at once: chosen, split, measured, trained, compared and tried on the screens', async ({
  workbench,
  workbenchPage: page,
}) => {
  const file = join(workbench.filesFolder, 'messages.csv');
  writeFileSync(file, messages(0, ROWS));
  await showIn(page, 'en');
  await createProject(page, 'Messages');
  await openStep(page, 'demand', 'import');
  await page.getByTestId('demand-import-file').setInputFiles(file);
  await runJob(page, 'demand.importSource', page.getByTestId('demand-import-start'));
  await openStep(page, 'demand', 'clean');
  await runJob(page, 'demand.clean', page.getByTestId('demand-clean-run'));

  await test.step('what is predicted is chosen, and a form that lacks something says what', async () => {
    await openStep(page, 'competitiveness', 'data');
    const kind = t('stage.competitiveness.screen.tasks.kinds.multi-label');
    await page.getByTestId('competitiveness-predicted-choice').getByText(kind).click();
    const prepare = page.getByTestId('competitiveness-task-prepare');
    const separator = page.getByTestId('competitiveness-task-separator');
    await expect(separator).toHaveValue(';');
    await separator.fill('');
    await expect(prepare).toBeDisabled();
    await separator.fill(';');
    await page.getByTestId('competitiveness-task-empty').click();
    await page.getByTitle(t('stage.competitiveness.screen.tasks.emptyNone')).click();
    await runJob(page, 'competitiveness.prepareTask', prepare);
    const data = (await askHost(page, 'competitiveness.taskData', { task: 'multi-label' }))?.result;
    expect(data?.labels.map(({ label }) => label).sort()).toEqual(NEEDS.map(([need]) => need));
    expect(data?.labelled).toBe(ROWS);
    for (const [place, { rows, train, dev, test: tested }] of (data?.labels ?? []).entries()) {
      const row = page.getByTestId('competitiveness-task-labels').locator('tbody tr').nth(place);
      await expectNumbers(row.locator('td').nth(0), [rows], 0);
      await expectNumbers(row.locator('td').nth(1), [train], 0);
      await expectNumbers(row.locator('td').nth(2), [dev], 0);
      await expectNumbers(row.locator('td').nth(3), [tested], 0);
    }
    await expectSound(page, false);
    await page.getByTestId('competitiveness-task-next').click();
  });

  await test.step('the simplest methods', async () => {
    await expect(page.getByTestId('competitiveness-task-new-run')).toBeDisabled();
    await runJob(page, 'competitiveness.measureTaskFloors', page.getByTestId('competitiveness-task-floors'));
    const floors = (await askHost(page, 'competitiveness.taskFloors', { task: 'multi-label' }))?.result.floors ?? [];
    for (const { id, evaluation } of floors) {
      const cells = page.getByTestId(`competitiveness-task-floor-${id}`).locator('td');
      for (const [place, { estimate }] of evaluation.figures.entries()) {
        const { value, low, high } = estimate ?? { value: null, low: null, high: null };
        await expectNumbers(cells.nth(place), [value, low, high], 1, 100);
      }
    }
  });

  await test.step('a run, held against the strongest of them', async () => {
    await page.getByTestId('competitiveness-task-new-run').click();
    const head = t('stage.competitiveness.screen.models.methods.head');
    await page.getByTestId('competitiveness-models-method').getByText(head, { exact: true }).click();
    await typeNumber(page.getByTestId('competitiveness-models-epochs'), '3');
    await typeNumber(page.getByTestId('competitiveness-models-maxLength'), '32');
    await typeNumber(page.getByTestId('competitiveness-task-run-seeds'), '2');
    await runJob(page, 'competitiveness.planTaskTraining', page.getByTestId('training-cost-measure'));
    const plan = (await askHost(page, 'competitiveness.taskTrainingPlan', { task: 'multi-label' }))?.result;
    const planned = plan?.recipes[0]?.measured;
    if (planned == null) throw new Error('the plan is there');
    const minutes = [planned.time.value, planned.time.low, planned.time.high].map((seconds) => seconds / 60);
    await expectNumbers(page.getByTestId('training-cost-minutes'), minutes, 1);
    await page.getByTestId('competitiveness-models-name').fill('Three rounds');
    await runJob(page, 'competitiveness.trainTask', page.getByTestId('competitiveness-task-train'));
    const [run] = await askHost(page, 'competitiveness.taskRuns', { task: 'multi-label' });
    if (run === undefined) throw new Error('the run is there');
    expect(run.result).toMatchObject({ name: 'Three rounds', config: { epochs: 3, maxLength: 32 } });
    const row = tableRow(page.getByTestId('competitiveness-task-runs'), run.result.id);
    const [main] = TASK_MEASURES['multi-label'];
    const figure = run.result.test.figures.find(({ measure }) => measure === main)?.estimate;
    await expectNumbers(
      row.locator('.inspected').first(),
      [figure?.value ?? null, figure?.low ?? null, figure?.high ?? null],
      1,
      100,
    );
    const mean = run.result.seeds?.figures.find((of) => of.measure === main)?.mean;
    expect(run.result.seeds?.runs).toHaveLength(2);
    await expectNumbers(
      row.locator('.inspected').nth(1),
      [mean?.mean ?? null, mean?.low ?? null, mean?.high ?? null],
      1,
      100,
    );
    await row.locator('.inspected').last().click();
    await expect(page.getByTestId('inspector')).toContainText(`${run.result.latency.threads} thread`);
    // The frame says what trainings really take.
    await expect(page.locator('.top-threads')).toContainText(`${run.result.latency.threads} thread`);
    await row.getByRole('button', { name: run.result.id, exact: true }).click();
    const [label] = run.result.test.task === 'multi-label' ? run.result.test.perLabel : [];
    const detail = page.getByTestId('competitiveness-task-detail');
    const counts = tableRow(detail, label?.label ?? '').locator('td');
    await expectNumbers(counts.nth(4), [label?.support ?? null], 0);
    await expectNumbers(counts.nth(5), [label?.predicted ?? null], 0);
    await detail.getByRole('tab', { name: t('stage.competitiveness.screen.tasks.tab.seeds') }).click();
    const kept = detail.getByTestId('competitiveness-task-seeds').locator('tr.row-chosen .inspected');
    await expectNumbers(kept.nth(0), [run.result.dev?.score ?? null], 1, 100);
    await expectNumbers(kept.nth(1), [figure?.value ?? null], 1, 100);
    await detail.getByRole('tab', { name: t('stage.competitiveness.screen.tasks.tab.config') }).click();
    const expected = detail.locator('dt', { hasText: t('training.cost.expected') }).locator('+ dd');
    await expect(expected).toContainText(`${planned.updates} updates`);
    const took = detail.locator('dt', { hasText: t('training.cost.took') }).locator('+ dd');
    await expect(took).toContainText(`for ${run.result.steps} updates`);
    await detail.getByRole('tab', { name: t('stage.competitiveness.screen.tasks.tab.compare') }).click();
    await expect(detail.getByTestId(`competitiveness-task-difference-${main}`).locator('.inspected')).toBeVisible();
    await expectSound(page, false);
  });

  await test.step('texts of one’s own', async () => {
    const detail = page.getByTestId('competitiveness-task-detail');
    await detail.getByRole('tab', { name: t('stage.competitiveness.screen.tasks.tab.texts') }).click();
    const answer = detail.getByTestId('tried-texts-answer');
    await expect(answer).toBeDisabled();
    await detail.getByTestId('tried-texts').fill('my card has not arrived\n\nHello, please help');
    await runJob(page, 'competitiveness.answerTexts', answer);
    await expect(detail.getByTestId('competitiveness-task-answers').locator('tbody tr')).toHaveCount(2);
    await expectSound(page, false);
  });

  await test.step('which words bring a label: of a text of one’s own, and of a test text', async () => {
    const detail = page.getByTestId('competitiveness-task-detail');
    await detail.getByRole('tab', { name: t('stage.competitiveness.screen.tasks.tab.explanation') }).click();
    const start = detail.getByTestId('competitiveness-explanation-start');
    await expect(start).toBeDisabled();
    const from = detail.getByTestId('competitiveness-explanation-from');
    await from.getByText(t('stage.competitiveness.screen.explanation.from.text')).click();
    await detail.getByTestId('competitiveness-explanation-text').fill('Hello, my card has not arrived');
    await detail.getByTestId('competitiveness-explanation-label').click();
    await page.getByTitle('card', { exact: true }).click();
    await runJob(page, 'competitiveness.explain', start);
    const typed = (await askHost(page, 'competitiveness.explanation', { runId: 'H1' }))?.result;
    if (typed === undefined) throw new Error('the explanation is there');
    const shown = detail.getByTestId('competitiveness-explained');
    await expect(shown).toContainText(t('stage.competitiveness.screen.explanation.supports', { label: 'card' }));
    await shown.getByTestId('competitiveness-explained-numbers').locator('summary').click();
    const word = typed.words[0]!;
    const cells = tableRow(shown, String(word.start)).locator('td');
    for (const [place, value] of [word.attribution, word.scoreFall, word.probabilityFall].entries()) {
      await expectNumbers(cells.nth(place + 1), [value], 3);
    }
    await from.getByText(t('stage.competitiveness.screen.explanation.from.testRow')).click();
    const rows = detail.getByTestId('competitiveness-explanation-rows');
    await rows.getByText(t('stage.competitiveness.screen.explanation.show.all'), { exact: true }).click();
    await rows.locator('.test-text').first().click();
    await runJob(page, 'competitiveness.explain', start);
    const ofRow = (await askHost(page, 'competitiveness.explanation', { runId: 'H1' }))?.result;
    expect(ofRow).toMatchObject({ task: 'multi-label', label: 'card', source: { type: 'testRow' } });
    await expect(shown).toContainText(ofRow?.text ?? '');
    await expectSound(page, false);
  });

  await test.step('test rows of a dataset of its own, which need a column that says their answers', async () => {
    const later = join(workbench.filesFolder, 'later.csv');
    writeFileSync(later, messages(ROWS - REPEATED, ROWS + LATER));
    await openStep(page, 'demand', 'import');
    await page.getByTestId('demand-import-file').setInputFiles(later);
    await runJob(page, 'demand.importSource', page.getByTestId('demand-import-start'));
    const { jobId } = await askHost(page, 'demand.clean', { datasetId: 'd2', recipe: EVERY_ROW });
    await jobDone(page, jobId);
    await openStep(page, 'competitiveness', 'data');
    const prepare = page.getByTestId('competitiveness-task-prepare');
    await expect(prepare).toBeEnabled();
    const from = page.getByTestId('competitiveness-data-test-from');
    await from.getByText(t('stage.competitiveness.screen.data.testDataset')).click();
    await expect(prepare).toBeDisabled();
    await page.getByTestId('competitiveness-data-test-dataset').click();
    await page.getByTitle('later', { exact: true }).click();
    await expect(prepare).toBeDisabled();
    const columns = page.getByTestId('competitiveness-task-columns');
    await columns.click();
    await page
      .getByTitle(t('stage.competitiveness.screen.data.columnOption', { dataset: 'later', column: 'needs' }))
      .click();
    await page.keyboard.press('Escape');
    await expectSound(page, false);
    await runJob(page, 'competitiveness.prepareTask', prepare);
    const data = (await askHost(page, 'competitiveness.taskData', { task: 'multi-label' }))?.result;
    expect(data).toMatchObject({ testSource: 'dataset', excludedFromTrain: REPEATED });
    const summary = page.getByTestId('competitiveness-task-summary');
    await expectNumbers(summary.locator('.summary').nth(1).locator('.inspected').last(), [REPEATED + LATER], 0);
    const excluded = t('stage.competitiveness.screen.data.excluded', { count: REPEATED });
    await expect(summary.getByTestId('competitiveness-notices')).toContainText(excluded);
    await expectSound(page, false);
  });
});
