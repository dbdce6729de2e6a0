import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import type { DemoSummary } from '../../electron/cli/demo.ts';
import { type Ask, findingsOf } from '../../electron/cli/demo-summary.ts';
import { plantedTruth } from '../integration/planted-truth.ts';
import { expectTabReaches } from './keyboard.ts';
import { scanOverlays, scanPages } from './scan.ts';
import { askHost, showIn } from './screen.ts';
import { walkAllSteps } from './walk.ts';
import { staleSlots } from './wizard.ts';
import { expect, test } from './workbench.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const REST_MS = 1_800_000;
const STEPS = 23;
const KEYBOARD_PAGES = ['map', 'data', 'jobs', 'reports', 'audit', 'settings', 'help'] as const;

// The two longest tests of all: beside one another.
test.describe.configure({ mode: 'parallel' });

/** Names of the checks that do not hold. */
const missed = (checks: Readonly<Record<string, boolean>>) => Object.keys(checks).filter((name) => !checks[name]);

async function expectWholeWalk(page: Page): Promise<void> {
  const walked = await walkAllSteps(page);
  expect(walked.steps).toHaveLength(STEPS);
  expect(walked.rowsOpened).toBeGreaterThan(0);
  for (const place of KEYBOARD_PAGES) {
    await page.getByTestId(`rail-${place}`).click();
    await expectTabReaches(page, place);
  }
  await scanPages(page);
  await scanOverlays(page);
}

test('in Chinese: one button plays the rest of the sample, finds what is planted, and every step of the five wizards shows it', async ({
  workbenchPage: page,
}) => {
  test.setTimeout(REST_MS);
  await showIn(page, 'zh-CN');
  await page.getByTestId('open-sample').click();
  await expect(page.getByTestId('project-map')).toBeVisible();
  const rest = page.getByTestId('sample-rest');
  await rest.getByTestId('sample-rest-play').click();
  await expect(rest.locator('[data-state]')).toHaveAttribute('data-state', 'playing');
  await expect(rest.locator('[data-state]')).toHaveAttribute('data-state', 'done', { timeout: REST_MS });

  const ask: Ask = (name, input) => askHost(page, name, input);
  expect(missed(plantedTruth(await findingsOf(ask, 'zh-CN')))).toEqual([]);
  expect(await staleSlots(page)).toEqual([]);
  const { stages } = await askHost(page, 'project.overview', {});
  expect(stages.filter(({ status }) => status !== 'done').map(({ id }) => id)).toEqual([]);
  await expectWholeWalk(page);
});

test('in English: csw demo leaves project, report, package and summary; the project opens with every step of the five wizards', async ({
  workbench,
  workbenchPage: page,
}) => {
  test.setTimeout(REST_MS);
  const out = join(workbench.filesFolder, 'demo');
  await promisify(execFile)(
    process.execPath,
    [join(ROOT, 'electron', 'cli', 'csw.ts'), 'demo', '--out', out, '--lang', 'en'],
    { maxBuffer: 1e9, cwd: workbench.filesFolder },
  );
  const summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as DemoSummary;
  expect(missed(plantedTruth(summary))).toEqual([]);
  expect(summary.package?.selfTest).toBe(true);
  for (const name of [
    'project.csw',
    'report.html',
    'package/self-test.mjs',
    ...(summary.report.pdf ? ['report.pdf'] : []),
  ])
    expect(existsSync(join(out, name)), name).toBe(true);
  if (!summary.report.pdf) expect(summary.report.pdfReason).not.toBeNull();

  mkdirSync(workbench.projectsFolder, { recursive: true });
  const file = join(workbench.projectsFolder, 'demo.csw');
  renameSync(join(out, 'project.csw'), file);
  await showIn(page, 'en');
  await page.locator('.home-path input').fill(file);
  await page.locator('.home-path button').click();
  await expect(page.getByTestId('project-map')).toBeVisible();
  await expectWholeWalk(page);
});
