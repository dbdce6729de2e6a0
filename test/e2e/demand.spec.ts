import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { formatNumber } from '../../shared/i18n/number.ts';
import { createTranslate } from '../../shared/i18n/translate.ts';
import { DEFAULT_PART_WEIGHTS } from '../../shared/stages/demand/results.ts';
import { expectExactStaleness, expectNeeds } from './demand-checks.ts';
import { REVIEW_ROWS, realFile, someReviews, writeSubset } from './real-data.ts';
import { askHost, createProject, showIn } from './screen.ts';
import {
  askCommand,
  expectNumbers,
  expectRows,
  expectSound,
  findRow,
  openStep,
  runJob,
  staleSlots,
  tableRow,
  typeNumber,
} from './wizard.ts';
import { expect, test } from './workbench.ts';

const t = createTranslate('zh-CN');
const REVIEWS = realFile('waimai_train.csv');
const SURVEY = realFile('bank_satisfaction.csv');

async function choose(page: Page, select: string, option: string): Promise<void> {
  await page.getByTestId(select).click();
  await page.locator('.ant-select-dropdown:visible').getByTitle(option, { exact: true }).click();
  await expect(page.getByTestId(select)).toContainText(option);
  await expect(page.locator('.ant-select-dropdown:visible')).toHaveCount(0);
}

async function importAs(page: Page, datasets: number): Promise<void> {
  await runJob(page, 'demand.importSource', page.getByTestId('demand-import-start'));
  await expect(page.getByTestId('demand-datasets').locator('tbody tr.ant-table-row')).toHaveCount(datasets);
}

