import { defineConfig } from '@playwright/test';
import { SILENT_BROWSER_OPTIONS } from './electron/hosting/chromium.ts';
import { chromiumForTests } from './scripts/chromium.ts';
import { presentElectron } from './scripts/electron-binary.ts';
import type { Shell } from './test/e2e/workbench.ts';

const browser = chromiumForTests();
if ('problem' in browser) throw new Error(browser.problem);

/** About the window alone, or about a real binary. */
const OF_WINDOW = ['window.spec.ts', 'electron.spec.ts'];
const hasElectron = presentElectron() !== null;

/** The screens in a real browser at a real loopback host; then in the window, with a browser in the place of Electron's; and all of them in a real Electron where there is one. */
export default defineConfig<{ shell: Shell }>({
  projects: [
    { name: 'chromium', testIgnore: OF_WINDOW, use: { shell: 'browser' } },
    { name: 'window', testMatch: ['window.spec.ts', 'home.spec.ts', 'encryption.spec.ts'], use: { shell: 'window' } },
    {
      name: 'electron',
      use: { shell: 'electron' },
      ...(hasElectron ? { testIgnore: 'host.spec.ts' } : { testMatch: 'electron.spec.ts' }),
    },
  ],
  testDir: 'test/e2e',
  outputDir: 'test-results',
  fullyParallel: false,
  // Each test has a workbench of its own.
  workers: 2,
  retries: 0,
  // Limits end what hangs; no machine is slow enough to meet them (how fast things are is measured in bench).
  timeout: 900_000,
  expect: { timeout: 120_000 },
  reporter: [
    ['list'],
    ...(process.env.REPORT_FILE === undefined ? [] : [['json', { outputFile: process.env.REPORT_FILE }] as const]),
  ],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    // Lists and drawers open at once: a test never meets one on its way in or out.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: browser.path,
      // A browser run by root, as in containers, has no sandbox of its own.
      args: [...SILENT_BROWSER_OPTIONS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    },
    screenshot: 'only-on-failure',
  },
});
