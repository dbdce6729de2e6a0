import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import type { Page } from '@playwright/test';
import { askHost } from './screen.ts';
import { expect, test } from './workbench.ts';

/** An address beyond the host, in wrong hands: counts what reaches it. It lies on this machine, where a browser of ours may go. For a frame Chromium
 *  opens a connection before the policy stops the request; nothing goes over it, so only what is said counts. */
async function elsewhere() {
  let reached = 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      reached++;
      socket.end('HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 0\r\n\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const datagrams = createSocket('udp4').on('message', () => reached++);
  await new Promise<void>((resolve) => datagrams.bind(port, '127.0.0.1', resolve));
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    reached: () => reached,
    close() {
      server.close();
      datagrams.close();
    },
  };
}

/** The page without the watch over its errors: here each error is what must happen. */
async function openPage(page: Page, redirectFile: string): Promise<void> {
  await page.goto(`file://${redirectFile}`);
  await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\//);
  await expect(page.getByTestId('home')).toBeVisible();
}

test('a script in the page runs nothing foreign, reaches nobody, cannot leave, and each try is counted (T24)', async ({
  page,
  workbench,
}) => {
  const other = await elsewhere();
  await openPage(page, workbench.redirectFile);
  const start = page.url();
  const opened: string[] = [];
  page.context().on('page', (window) => opened.push(window.url()));

  const scripts = await page.evaluate(async () => {
    // What a test puts in may use eval until it first waits: from here on it is as any script of the page.
    await new Promise((resolve) => setTimeout(resolve));
    const world = window as unknown as { taken?: boolean };
    const refused = (run: () => unknown) => {
      try {
        run();
        return 'ran';
      } catch {
        return 'refused';
      }
    };
    const run = {
      // biome-ignore lint/security/noGlobalEval: the page's policy must refuse it
      eval: refused(() => window.eval('window.taken = true')),
      function: refused(() => new Function('window.taken = true')()),
    };
    refused(() => window.setTimeout('window.taken = true' as unknown as () => void, 0));
    const inline = document.createElement('script');
    inline.textContent = 'window.taken = true';
    const fromData = document.createElement('script');
    fromData.src = 'data:text/javascript,window.taken=true';
    const fromBlob = document.createElement('script');
    fromBlob.src = URL.createObjectURL(new Blob(['window.taken = true'], { type: 'text/javascript' }));
    const handler = document.createElement('button');
    handler.setAttribute('onclick', 'window.taken = true');
    document.body.append(inline, fromData, fromBlob, handler);
    handler.click();
    const frame = document.createElement('iframe');
    frame.srcdoc = '<script>parent.taken = true</script>';
    document.body.append(frame);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { ...run, taken: world.taken ?? false };
  });
  expect(scripts).toEqual({ eval: 'refused', function: 'refused', taken: false });

  const calls = await page.evaluate(async (address) => {
    const outcome = (promise: Promise<unknown>) => promise.then(() => 'reached').catch(() => 'refused');
    const loaded = <E extends HTMLElement>(element: E, set: (element: E) => void) =>
      new Promise<string>((resolve) => {
        element.onload = () => resolve('reached');
        element.onerror = () => resolve('refused');
        set(element);
        document.body.append(element);
      });
    const ended = (open: () => EventTarget, good: string) => {
      try {
        const target = open();
        return new Promise<string>((resolve) => {
          target.addEventListener(good, () => resolve('reached'));
          target.addEventListener('error', () => resolve('refused'));
        });
      } catch {
        return 'refused';
      }
    };
    const secret = '?secret=customer';
    const results = {
      fetch: await outcome(fetch(`${address}/${secret}`)),
      opaque: await outcome(fetch(`${address}/${secret}`, { mode: 'no-cors', method: 'POST', body: 'customer' })),
      socket: await ended(() => new WebSocket(`${address.replace('http', 'ws')}/${secret}`), 'open'),
      events: await ended(() => new EventSource(`${address}/${secret}`), 'open'),
      image: await loaded(new Image(), (image) => {
        image.src = `${address}/pixel.png${secret}`;
      }),
      script: await loaded(document.createElement('script'), (script) => {
        script.src = `${address}/x.js${secret}`;
      }),
      style: await loaded(document.createElement('link'), (link) => {
        link.rel = 'stylesheet';
        link.href = `${address}/x.css${secret}`;
      }),
      worker: await ended(() => new Worker(`${address}/x.js${secret}`), 'message'),
    };
    try {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:${new URL(address).host}` }] });
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer());
    } catch {
      // There is none in this page.
    }
    navigator.sendBeacon(`${address}/${secret}`, 'customer');
    const object = document.createElement('object');
    object.data = `${address}/${secret}`;
    const frame = document.createElement('iframe');
    frame.src = `${address}/${secret}`;
    const form = document.createElement('form');
    form.action = `${address}/${secret}`;
    form.method = 'post';
    const prefetch = document.createElement('link');
    prefetch.rel = 'prefetch';
    prefetch.href = `${address}/${secret}`;
    document.body.append(object, frame, form, prefetch);
    form.submit();
    await new Promise((resolve) => setTimeout(resolve, 500));
    return results;
  }, other.origin);
  expect(new Set(Object.values(calls)), JSON.stringify(calls)).toEqual(new Set(['refused']));

  const windows = await page.evaluate(async (address) => {
    const named = window.open(`${address}/?secret=customer`);
    const link = document.createElement('a');
    link.href = `${address}/?secret=customer`;
    link.target = '_blank';
    document.body.append(link);
    link.click();
    link.target = '_self';
    link.click();
    window.location.href = `${address}/?secret=customer`;
    window.location.assign(`${address}/?secret=customer`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return { named };
  }, other.origin);
  expect(windows).toEqual({ named: null });
  expect(page.url()).toBe(start);
  expect(opened).toEqual([]);
  expect(other.reached()).toBe(0);

  expect(
    await page.evaluate(async () => {
      const token = window.sessionStorage.getItem('workbench.token');
      const send = async (body: string) => {
        const response = await fetch('/api/call', {
          method: 'POST',
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          body,
        });
        return ((await response.json()) as { error?: { code: string } }).error?.code;
      };
      return [
        await send('{"name":"app.fly","input":{}}'),
        await send('{"name":"app.settings","input":{"__proto__":{"polluted":true}}}'),
        await send(`{"name":"app.settings","input":{"text":"${'x'.repeat(17 * 1024 * 1024)}"}}`),
      ];
    }),
  ).toEqual(['request.unknown', 'request.invalid', 'request.too-large']);

  const { refused } = await askHost(page, 'app.offline', {});
  const count = Object.fromEntries(refused.byKind.map((entry) => [entry.kind, entry.count]));
  // eval, Function, a timer with text, an inline script, a handler; that of the frame is stopped where it is.
  expect(count['page-script']).toBeGreaterThanOrEqual(5);
  // Two scripts of addresses, and every way of reaching an address.
  expect(count['page-address']).toBeGreaterThanOrEqual(12);
  // A form, a window, a link to a window, a link, and two ways of going elsewhere.
  expect(count['page-navigation']).toBe(6);
  expect(count).toMatchObject({ 'unknown-request': 2, 'too-large': 1 });
  expect(JSON.stringify(refused)).not.toContain('customer');
  expect((await askHost(page, 'app.info', {})).refusedRequests).toBe(refused.total);
  other.close();
});
