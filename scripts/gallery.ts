import { spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { SILENT_BROWSER_OPTIONS } from '../electron/hosting/chromium.ts';
import { findChromium } from './chromium.ts';
import { galleryIndex, type Picture } from './gallery-index.ts';
import { makeLargeProject } from './large-project.ts';

/** `npm run gallery -- [--out DIR] [--data empty,sample,large] [--project FILE.csw] [--screens SCREEN,…] [--looks zh-CN-light,en-dark,…] [--sizes 1280x800,1920x1080]`:
 *  a picture of every screen in both languages and themes, in both sizes, without data, with the sample and with 100 000 rows (or with a copy of another project), and one page that shows them all. */

const ROOT = join(import.meta.dirname, '..');
const START_MS = 120_000;
const SETTLE_MS = 900;
const JOBS_MS = 600_000;
const LARGE_ROWS = 100_000;

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
  'adaptation-tables',
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
  'offline',
  'help',
  'glossary',
];

const LANGUAGES = ['zh-CN', 'en'] as const;
const THEMES = ['light', 'dark'] as const;
const LOOKS = LANGUAGES.flatMap((language) => THEMES.map((theme) => `${language}-${theme}`));
const HEADER_PIXELS = 44;

/** What the screens are filled with. */
interface Data {
  readonly name: string;
  /** Null: the sample, in the language of the screens. */
  readonly file: string | null;
}

interface Wanted {
  readonly out: string;
  readonly data: readonly Data[];
  readonly screens: readonly string[];
  readonly looks: readonly string[];
  readonly sizes: readonly { readonly width: number; readonly height: number }[];
}

