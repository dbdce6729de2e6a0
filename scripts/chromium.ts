import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium as playwrightChromium } from '@playwright/test';
import { findInstalledChromium, isExecutable } from '../electron/hosting/chromium.ts';
import { aptInstall } from './apt-install.ts';

const NPM_MS = 180_000;

/** A browser of the Chromium family on this machine, Playwright's own among them. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') return findInstalledChromium();
  return findInstalledChromium() ?? [playwrightChromium.executablePath()].find(isExecutable) ?? null;
}

/** For tests only: a browser, fetched where there is none. The product never fetches anything. */
export function chromiumForTests(): { readonly path: string } | { readonly problem: string } {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '' && !isExecutable(named)) {
    return { problem: `CHROMIUM_PATH names no program: ${named}` };
  }
  const found = findChromium() ?? fromApt() ?? fromNpm();
  return found === null
    ? { problem: 'no browser of the Chromium family: install one, or name it in CHROMIUM_PATH' }
    : { path: found };
}

function fromApt(): string | null {
  aptInstall('chromium', 'fonts-noto-cjk');
  return findChromium();
}

/** A browser in a package of its own, in a temporary folder: it is no dependency of ours. */
function fromNpm(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  console.log('no browser found: trying the package @sparticuz/chromium');
  const folder = mkdtempSync(join(tmpdir(), 'csw-chromium-'));
  try {
    const options: ExecFileSyncOptionsWithStringEncoding = {
      cwd: folder,
      timeout: NPM_MS,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    };
    execFileSync('npm', ['install', '--no-save', '--prefix', folder, '@sparticuz/chromium'], options);
    const script = "import('@sparticuz/chromium').then((m) => m.default.executablePath()).then((p) => console.log(p))";
    const path = execFileSync(process.execPath, ['-e', script], options).trim().split('\n').at(-1) ?? '';
    return isExecutable(path) ? path : null;
  } catch {
    return null;
  }
}
