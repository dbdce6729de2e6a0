import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { SILENT_BROWSER_OPTIONS } from '../electron/hosting/chromium.ts';
import { findChromium } from './chromium.ts';

/** `node scripts/gallery.ts [--out DIR] [--project FILE.csw] [--only SCREEN,…] [--looks zh-CN-light,en-dark,…] [--size 1280x800]`: a picture of every screen, in Chinese and English, light and dark, on the sample project or on a copy of another one. */

const ROOT = join(import.meta.dirname, '..');
const START_MS = 120_000;
const SETTLE_MS = 900;
const JOBS_MS = 600_000;

const SCREENS: readonly string[] = [
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
  'adaptation-scenarios',
  'adaptation-recipe',
  'adaptation-tests',
  'adaptation-matrix',
  'landing-goals',
  'landing-solution',
  'landing-package',
  'landing-pilot',
  'service-tickets',
  'service-rounds',
  'service-monitoring',
  'service-improvement',
  'data',
  'jobs',
  'reports',
  'audit',
  'settings',
];

const LANGUAGES = ['zh-CN', 'en'] as const;
const THEMES = ['light', 'dark'] as const;
const LOOKS = LANGUAGES.flatMap((language) => THEMES.map((theme) => `${language}-${theme}`));
const HEADER_PIXELS = 44;

interface Wanted {
  readonly out: string;
  /** File name of the project in the host's folder; null: the sample. */
  readonly project: string | null;
  readonly screens: readonly string[];
  readonly looks: readonly string[];
  readonly size: { readonly width: number; readonly height: number };
}

type Ask = (name: string, input: unknown, projectId?: string) => Promise<unknown>;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'out/gallery' },
      project: { type: 'string' },
      only: { type: 'string' },
      looks: { type: 'string' },
      size: { type: 'string', default: '1280x800' },
    },
  });
  const [width = 1280, height = 800] = values.size.split('x').map(Number);
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium-family browser was found');
  const out = resolve(values.out);
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'gallery-'));
  const projects = join(folder, 'projects');
  if (values.project !== undefined) {
    mkdirSync(projects, { recursive: true });
    copyFileSync(values.project, join(projects, basename(values.project)));
  }
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
    await takeAll(browser, redirect, {
      out,
      project: values.project === undefined ? null : join(projects, basename(values.project)),
      screens: values.only?.split(',') ?? ['home', ...SCREENS],
      looks: values.looks?.split(',') ?? LOOKS,
      size: { width, height },
    });
    await browser.close();
  } finally {
    const ended = new Promise((end) => host.once('exit', end));
    host.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function takeAll(browser: Browser, redirect: string, wanted: Wanted): Promise<void> {
  const page = await browser.newPage({ viewport: wanted.size });
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
  const show = async (language: string, theme: string, ready: string) => {
    await ask('app.changeSettings', { ...settings, language, theme });
    await page.reload();
    await page.getByTestId(ready).waitFor();
  };
  for (const language of LANGUAGES) {
    const themes = THEMES.filter((theme) => wanted.looks.includes(`${language}-${theme}`));
    if (themes.length === 0) continue;
    for (const theme of themes) {
      await show(language, theme, 'home');
      if (wanted.screens.includes('home')) await picture(page, wanted.out, `home-${language}-${theme}`);
    }
    if (wanted.project === null) await page.getByTestId('open-sample').click();
    else await page.locator(`[title="${wanted.project}"]`).first().click();
    await page.getByTestId('project-map').waitFor({ timeout: JOBS_MS });
    await page.getByTestId('running-job').waitFor({ state: 'detached', timeout: JOBS_MS });
    for (const theme of themes) {
      await show(language, theme, 'bottom-bar');
      for (const screen of SCREENS.filter((id) => wanted.screens.includes(id))) {
        const stage = screen.split('-')[0] ?? '';
        const entry = page.getByTestId(`rail-${screen}`);
        if (!(await entry.isVisible())) await page.getByTestId(`rail-${stage}`).click();
        if (await entry.isVisible()) await entry.click();
        await picture(page, wanted.out, `${screen}-${language}-${theme}`);
      }
    }
    await page.getByTestId('close-project').click();
  }
}

/** A picture of the window, and one of the whole page where it is longer than the window. */
async function picture(page: Page, out: string, name: string): Promise<void> {
  await page.waitForTimeout(SETTLE_MS);
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overhang > 0) console.error(`${name}: ${overhang} px wider than the window`);
  await page.screenshot({ path: join(out, `${name}.png`) });
  const size = page.viewportSize();
  const content = await page.evaluate(() => document.querySelector('main')?.scrollHeight ?? 0);
  if (size === null || content <= size.height - HEADER_PIXELS) return;
  await page.setViewportSize({ width: size.width, height: content + 2 * HEADER_PIXELS });
  await page.waitForTimeout(SETTLE_MS / 3);
  await page.screenshot({ path: join(out, `${name}-whole.png`) });
  await page.setViewportSize(size);
}

await main();
