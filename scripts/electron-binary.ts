import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'node_modules', 'electron', 'dist');
const INSTALL_MS = 10_000;
/** Tried once per checkout, not at every start: without a network each try would only cost time. */
const TRIED_STAMP = join(ROOT, 'out', 'electron-install-tried');

const EXECUTABLE: Partial<Record<NodeJS.Platform, string>> = {
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
  linux: 'electron',
};

/** The Electron binary that is on this machine: `ELECTRON_EXEC`, else the package's own. */
export function presentElectron(): string | null {
  const named = process.env.ELECTRON_EXEC;
  if (named !== undefined && existsSync(named)) return named;
  const path = join(DIST, EXECUTABLE[process.platform] ?? 'electron');
  return existsSync(path) ? path : null;
}

/** Whether there is a screen for a window. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

/** The Electron binary, fetched by its own command when it is not there yet; null where it cannot be had. */
export function findElectron(
  say: (line: string) => void,
  texts: { readonly trying: string; readonly without: string },
): string | null {
  const found = presentElectron();
  if (found !== null || existsSync(TRIED_STAMP)) return found;
  say(texts.trying);
  const installer = join(ROOT, 'node_modules', 'electron', 'install.js');
  spawnSync(process.execPath, [installer], { cwd: ROOT, timeout: INSTALL_MS, stdio: 'ignore', killSignal: 'SIGKILL' });
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  writeFileSync(TRIED_STAMP, '');
  const installed = presentElectron();
  if (installed === null) say(texts.without);
  return installed;
}

/** Runs the window until it is closed; resolves with its exit code. */
export function runElectron(binary: string, options: readonly string[]): Promise<number> {
  const env = { ...process.env, ORT_DISABLE_TELEMETRY: '1' };
  const window = spawn(binary, [ROOT, ...options], { stdio: 'inherit', env });
  return new Promise((resolve, reject) => {
    window.on('error', reject);
    window.on('exit', (code) => resolve(code ?? 1));
  });
}
