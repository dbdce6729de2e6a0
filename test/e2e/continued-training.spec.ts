import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { Input, RequestName } from '../../shared/contract/index.ts';
import { createTranslate } from '../../shared/i18n/translate.ts';
import { defaultRecipe } from '../../shared/stages/demand/clean/recipe.ts';
import { suggestConfig } from '../../shared/train/run-config.ts';
import { plainScenario } from '../integration/tiny-project.ts';
import { askHost, createProject, showIn } from './screen.ts';
import { expectNumbers, expectSound, jobDone, openStep, runJob, tableRow, typeNumber } from './wizard.ts';
import { expect, test } from './workbench.ts';

const t = createTranslate('en');
const SAID = [
  ['card', 'my card has not arrived', 'the plastic is still in the post'],
  ['fee', 'the fee on the statement is too high', 'you charge me more than was agreed'],
  ['login', 'I cannot sign in to the app', 'it throws me out after the password'],
] as const;
const RECIPE = {
  ...defaultRecipe,
  exactDuplicates: { ...defaultRecipe.exactDuplicates, enabled: false },
  nearDuplicates: { ...defaultRecipe.nearDuplicates, enabled: false },
};

/** Rows of the three classes in turn; column 1 says it as before, column 2 as people say it now. */
function rows(count: number, column: 1 | 2): string {
  const lines = Array.from({ length: count }, (_, row) => {
    const said = SAID[row % SAID.length]!;
    return `"Hello, ${said[column]}, order ${row}",${said[0]}`;
  });
  return ['message,category', ...lines].join('\n');
}

/** What other tests press buttons for. */
async function done<N extends RequestName>(page: Page, name: N, input: Input<N>): Promise<void> {
  const { jobId } = (await askHost(page, name, input)) as unknown as { jobId: string };
  await jobDone(page, jobId);
}

async function importFile(page: Page, path: string, content: string, kind: 'feedback' | 'tickets'): Promise<void> {
  writeFileSync(path, content);
  await openStep(page, 'demand', 'import');
  await page.getByTestId('demand-import-file').setInputFiles(path);
  if (kind === 'tickets') {
    await page.getByTestId('demand-import-kind').click();
    await page.getByTitle(t('stage.demand.screen.kind.tickets'), { exact: true }).click();
  }
  await runJob(page, 'demand.importSource', page.getByTestId('demand-import-start'));
  const { id } = (await askHost(page, 'demand.datasets', {})).at(-1)!;
  await done(page, 'demand.clean', { datasetId: id, recipe: RECIPE });
}

const MODEL = 'all-MiniLM-L6-v2';

/** A project whose model R1 tells the three classes by what was said at first. */
async function trainedProject(page: Page, filesFolder: string): Promise<void> {
  await showIn(page, 'en');
  await createProject(page, 'Service');
  await importFile(page, join(filesFolder, 'messages.csv'), rows(120, 1), 'feedback');
  const columns = (await askHost(page, 'demand.datasets', {}))[0]!.columns;
  const columnId = columns.find(({ name }) => name === 'category')!.id;
  await done(page, 'competitiveness.chooseLabels', { type: 'columns', columns: [{ datasetId: 'd1', columnId }] });
  const test25 = { type: 'share', share: 0.25 } as const;
  const split = { test: test25, devShare: 0.1, modelId: MODEL, maxLength: 32, seed: 7 };
  await done(page, 'competitiveness.prepareData', split);
  const { config } = suggestConfig({ rowsPerClass: [26, 26, 26], maxLength: 32, seed: 7 });
  const head = { ...config, method: { type: 'head' }, epochs: 3 } as const;
  await done(page, 'competitiveness.train', { name: 'Messages', modelId: MODEL, config: head });
}

