import { askHost, createProject, showIn } from './screen.ts';
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
