import { existsSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { findChromium } from '../../scripts/chromium.ts';
import type { RefusalKind } from '../../shared/contract/offline.ts';
import { askHost } from './screen.ts';
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
    const opens = (source: WebSocket | EventSource) =>
      new Promise<string>((resolve) => {
        source.onopen = () => resolve('done');
        source.onerror = () => resolve('refused');
      });
    return {
      read: await settled(fetch(`${host}/`)),
      call: await settled(fetch(`${host}/api/call`, { method: 'POST', body: '{}' })),
      image: await loads(new Image()),
      script: await loads(document.createElement('script')),
      socket: await opens(new WebSocket(`${host.replace('http', 'ws')}/api/events`)),
      events: await opens(new EventSource(`${host}/api/events`)),
    };
  }, origin);
  expect(outcome).toEqual({
    read: 'refused',
    call: 'refused',
    image: 'refused',
    script: 'refused',
    socket: 'refused',
    events: 'refused',
  });
  await other.setContent(`<iframe src="${origin}/"></iframe>`);
  const frame = other.frames().at(-1);
  expect(await frame?.locator('#root').count()).toBe(0);

  // A form may go anywhere without asking, with a body that looks like a request.
  const before = await refusedAs(workbenchPage, 'foreign-page');
  for (const path of ['/api/call', '/api/upload?name=x.csv', '/']) {
    const sender = await context.newPage();
    await sender.setContent(`<form method="post" enctype="text/plain" action="${origin}${path}">
      <input name='{"name":"app.createProject","input":{"name":"x","customer":"","period":"","path":null,"more":"'
        value='"}}'></form>`);
    const answered = sender.waitForResponse(`${origin}${path}`);
    await sender.locator('form').evaluate((form: HTMLFormElement) => form.submit());
    expect((await answered).status(), path).toBe(403);
  }
  expect(await refusedAs(workbenchPage, 'foreign-page')).toBe(before + 3);
  expect(await askHost(workbenchPage, 'app.listFolder', {})).toEqual([]);
  await page.bringToFront();
});

async function refusedAs(page: Page, kind: RefusalKind): Promise<number> {
  const { refused } = await askHost(page, 'app.offline', {});
  return refused.byKind.find((entry) => entry.kind === kind)?.count ?? 0;
}

test('a name that was rebound to this machine gets nothing, in a browser that believes it (T20)', async ({
  workbenchPage,
  playwright,
}) => {
  const { port } = new URL(workbenchPage.url());
  const browser = await playwright.chromium.launch({
    executablePath: findChromium() ?? '',
    args: [
      '--host-resolver-rules=MAP rebind.test 127.0.0.1',
      // Newer browsers stop such a page by themselves; the host must not rely on that.
      '--disable-features=LocalNetworkAccessChecks',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
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
    // The page came from elsewhere while the name still led there; from now on the name leads here.
    const rebound = `http://rebind.test:${port}`;
    await page.route(`${rebound}/attack`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<p>attack</p>' }),
    );
    await page.goto(`${rebound}/attack`);
    const before = await refusedAs(workbenchPage, 'foreign-name');
    const statuses = await page.evaluate(async () => {
      const opens = (source: WebSocket | EventSource) =>
        new Promise<string>((resolve) => {
          source.onopen = () => resolve('done');
          source.onerror = () => resolve('refused');
        });
      const status = async (path: string, init?: RequestInit) => (await fetch(path, init)).status;
      return {
        page: await status('/'),
        call: await status('/api/call', { method: 'POST', body: '{"name":"app.info","input":{}}' }),
        // With the right form, and a secret that is only guessed.
        guess: await status('/api/call', {
          method: 'POST',
          headers: { authorization: 'Bearer guess', 'content-type': 'application/json' },
          body: '{"name":"app.info","input":{}}',
        }),
        socket: await opens(new WebSocket(`ws://${location.host}/api/events`)),
        // The name of this machine in the address, the rebound page as its origin.
        ownName: await opens(new WebSocket(`ws://127.0.0.1:${location.port}/api/events`)),
        events: await opens(new EventSource('/api/events')),
      };
    });
    expect(statuses).toEqual({
      page: 421,
      call: 421,
      guess: 421,
      socket: 'refused',
      ownName: 'refused',
      events: 'refused',
    });
    // Each of these, and what a browser asks for by itself, such as the icon of the page.
    expect(await refusedAs(workbenchPage, 'foreign-name')).toBeGreaterThanOrEqual(before + 5);
    expect(await refusedAs(workbenchPage, 'foreign-page')).toBeGreaterThanOrEqual(1);
  } finally {
    await browser.close();
  }
});