type Ask = (name: string, input: unknown, projectId?: string) => Promise<unknown>;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'out/gallery' },
      data: { type: 'string', default: 'empty,sample,large' },
      project: { type: 'string' },
      screens: { type: 'string' },
      looks: { type: 'string' },
      sizes: { type: 'string', default: '1280x800,1920x1080' },
    },
  });
  const executablePath = findChromium();
  if (executablePath === null) throw new Error('no Chromium-family browser was found');
  const out = resolve(values.out);
  mkdirSync(out, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'gallery-'));
  const projects = join(folder, 'projects');
  mkdirSync(projects);
  const names = values.project === undefined ? values.data.split(',') : ['project'];
  if (names.includes('large')) await makeLargeProject(join(projects, 'large.csw'), LARGE_ROWS);
  if (values.project !== undefined) copyFileSync(values.project, join(projects, 'project.csw'));
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
    const pictures = await takeAll(browser, redirect, {
      out,
      data: names.map((name) => ({ name, file: name === 'sample' ? null : join(projects, `${name}.csw`) })),
      screens: values.screens?.split(',') ?? ['home', ...SCREENS],
      looks: values.looks?.split(',') ?? LOOKS,
      sizes: values.sizes.split(',').map((size) => {
        const [width = 1280, height = 800] = size.split('x').map(Number);
        return { width, height };
      }),
    });
    await browser.close();
    writeFileSync(join(out, 'index.html'), galleryIndex(pictures));
    console.log(`${pictures.length} pictures: ${join(out, 'index.html')}`);
  } finally {
    const ended = new Promise((end) => host.once('exit', end));
    host.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

async function takeAll(browser: Browser, redirect: string, wanted: Wanted): Promise<readonly Picture[]> {
  const page = await browser.newPage({ viewport: wanted.sizes[0] ?? null });
  const pictures: Picture[] = [];
  let token = '';
  page.on('request', (request) => {
    token = request.headers().authorization ?? token;
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
  const take = async (screen: string, data: string, look: string) => {
    for (const size of wanted.sizes) {
      await page.setViewportSize(size);
      const width = `${size.width}x${size.height}`;
      const files = await picture(page, wanted.out, [screen, data, look, width].join('_'));
      for (const file of files) pictures.push({ file, screen, data, look, size: width });
    }
  };
  for (const language of LANGUAGES) {
    const themes = THEMES.filter((theme) => wanted.looks.includes(`${language}-${theme}`));
    if (themes.length === 0) continue;
    for (const theme of themes) {
      await show(language, theme, 'home');
      if (wanted.screens.includes('home')) await take('home', 'start', `${language}-${theme}`);
    }
    for (const { name, file } of wanted.data) {
      await openData(page, name, file);
      for (const theme of themes) {
        await show(language, theme, 'bottom-bar');
        for (const screen of SCREENS.filter((id) => wanted.screens.includes(id))) {
          await goTo(page, screen);
          await take(screen, name, `${language}-${theme}`);
        }
        if (name === 'large' && wanted.screens.includes('data')) {
          await goTo(page, 'data');
          await page.getByTestId('data').locator('tbody .link').first().click();
          await page.getByTestId('inspector-all-rows').click();
          await page.getByTestId('evidence-table').getByRole('option').first().waitFor();
          await take('rows', name, `${language}-${theme}`);
          await page.reload();
          await page.getByTestId('bottom-bar').waitFor();
        }
      }
      await page.getByTestId('close-project').click();
      await page.getByTestId('home').waitFor();
    }
  }
  return pictures;
}

/** Opens the project of a data set from the start page; an empty one is made where there is none yet. */
async function openData(page: Page, name: string, file: string | null): Promise<void> {
  if (file === null) await page.getByTestId('open-sample').click();
  else {
    const listed = page.locator(`[title="${file}"]`).first();
    await page.getByTestId('home').waitFor();
    await page.waitForTimeout(SETTLE_MS);
    if (await listed.isVisible()) await listed.click();
    else {
      await page.getByTestId('new-name').fill(name);
      await page.getByTestId('create-project').click();
    }
  }
  await page.getByTestId('project-map').waitFor({ timeout: JOBS_MS });
  await page.getByTestId('running-job').waitFor({ state: 'detached', timeout: JOBS_MS });
}

/** Pages that another page leads to: the entry of the rail, and what to press there. */
const BEHIND: Readonly<Record<string, readonly [rail: string, button: string]>> = {
  offline: ['settings', 'open-offline'],
  glossary: ['help', 'help-glossary'],
};

async function goTo(page: Page, screen: string): Promise<void> {
  const behind = BEHIND[screen];
  if (behind !== undefined) {
    await page.getByTestId(`rail-${behind[0]}`).click();
    await page.getByTestId(behind[1]).click();
    return;
  }
  const stage = screen.split('-')[0] ?? '';
  const entry = page.getByTestId(`rail-${screen}`);
  if (!(await entry.isVisible())) await page.getByTestId(`rail-${stage}`).click();
  if (await entry.isVisible()) await entry.click();
}

/** A picture of the window, and one of the whole page where it is longer than the window; their file names. */
async function picture(page: Page, out: string, name: string): Promise<readonly string[]> {
  await page.waitForTimeout(SETTLE_MS);
  // On a busy machine an answer takes longer than a screen takes to settle.
  await page.waitForFunction(() => document.querySelector('.view-loading') === null, undefined, { timeout: JOBS_MS });
  const overhang = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overhang > 0) console.error(`${name}: ${overhang} px wider than the window`);
  await page.screenshot({ path: join(out, `${name}.png`) });
  const size = page.viewportSize();
  const content = await page.evaluate(() => document.querySelector('main')?.scrollHeight ?? 0);
  if (size === null || content <= size.height - HEADER_PIXELS) return [`${name}.png`];
  await page.setViewportSize({ width: size.width, height: content + 2 * HEADER_PIXELS });
  await page.waitForTimeout(SETTLE_MS / 3);
  await page.screenshot({ path: join(out, `${name}_whole.png`) });
  await page.setViewportSize(size);
  return [`${name}.png`, `${name}_whole.png`];
}

await main();
