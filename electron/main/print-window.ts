import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { BrowserWindow, session } from 'electron';
import type { PrintOutcome, PrintPdf } from '../engine/deps.ts';
import { COMMON_HEADERS } from '../hosting/security-headers.ts';
import { APP_SCHEME, START_PAGE, webPreferences } from './locked-settings.ts';

const LIMIT_MS = 90_000;

/** A report is one file with its own styles and drawings; it needs no script and fetches nothing. */
const REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";

/** Prints with a hidden window without scripts, whose session holds nothing but this one document and goes with it. */
export function createWindowPrinter(limitMs = LIMIT_MS): PrintPdf {
  return async (htmlPath, pdfPath, signal) => {
    signal.throwIfAborted();
    const partition = `print-${randomUUID()}`;
    const html = readFileSync(htmlPath);
    session.fromPartition(partition, { cache: false }).protocol.handle(APP_SCHEME, () => {
      const headers = {
        ...COMMON_HEADERS,
        'Content-Security-Policy': REPORT_POLICY,
        'Content-Type': 'text/html; charset=utf-8',
      };
      return new Response(html, { headers });
    });
    const { preload: _none, ...locked } = webPreferences(true, '');
    const window = new BrowserWindow({ show: false, webPreferences: { ...locked, partition, javascript: false } });
    let timer: NodeJS.Timeout | undefined;
    const interrupted = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new TimedOut()), limitMs);
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    try {
      const printing = print(window, pdfPath);
      printing.catch(() => undefined);
      return await Promise.race([printing, interrupted]);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof TimedOut) return { type: 'failed', reason: 'timed-out', detail: `${limitMs} ms` };
      return { type: 'failed', reason: 'browser-failed', detail: String(error) };
    } finally {
      clearTimeout(timer);
      window.destroy();
    }
  };
}

class TimedOut extends Error {}

async function print(window: BrowserWindow, pdfPath: string): Promise<PrintOutcome> {
  await window.loadURL(START_PAGE);
  writeFileSync(pdfPath, await window.webContents.printToPDF({ printBackground: true, preferCSSPageSize: true }));
  return { type: 'written' };
}
