import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { findChromium, SILENT_BROWSER_OPTIONS } from './chromium.ts';

/** `node scripts/gallery.ts [--out DIR] [--projects FOLDER]`: a picture of every screen, in Chinese and English, light and dark, on the sample project (or on the newest project of a folder). */

const ROOT = join(import.meta.dirname, '..');
const START_MS = 120_000;
const SETTLE_MS = 900;
const JOBS_MS = 600_000;

const SCREENS = [
  'map',
  'demand-import',
  'demand-clean',
  'demand-topics',
  'demand-drivers',
  'demand-needs',
  'competitiveness-data',
  'competitiveness-models',
  'competitiveness-compression',
  'competitiveness-experiments',
  'competitiveness-strategy',
  'adaptation',
  'data',
  'jobs',
  'reports',
  'audit',
  'settings',
] as const;

type Ask = (name: string, input: unknown, projectId?: string) => Promise<unknown>;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { out: { type: 'string', default: 'out/gallery' }, projects: { type: 'string' } },
  });
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium-family browser was found');
  const out = resolve(values.out);
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'gallery-'));
  const projects = values.projects ?? join(folder, 'projects');
  const host = spawn(process.execPath, ['scripts/start.ts', '--no-open', '--folder', projects], {
    cwd: ROOT,
    env: { ...process.env, SUCCESS_WORKBENCH_HOME: join(folder, 'user') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const redirect = await new Promise<string>((found, reject) => {
      let output = '';
      setTimeout(() => reject(new Error(`the host did not start: ${output}`)), START_MS).unref();
      host.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const path = /(\S+open\.html)/.exec(output)?.[1];
        if (path !== undefined) found(path);
      });
    });
    const browser = await chromium.launch({ executablePath, args: [...SILENT_BROWSER_OPTIONS, '--no-sandbox'] });
    await takeAll(browser, redirect, out, values.projects === undefined);
    await browser.close();
  } finally {
    const ended = new Promise((end) => host.once('exit', end));
    host.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function takeAll(browser: Browser, redirect: string, out: string, sample: boolean): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  let token = '';
  page.on('request', (request) => {
    token = request.headers()['authorization'] ?? token;
  });
  page.on('pageerror', (error) => console.error(`page: ${error.message}`));
  await page.goto(`file://${redirect}`);
  await page.getByTestId('home').waitFor();
  const ask: Ask = async (name, input, projectId) => {
    const reply = await page.evaluate(
      async ([authorization, body]) => {
        const headers = { authorization: authorization ?? '', 'content-type': 'application/json' };
        return (await (await fetch('/api/call', { method: 'POST', headers, body: body ?? '' })).json()) as {
          ok: boolean;
          value: unknown;
          error: unknown;
        };
      },
      [token, JSON.stringify({ name, input, ...(projectId === undefined ? {} : { projectId }) })] as const,
    );
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
    return reply.value;
  };
  const settings = (await ask('app.settings', {})) as object;
  const looks = (['zh-CN', 'en'] as const).flatMap((language) =>
    (['light', 'dark'] as const).map((theme) => ({ language, theme })),
  );
  for (const { language, theme } of looks) {
    await ask('app.changeSettings', { ...settings, language, theme });
    await page.reload();
    await page.getByTestId('home').waitFor();
    await picture(page, out, `home-${language}-${theme}`);
  }
  for (const language of ['zh-CN', 'en'] as const) {
    await ask('app.changeSettings', { ...settings, language, theme: 'light' });
    await page.reload();
    await page.getByTestId('home').waitFor();
    if (sample) await page.getByTestId('open-sample').click();
    else
      await page
        .locator('[data-testid^="folder-project"], [data-testid^="recent-project"], .recent button')
        .first()
        .click();
    await page.getByTestId('project-map').waitFor({ timeout: JOBS_MS });
    await page.getByTestId('running-job').waitFor({ state: 'detached', timeout: JOBS_MS });
    for (const theme of ['light', 'dark'] as const) {
      await ask('app.changeSettings', { ...settings, language, theme });
      await page.reload();
      await page.getByTestId('bottom-bar').waitFor();
      for (const screen of SCREENS) {
        const stage = screen.split('-')[0] ?? '';
        const entry = page.getByTestId(`rail-${screen}`);
        if (!(await entry.isVisible())) await page.getByTestId(`rail-${stage}`).click();
        if (await entry.isVisible()) await entry.click();
        await picture(page, out, `${screen}-${language}-${theme}`);
      }
    }
    await page.getByTestId('close-project').click();
  }
}

async function picture(page: Page, out: string, name: string): Promise<void> {
  await page.waitForTimeout(SETTLE_MS);
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overhang > 0) console.error(`${name}: ${overhang} px wider than the window`);
  await page.screenshot({ path: join(out, `${name}.png`) });
}

await main();