test('two real files become weighed needs: the screens show what the engine has, and every count opens its rows', async ({
  workbench,
  workbenchPage: page,
}) => {
  test.skip(REVIEWS === null || SURVEY === null, 'the real data is not on this machine');
  if (REVIEWS === null || SURVEY === null) return;
  const subset = join(workbench.filesFolder, 'waimai.csv');
  writeSubset(REVIEWS, subset, someReviews);
  await showIn(page, 'zh-CN');
  await createProject(page, '外卖与银行满意度');

  await test.step('import', async () => {
    await openStep(page, 'demand', 'import');
    await page.getByTestId('demand-import-file').setInputFiles(subset);
    await expect(page.getByTestId('demand-import-preview').locator('tbody tr.ant-table-row').first()).toBeVisible();
    await choose(page, 'demand-role-c1', t('stage.demand.screen.role.rating'));
    const scale = tableRow(page.getByTestId('demand-import-roles'), 'c1');
    await typeNumber(scale.getByRole('spinbutton', { name: t('stage.demand.screen.import.lowest') }), '0');
    await typeNumber(scale.getByRole('spinbutton', { name: t('stage.demand.screen.import.highest') }), '1');
    await expectSound(page);
    await importAs(page, 1);

    await page.getByTestId('demand-import-file').setInputFiles(SURVEY);
    await choose(page, 'demand-role-c21', t('stage.demand.screen.role.csat'));
    await choose(page, 'demand-role-c25', t('stage.demand.screen.role.nps'));
    await importAs(page, 2);
    const [reviews, survey] = await askHost(page, 'demand.datasets', {});
    expect(reviews?.columns).toMatchObject([{ role: 'text' }, { role: 'rating', scale: { min: 0, max: 1 } }]);
    expect(survey?.columns.filter(({ role }) => role === 'outcome').map(({ name }) => name)).toEqual(['sat1']);
    expect([reviews?.dataset.rowCount, survey?.dataset.rowCount]).toEqual([REVIEW_ROWS, 250]);
    for (const [id, rows] of [
      ['d1', REVIEW_ROWS],
      ['d2', 250],
    ] as const) {
      await expectRows(page, tableRow(page.getByTestId('demand-datasets'), id).getByTestId('evidence-link'), rows);
    }
    await expectSound(page);
  });

  await test.step('cleaning', async () => {
    for (const [place, datasetId] of (['d1', 'd2'] as const).entries()) {
      await openStep(page, 'demand', 'clean');
      await page.getByTestId('demand-clean-dataset').locator('.ant-segmented-item').nth(place).click();
      await runJob(page, 'demand.clean', page.getByTestId('demand-clean-run'));
      const result = (await askHost(page, 'demand.cleaning', { datasetId })).view?.result;
      for (const { id, enabled, rowsIn, rowsOut, cellsChanged } of result?.steps ?? []) {
        if (!enabled) continue;
        const row = tableRow(page.getByTestId('demand-clean-steps'), id);
        await expectNumbers(row.locator('td').nth(4), [rowsIn, rowsOut], 0);
        await expectNumbers(row.locator('.inspected'), [cellsChanged], 0);
        if (rowsIn > rowsOut) await expectRows(page, row.getByTestId('evidence-link'), rowsIn - rowsOut);
      }
      const kept = page.getByTestId('demand-clean-summary').getByTestId('evidence-link').nth(1);
      await expectRows(page, kept, result?.rowsOut ?? 0);
    }
    const reviews = (await askHost(page, 'demand.cleaning', { datasetId: 'd1' })).view?.result;
    expect(reviews?.rowsOut).toBeLessThan(reviews?.rowsIn ?? 0);
    await expectSound(page);
  });

  await test.step('topics', async () => {
    await openStep(page, 'demand', 'topics');
    await page.getByTestId('demand-topics-automatic').uncheck();
    await typeNumber(page.getByTestId('demand-topics-count'), '5');
    await runJob(page, 'demand.discoverTopics', page.getByTestId('demand-topics-discover'));
    const table = page.getByTestId('demand-topics-table');
    const edited = async () => (await askHost(page, 'demand.editedTopics', {}))?.topics ?? [];
    const found = await edited();
    expect(found).toHaveLength(5);
    for (const { id, size } of found) await expectRows(page, tableRow(table, id).getByTestId('evidence-link'), size);
    const [first, second] = found;
    if (first === undefined || second === undefined) throw new Error('five topics were found');

    await page.getByTestId(`demand-topic-name-${first.id}`).click();
    await page.getByTestId(`demand-topic-name-${first.id}`).fill('送餐');
    await page.getByTestId(`demand-topic-name-${first.id}`).press('Enter');
    await expect(tableRow(table, first.id)).toContainText('送餐');
    expect((await edited()).find(({ id }) => id === first.id)).toMatchObject({ name: '送餐', renamed: true });

    for (const { id } of [first, second]) await tableRow(table, id).getByRole('checkbox').check();
    await page.getByTestId('demand-topics-merge').click();
    await expect(table.locator('tbody tr.ant-table-row')).toHaveCount(4);
    const merged = (await edited()).find(({ mergedFrom }) => mergedFrom.length === 2);
    expect(merged?.size).toBe(first.size + second.size);
    await expectRows(page, tableRow(table, merged?.id ?? '').getByTestId('evidence-link'), first.size + second.size);
    await page.getByTestId('demand-topics-undo-1').click();
    await expect(table.locator('tbody tr.ant-table-row')).toHaveCount(5);
    expect((await edited()).map(({ id, size }) => [id, size])).toEqual(found.map(({ id, size }) => [id, size]));
    await expectSound(page);
  });

  await test.step('scores, satisfaction and drivers', async () => {
    await openStep(page, 'demand', 'drivers');
    await runJob(page, 'demand.computeScores', page.getByTestId('demand-scores-compute'));
    const scores = (await askHost(page, 'demand.scores', {}))?.result.scores ?? [];
    expect(scores.map(({ type }) => type)).toEqual(expect.arrayContaining(['nps', 'csat', 'mean']));
    for (const { datasetId, columnId, type, overall } of scores) {
      const card = page.getByTestId(`demand-score-${datasetId}-${columnId}`);
      const { value, low, high } = overall;
      const [decimals, scale] = type === 'csat' ? [1, 100] : type === 'nps' ? [1, 1] : [2, 1];
      await expectNumbers(card.locator('.big-figure .inspected'), [value, low, high], decimals, scale);
    }
    await runJob(page, 'demand.computeSatisfaction', page.getByTestId('demand-satisfaction-compute'));
    for (const { datasetId, mean, rated } of (await askHost(page, 'demand.satisfaction', {}))?.result.sources ?? []) {
      const row = tableRow(page.getByTestId('demand-satisfaction'), datasetId);
      await expectNumbers(row.locator('.inspected'), [mean], 2);
      await expectRows(page, row.getByTestId('evidence-link'), rated);
    }
    await runJob(page, 'demand.analyseDrivers', page.getByTestId('demand-drivers-analyse'));
    const drivers = (await askHost(page, 'demand.drivers', { datasetId: 'd2' }))?.result;
    expect(drivers).toMatchObject({ outcome: { name: 'sat1' }, n: 250, leftOut: 0 });
    for (const { columnId, share, low, high } of drivers?.items ?? []) {
      const row = tableRow(page.getByTestId('demand-drivers-table'), columnId);
      await expectNumbers(row.locator('.inspected').first(), [share, low, high], 1, 100);
    }
    await expectSound(page);
  });

  await test.step('needs', async () => {
    await openStep(page, 'demand', 'needs');
    await runJob(page, 'demand.computeNeeds', page.getByTestId('demand-needs-compute'));
    const before = await expectNeeds(page);
    const view = await askHost(page, 'demand.needs', {});
    const heard = view?.result.needs.filter(({ topicIds }) => topicIds.length > 0) ?? [];
    expect(heard).toHaveLength(5);
    const table = page.getByTestId('demand-needs-table');
    for (const { id, volume } of heard) {
      await expectRows(page, (await findRow(table, id)).getByTestId('evidence-link'), volume);
    }

    const [need] = heard;
    if (need === undefined) throw new Error('a topic is a need');
    await (await findRow(table, need.id)).locator('.inspected').click();
    const inspector = page.getByTestId('inspector');
    await expect(inspector.locator('h2')).toContainText(need.name);
    await expectNumbers(inspector.locator('.inspector-value'), [need.weight], 1, 100);
    const [low, high] = [need.low, need.high].map((bound) => ((bound ?? 0) * 100).toFixed(1));
    await expect(inspector.locator('h2 + p')).toContainText(new RegExp(`${low}.*${high}`));
    await expect(inspector).toContainText(t('inspector.n', { count: need.volume }));
    await expect(inspector).toContainText(t('inspector.seed', { seed: String(view?.artifact.seed) }));
    await expect(inspector).toContainText(formatNumber(view?.result.resamples ?? 0));

    await runJob(page, 'demand.computeRequirements', page.getByTestId('demand-requirements-compute'));
    const requirements = (await askHost(page, 'demand.requirements', {}))?.result;
    if (requirements === undefined) throw new Error('there are requirements');
    for (const target of ['accuracy', 'latencyMs', 'explainability', 'privacy'] as const) {
      expect(requirements[target]).toEqual({ value: null, origin: { type: 'not-set' } });
    }
    const notSet = Object.values(requirements).filter(({ origin }) => origin.type === 'not-set').length;
    const tags = page.getByTestId('demand-requirements').locator('td .tag');
    await expect(tags.filter({ hasText: t('stage.demand.screen.needs.notSet') })).toHaveCount(notSet);
    await expectSound(page);

    for (const [part, value] of [
      ['driver', '20'],
      ['mention', '70'],
      ['gap', '10'],
    ] as const) {
      await typeNumber(page.getByTestId(`demand-needs-part-${part}`), value);
    }
    await page.getByTestId('demand-needs-parts-save').click();
    await expect(page.getByTestId('recompute-banner')).toBeVisible();
    expect(await staleSlots(page)).toEqual(['demand.needs']);
    await runJob(page, 'demand.computeNeeds', page.getByTestId('demand-needs-compute'));
    const after = await expectNeeds(page);
    expect((await askHost(page, 'demand.needsSetup', {})).partWeights).not.toEqual(DEFAULT_PART_WEIGHTS);
    expect([...after.values()]).not.toEqual([...before.values()]);
    expect([...after.values()].reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
    await expect(page.getByTestId('recompute-banner')).toHaveCount(0);
  });

  await test.step('one changed cleaning step makes exactly what is built on it stale, and recompute settles it', async () => {
    await expectExactStaleness(page);
  });

  await test.step('the terminal command gives the same numbers once the project is closed', async () => {
    const { project } = await askHost(page, 'project.overview', {});
    const needs = await askHost(page, 'demand.needs', {});
    const drivers = await askHost(page, 'demand.drivers', { datasetId: 'd2' });
    await page.getByTestId('close-project').click();
    await expect(page.getByTestId('home')).toBeVisible();
    expect(await askCommand(project.path, 'demand.needs', {})).toEqual(needs);
    expect(await askCommand(project.path, 'demand.drivers', { datasetId: 'd2' })).toEqual(drivers);
  });
});
