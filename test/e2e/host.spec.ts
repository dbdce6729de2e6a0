import { existsSync } from 'node:fs';
import { findChromium } from '../../scripts/chromium.ts';
import { expect, test } from './workbench.ts';

test.skip(({ shell }) => shell !== 'browser', 'tests the loopback host');

test('the redirect file leads to the start page, and the token leaves the address bar and the disk', async ({
  workbench,
  workbenchPage,
}) => {
  await expect(workbenchPage).toHaveTitle(/Success Workbench|工作台/);
  await expect.poll(() => workbenchPage.url()).not.toContain('token');
  await expect.poll(() => existsSync(workbench.redirectFile)).toBe(false);
});

test('the page still works after a reload', async ({ workbenchPage }) => {
  await expect.poll(() => workbenchPage.url()).not.toContain('token');
  const answered = workbenchPage.waitForResponse((response) => response.url().endsWith('/api/call'));
  await workbenchPage.reload();
  expect((await answered).status()).toBe(200);
});

test('another page can neither call the host, nor load from it, nor frame it (T21)', async ({
  workbenchPage,
  page,
  context,
}) => {
  const origin = new URL(workbenchPage.url()).origin;
  const other = await context.newPage();
  await other.goto('data:text/html,<p>another page</p>');
  const outcome = await other.evaluate(async (host) => {
    const settled = (promise: Promise<unknown>) => promise.then(() => 'done').catch(() => 'refused');
    const loads = (element: HTMLImageElement | HTMLScriptElement) =>
      new Promise<string>((resolve) => {
        element.onload = () => resolve('done');
        element.onerror = () => resolve('refused');
        element.src = `${host}/`;
        document.body.append(element);
      });
    const socket = () =>
      new Promise<string>((resolve) => {
        const events = new WebSocket(`${host.replace('http', 'ws')}/api/events`);
        events.onopen = () => resolve('done');
        events.onerror = () => resolve('refused');
      });
    return {
      read: await settled(fetch(`${host}/`)),
      call: await settled(fetch(`${host}/api/call`, { method: 'POST', body: '{}' })),
      image: await loads(new Image()),
      script: await loads(document.createElement('script')),
      socket: await socket(),
    };
  }, origin);
  expect(outcome).toEqual({ read: 'refused', call: 'refused', image: 'refused', script: 'refused', socket: 'refused' });
  await other.setContent(`<iframe src="${origin}/"></iframe>`);
  const frame = other.frames().at(-1);
  expect(await frame?.locator('#root').count()).toBe(0);
  await page.bringToFront();
});

test('a name that was rebound to this machine gets nothing, in a browser that believes it (T20)', async ({
  workbenchPage,
  playwright,
}) => {
  const { port } = new URL(workbenchPage.url());
  const browser = await playwright.chromium.launch({
    executablePath: findChromium() ?? '',
    args: ['--host-resolver-rules=MAP rebind.test 127.0.0.1', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  try {
    const page = await browser.newPage();
    for (const path of ['/', '/index.html', '/api/call']) {
      const answered = page.waitForResponse(`http://rebind.test:${port}${path}`);
      // An answer without a body makes some browsers show a page of their own, which counts as a failed visit.
      const visit = page.goto(`http://rebind.test:${port}${path}`).catch(() => null);
      expect((await answered).status()).toBe(421);
      await visit;
    }
  } finally {
    await browser.close();
  }
});
