import { existsSync, readdirSync } from 'node:fs';
import { askHost, createProject, showIn, showTheme } from './screen.ts';
import { expect, test } from './workbench.ts';

test('a project is made in the projects folder, and its map shows what the engine knows', async ({
  workbench,
  workbenchPage: page,
}) => {
  await createProject(page, '某银行信贷助手');
  const overview = await askHost(page, 'project.overview', {});
  expect(overview.project.name).toBe('某银行信贷助手');
  expect(existsSync(overview.project.path)).toBe(true);
  expect(readdirSync(workbench.projectsFolder).filter((name) => name.endsWith('.csw'))).toHaveLength(1);
  await expect(page.getByTestId('top-bar')).toContainText(overview.project.name);
  await expect(page.getByTestId('bottom-bar')).toContainText(`D${overview.project.dataVersion}`);
  for (const stage of overview.stages) {
    await expect(page.getByTestId(`rail-${stage.id}`)).toBeVisible();
  }
  await expect(page.getByTestId('next-steps').getByRole('listitem')).toHaveCount(Math.min(5, overview.next.length));
});

test('a project without a name is not made, and the field says so', async ({ workbench, workbenchPage: page }) => {
  await page.getByTestId('create-project').click();
  await expect(page.locator('.ant-form-item-explain-error')).toBeVisible();
  await expect(page.getByTestId('home')).toBeVisible();
  expect(existsSync(workbench.projectsFolder) ? readdirSync(workbench.projectsFolder) : []).toEqual([]);
});

test('a path outside the projects folder is refused with what to do, in the language of the screen', async ({
  workbenchPage: page,
  shell,
}) => {
  test.skip(shell !== 'browser', 'a window has the dialog of the system in place of the path');
  await showIn(page, 'en');
  await page.locator('.home-path input').fill('/etc/hostname');
  await page.locator('.home-path button').click();
  const notice = page.getByTestId('error-notice');
  await expect(notice).toBeVisible();
  const english = await notice.innerText();
  await showIn(page, 'zh-CN');
  await expect(notice).toContainText(/[一-鿿]/u);
  expect(english).not.toMatch(/[一-鿿]/u);
  expect(await notice.getAttribute('data-code')).toMatch(/^[a-z]+\.[a-z-]+$/);
});

test('a closed project stands first in the recent list and opens from there', async ({ workbenchPage: page }) => {
  await createProject(page, 'First');
  await page.getByTestId('close-project').click();
  await createProject(page, 'Second');
  await page.getByTestId('close-project').click();
  const recent = await askHost(page, 'app.recentProjects', {});
  expect(recent.map(({ name }) => name)).toEqual(['Second', 'First']);
  await page.getByTestId('home').getByRole('button', { name: /First/ }).first().click();
  await expect(page.getByTestId('top-bar')).toContainText('First');
});

test('the language changes without a reload and is kept as a setting', async ({ workbenchPage: page }) => {
  await createProject(page, 'Bank');
  await showIn(page, 'en');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  const words = await page.locator('#root').innerText();
  expect(words.replaceAll('中文', '')).not.toMatch(/[一-鿿]/u);
  expect((await askHost(page, 'app.settings', {})).language).toBe('en');
  await page.reload();
  await expect(page.getByTestId('project-map')).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await showIn(page, 'zh-CN');
  await expect(page.getByTestId('project-map')).toContainText(/[一-鿿]/u);
});

test('dark and light each show, and stay after a reload', async ({ workbenchPage: page }) => {
  await createProject(page, 'Bank');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await showTheme(page, 'light');
  const light = await background();
  await showTheme(page, 'dark');
  expect(await background()).not.toBe(light);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});

test('every page of the frame opens from the rail and from the command palette', async ({ workbenchPage: page }) => {
  await createProject(page, 'Bank');
  for (const place of [
    'demand',
    'competitiveness',
    'adaptation',
    'landing',
    'service',
    'data',
    'jobs',
    'reports',
    'audit',
    'settings',
    'map',
  ]) {
    await page.getByTestId(`rail-${place}`).click();
    await expect(page.getByTestId('middle').getByRole('heading').first()).toBeVisible();
    await expect(page.getByTestId('error-notice')).toHaveCount(0);
  }
  await showIn(page, 'en');
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('audit');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('palette')).toHaveCount(0);
  await expect(page.getByTestId('middle').getByRole('heading').first()).toHaveText(/audit/i);
});

test('nothing is wider than a screen of 1280 pixels', async ({ workbenchPage: page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const overhang = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(await overhang()).toBeLessThanOrEqual(0);
  await createProject(page, 'Bank');
  expect(await overhang()).toBeLessThanOrEqual(0);
});
