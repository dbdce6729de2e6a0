import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { test as base, type Page } from '@playwright/test';

const ROOT = join(import.meta.dirname, '..', '..');
const START_MS = 120_000;

export interface RunningWorkbench {
  /** The private page that leads to the host; it is removed once the browser has shown its token. */
  readonly redirectFile: string;
  readonly projectsFolder: string;
}

interface Problems {
  /** Errors of the page: exceptions, console errors, and what the content security policy stopped. */
  readonly errors: string[];
  /** Addresses beyond the host that the page tried to reach. */
  readonly foreign: string[];
}

/** Styles that the component library writes without the nonce: cosmetic, known, and no others are let pass. */
const KNOWN_STYLE_VIOLATIONS = /Content Security Policy directive.*style-src-elem/;

function watch(page: Page, problems: Problems): void {
  page.on('pageerror', (error) => problems.errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !KNOWN_STYLE_VIOLATIONS.test(message.text()))
      problems.errors.push(message.text());
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    const own = url.hostname === '127.0.0.1' || ['file:', 'data:', 'blob:'].includes(url.protocol);
    if (!own) problems.foreign.push(request.url());
  });
}

/** A test with a workbench of its own, started as a person starts it, and a page that has opened it. */
export const test = base.extend<{ workbench: RunningWorkbench; problems: Problems; workbenchPage: Page }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  workbench: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'csw-e2e-'));
    const projectsFolder = join(folder, 'projects');
    const child = spawn('node', ['scripts/start.ts', '--no-open', '--folder', projectsFolder], {
      cwd: ROOT,
      env: {
        ...process.env,
        SUCCESS_WORKBENCH_HOME: join(folder, 'user'),
        SUCCESS_WORKBENCH_VERIFY: '1',
        LANG: 'zh_CN.UTF-8',
        LC_ALL: 'zh_CN.UTF-8',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const redirectFile = await redirectFileOf(child);
    await use({ redirectFile, projectsFolder });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  },
  problems: async ({ page }, use) => {
    const problems: Problems = { errors: [], foreign: [] };
    watch(page, problems);
    await use(problems);
  },
  workbenchPage: async ({ page, workbench, problems }, use) => {
    await page.goto(`file://${workbench.redirectFile}`);
    await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\//);
    await use(page);
    // What every test of a screen must hold, whatever else it looks at.
    base.expect(problems).toEqual({ errors: [], foreign: [] });
  },
});

function redirectFileOf(child: ChildProcessByStdio<null, Readable, null>): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    const patience = setTimeout(() => reject(new Error(`the workbench did not start:\n${output}`)), START_MS);
    child.on('exit', (code) => reject(new Error(`the workbench ended with ${code}:\n${output}`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const path = /^\S+open\.html$/m.exec(output)?.[0];
      if (path === undefined) return;
      clearTimeout(patience);
      resolve(path);
    });
  });
}

export const { expect } = base;
