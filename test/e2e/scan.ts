import { expect, type Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { openPage, PAGES } from './pages.ts';
import { openStep } from './wizard.ts';

/** Every page that is not a step. */
export async function scanPages(page: Page): Promise<void> {
  for (const place of PAGES) {
    await openPage(page, place, (entry) => page.getByTestId(`rail-${entry}`).click());
    await expectAccessible(page, place.name);
  }
}

/** What lies over or beside a screen: the panel of a number, the rows behind a count, the palette, an open list. The project has needs. */
export async function scanOverlays(page: Page): Promise<void> {
  await openStep(page, 'demand', 'needs');
  const needs = page.getByTestId('demand-needs-table');
  await needs.locator('.inspected').first().click();
  await expect(page.getByTestId('inspector').locator('.chain li').first()).toBeVisible();
  await expectAccessible(page, 'panel');
  await needs.getByTestId('evidence-link').first().click();
  const table = page.getByTestId('evidence-table');
  await table.getByRole('option').first().click();
  await expectAccessible(page, 'rows');
  await page.getByRole('dialog').getByRole('button').first().click();
  await expect(table).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByTestId('palette').getByRole('combobox').fill('a');
  await expectAccessible(page, 'palette');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('palette')).toHaveCount(0);
  await openStep(page, 'adaptation', 'tests');
  await page.getByTestId('middle').locator('.ant-select').first().click();
  await expect(page.locator('.ant-select-dropdown:visible')).toHaveCSS('opacity', '1');
  // The library puts its lists at the end of the page, outside of the landmarks.
  await expectAccessible(page, 'an open list', ['region']);
  await page.keyboard.press('Escape');
}
