import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeLargeProject } from '../../scripts/large-project.ts';
import { STAGE_IDS } from '../../shared/contract/stage.ts';
import { expectAccessible } from './axe.ts';
import { walkPasswords } from './password-walk.ts';
import { scanPages } from './scan.ts';
import { createProject, showIn } from './screen.ts';
import { STAGE_STEPS } from './stage-steps.ts';
import { openStep } from './wizard.ts';
import { expect, test } from './workbench.ts';

/** Far more than a window of rows holds; ten times as many show the same elements. */
const LARGE_ROWS = 10_000;

// The same is held on a project with results where `five-stages.spec.ts` walks through one.
for (const language of ['zh-CN', 'en'] as const) {
  test(`in ${language}, axe finds nothing on any page or step of an empty project, in light and dark`, async ({
    workbenchPage: page,
  }) => {
    await showIn(page, language);
    await expectAccessible(page, 'start');
    await createProject(page, 'A');
    await scanPages(page);
    for (const stage of STAGE_IDS)
      for (const step of STAGE_STEPS[stage]) {
        await openStep(page, stage, step);
        await expectAccessible(page, `${stage}.${step}`);
      }
  });

  test(`in ${language}, axe finds nothing where a password is asked for, in light and dark`, async ({
    workbenchPage: page,
  }) => {
    await showIn(page, language);
    await walkPasswords(page, (where) => expectAccessible(page, where));
  });
}

test('axe finds nothing on the pages of a large file, nor on its rows', async ({ workbench, workbenchPage: page }) => {
  mkdirSync(workbench.projectsFolder, { recursive: true });
  await makeLargeProject(join(workbench.projectsFolder, 'large.csw'), LARGE_ROWS);
  await showIn(page, 'en');
  await page.reload();
  await page.getByTestId('home').locator('.file-list button').first().click();
  await expect(page.getByTestId('project-map')).toBeVisible();
  for (const step of ['import', 'clean'] as const) {
    await openStep(page, 'demand', step);
    await expectAccessible(page, `demand.${step}`);
  }
  await page.getByTestId('rail-data').click();
  await page.getByTestId('data').locator('tbody .link').first().click();
  await page.getByTestId('inspector-all-rows').click();
  const rows = page.getByTestId('evidence-table');
  await expect(rows.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('End');
  await expectAccessible(page, 'rows');
});
