import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askHost, createEncryptedProject, createProject, showIn } from './screen.ts';
import { expect, test } from './workbench.ts';

test.skip(({ shell }) => shell === 'browser', 'tests the window');

test('the screens recover when the engine of the project dies, and nothing is lost', async ({
  workbenchPage: page,
  program,
}) => {
  test.skip(program === null, 'needs the processes of the program at hand');
  await createProject(page, '某银行');
  await page.getByTestId('rail-settings').click();
  const [engine] =
    program?.electron.utilities.filter(({ entry, pid }) => entry === 'engine' && pid !== undefined) ?? [];
  const lost = page.locator('.top [role="status"]');
  await expect(lost).toHaveCount(0);
  const told = lost.waitFor({ state: 'attached' });
  process.kill(engine?.pid ?? 0, 'SIGKILL');
  await told;
  await expect(lost).toHaveCount(0);
  await page.getByTestId('rail-map').click();
  await expect(page.getByTestId('project-map')).toBeVisible();
  await expect(page.getByTestId('error-notice')).toHaveCount(0);
  expect((await askHost(page, 'project.overview', {})).project.name).toBe('某银行');
});

test('menus follow the language of the screen, and what they ask for is done', async ({
  workbenchPage: page,
  program,
}) => {
  test.skip(program === null, 'needs the menus of the program at hand');
  await createProject(page, 'Bank');
  const items = () => JSON.stringify(program?.electron.menu);
  await showIn(page, 'en');
  await expect.poll(items).toContain('Project map');
  await showIn(page, 'zh-CN');
  await expect.poll(items).toContain('项目地图');
  const view = program?.electron.menu.flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : [])) ?? [];
  (view.find(({ label }) => label === '运行与任务')?.click as (() => void) | undefined)?.();
  await expect(page.getByTestId('middle').getByRole('heading').first()).toHaveText(/任务/);
  (view.find(({ label }) => label === '关闭项目')?.click as (() => void) | undefined)?.();
  await expect(page.getByTestId('home')).toBeVisible();
  await expect(page.getByTestId('choose-project')).toBeVisible();
});

test('a copy goes where the dialog of the system says', async ({ workbench, workbenchPage: page, program }) => {
  test.skip(program === null, 'needs the dialogs of the program at hand');
  await createProject(page, 'Bank');
  await expect(page.getByTestId('copy-name')).toHaveCount(0);
  const path = join(workbench.filesFolder, 'For the customer.csw');
  if (program !== null) program.electron.dialogAnswers.saveDialog = () => ({ canceled: false, filePath: path });
  await page.getByTestId('save-copy').click();
  await expect(page.getByTestId('copied')).toContainText(path);
  expect(readFileSync(path).subarray(0, 15).toString()).toBe('SQLite format 3');
});

test('an encrypted project is locked from the menu, and by itself', async ({ workbenchPage: page, program }) => {
  test.skip(program === null, 'needs the menus of the program at hand');
  await createEncryptedProject(page, 'MARKER-51', 'four unrelated words');
  const lockItem = () =>
    program?.electron.menu
      .flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []))
      .find(({ accelerator }) => accelerator === 'CmdOrCtrl+L');
  expect(lockItem()?.enabled).toBe(true);
  (lockItem()?.click as (() => void) | undefined)?.();
  await expect(page.getByTestId('lock-screen')).toBeVisible();
  expect(await page.content()).not.toContain('MARKER-51');
  await expect.poll(() => lockItem()?.enabled).toBe(false);
  await page.getByTestId('password').fill('four unrelated words');
  await page.getByTestId('password-submit').click();
  await expect(page.getByTestId('project-map')).toBeVisible();

  // What locks it by itself does so in the main process, and the page hears of it from the engine.
  const projectId = await page.evaluate(() => window.sessionStorage.getItem('workbench.project'));
  await askHost(page, 'app.lockProject', { projectId: projectId ?? '' });
  await expect(page.getByTestId('lock-screen')).toBeVisible();
  expect(await page.content()).not.toContain('MARKER-51');
});

test('pasted text and a chosen file reach the engine', async ({ workbenchPage: page }) => {
  await createProject(page, 'Bank');
  await page.getByTestId('rail-demand').click();
  await page.getByTestId('demand-import-file').setInputFiles({
    name: 'messages.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('text\nThe app is slow\n费用太高\n'),
  });
  await expect(page.getByTestId('middle')).toContainText('费用太高');
});
