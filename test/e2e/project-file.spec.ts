import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askHost, createProject, showIn } from './screen.ts';
import { expect, test } from './workbench.ts';

test('a copy is saved into the projects folder, with its checksum, and the whole file is verified', async ({
  workbench,
  workbenchPage: page,
}) => {
  await createProject(page, 'Bank');
  await showIn(page, 'en');
  await page.getByTestId('copy-name').fill('For the customer.csw');
  await page.getByTestId('save-copy').click();
  await expect(page.getByTestId('copied')).toContainText('For the customer.csw');
  const bytes = readFileSync(join(workbench.projectsFolder, 'For the customer.csw'));
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await expect(page.getByTestId('copied').locator('code')).toHaveAttribute('title', sha256);

  // The same name again is refused, and says so where the button is.
  await page.getByTestId('save-copy').click();
  await expect(page.getByTestId('project-file').getByTestId('error-notice')).toHaveAttribute(
    'data-code',
    'project.exists',
  );

  await page.getByTestId('verify').click();
  await expect(page.getByTestId('verification')).toHaveAttribute('data-intact', 'true');
  const { entries } = await askHost(page, 'project.audit', { offset: 0, limit: 10 });
  expect(entries.map(({ request, outcome }) => [request, outcome])).toEqual([
    ['project.saveCopy', 'project.exists'],
    ['project.saveCopy', 'ok'],
  ]);
  await expect(page.getByTestId('verified-audit')).toContainText('2');
});

test('a project opened read-only says so on every page, in both languages, and refuses a change', async ({
  workbench,
  workbenchPage: page,
}) => {
  await createProject(page, 'Bank');
  await page.getByTestId('close-project').click();
  // The list of projects shows before the file is closed.
  const before = ['Bank.csw'];
  await expect.poll(() => readdirSync(workbench.projectsFolder)).toEqual(before);
  await page.getByTestId('open-read-only').check();
  await page.getByTestId('home').getByRole('button', { name: /Bank/ }).first().click();
  const banner = page.getByTestId('read-only');
  await expect(banner).toHaveAttribute('data-reason', 'asked');
  for (const place of ['demand', 'jobs', 'audit', 'map']) {
    await page.getByTestId(`rail-${place}`).click();
    await expect(banner).toBeVisible();
  }
  await showIn(page, 'en');
  await expect(banner).toContainText('Read-only');
  await showIn(page, 'zh-CN');
  await expect(banner).toContainText('只读');
  await expect(askHost(page, 'project.rename', { name: 'Other', customer: '', period: '' })).rejects.toThrow(
    /project\.read-only/,
  );
  expect(readdirSync(workbench.projectsFolder)).toEqual(before);
});
