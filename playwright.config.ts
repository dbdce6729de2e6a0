import { defineConfig } from '@playwright/test';
import { SILENT_BROWSER_OPTIONS } from './electron/hosting/chromium.ts';
import { chromiumForTests } from './scripts/chromium.ts';

const browser = chromiumForTests();
if ('problem' in browser) throw new Error(browser.problem);

/** The screens in a real browser, against a real loopback host. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 120_000,
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
