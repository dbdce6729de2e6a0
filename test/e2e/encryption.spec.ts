import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { askHost, createProject, showIn } from './screen.ts';
import { expect, test } from './workbench.ts';

const NAME = '密行并购 MARKER-e2e-51';
const PASSWORD = 'four unrelated words';
const OTHER = 'another four words';

/** Makes an encrypted project with the form of the first page. */
async function createEncrypted(page: Page): Promise<void> {
  await page.getByTestId('new-name').fill(NAME);
  await page.getByTestId('encrypt').check();
  await expect(page.getByTestId('create-project')).toBeDisabled();
  await page.getByTestId('new-password').fill(PASSWORD);
  await page.getByTestId('new-password-again').fill('four unrelated word');
  await expect(page.getByTestId('create-project')).toBeDisabled();
  await page.getByTestId('new-password-again').fill(PASSWORD);
  await page.getByTestId('create-project').click();
  await expect(page.getByTestId('project-map')).toBeVisible();
}

async function enterPassword(page: Page, password: string): Promise<void> {
  await page.getByTestId('password').fill(password);
  await page.getByTestId('password-submit').click();
}

test('a project made with a password says so, and neither its file nor the recent list tells its content', async ({
  workbench,
  workbenchPage: page,
}) => {
  await createEncrypted(page);
  const overview = await askHost(page, 'project.overview', {});
  expect(overview.project.encrypted).toBe(true);
  await expect(page.getByTestId('encryption')).toHaveText(/已加密|Encrypted/i);
  const file = readdirSync(workbench.projectsFolder).find((name) => name.endsWith('.csw')) ?? '';
  expect(readFileSync(join(workbench.projectsFolder, file)).includes('MARKER-e2e')).toBe(false);

  await page.getByTestId('close-project').click();
  const [recent] = await askHost(page, 'app.recentProjects', {});
  expect(recent?.name).toBe(file.replace(/\.csw$/, ''));
  await page
    .getByTestId('home')
    .getByRole('button', { name: recent?.name ?? '' })
    .first()
    .click();
  await expect(page.getByTestId('password-prompt')).toBeVisible();
  await enterPassword(page, 'wrong password');
  await expect(page.getByTestId('error-notice')).toHaveAttribute('data-code', 'project.password-wrong');
  await enterPassword(page, PASSWORD);
  await expect(page.getByTestId('project-map')).toBeVisible();
  await expect(page.getByTestId('top-bar')).toContainText(NAME);
});

test('Ctrl+L takes the project from the screen and from the page, a reload does not bring it back, the password does, where one was', async ({
  workbenchPage: page,
}) => {
  await createEncrypted(page);
  const { project } = await askHost(page, 'project.overview', {});
  await page
    .getByTestId('rail-audit')
    .or(page.getByRole('button', { name: /审计日志|Audit log/ }))
    .first()
    .click();
  await page.keyboard.press('Control+l');
  await expect(page.getByTestId('lock-screen')).toBeVisible();
  expect(await page.content()).not.toContain('MARKER-e2e');
  await page.reload();
  await expect(page.getByTestId('lock-screen')).toBeVisible();
  expect(await page.content()).not.toContain('MARKER-e2e');

  await showIn(page, 'en');
  await enterPassword(page, OTHER);
  await expect(page.getByTestId('error-notice')).toHaveAttribute('data-code', 'project.password-wrong');
  await enterPassword(page, PASSWORD);
  await expect(page.getByTestId('top-bar')).toContainText(NAME);
  await expect(page.getByTestId('project-map')).toBeHidden();
  expect((await askHost(page, 'project.overview', {})).project.id).toBe(project.id);
});

test('what was entered before a lock stands in its form after it, and not in that of another project', async ({
  workbenchPage: page,
}) => {
  await createEncrypted(page);
  await page.getByTestId('rail-reports').click();
  await page.getByTestId('report-title').fill('Half a title MARKER-e2e');
  await page.keyboard.press('Control+l');
  await expect(page.getByTestId('lock-screen')).toBeVisible();
  expect(await page.content()).not.toContain('MARKER-e2e');
  await enterPassword(page, PASSWORD);
  await expect(page.getByTestId('report-title')).toHaveValue('Half a title MARKER-e2e');
  await page.getByTestId('close-project').click();
  await createProject(page, 'Another customer');
  await page.getByTestId('rail-reports').click();
  await expect(page.getByTestId('report-title')).toHaveValue('');
});

test('the password is changed, removed and set again from the project map', async ({ workbenchPage: page }) => {
  await createEncrypted(page);
  await showIn(page, 'en');
  const security = page.getByTestId('security');
  await security.getByRole('button', { name: 'Change the password' }).click();
  await page.getByTestId('current-password').fill('not the password');
  await page.getByTestId('new-password').fill(OTHER);
  await page.getByTestId('new-password-again').fill(OTHER);
  await page.getByTestId('security-submit').click();
  await expect(page.getByTestId('error-notice')).toHaveAttribute('data-code', 'project.password-wrong');
  await page.getByTestId('current-password').fill(PASSWORD);
  await page.getByTestId('security-submit').click();
  await expect(page.getByTestId('security-note')).toHaveText('The password was changed.');

  await security.getByRole('button', { name: 'Remove the password' }).click();
  await page.getByTestId('current-password').fill(OTHER);
  await page.getByTestId('security-submit').click();
  await expect(page.getByTestId('security-set')).toBeVisible();
  expect((await askHost(page, 'project.overview', {})).project.encrypted).toBe(false);

  await page.getByTestId('security-set').click();
  await page.getByTestId('new-password').fill(PASSWORD);
  await page.getByTestId('new-password-again').fill(PASSWORD);
  await page.getByTestId('security-submit').click();
  await expect(page.getByTestId('security-note')).toContainText('overwritten');
  await expect(page.getByTestId('encryption')).toHaveText('encrypted');
  const { entries } = await askHost(page, 'project.audit', { offset: 0, limit: 20 });
  expect(entries.filter(({ request }) => request === 'app.changePassword').map(({ input }) => input)).toEqual([
    '{}',
    '{}',
    '{}',
  ]);
  expect(JSON.stringify(entries)).not.toMatch(/four/);
});
