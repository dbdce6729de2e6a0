import type { Locator, Page } from '@playwright/test';
import { TOUR_STOPS, type TourStop } from '../../shared/help/tour.ts';
import { askHost, showIn } from './screen.ts';
import { expect, test } from './workbench.ts';

/** What the start page promises: f1 in three minutes, a model in ten. Held at ten times, because a machine that runs tests is no measure. */
const F1_MS = 180_000;
const MODEL_MS = 600_000;
const SLACK = 10;
/** From the offer to f1: start, open the sample, and one press for each stop between. */
const MOST_CLICKS_F1 = 2 + TOUR_STOPS.indexOf('needs') - TOUR_STOPS.indexOf('map');
/** From f1 on: one press for each stop, the two that the stops ask for, and the run itself. */
const MOST_CLICKS_MODEL = MOST_CLICKS_F1 + TOUR_STOPS.indexOf('read') - TOUR_STOPS.indexOf('needs') + 3;
const OPEN_MS = 900_000;

const strip = (page: Page) => page.getByTestId('tour');

/** The stop stands there with all it has to say, and what it points at is on the screen and not covered by it. */
async function expectStop(page: Page, stop: TourStop, language: 'zh-CN' | 'en'): Promise<void> {
  await expect(strip(page)).toHaveAttribute('data-stop', stop);
  await expect(strip(page), `${stop}: nothing is pointed at`).not.toHaveAttribute('data-target', '');
  const target = page.locator('[data-tour="here"]');
  await expect(target, stop).toHaveCount(1);
  await expect(target, stop).toBeInViewport();
  // Both in one moment: the strip may change its height from stop to stop.
  const { overlap, height } = await strip(page).evaluate((panel) => {
    const box = panel.getBoundingClientRect();
    const bottom = document.querySelector('main')?.getBoundingClientRect().bottom ?? 0;
    return { overlap: bottom - box.top, height: box.height };
  });
  expect(overlap, `${stop}: the strip covers the screen`).toBeLessThanOrEqual(1);
  expect(height, `${stop}: the strip takes too much room`).toBeLessThan(240);
  const parts = await strip(page).locator('dd').allInnerTexts();
  expect(parts.length, stop).toBe(4);
  for (const part of parts) expect(part.trim(), stop).not.toBe('');
  const words = await strip(page).innerText();
  expect(words, stop).not.toMatch(/\[\[|tour\.|help\./);
  if (language === 'en') expect(words, stop).not.toMatch(/[一-鿿]/u);
  else expect(words, stop).toMatch(/[一-鿿]/u);
}

test('a newcomer is led from the start page to f1, to a tuned model and through the whole method, in Chinese and in English', async ({
  workbenchPage: page,
}) => {
  test.setTimeout(MODEL_MS * SLACK);
  const began = Date.now();
  let clicks = 0;
  const click = async (what: Locator) => {
    await what.click();
    clicks += 1;
  };
  const press = (id: string) => click(page.getByTestId(id));

  await expect(page.getByTestId('tour-offer')).toBeVisible();
  await press('tour-start');
  await expectStop(page, 'start', 'zh-CN');
  await press('tour-open-sample');
  await expect(page.getByTestId('project-map')).toBeVisible({ timeout: OPEN_MS });
  for (const stop of TOUR_STOPS.slice(TOUR_STOPS.indexOf('map'), TOUR_STOPS.indexOf('needs'))) {
    await expectStop(page, stop, 'zh-CN');
    await press('tour-next');
  }
  await expect(page.getByTestId('demand-needs-table')).toBeVisible({ timeout: OPEN_MS });
  await expectStop(page, 'needs', 'zh-CN');
  const tookMs = Date.now() - began;
  console.log(`from the start page to f1: ${(tookMs / 1000).toFixed(0)} s, ${clicks} clicks (promised: 180 s)`);
  expect(clicks).toBeLessThanOrEqual(MOST_CLICKS_F1);
  expect(tookMs).toBeLessThan(F1_MS * SLACK);

  // Left and come back to: it goes on where it was, after a reload too.
  await page.getByTestId('tour-leave').click();
  await expect(strip(page)).toHaveCount(0);
  await page.getByTestId('rail-help').click();
  await page.reload();
  await page.getByTestId('help-tour').getByRole('button').first().click();
  await expectStop(page, 'needs', 'zh-CN');
  await press('tour-next');
  await expectStop(page, 'interval', 'zh-CN');
  await press('tour-next');

  // A number opens to its rows.
  await expectStop(page, 'open', 'zh-CN');
  await click(page.locator('[data-tour="here"]'));
  await expect(page.getByTestId('inspector')).toBeVisible();
  await expect(strip(page)).toContainText('✓');
  await press('tour-next');
  await expectStop(page, 'rows', 'zh-CN');
  await press('inspector-all-rows');
  await expect(page.getByTestId('evidence-table')).toBeVisible();
  await page.keyboard.press('Escape');

  // A model is trained at the press of the button that the stop names; until it is there, nothing on the screen asks for another.
  for (const stop of ['locked', 'floors', 'train'] as const) {
    await press('tour-next');
    if (stop !== 'locked')
      await expect(page.getByTestId('competitiveness-models-floors-card')).toBeVisible({ timeout: OPEN_MS });
    await expectStop(page, stop, 'zh-CN');
  }
  await press('tour-short-run');
  await expect(page.getByTestId('competitiveness-job-R1')).toBeVisible();
  await expect(page.getByTestId('tour-short-run')).toHaveCount(0);
  await press('tour-next');
  await expectStop(page, 'read', 'zh-CN');
  await expect(page.getByTestId('tour-not-yet')).toBeVisible();
  const waiting = page.getByTestId('competitiveness-models-runs').getByTestId('empty-state');
  await expect(waiting).toHaveAttribute('data-under-way', 'true');
  const tuned = page.getByTestId('competitiveness-run-R1');
  await expect(tuned).toBeVisible({ timeout: MODEL_MS * SLACK });
  await expect(tuned).toBeInViewport();
  await expect(page.getByTestId('tour-not-yet')).toHaveCount(0);
  const modelMs = Date.now() - began;
  console.log(
    `from the start page to a tuned model: ${(modelMs / 1000).toFixed(0)} s, ${clicks} clicks (promised: 600 s)`,
  );
  expect(clicks).toBeLessThanOrEqual(MOST_CLICKS_MODEL);
  expect(modelMs).toBeLessThan(MODEL_MS * SLACK);
  const run = (await askHost(page, 'competitiveness.run', { runId: 'R1' }))?.result;
  // It has learned: its whole interval lies far above the largest class.
  const floors = (await askHost(page, 'competitiveness.floors', {}))?.result.floors ?? [];
  const majority = floors.find(({ id }) => id === 'majority')?.evaluation.accuracy.high ?? 1;
  expect(run?.kind).toBe('tuned');
  expect(run?.test.accuracy.low).toBeGreaterThan(2 * majority);

  // The rest of the sample would build on it.
  for (const stop of TOUR_STOPS.slice(TOUR_STOPS.indexOf('read'), -1)) {
    await expectStop(page, stop, 'zh-CN');
    if (stop === 'rest') {
      const { project } = await askHost(page, 'project.overview', {});
      expect(await askHost(page, 'app.sampleRest', { projectId: project.id })).toMatchObject({
        state: 'idle',
        done: 1,
      });
      await expect(page.getByTestId('sample-rest-play')).toBeVisible();
    }
    await page.getByTestId('tour-next').click();
  }
  await expectStop(page, 'end', 'zh-CN');
  await page.getByTestId('tour-next').click();
  await expect(strip(page)).toHaveCount(0);
  await page.getByTestId('close-project').click();
  await expect(page.getByTestId('home')).toBeVisible();
  await expect(page.getByTestId('tour-offer')).toHaveCount(0);

  // A trainer starts over, in English and with the keyboard alone.
  await showIn(page, 'en');
  await page.getByTestId('top-help').click();
  await page.getByTestId('tour-restart').click();
  await expectStop(page, 'start', 'en');
  await page.locator('.file-list button').first().click();
  for (const stop of TOUR_STOPS.slice(1)) {
    await expectStop(page, stop, 'en');
    await page.getByTestId('tour-next').focus();
    await page.keyboard.press('Enter');
  }
  await expect(strip(page)).toHaveCount(0);
  expect((await askHost(page, 'app.guide', {})).tour).toEqual({ state: 'finished', stop: null });
});

test('the offer can be dismissed for good, and the tour be left with Escape', async ({ workbenchPage: page }) => {
  await page.getByTestId('tour-start').click();
  await expect(strip(page).getByRole('heading')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(strip(page)).toHaveCount(0);
  await expect(page.getByTestId('tour-resume')).toBeVisible();
  await page.getByTestId('tour-dismiss').click();
  await expect(page.getByTestId('tour-offer')).toHaveCount(0);
  await page.reload();
  await expect(page.getByTestId('home')).toBeVisible();
  await expect(page.getByTestId('tour-offer')).toHaveCount(0);
});
