import { expect, type Page } from '@playwright/test';
import { askHost, showIn, showTheme } from './screen.ts';
import { expectNumbers, expectSound, findRow, openStep, runJob, staleSlots } from './wizard.ts';

/** What depends on the texts of the reviews; the survey and its drivers do not. */
const BUILT_ON_REVIEWS = [
  'demand.embeddings:d1',
  'demand.needs',
  'demand.requirements',
  'demand.satisfaction',
  'demand.scores',
  'demand.topics',
];

/** Every weight of f1 on the screen, with its interval, is the engine's; so is the count of rows. */
export async function expectNeeds(page: Page): Promise<ReadonlyMap<string, number>> {
  const view = await askHost(page, 'demand.needs', {});
  const table = page.getByTestId('demand-needs-table');
  const needs = view?.result.needs ?? [];
  for (const { id, weight, low, high, volume } of [...needs].sort((a, b) => a.rank - b.rank)) {
    const row = await findRow(table, id);
    await expectNumbers(row.locator('.inspected'), [weight, low, high], 1, 100);
    await expectNumbers(row.getByTestId('evidence-link'), [volume], 0);
  }
  return new Map(needs.map(({ id, weight }) => [id, weight]));
}

/** Changes one cleaning step of the reviews: exactly what is built on it is stale, here and on the screens, until it is recomputed. */
export async function expectExactStaleness(page: Page): Promise<void> {
  await openStep(page, 'demand', 'clean');
  await page.getByTestId('demand-clean-dataset').locator('.ant-segmented-item').first().click();
  await page.getByTestId('demand-clean-step-nearDuplicates').click();
  // What was entered and not run yet outlives a change of language and of theme.
  await showIn(page, 'en');
  await showTheme(page, 'dark');
  await openStep(page, 'demand', 'clean');
  await expect(page.getByTestId('demand-clean-step-nearDuplicates')).not.toBeChecked();
  await showIn(page, 'zh-CN');
  await expect(page.getByTestId('demand-clean-step-nearDuplicates')).not.toBeChecked();
  expect(await staleSlots(page)).toEqual([]);
  await runJob(page, 'demand.clean', page.getByTestId('demand-clean-run'));
  expect(await staleSlots(page)).toEqual(BUILT_ON_REVIEWS);
  await expectNumbers(page.getByTestId('recompute'), [BUILT_ON_REVIEWS.length], 0);
  const stamps = (stale: boolean) => page.locator(`[data-testid="artifact-stamp"][data-stale="${stale}"]`);
  await expect(stamps(true)).toHaveCount(0);
  await openStep(page, 'demand', 'topics');
  await expect(stamps(true)).toHaveCount(1);
  await openStep(page, 'demand', 'drivers');
  // Scores and satisfaction; the drivers of the survey still stand.
  await expect(stamps(true)).toHaveCount(2);
  await expect(page.getByTestId('demand-drivers-result').getByTestId('artifact-stamp')).toHaveAttribute(
    'data-stale',
    'false',
  );
  await openStep(page, 'demand', 'needs');
  await expect(page.getByTestId('demand-needs-result').getByTestId('artifact-stamp')).toHaveAttribute(
    'data-stale',
    'true',
  );
  await expectSound(page);
  await page.getByTestId('recompute').click();
  await expect(page.getByTestId('recompute-banner')).toHaveCount(0);
  expect(await staleSlots(page)).toEqual([]);
  await expect(stamps(false)).not.toHaveCount(0);
  await expect(stamps(true)).toHaveCount(0);
  await expectNeeds(page);
}
