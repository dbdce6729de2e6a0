import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { eraseFolder } from '../engine/db/erase.ts';
import type { PrintOutcome, PrintPdf } from '../engine/deps.ts';
import { findInstalledChromium, SILENT_BROWSER_OPTIONS } from './chromium.ts';
import { temporaryFolder } from './temporary-folders.ts';

const LIMIT_MS = 90_000;
const KEPT_OUTPUT = 2000;
/** What a browser needs to start and to find its fonts, and nothing else of our environment. */
const PASSED_ON = [
  'PATH',
  'HOME',
  'USERPROFILE',
  'SystemRoot',
  'TEMP',
  'TMP',
  'TMPDIR',
  'LANG',
  'LC_ALL',
  'TZ',
  'FONTCONFIG_PATH',
];

export interface PdfPrinterOptions {
  /** Gives the browser's program, null where there is none. */
  readonly find?: () => string | null;
  readonly limitMs?: number;
}

/** Prints with an installed browser of the Chromium family, without a window, in a profile of its own that goes afterwards. */
export function createPdfPrinter({
  find = findInstalledChromium,
  limitMs = LIMIT_MS,
}: PdfPrinterOptions = {}): PrintPdf {
  return async (htmlPath, pdfPath, signal) => {
    const browser = find();
    if (browser === null) return { type: 'unavailable', reason: 'no-browser' };
    const profile = temporaryFolder('print');
    try {
      return await print(browser, printArguments(profile, htmlPath, pdfPath), profile, pdfPath, limitMs, signal);
    } finally {
      removeProfile(profile);
    }
  };
}

/** Its history holds the title of the report, whatever the browser is told, so it is overwritten before it goes. */
function removeProfile(profile: string): void {
  try {
    eraseFolder(profile);
  } catch {
    // A helper of the browser that is still ending took a file away, or holds one.
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

function printArguments(profile: string, htmlPath: string, pdfPath: string): readonly string[] {
  return [
    '--headless',
    ...SILENT_BROWSER_OPTIONS,
    // A browser run by root, as in containers, has no sandbox of its own.
    ...(process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--disable-extensions',
    '--disable-breakpad',
    '--no-default-browser-check',
    `--user-data-dir=${profile}`,
    '--no-pdf-header-footer',
    `--print-to-pdf=${pdfPath}`,
    pathToFileURL(htmlPath).href,
  ];
}

async function print(
  browser: string,
  options: readonly string[],
  profile: string,
  pdfPath: string,
  limitMs: number,
  signal: AbortSignal,
): Promise<PrintOutcome> {
  signal.throwIfAborted();
  const passed = PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  const child = spawn(browser, options, {
    env: { ...Object.fromEntries(passed), XDG_CONFIG_HOME: profile, XDG_CACHE_HOME: profile },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that its helpers end with it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = `${output}${text}`.slice(-KEPT_OUTPUT);
    });
  }
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    end(child);
  }, limitMs);
  const stop = () => end(child);
  signal.addEventListener('abort', stop);
  try {
    const code = await new Promise<number | null>((resolve) => {
      child.once('error', (error) => {
        output = error.message;
        resolve(null);
      });
      child.once('exit', resolve);
    });
    signal.throwIfAborted();
    if (timedOut) return { type: 'failed', reason: 'timed-out', detail: output };
    const written = existsSync(pdfPath) && statSync(pdfPath).size > 0;
    return code === 0 && written ? { type: 'written' } : { type: 'failed', reason: 'browser-failed', detail: output };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    end(child);
  }
}

/** Ends a browser and its helpers; what has ended already is let be. */
function end(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group has gone.
  }
}
