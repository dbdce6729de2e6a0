import { type ExecFileSyncOptionsWithStringEncoding, execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { chromium as playwrightChromium } from '@playwright/test';

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'msedge',
  'brave-browser',
  'chrome',
];

const USUAL_PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

const APT_MS = 240_000;
const NPM_MS = 180_000;

/** Options with which a browser of this family asks nobody anything: it would otherwise look for updates, components and models. */
export const SILENT_BROWSER_OPTIONS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-default-apps',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** A browser of the Chromium family on this machine: `CHROMIUM_PATH`, the command path, the usual places, Playwright's own. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM_PATH;
  if (named !== undefined && named !== '') return isExecutable(named) ? named : null;
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, process.platform === 'win32' ? `${name}.exe` : name)));
  return (
    [...onPath, ...(USUAL_PLACES[process.platform] ?? []), playwrightChromium.executablePath()].find(isExecutable) ??
    null
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
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
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null;
  console.log('no browser found: trying apt-get install chromium');
  const options = {
    stdio: 'ignore',
    timeout: APT_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  } as const;
  spawnSync('apt-get', ['update'], options);
  spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], options);
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
