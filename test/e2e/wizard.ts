import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Output, RequestName } from '../../shared/contract/index.ts';
import { askHost, showIn } from './screen.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Opens a step with the rail. */
export async function openStep(page: Page, stage: string, step: string): Promise<void> {
  const entry = page.getByTestId(`rail-${stage}-${step}`);
  if (!(await entry.isVisible())) await page.getByTestId(`rail-${stage}`).click();
  await entry.click();
  await expect(entry).toHaveAttribute('aria-current', 'step');
}

/** Presses what starts a job, waits until the engine has done it, and gives the job's id. */
export async function runJob(page: Page, request: RequestName, button: Locator): Promise<string> {
  const jobId = await startJob(page, request, button);
  await jobDone(page, jobId);
  return jobId;
}

/** Presses what starts a job, and gives the job's id as soon as the engine has taken it. */
export async function startJob(page: Page, request: RequestName, button: Locator): Promise<string> {
  const answered = page.waitForResponse((response) => nameOf(response.request().postData()) === request);
  await button.click();
  const reply = (await (await answered).json()) as { ok: boolean; value?: { jobId: string } };
  expect(reply).toMatchObject({ ok: true });
  return reply.value?.jobId ?? '';
}

function nameOf(body: string | null): string | null {
  return body?.startsWith('{"name":') ? (JSON.parse(body) as { name: string }).name : null;
}

export async function jobDone(page: Page, jobId: string): Promise<void> {
  await expect
    // A training beside another takes minutes.
    .poll(async () => (await askHost(page, 'jobs.get', { jobId })).state.type, { timeout: 600_000 })
    .toMatch(/^(succeeded|failed|cancelled|interrupted)$/);
  expect((await askHost(page, 'jobs.get', { jobId })).state).toMatchObject({ type: 'succeeded' });
}

/** Types a number as a person does; leaving the field makes it count. */
export async function typeNumber(field: Locator, value: string): Promise<void> {
  await field.fill(value);
  await field.press('Tab');
}

/** The row of a table that stands for this id. */
export function tableRow(table: Locator, id: string): Locator {
  return table.locator(`tr[data-row-key="${id}"]`);
}

/** The row of a table in pages, on the page that it stands on. */
export async function findRow(table: Locator, id: string): Promise<Locator> {
  await expect(table.locator('tbody tr.ant-table-row').first()).toBeVisible();
  const row = tableRow(table, id);
  const pages = table.page().locator('.ant-table-wrapper').filter({ has: table }).locator('.ant-pagination-item');
  const count = await pages.count();
  for (let page = 0; page < count && !(await row.isVisible()); page++) {
    await pages.nth(page).click();
    await expect(pages.nth(page)).toHaveClass(/ant-pagination-item-active/);
  }
  return row;
}

/** Numbers as they stand in a text: thin spaces and the minus sign taken back, the unit left out. */
function numbersIn(text: string): string[] {
  return [
    ...text
      .replaceAll('\u202f', '')
      .replaceAll('−', '-')
      .matchAll(/-?\d+(?:\.\d+)?/g),
  ].map(([number]) => number);
}

/** Holds the numbers of an element, in their order, against the engine's at the decimals of the screen. */
export async function expectNumbers(
  element: Locator,
  values: readonly (number | null)[],
  decimals: number,
  scale = 1,
): Promise<void> {
  const wanted = values.flatMap((value) =>
    value === null ? [] : [(value * scale).toFixed(decimals).replace(/^-(0\.?0*)$/, '$1')],
  );
  await expect.poll(async () => numbersIn(await element.innerText())).toEqual(wanted);
}

/** Opens a count: it is the engine's, and the list that opens has exactly so many rows. */
export async function expectRows(page: Page, count: Locator, value: number): Promise<void> {
  await expectNumbers(count, [value], 0);
  await count.click();
  const list = page.getByTestId('evidence-table');
  await expect(list).toHaveAttribute('data-total', String(value));
  await expect(list.getByRole('option').first()).not.toHaveText(/…/);
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
}

/** Texts are texts, nothing is wider than the screen, nothing failed: in both languages, ending in the one it began with. */
export async function expectSound(page: Page, foreignWords = true): Promise<void> {
  const before = (await page.locator('html').getAttribute('lang')) === 'en' ? 'en' : 'zh-CN';
  for (const language of [before === 'en' ? 'zh-CN' : 'en', before] as const) {
    await showIn(page, language);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    const words = await page.locator('#root').innerText();
    expect(words).not.toMatch(/\[\[|\b(?:stage|error|evidence|stamp|jobs|inspector|unit|chart)\.[a-z][\w-]*/);
    if (!foreignWords && language === 'en') expect(words.replaceAll('中文', '')).not.toMatch(/[一-鿿]/u);
    const wider = await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth);
    expect(wider, `${language}: wider than the screen`).toBeLessThanOrEqual(0);
    await expect(page.getByTestId('error-notice')).toHaveCount(0);
  }
}

/** The slots that no longer stand, by name. */
export async function staleSlots(page: Page): Promise<string[]> {
  const artifacts = await askHost(page, 'project.artifacts', {});
  return artifacts.flatMap(({ slot, stale }) => (stale.length > 0 ? [slot] : [])).sort();
}

/** Asks the terminal command, in a process of its own, about a project that is closed. */
export async function askCommand<N extends RequestName>(file: string, name: N, input: unknown): Promise<Output<N>> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(ROOT, 'electron', 'cli', 'csw.ts'), 'call', file, name, JSON.stringify(input)],
    { maxBuffer: 1e8 },
  );
  return JSON.parse(stdout) as Output<N>;
}
