import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createPdfPrinter } from '../../electron/hosting/print-pdf.ts';

describe('printing a report', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'print-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is ended when it takes too long or is no longer wanted, and leaves no profile behind', async () => {
    const profiles = () => readdirSync(tmpdir()).filter((name) => name.startsWith('success-workbench-print-'));
    const before = profiles();
    // A program that never ends, started with the options of a browser.
    const never = path.join(folder, 'never.sh');
    writeFileSync(never, '#!/bin/sh\nsleep 60\n', { mode: 0o755 });
    const html = path.join(folder, 'page.html');
    const pdf = path.join(folder, 'never.pdf');
    const print = createPdfPrinter({ find: () => never, limitMs: 300 });
    expect(await print(html, pdf, new AbortController().signal)).toMatchObject({ type: 'failed', reason: 'timed-out' });
    const patient = createPdfPrinter({ find: () => never });
    await expect(patient(html, pdf, AbortSignal.timeout(300))).rejects.toThrow(/abort|timeout/i);
    expect(profiles()).toEqual(before);
  });
});
