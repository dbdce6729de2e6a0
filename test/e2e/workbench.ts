import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron, test as base, type Page } from '@playwright/test';
import { presentElectron } from '../../scripts/electron-binary.ts';
import type { Program } from '../electron/program.ts';
import { showWindow } from './chromium-window.ts';
import { startWorkbench } from './start-workbench.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export interface RunningWorkbench {
  /** The process of host and engine. */
  readonly pid: number;
  /** The private page that leads to the host; it is removed once the browser has shown its token. */
  readonly redirectFile: string;
  readonly projectsFolder: string;
  /** For files of the test; removed with the rest. */
  readonly filesFolder: string;
}

interface Problems {
  /** Errors of the page: exceptions, console errors, and what the content security policy stopped. */
  readonly errors: string[];
  /** Addresses beyond the host that the page tried to reach. */
  readonly foreign: string[];
}

/** The two styles that the component library writes without the nonce, both cosmetic: it measures the width of a scrollbar, and keeps
 *  the page behind a drawer from scrolling. No others are let pass. */
const KNOWN_STYLES = [
  /^\s*#rc-scrollbar-measure-\w+::-webkit-scrollbar \{[^{}]*\}\s*$/,
  /^\s*html body \{\s*overflow-y: hidden;\s*(?:width: calc\(100% - \d+px\);)?\s*\}\s*$/,
];
/** Chromium names a style that it stopped by its hash alone. */
const STOPPED_STYLE = /^Applying inline style violates .*'(sha256-[^']+)'/;

/** Tells the test the text of every style that is put into the page without a nonce, the short-lived ones and the rewritten ones too. */
function reportStyles(): void {
  // The frame of a document runs nothing, and a function of the test may not have reached it.
  if (window !== window.top) return;
  const report = (window as unknown as { reportStyle: (text: string) => void }).reportStyle;
  new MutationObserver((records) => {
    for (const { target, addedNodes } of records) {
      if (target instanceof HTMLStyleElement) report(target.textContent);
      for (const node of addedNodes) if (node instanceof HTMLStyleElement) report(node.textContent);
    }
  }).observe(document, { childList: true, subtree: true });
}

/** Follows a page; the function that it gives settles which stopped styles were known. */
async function watch(page: Page, problems: Problems): Promise<() => void> {
  const known = new Set<string>();
  const stopped: { readonly hash: string; readonly message: string }[] = [];
  await page.exposeFunction('reportStyle', (text: string) => {
    if (KNOWN_STYLES.some((style) => style.test(text)))
      known.add(`sha256-${createHash('sha256').update(text).digest('base64')}`);
  });
  await page.addInitScript(reportStyles);
  page.on('pageerror', (error) => problems.errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const hash = STOPPED_STYLE.exec(message.text())?.[1];
    if (hash === undefined) problems.errors.push(message.text());
    else stopped.push({ hash, message: message.text() });
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    const own =
      ['127.0.0.1', 'workbench.test'].includes(url.hostname) ||
      ['app:', 'file:', 'data:', 'blob:'].includes(url.protocol);
    if (!own) problems.foreign.push(request.url());
  });
  return () => {
    for (const { hash, message } of stopped) if (!known.has(hash)) problems.errors.push(message);
  };
}

/** What shows the screens: a browser at the loopback host, a browser in the place of the window of the built program, or a real Electron. */
export type Shell = 'browser' | 'window' | 'electron';

interface Fixtures {
  readonly workbench: RunningWorkbench;
  readonly problems: Problems;
  readonly workbenchPage: Page;
  /** The built program, where it runs in the process of the test. */
  readonly program: Program | null;
}

/** A test with a workbench of its own, started as a person starts it, and a page that has opened it. */
export const test = base.extend<Fixtures & { shell: Shell }>({
  shell: ['browser', { option: true }],
  workbench: async ({ shell }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'csw-e2e-'));
    const projectsFolder = join(folder, 'projects');
    const filesFolder = join(folder, 'files');
    mkdirSync(filesFolder);
    if (shell === 'browser')
      await withHost(folder, projectsFolder, (redirectFile, pid) =>
        use({ redirectFile, projectsFolder, filesFolder, pid }),
      );
    else await use({ redirectFile: '', projectsFolder, filesFolder, pid: process.pid });
    rmSync(folder, { recursive: true, force: true });
  },
  program: async ({ shell, workbench, page, problems: _watched }, use) => {
    if (shell !== 'window') {
      await use(null);
      return;
    }
    const program = await showWindow(page, dirname(workbench.projectsFolder));
    await use(program);
    await program.close();
  },
  problems: async ({ page, shell }, use) => {
    const problems: Problems = { errors: [], foreign: [] };
    const settle = shell === 'electron' ? () => undefined : await watch(page, problems);
    await use(problems);
    settle();
    // What every test of a screen must hold, whatever else it looks at.
    base.expect(problems).toEqual({ errors: [], foreign: [] });
  },
  workbenchPage: async ({ page, shell, workbench, problems, program: _shown }, use) => {
    if (shell === 'electron') {
      await withElectron(workbench, problems, use);
      return;
    }
    if (shell === 'browser') {
      await page.goto(`file://${workbench.redirectFile}`);
      await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\//);
    }
    await use(page);
  },
});

function environment(folder: string): Record<string, string> {
  const { ELECTRON_RUN_AS_NODE: _none, ...inherited } = process.env;
  return {
    ...(inherited as Record<string, string>),
    SUCCESS_WORKBENCH_HOME: join(folder, 'user'),
    SUCCESS_WORKBENCH_VERIFY: '1',
    LANG: 'zh_CN.UTF-8',
    LC_ALL: 'zh_CN.UTF-8',
  };
}

async function withHost(
  folder: string,
  projectsFolder: string,
  use: (redirectFile: string, pid: number) => Promise<void>,
): Promise<void> {
  const { redirectFile, pid, stop } = await startWorkbench(projectsFolder, environment(folder));
  await use(redirectFile, pid);
  await stop();
}

/** The program in a real Electron, as `npm start` starts it. */
async function withElectron(
  { projectsFolder }: RunningWorkbench,
  problems: Problems,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const launched = await _electron.launch({
    executablePath: presentElectron() ?? '',
    // Root, as in containers, cannot have Chromium's sandbox.
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ROOT, '--folder', projectsFolder],
    env: environment(dirname(projectsFolder)),
  });
  try {
    const page = await launched.firstWindow();
    const settle = await watch(page, problems);
    await page.reload();
    await use(page);
    settle();
  } finally {
    await launched.close();
  }
}

export const { expect } = base;
