import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askHost, createProject, showIn } from './screen.ts';
import { expectSound, openStep, runJob } from './wizard.ts';
import { expect, test } from './workbench.ts';

const MESSAGES = [
  'id,text,score',
  '1,"The <script>alert(1)</script> page rejects my password",2',
  '2,Fees went up without any notice,1',
  '3,The branch queue was short and friendly,5',
].join('\n');

test('a report is chosen, built, previewed and kept: its page agrees with the file and with the engine', async ({
  workbench,
  workbenchPage: page,
}) => {
  await createProject(page, 'Bank <b>');
  const file = join(workbench.filesFolder, 'messages.csv');
  writeFileSync(file, `${MESSAGES}\n`);
  await openStep(page, 'demand', 'import');
  await page.getByTestId('demand-import-file').setInputFiles(file);
  await runJob(page, 'demand.importSource', page.getByTestId('demand-import-start'));
  await showIn(page, 'en');
  await page.getByTestId('rail-reports').click();
  await expect(page.getByTestId('report-documents')).toContainText('No report yet');
  for (const { id, state } of await askHost(page, 'report.sections', {}))
    await expect(page.getByTestId(`report-section-${id}`)).toHaveAttribute('data-state', state);

  await page.getByTestId('report-filled').click();
  await page.getByTestId('report-author').fill('A. Nalyst');
  await page.getByTestId('report-comment-add').click();
  await page.getByTestId('report-comment-1').fill('First look <i>only</i>');
  await page.getByTestId('report-pdf').uncheck();
  await runJob(page, 'report.build', page.getByTestId('report-build'));

  const [document] = await askHost(page, 'report.documents', {});
  expect(document?.result.sections.map(({ id }) => id)).toEqual(['demand.import']);
  const path = document?.result.html.path ?? '';
  expect(existsSync(path)).toBe(true);
  await expect(page.getByTestId('report-documents')).toContainText(path);
  await expect(page.getByTestId('report-pdf-state')).toBeVisible();

  await page.getByTestId('report-preview-en').click();
  const frame = page.frameLocator('[data-testid=report-preview] iframe');
  await expect(frame.locator('h1')).toHaveText('Bank <b>');
  await expect(frame.locator('.comment')).toContainText('First look <i>only</i>');
  // The style of the file holds in the frame too.
  await expect(frame.locator('h2').first()).toHaveCSS('color', 'rgb(20, 80, 75)');
  await expect(frame.locator('a.number data').first()).toHaveAttribute('value', '3');
  // A number leads to its artifact inside the frame, and nowhere else.
  await frame.locator('a.number').first().click();
  await expect(frame.locator('article.artifact:target')).toContainText('demand.dataset:d1');
  const saved = page.waitForEvent('download');
  await page.getByTestId('report-save').click();
  const download = await saved;
  expect(download.suggestedFilename()).toBe('report-en.html');
  expect(readFileSync(await download.path(), 'utf8')).toBe(readFileSync(path, 'utf8'));

  await page.getByTestId('report-documents').getByRole('button', { name: 'Bank <b>' }).click();
  await expect(page.getByTestId('inspector')).toContainText('Dataset d1');
  await expectSound(page);
});

test('what stands in a project is found by its words from anywhere', async ({ workbench, workbenchPage: page }) => {
  await createProject(page, 'Bank');
  const file = join(workbench.filesFolder, 'messages.csv');
  writeFileSync(file, `${MESSAGES}\n`);
  await openStep(page, 'demand', 'import');
  await page.getByTestId('demand-import-file').setInputFiles(file);
  await runJob(page, 'demand.importSource', page.getByTestId('demand-import-start'));
  await page.keyboard.press('Control+K');
  await page.getByTestId('palette').getByRole('combobox').fill('branch queue');
  await page.getByTestId('palette').getByRole('option').first().click();
  await expect(page.getByTestId('evidence-table')).toContainText('The branch queue was short');
});
