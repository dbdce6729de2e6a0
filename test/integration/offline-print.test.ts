import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { findInstalledChromium } from '../../electron/hosting/chromium.ts';
import { createPdfPrinter } from '../../electron/hosting/print-pdf.ts';
import { expectSilence } from '../offline/expect-silence.ts';
import { offlineRunRefusal, runOffline } from '../offline/run-offline.ts';

const root = path.join(import.meta.dirname, '..', '..');
const printer = path.join(root, 'test', 'offline', 'print-report.ts');
const browser = findInstalledChromium();

describe('printing a report', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'offline-print-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('calls nobody, not even where a page asks for a picture from elsewhere', async (context) => {
    const refusal = browser === null ? 'no browser of the Chromium family is installed' : offlineRunRefusal();
    context.skip(refusal !== null, refusal ?? '');
    const run = await runOffline([process.execPath, printer, folder], {
      folder: root,
      env: { CHROMIUM_PATH: browser ?? '' },
    });
    expect({ code: run.code, output: run.output.trim() }).toEqual({ code: 0, output: '{"type":"written"}' });
    expect(existsSync(path.join(folder, 'page.pdf'))).toBe(true);
    expectSilence(run);
  });

  test('is ended when it takes too long or is no longer wanted, and leaves no profile behind', async () => {
    const profiles = () => readdirSync(tmpdir()).filter((name) => name.startsWith('csw-print-'));
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
