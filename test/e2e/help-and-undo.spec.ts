import type { Page } from '@playwright/test';
import { STAGE_IDS } from '../../shared/contract/stage.ts';
import { GLOSSARY_TERMS } from '../../shared/help/glossary.ts';
import { createProject, showIn } from './screen.ts';
import { openStep } from './wizard.ts';
import { expect, test } from './workbench.ts';

const goals = (page: Page) => page.getByTestId('step-landing-goals');

async function saveGoal(page: Page, title: string): Promise<void> {
  await page.getByTestId('landing-goal-new').first().click();
  await page.getByTestId('landing-goal-title').fill(title);
  await page.getByTestId('landing-goal-kpi').fill('Share answered');
  await page.getByTestId('landing-goal-baseline').fill('50');
  await page.getByTestId('landing-goal-target').fill('60');
  await page.getByTestId('landing-goal-save').click();
  await expect(goals(page)).toContainText(title);
}

test('a removed goal comes back at a press, again with the keyboard, and from the history after the project was closed', async ({
  workbenchPage: page,
}) => {
  await createProject(page, 'Bank');
  await showIn(page, 'en');
  await openStep(page, 'landing', 'goals');
  await saveGoal(page, 'Answers at once');
  await expect(page.getByTestId('undo-line')).toContainText('Done: saving a goal (Goal G1)');
  const remove = async () => {
    await goals(page).getByRole('button', { name: 'Remove' }).first().click();
    await page.locator('.ant-popconfirm-buttons .ant-btn-dangerous').click();
    await expect(page.getByTestId('undo-line')).toContainText('removing a goal');
    await expect(goals(page)).not.toContainText('Answers at once');
  };
  await remove();
  await page.getByTestId('undo').click();
  await expect(goals(page)).toContainText('Answers at once');
  await expect(page.getByTestId('undo-line')).toContainText('Undone: removing a goal');
  await page.getByTestId('redo').click();
  await expect(goals(page)).not.toContainText('Answers at once');
  await page.getByTestId('skip').focus();
  await page.keyboard.press('Control+z');
  await expect(goals(page)).toContainText('Answers at once');

  // Arrows move down and up a column of the table, and leave it alone at its ends.
  await saveGoal(page, 'Fewer questions');
  const edit = (id: string) => page.getByTestId(`landing-goal-edit-${id}`);
  await edit('G1').focus();
  await page.keyboard.press('ArrowDown');
  await expect(edit('G2')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(edit('G2')).toBeFocused();
  await page.keyboard.press('Home');
  await expect(edit('G1')).toBeFocused();

  await remove();
  await page.getByTestId('close-project').click();
  await page.locator('.file-list button').first().click();
  await page.getByTestId('rail-data').click();
  await page.getByTestId('put-back-landing.goal:G1').click();
  await expect(page.getByTestId('removed')).toHaveCount(0);
  await openStep(page, 'landing', 'goals');
  await expect(goals(page)).toContainText('Answers at once');
});

test('every step of an empty project explains itself once, then in one line, and says what it will show', async ({
  workbenchPage: page,
}) => {
  await createProject(page, 'Bank');
  await showIn(page, 'en');
  const steps: string[] = [];
  for (const stage of STAGE_IDS) {
    await page.getByTestId(`rail-${stage}`).click();
    for (const entry of await page.locator(`[data-testid^="rail-${stage}-"]`).all()) {
      const step = (await entry.getAttribute('data-testid'))?.replace(`rail-${stage}-`, '') ?? '';
      await entry.click();
      const content = page.getByTestId(`step-${stage}-${step}`);
      await expect(content).toBeVisible();
      const guide = content.getByTestId('step-guide');
      await expect(guide).toHaveAttribute('data-open', 'true');
      await expect(guide.locator('dd')).toHaveCount(4);
      expect((await guide.innerText()).replaceAll('中文', ''), `${stage}.${step}`).not.toMatch(/\[\[|guide\.|[一-鿿]/u);
      const empty = content.getByTestId('empty-state').first();
      if (!FORMS_FIRST.has(`${stage}.${step}`)) await expect(empty, `${stage}.${step}: no empty state`).toBeVisible();
      steps.push(`${stage}.${step}`);
    }
  }
  expect(steps.length).toBe(23);
  await page.reload();
  await openStep(page, 'demand', 'clean');
  const guide = page.getByTestId('step-demand-clean').getByTestId('step-guide');
  await expect(guide).toHaveAttribute('data-open', 'false');
  expect((await guide.boundingBox())?.height ?? 99).toBeLessThan(30);
  await guide.getByRole('button').first().click();
  await expect(guide).toHaveAttribute('data-open', 'true');
});

/** Steps that begin with what can be done at once. */
const FORMS_FIRST: ReadonlySet<string> = new Set(['demand.import']);

test('words explain themselves where they stand, in the glossary, and from the palette', async ({
  workbenchPage: page,
}) => {
  await createProject(page, 'Bank');
  await showIn(page, 'en');
  await openStep(page, 'demand', 'needs');
  const term = page.locator('.term[data-term="interval"]').first();
  await term.focus();
  await expect(page.getByRole('tooltip')).toContainText('The narrower, the surer');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('term-interval')).toBeInViewport();
  await expect(page.locator('.glossary-entry')).toHaveCount(GLOSSARY_TERMS.length);
  expect(await page.getByTestId('glossary').innerText()).not.toMatch(/\bglossary\.|\[\[|[一-鿿]/u);
  await page.getByTestId('glossary-search').fill('promoter');
  await expect(page.locator('.glossary-entry')).toHaveCount(1);
  await page.getByTestId('term-nps').getByRole('button').first().click();
  await expect(page.getByTestId('step-demand-drivers')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('Erlang');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('term-erlangC')).toHaveAttribute('data-chosen', 'true');
  await showIn(page, 'zh-CN');
  await page.getByTestId('glossary-search').fill('净推荐');
  await expect(page.getByTestId('term-nps')).toContainText('NPS');
});

test('the keyboard alone reaches content, steps, panel and the list of shortcuts', async ({ workbenchPage: page }) => {
  await createProject(page, 'Bank');
  await page.reload();
  await expect(page.getByTestId('project-map')).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('skip')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByTestId('step-demand-import')).toBeVisible();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(page.getByTestId('step-demand-clean')).toBeVisible();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(page.getByTestId('step-demand-import')).toBeVisible();
  await page.locator('main').focus();
  await page.keyboard.press('F6');
  await expect(page.locator('.rail')).toBeFocused();
  await page.keyboard.press('F6');
  await expect(page.locator('main')).toBeFocused();
  await page.keyboard.press('Shift+?');
  await expect(page.getByTestId('shortcut-list')).toBeVisible();
  await expect(page.getByTestId('shortcut-list').locator('kbd')).toHaveCount(10);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('shortcut-list')).toHaveCount(0);

  // In a field, no key is taken away.
  await page.getByTestId('rail-help').click();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').fill('?');
  await expect(page.getByRole('combobox')).toHaveValue('?');
  await page.keyboard.press('Control+k');
  await expect(page.getByTestId('palette')).toHaveCount(0);

  // Tab goes round the whole page and never stays where it is.
  await page.getByTestId('skip').focus();
  const met = new Set<string>();
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(() => {
      const focused = document.activeElement;
      return focused === null || focused === document.body
        ? 'none'
        : `${[...document.querySelectorAll('*')].indexOf(focused)}`;
    });
    if (met.has(at) && at !== 'none') break;
    met.add(at);
  }
  expect(met.size).toBeGreaterThan(20);
});
