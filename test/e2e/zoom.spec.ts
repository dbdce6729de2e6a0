import { expect, type Page } from '@playwright/test';
import { STAGE_IDS } from '../../shared/contract/stage.ts';
import { openPage, PAGES } from './pages.ts';
import { walkPasswords } from './password-walk.ts';
import { createProject, showIn } from './screen.ts';
import { STAGE_STEPS } from './stage-steps.ts';
import { test } from './workbench.ts';

/** What is cut off without a way to scroll to it, and controls that no scrolling brings into the window. */
function lost(): string[] {
  const name = (element: Element) =>
    `${element.tagName.toLowerCase()}.${element.className.toString().split(' ').slice(0, 2).join('.')} “${((element instanceof HTMLInputElement ? element.value || element.placeholder : element.textContent) ?? '').slice(0, 40)}”`;
  const isSeen = (element: Element) =>
    element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
    element.closest('.visually-hidden, [aria-hidden="true"]') === null;
  const found: string[] = [];
  const wider = (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth;
  if (wider > 0) found.push(`the window is ${wider} px too narrow`);
  const root = document.querySelector('#root');
  for (const element of root?.querySelectorAll('*') ?? []) {
    if (!isSeen(element) || element instanceof SVGElement || element.closest('.ant-table-measure-row') !== null)
      continue;
    const style = getComputedStyle(element);
    const cuts = ['hidden', 'clip'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
    const saysSo = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
    const scrollsBeside = element.matches('.ant-table-header, .ant-table-content, .ant-segmented-group');
    // What somebody typed moves with the caret.
    const isTyped = element instanceof HTMLInputElement && element.value !== '';
    if (cuts && !saysSo && !scrollsBeside && !isTyped && element.clientWidth > 0)
      found.push(`cut off: ${name(element)}`);
  }
  for (const control of root?.querySelectorAll('button, a[href], input, select, textarea, [role="button"]') ?? []) {
    if (!isSeen(control)) continue;
    control.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    const { left, right, top, bottom } = control.getBoundingClientRect();
    const middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
    if (right > left && (middle.x < 0 || middle.x > window.innerWidth || middle.y < 0 || middle.y > window.innerHeight))
      found.push(`out of reach: ${name(control)}`);
  }
  return found;
}

async function openInMenu(page: Page, ...entries: readonly string[]): Promise<void> {
  await page.getByTestId('open-rail').click();
  for (const entry of entries) {
    const link = page.getByTestId(`rail-${entry}`);
    if (entry !== entries.at(-1) && (await page.getByTestId(`rail-${entries.at(-1)}`).isVisible())) continue;
    await link.click();
  }
  await expect(page.getByTestId(`rail-${entries.at(-1)}`)).toBeHidden();
}

for (const language of ['zh-CN', 'en'] as const) {
  test.describe(() => {
    test.use({ viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
    test(`in ${language}, at 200 % of 1280 pixels nothing is cut off or out of reach on any page or step`, async ({
      workbenchPage: page,
    }) => {
      await showIn(page, language);
      expect(await page.evaluate(lost)).toEqual([]);
      await createProject(page, 'A');
      for (const place of PAGES) {
        await openPage(page, place, (entry) => openInMenu(page, entry));
        expect.soft(await page.evaluate(lost), place.name).toEqual([]);
      }
      for (const stage of STAGE_IDS)
        for (const step of STAGE_STEPS[stage]) {
          await openInMenu(page, stage, `${stage}-${step}`);
          await expect(page.getByTestId(`step-${stage}-${step}`)).toBeVisible();
          expect.soft(await page.evaluate(lost), `${stage}.${step}`).toEqual([]);
        }
    });

    test(`in ${language}, at 200 % nothing is cut off or out of reach where a password is asked for`, async ({
      workbenchPage: page,
    }) => {
      await showIn(page, language);
      await walkPasswords(page, async (where) => {
        expect.soft(await page.evaluate(lost), where).toEqual([]);
      });
    });
  });
}
