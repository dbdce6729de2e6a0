import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebSocketRoute } from '@playwright/test';
import { askHost, createEncryptedProject, createProject, showIn } from './screen.ts';
import { expectSound, jobDone, openStep, runJob, startJob } from './wizard.ts';
import { expect, test } from './workbench.ts';

const ROWS = 300_000;

/** Processes that a process has started whose command line has this in it. */
function childrenOf(pid: number, entry: string): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
    .split(' ')
    .filter(Boolean)
    .map(Number)
    .filter((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(entry));
}

test('tables of a step and the rows behind a number go out as CSV, and the screen says where they lie', async ({
  workbench,
  workbenchPage: page,
}) => {
  await createProject(page, 'Bank');
  const file = join(workbench.filesFolder, 'messages.csv');
  writeFileSync(file, 'id,text\n1,"=HYPERLINK(""http://x.test"")"\n2,The branch queue was short\n');
  await openStep(page, 'demand', 'import');
  await expect(page.getByTestId('step-export')).toBeHidden();
  await page.getByTestId('demand-import-file').setInputFiles(file);
  await runJob(page, 'demand.importSource', page.getByTestId('demand-import-start'));
  await showIn(page, 'en');

  await page.getByTestId('step-export').click();
  await expect(page.getByTestId('export-done')).toContainText('demand.import-en-1.csv');
  const folder = (await page.getByTestId('export-done').locator('code').last().getAttribute('title')) ?? '';
  expect(existsSync(join(folder, 'demand.import-en-1.csv'))).toBe(true);
  await page.getByRole('heading', { level: 1 }).click();
  await expect(page.getByTestId('export-done')).toBeHidden();

  await page.keyboard.press('Control+K');
  await page.getByTestId('palette').getByRole('combobox').fill('branch queue');
  await page.getByTestId('palette').getByRole('option').first().click();
  await page.getByTestId('evidence-export').click();
  await expect(page.getByTestId('export-done')).toContainText('2 rows');
  expect(readFileSync(join(folder, 'rows-dataset-d1.csv'), 'utf8')).toContain(`"'=HYPERLINK(""http://x.test"")"`);
  await page.locator('.ant-drawer-close').click();
  await expectSound(page);
});

test('a job whose process is killed says so on the screen, goes on from there with one button, and ends whole', async ({
  workbench,
  workbenchPage: page,
}) => {
  test.skip(process.platform !== 'linux', 'finds the process in /proc');
  await createProject(page, 'Bank');
  await showIn(page, 'en');
  const file = join(workbench.filesFolder, 'many.csv');
  const lines = Array.from({ length: ROWS }, (_, i) => `${i},The answer number ${i} came late and without a reason`);
  writeFileSync(file, `id,text\n${lines.join('\n')}\n`);
  await openStep(page, 'demand', 'import');
  await page.getByTestId('demand-import-file').setInputFiles(file);
  const jobId = await startJob(page, 'demand.importSource', page.getByTestId('demand-import-start'));
  await expect
    .poll(
      async () => {
        const { state } = await askHost(page, 'jobs.get', { jobId });
        return 'progress' in state ? state.progress.done : -1;
      },
      // Asked often: the whole import is a matter of seconds.
      { intervals: [25] },
    )
    .toBeGreaterThan(0);
  for (const pid of childrenOf(workbench.pid, 'compute/entry')) process.kill(pid, 'SIGKILL');

  await page.getByTestId('rail-jobs').click();
  await expect(page.getByTestId('jobs')).toContainText('interrupted');
  await page.getByTestId('jobs').getByTestId('job-resume').click();
  await jobDone(page, jobId);
  await expect(page.getByTestId('jobs')).toContainText('done');
  expect((await askHost(page, 'demand.datasets', {}))[0]?.dataset.rowCount).toBe(ROWS);
  await expectSound(page);
});

test('an answer that was on its way when the project was locked brings nothing of it back', async ({
  workbenchPage: page,
}) => {
  const held: (() => Promise<void>)[] = [];
  let passed = 0;
  await page.route('**/api/call', async (route) => {
    const { name } = route.request().postDataJSON() as { readonly name: string };
    if (name !== 'project.overview' || passed++ === 0) return route.continue();
    // Answered by the host before the lock, and met by the page after it.
    const response = await route.fetch();
    held.push(() => route.fulfill({ response }));
  });
  await createEncryptedProject(page, 'MARKER-late', 'four unrelated words');
  await expect.poll(() => held.length).toBeGreaterThan(0);
  await page.keyboard.press('Control+l');
  await expect(page.getByTestId('lock-screen')).toBeVisible();
  for (const answer of held) {
    const arrived = page.waitForResponse('**/api/call');
    await answer();
    await (await arrived).finished();
  }
  // A request that goes out and comes back is behind whatever the late answers have set off.
  await askHost(page, 'app.info', {});
  expect(await page.content()).not.toContain('MARKER-late');
});

test('a tab whose project the host no longer has shows the list of projects, however late that comes', async ({
  workbenchPage: page,
}) => {
  await createProject(page, 'Bank');
  await page.getByTestId('close-project').click();
  const listed = page.getByTestId('home').getByRole('button', { name: 'Bank' }).first();
  await expect(listed).toBeVisible();
  await page.evaluate(() => window.sessionStorage.setItem('workbench.project', 'gone'));
  const refused = Promise.withResolvers<void>();
  await page.route('**/api/call', async (route) => {
    const { name } = route.request().postDataJSON() as { readonly name: string };
    const response = await route.fetch();
    if (name === 'app.recentProjects') await refused.promise;
    await route.fulfill({ response });
    if (name === 'project.overview') refused.resolve();
  });
  await page.reload();
  await expect(listed).toBeVisible();
});

test('a line to the host that breaks is taken up again, and the screen goes on following the project', async ({
  workbench,
  workbenchPage: page,
}) => {
  const lines: WebSocketRoute[] = [];
  await page.routeWebSocket('**/api/events', (line) => {
    lines.push(line);
    line.connectToServer();
  });
  await createProject(page, 'Bank');
  await expect.poll(() => lines.length).toBe(1);
  await lines[0]?.close();
  await expect.poll(() => lines.length).toBe(2);
  await expect(page.getByTestId('top-bar').getByRole('status')).toBeHidden();
  await openStep(page, 'demand', 'import');
  const file = join(workbench.filesFolder, 'messages.csv');
  writeFileSync(file, 'id,text\n1,The branch queue was short\n');
  await page.getByTestId('demand-import-file').setInputFiles(file);
  await runJob(page, 'demand.importSource', page.getByTestId('demand-import-start'));
  // Only events bring the new state of the step to the rail and its button to the page.
  await expect(page.getByTestId('step-export')).toBeVisible();
});