test('a model learns further from tickets that were set right, and the screen says what it gained and forgot', async ({
  workbench,
  workbenchPage: page,
}) => {
  await trainedProject(page, workbench.filesFolder);
  await importFile(page, join(workbench.filesFolder, 'tickets.csv'), rows(60, 2), 'tickets');
  await done(page, 'service.triage', { datasetId: 'd2', modelId: 'R1', confidenceBelow: 0.6, truthColumn: null });

  await openStep(page, 'service', 'tickets');
  const card = page.getByTestId('service-training');
  const start = page.getByTestId('service-training-start');
  const rowsText = page.getByTestId('service-training-rows');
  await expect(rowsText).toContainText('60 tickets');
  await page.getByTestId('service-training-column').click();
  await page.getByTitle(t('stage.service.screen.triage.truthNone'), { exact: true }).last().click();
  await expect(rowsText).toContainText('0 tickets');
  await expect(start).toBeDisabled();
  await askHost(page, 'service.correctTriage', { datasetId: 'd2', row: 0, label: 'login' });
  await expect(rowsText).toContainText('1 ticket has');
  await page.getByTestId('service-training-column').click();
  await page.getByTitle('category', { exact: true }).last().click();
  await expect(rowsText).toContainText('1 set right above, 59 by the column');
  const columnId = (await askHost(page, 'demand.datasets', {}))[1]!.columns.find(({ name }) => name === 'category')!.id;
  const tickets = { datasetId: 'd2', sourceId: 'R1', labelColumn: columnId };
  const setup = await askHost(page, 'service.continuedSetup', tickets);
  const why = card.getByTestId('training-suggestion');
  await expect(why).toContainText(`for ${setup.config!.epochs} epochs`);
  await expect(why).toContainText(`${setup.trainRows} tickets to learn from, ${setup.smallestClass} in the smallest`);
  await expect(why).toContainText(t('stage.competitiveness.screen.models.formMachine.unknown'));
  await card.getByTestId('competitiveness-models-dropout').fill('0.2');
  await card.getByTestId('more-settings').locator('summary').click();
  await card.getByTestId('setting-warmupShare').fill('0.2');
  await card.getByTestId('setting-maxGradNorm').getByRole('switch').click();
  await expect(why).toContainText(t('stage.competitiveness.screen.models.formChanged'));
  await runJob(page, 'service.planTraining', card.getByTestId('training-cost-compare'));
  const plan = (await askHost(page, 'service.trainingPlan', { datasetId: 'd2', labelColumn: columnId }))!.result;
  expect(plan.trainRows).toBe(setup.trainRows);
  const { value: expected, low: least, high: most } = plan.recipes[0]!.measured!.time;
  const planned = card.getByTestId('training-cost-full').getByTestId('training-cost-minutes');
  await expectNumbers(planned, [expected / 60, least / 60, most / 60], 1);
  await expect(card.getByTestId('training-cost').locator('tbody tr')).toHaveCount(plan.recipes.length);
  await typeNumber(card.getByTestId('service-training-seeds'), '2');
  await expect(card).toContainText(t('training.cost.perSeed', { seeds: 2 }));
  await runJob(page, 'service.continueTraining', start);

  const { result } = (await askHost(page, 'adaptation.model', { modelId: 'A1' }))!;
  const changed = { dropout: 0.2, warmupShare: 0.2, maxGradNorm: null, continual: { replay: {} } };
  expect(result).toMatchObject({ sourceId: 'R1', recipe: 'continue', config: changed });
  expect(result.planned!.updates).toBe(result.steps);
  const cells = card.getByTestId('service-training-model-A1').locator('.inspected');
  const { value, low, high } = result.test.accuracy;
  await expectNumbers(cells.nth(0), [value, low, high], 1, 100);
  const { accuracy } = result.seeds!;
  await expectNumbers(cells.nth(1), [accuracy.mean, accuracy.low, accuracy.high], 1, 100);
  const [gain, forgetting] = [result.gain!.difference, result.forgetting!.difference];
  await expectNumbers(cells.nth(2), [gain.value, gain.low, gain.high], 1, 100);
  await expectNumbers(cells.nth(3), [forgetting.value, forgetting.low, forgetting.high], 1, 100);
  await expect(card.getByTestId('service-training-model-A1')).toContainText(/took .+, expected .+/);
  await expectSound(page, false);

  await card.getByRole('button', { name: t('stage.service.screen.training.use') }).click();
  await expect(page.getByTestId('service-triage-model')).toContainText('A1');
  await page.getByTestId('service-training-tests').click();
  await expect(page.getByTestId('rail-adaptation-tests')).toHaveAttribute('aria-current', 'step');

  // Where models are adapted, it is explained and made smaller too.
  await openStep(page, 'adaptation', 'recipe');
  const detail = page.getByTestId('competitiveness-models-detail');
  await detail
    .getByRole('tab', { name: t('stage.competitiveness.screen.models.tab.explanation'), exact: true })
    .click();
  await page
    .getByTestId('competitiveness-explanation-from')
    .getByText(t('stage.competitiveness.screen.explanation.from.text'))
    .click();
  await page.getByTestId('competitiveness-explanation-text').fill('you charge me more than was agreed');
  await runJob(page, 'competitiveness.explain', page.getByTestId('competitiveness-explanation-start'));
  const explained = (await askHost(page, 'competitiveness.explanation', { runId: 'A1' }))!.result;
  await expect(page.getByTestId('competitiveness-explained')).toContainText(String(explained.predicted));
  await runJob(page, 'competitiveness.compress', page.getByTestId('competitiveness-compression-start'));
  const { gate, compression } = (await askHost(page, 'adaptation.model', { modelId: 'A2' }))!.result;
  expect(compression).toMatchObject({ parentId: 'A1', technique: 'int8' });
  const verdict = page.getByTestId('adaptation-model-A2').getByTestId('competitiveness-gate');
  await expect(verdict).toHaveAttribute('data-verdict', gate!.verdict);
  await page.getByTestId('adaptation-model-A2').getByRole('button', { name: 'A2' }).click();
  await expect(detail).toContainText('A2');
  await expectSound(page, false);
});

