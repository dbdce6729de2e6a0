import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { makeLargeProject } from '../scripts/large-project.ts';
import type { Bench } from './bench.ts';
import { frameFigures, watchFrames, withWorkbench } from './workbench-page.ts';

const WHEEL_PIXELS = 400;
const BETWEEN_TURNS_MS = 16;

/** `tables [--rows N] [--seconds N]`: frames while the rows of a large data set are scrolled with the wheel and with the bar, sorted and filtered, and how long until the first rows stand. */
export const tables: Bench = async (args) => {
  const { values } = parseArgs({
    args: [...args],
    options: { rows: { type: 'string', default: '100000' }, seconds: { type: 'string', default: '10' } },
  });
  const seconds = Number(values.seconds);
  return withWorkbench('tables', async ({ page, projectsFolder }) => {
    const file = join(projectsFolder, 'large.csw');
    await makeLargeProject(file, Number(values.rows));
    await page.locator('.home-path input').fill(file);
    await page.locator('.home-path button').click();
    await page.getByTestId('project-map').waitFor();
    await page.getByTestId('rail-data').click();
    const dataPage = await scrolled(page, page.getByTestId('middle'), seconds / 2);
    await page.getByTestId('data').locator('tbody .link').first().click();
    await page.getByTestId('inspector-all-rows').click();
    const rows = page.getByTestId('evidence-table').getByRole('listbox');
    await rows.waitFor();
    const wheel = await scrolled(page, rows, seconds);
    const bar = await jumped(page, seconds);
    const sort = await settled(page, () => page.getByTestId('evidence-sort-text').click());
    const filter = await settled(page, () => page.getByTestId('evidence-filter').fill('(77'));
    return { rows: Number(values.rows), seconds, data_page: dataPage, wheel, bar, sort, filter };
  });
};

/** Turns the wheel over a place, sixty times a second. */
async function scrolled(page: Page, place: ReturnType<Page['locator']>, seconds: number) {
  await place.hover();
  const framesSince = await watchFrames(page);
  const until = performance.now() + seconds * 1000;
  while (performance.now() < until) {
    await page.mouse.wheel(0, WHEEL_PIXELS);
    await page.waitForTimeout(BETWEEN_TURNS_MS);
  }
  return frameFigures(await framesSince());
}

/** Pulls the bar over the whole list, as far at each frame as a person's hand would. */
async function jumped(page: Page, seconds: number) {
  const framesSince = await watchFrames(page);
  await page.evaluate(async (milliseconds) => {
    const list = document.querySelector('[data-testid="evidence-table"] [role="listbox"]');
    if (list === null) throw new Error('no rows');
    const start = performance.now();
    for (let share = 0; share < 1; ) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      share = (performance.now() - start) / milliseconds;
      list.scrollTop = Math.min(1, share) * list.scrollHeight;
    }
  }, seconds * 1000);
  return frameFigures(await framesSince());
}

/** Does something that rearranges the rows, until the first of them stands. */
async function settled(page: Page, act: () => Promise<void>) {
  const framesSince = await watchFrames(page);
  const before = performance.now();
  const answered = page.waitForResponse(
    (response) => response.request().postData()?.startsWith('{"name":"project.rows"') === true,
  );
  await act();
  await answered;
  const first = page.getByTestId('evidence-table').getByRole('option').first().locator('.evidence-text');
  await first.filter({ hasText: /\(\d+\)/ }).waitFor();
  return { ms: performance.now() - before, ...frameFigures(await framesSince()) };
}
