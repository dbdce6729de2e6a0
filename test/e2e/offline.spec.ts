import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { createTranslate } from '../../shared/i18n/translate.ts';
import { sizeText } from '../../shared/offline/size.ts';
import { askHost, createProject, showIn } from './screen.ts';
import { expect, test } from './workbench.ts';

async function openOfflinePage(page: Page): Promise<void> {
  await page.getByTestId('offline').click();
  await expect(page.getByTestId('offline-layers')).toBeVisible();
}

/** SHA-256 of a statement whose checksum is replaced by zeros, as the statement says it is taken. */
function checksumOf(html: string): string {
  return createHash('sha256')
    .update(html.replace(/(id="checksum">)[0-9a-f]{64}/, `$1${'0'.repeat(64)}`))
    .digest('hex');
}

test('the chip in the top bar opens what keeps data in, with the numbers that the host gives, in both languages', async ({
  workbenchPage: page,
}) => {
  await createProject(page, '某银行');
  await openOfflinePage(page);
  const facts = await askHost(page, 'app.offline', {});
  for (const language of ['zh-CN', 'en'] as const) {
    await showIn(page, language);
    const t = createTranslate(language);
    for (const { id, value } of facts.layers) {
      const line = page.locator(`[data-layer="${id}"]`);
      await expect(line).toContainText(t(`offline.layer.${id}.title`));
      if (value !== null) await expect(line).toContainText(value);
    }
    const project = facts.stored.find(({ id }) => id === 'project');
    await expect(page.locator('[data-stored="project"]')).toContainText(sizeText(t, project?.bytes ?? 0));
    const words = await page.locator('#root').innerText();
    expect(words).not.toMatch(/\[\[|offline\.(?!test\.ts)[a-z]/);
    if (language === 'en') expect(words.replace('中文', '').replaceAll('某银行', '')).not.toMatch(/[一-鿿]/u);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  }
  expect(facts.checks.map(({ id, passed }) => [id, passed])).toEqual(
    ['page-policy', 'loopback-only', 'foreign-name', 'foreign-page', 'no-token', 'telemetry-off', 'runtime-version']
      .concat(process.platform === 'linux' ? ['sockets'] : [])
      .map((id) => [id, true]),
  );
  const { port } = new URL(page.url());
  expect(facts.layers.find(({ id }) => id === 'loopback-only')?.value).toBe(`127.0.0.1:${port}`);
  if (process.platform === 'linux') {
    expect(facts.sockets?.listening).toEqual([`tcp 127.0.0.1:${port}`]);
    expect(facts.sockets?.foreign).toEqual([]);
  }
});

test('a request that is refused shows within seconds, on the page and in the top bar alike', async ({
  workbenchPage: page,
  request,
}) => {
  await openOfflinePage(page);
  await expect(page.getByTestId('offline-refused').locator('[data-kind]')).toHaveCount(0);
  const { origin } = new URL(page.url());
  for (let n = 0; n < 3; n++) {
    const answer = await request.post(`${origin}/api/call?token=secret`, { data: {} });
    expect(answer.status()).toBe(401);
  }
  await expect(page.locator('[data-kind="no-token"]')).toHaveAttribute('data-count', '3');
  await expect(page.getByTestId('offline')).toContainText('3');
  await expect(page.getByTestId('offline-refused')).toContainText('POST /api/call');
  await expect(page.getByTestId('offline-refused')).not.toContainText('secret');
});

test('the statement is saved as a file of its own whose checksum holds, as a PDF, and handed to the printer', async ({
  workbenchPage: page,
}) => {
  await createProject(page, '某银行');
  await openOfflinePage(page);
  const htmlSaved = page.waitForEvent('download');
  await page.getByTestId('statement-save').click();
  const html = readFileSync(await (await htmlSaved).path(), 'utf8');
  const checksum = /id="checksum">([0-9a-f]{64})/.exec(html)?.[1];
  expect(checksumOf(html)).toBe(checksum);
  expect(checksumOf(html.replace('某银行', '另一家'))).not.toBe(checksum);
  const facts = await askHost(page, 'app.offline', {});
  for (const { value } of facts.layers) if (value !== null) expect(html).toContain(value.replaceAll("'", '&#39;'));
  expect(html).toContain('某银行');
  expect(html).toContain(facts.startedAt.slice(0, 19).replace('T', ' '));
  // It stands alone: nothing to fetch and nothing to run.
  expect(html).not.toMatch(/<script|<link|<img|(?:src|href)="(?!#)/);

  const pdfSaved = page.waitForEvent('download');
  await page.getByTestId('statement-pdf').click();
  expect(
    readFileSync(await (await pdfSaved).path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');

  const printed = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        new MutationObserver((records) => {
          for (const node of records.flatMap(({ addedNodes }) => [...addedNodes]))
            if (node instanceof HTMLIFrameElement)
              node.addEventListener('load', () => {
                const { contentDocument: inside } = node;
                const heading = inside?.querySelector('h1');
                resolve(`${heading?.textContent} ${heading == null ? '' : getComputedStyle(heading).fontSize}`);
              });
        }).observe(document.body, { childList: true });
      }),
  );
  await page.getByTestId('statement-print').click();
  // The style of the statement is in force in the frame, so it prints as it is saved.
  expect(await printed).toBe('离线声明 26px');
});
