import { join } from 'node:path';
import { expectAccessible } from './axe.ts';
import { askHost, createProject, showIn } from './screen.ts';
import { expectNumbers, expectSound, openStep, runJob, typeNumber } from './wizard.ts';
import { expect, test } from './workbench.ts';

const LOANS = join(import.meta.dirname, '..', '..', 'resources', 'samples', 'en', 'loans.csv');

test('a table becomes a scorecard: set up by suggestion, measured, explained for one case and compared by group', async ({
  workbenchPage: page,
}) => {
  await showIn(page, 'en');
  await createProject(page, 'Loans');
  await openStep(page, 'adaptation', 'tables');
  await expect(page.getByTestId('empty-state')).toBeVisible();
  await page.getByTestId('adaptation-tables-import').setInputFiles(LOANS);
  const setup = page.getByTestId('adaptation-tables-setup');
  await expect(setup).toBeVisible();
  await expect(page.getByTestId('adaptation-tables-outcome')).toContainText('outcome');
  await expect(page.getByTestId('adaptation-tables-event')).toContainText('defaulted');
  await page.getByTestId('adaptation-tables-use-mlp').uncheck();
  const group = page.getByTestId('adaptation-tables-group');
  await group.locator('input').fill('age');
  await group.locator('input').press('Enter');
  await expect(group).toContainText('age');
  await setup.locator('summary').click();
  await typeNumber(page.getByTestId('adaptation-tables-repeats'), '1');
  await runJob(page, 'adaptation.scoreTable', page.getByTestId('adaptation-tables-run'));

  const { result } = (await askHost(page, 'adaptation.table', { tableId: 'T1' }))!;
  expect(result.models.map(({ model }) => model)).toEqual(['logistic', 'scorecard']);
  const card = result.models[1]!;
  const row = page.getByTestId('adaptation-tables-model-scorecard');
  const { value, low, high } = card.evaluation.auc;
  await expectNumbers(row.locator('.inspected').first(), [value, low, high], 1, 100);
  await row.getByRole('button', { name: 'Scorecard' }).click();
  await expect(page.getByTestId('adaptation-tables-fairness').locator('[data-verdict]')).toHaveAttribute(
    'data-verdict',
    card.fairness!.verdict,
  );
  const printed = page.getByTestId('adaptation-tables-scorecard');
  await expect(printed.locator('.scorecard-head')).toHaveCount(
    result.scorecard!.characteristics.filter(({ used }) => used).length,
  );

  const { cases } = await askHost(page, 'adaptation.tableCases', {
    tableId: 'T1',
    model: 'scorecard',
    order: 'highest',
    offset: 0,
    limit: 2,
  });
  const found = await askHost(page, 'adaptation.explainCase', {
    tableId: 'T1',
    model: 'scorecard',
    case: { row: cases[1]!.row },
  });
  const caseCard = page.getByTestId('adaptation-tables-case');
  await caseCard.locator('.case-choice').nth(1).click();
  await expect(caseCard).toContainText(`Points on the card: ${found.points}`);
  await expect(caseCard.getByTestId('waterfall')).toContainText(found.contributions[0]!.name.replaceAll('_', ' '));
  await expectSound(page);
  await expectAccessible(page, 'a scored table');
  await page.getByTestId('adaptation-tables-remove').click();
  await expect(page.getByTestId('adaptation-tables-answer')).toBeHidden();
});
