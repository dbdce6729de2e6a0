import { expect, type Page } from '@playwright/test';
import { STAGE_IDS } from '../../shared/contract/stage.ts';
import { expectAccessible } from './axe.ts';
import { expectTabReaches } from './keyboard.ts';
import { STAGE_STEPS } from './stage-steps.ts';
import { openStep } from './wizard.ts';

/** Counts and numbers of a step that are opened; steps with hundreds of them would take minutes. */
const OPENED_PER_STEP = 3;
const TEXT_KEY = /\[\[|\b(?:stage|error|evidence|stamp|jobs|inspector|unit|chart|report)\.[a-z][\w-]*\.[a-z]/;

export interface Walked {
  /** Steps that were opened, as `stage.step`. */
  readonly steps: string[];
  /** Counts that opened as many rows as they say. */
  rowsOpened: number;
  /** Numbers that opened with their chain. */
  numbersOpened: number;
}

/** Opens every step of every wizard in the language that is shown: nothing fails, nothing is wider than the window, no text is missing, axe finds nothing;
 *  counts open exactly as many rows, and numbers open in the panel with the artifact that they come from. */
export async function walkAllSteps(page: Page): Promise<Walked> {
  const walked: Walked = { steps: [], rowsOpened: 0, numbersOpened: 0 };
  const english = (await page.locator('html').getAttribute('lang')) === 'en';
  for (const stage of STAGE_IDS)
    for (const step of STAGE_STEPS[stage]) {
      await openStep(page, stage, step);
      const content = page.getByTestId(`step-${stage}-${step}`);
      await expect(content, `${stage}.${step}`).toBeVisible();
      await expect(page.getByTestId('error-notice'), `${stage}.${step}`).toHaveCount(0);
      const words = await page.locator('#root').innerText();
      expect(words, `${stage}.${step}`).not.toMatch(TEXT_KEY);
      const heading = (await content.getByRole('heading').first().innerText()).trim();
      expect(/[一-鿿]/u.test(heading), `${stage}.${step}: “${heading}”`).toBe(!english);
      const wider = await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth);
      expect(wider, `${stage}.${step}: wider than the window`).toBeLessThanOrEqual(0);
      await expectAccessible(page, `${stage}.${step}`);
      await expectTabReaches(page, `${stage}.${step}`);
      walked.rowsOpened += await openCounts(page, `${stage}.${step}`);
      walked.numbersOpened += await openNumbers(page, `${stage}.${step}`);
      walked.steps.push(`${stage}.${step}`);
    }
  return walked;
}

/** Opens some of the counts of the step shown; each opens as many rows as it says. */
async function openCounts(page: Page, where: string): Promise<number> {
  const links = page.getByTestId('middle').getByTestId('evidence-link').locator('visible=true');
  const total = await links.count();
  const picked = [...new Set([0, Math.floor(total / 2), total - 1])].filter((at) => at >= 0 && at < total);
  for (const at of picked.slice(0, OPENED_PER_STEP)) {
    const link = links.nth(at);
    const count = (await link.innerText()).replaceAll(/[^\d]/g, '');
    await link.click();
    const list = page.getByTestId('evidence-table');
    await expect(list, `${where}: count ${count}`).toHaveAttribute('data-total', count);
    await page.keyboard.press('Escape');
    await expect(list).toHaveCount(0);
  }
  return Math.min(picked.length, OPENED_PER_STEP);
}

/** Opens the first number of the step shown; the panel names what it was made from. */
async function openNumbers(page: Page, where: string): Promise<number> {
  const numbers = page.getByTestId('middle').locator('.inspected').locator('visible=true');
  if ((await numbers.count()) === 0) return 0;
  await numbers.first().click();
  const panel = page.getByTestId('inspector');
  await expect(panel, where).toBeVisible();
  await expect(panel.locator('.chain li').first(), `${where}: chain`).toBeVisible();
  return 1;
}