test('a model is adapted to a scenario from several seeds, beside what one was expected to cost', async ({
  workbench,
  workbenchPage: page,
}) => {
  await trainedProject(page, workbench.filesFolder);
  await importFile(page, join(workbench.filesFolder, 'later.csv'), rows(90, 2), 'feedback');
  const [, later] = await askHost(page, 'demand.datasets', {});
  const labelColumn = later!.columns.find(({ name }) => name === 'category')!.id;
  const scenario = plainScenario('Counter', { datasetId: 'd2', labelColumn, filter: null });
  await askHost(page, 'adaptation.saveScenario', { scenarioId: null, scenario });
  await done(page, 'adaptation.buildData', { scenarioId: 'S1', testShare: 0.4, devShare: 0.2, seed: 7 });

  await openStep(page, 'adaptation', 'recipe');
  await runJob(page, 'adaptation.recommendRecipe', page.getByTestId('adaptation-recipe-recommend'));
  await page.getByTestId('adaptation-option-new-head').click();
  const form = page.getByTestId('adaptation-recipe-start');
  await typeNumber(form.getByTestId('adaptation-recipe-seeds'), '2');
  await runJob(page, 'adaptation.planTraining', form.getByTestId('training-cost-measure'));
  await expect(form).toContainText(t('training.cost.perSeed', { seeds: 2 }));
  await runJob(page, 'adaptation.adapt', page.getByTestId('adaptation-recipe-adapt'));

  const { result } = (await askHost(page, 'adaptation.model', { modelId: 'A1' }))!;
  const { seeds, planned } = result;
  expect(seeds!.runs).toHaveLength(2);
  const row = tableRow(page.getByTestId('adaptation-models'), 'A1');
  const { value, low, high } = result.test.accuracy;
  await expectNumbers(row.locator('.inspected').nth(0), [value, low, high], 1, 100);
  const { mean, ...interval } = seeds!.accuracy;
  await expectNumbers(row.locator('.inspected').nth(1), [mean, interval.low, interval.high], 1, 100);
  await row.getByRole('button', { name: 'A1', exact: true }).click();
  const detail = page.getByTestId('competitiveness-models-detail');
  await detail.getByRole('tab', { name: t('stage.competitiveness.screen.models.tab.seeds') }).click();
  const kept = detail.getByTestId('competitiveness-seeds').locator('tr.row-chosen .inspected');
  await expectNumbers(kept.nth(0), [result.dev!.macroF1], 1, 100);
  await expectNumbers(kept.nth(1), [value], 1, 100);
  await detail.getByRole('tab', { name: t('stage.competitiveness.screen.models.tab.config') }).click();
  const expected = detail.locator('dt', { hasText: t('training.cost.expected') }).locator('+ dd');
  await expect(expected).toContainText(`${planned!.updates} updates`);
  const took = detail.locator('dt', { hasText: t('training.cost.took') }).locator('+ dd');
  await expect(took).toContainText(`for ${result.steps} updates`);

  // Another of several seeds is held against the chosen one in the table.
  // A head that hardly moves from where chance put it.
  const config = { ...result.config!, headStart: 'random', learningRate: 1e-6 } as const;
  const asked = { scenarioId: 'S1', sourceId: 'R1', recipe: 'new-head', name: 'Slow', reject: false, seed: 7 } as const;
  await done(page, 'adaptation.adapt', { ...asked, config, seeds: 2 });
  await row.getByRole('button', { name: 'A1', exact: true }).click();
  const pair = { runId: 'A2', referenceId: 'A1' };
  const difference = (await askHost(page, 'competitiveness.compare', pair)).seeds!.accuracy;
  const points = tableRow(page.getByTestId('adaptation-models'), 'A2').locator('.inspected').nth(2);
  await expectNumbers(points, [difference.value, difference.low, difference.high], 1, 100);
  await expectSound(page, false);
});
