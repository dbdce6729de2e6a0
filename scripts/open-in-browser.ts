import { spawn } from 'node:child_process';

const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  linux: ['xdg-open'],
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};
/** An opener hands over and ends; one that runs on is itself the browser. */
const HAND_OVER_MS = 3000;

/** Opens a file with the user's browser; false where no opener works. */
export function openInBrowser(path: string): Promise<boolean> {
  const opener = OPENERS[process.platform];
  if (opener === undefined) return Promise.resolve(false);
  const [command, ...options] = opener;
  return new Promise((resolve) => {
    const child = spawn(command, [...options, path], { stdio: 'ignore', detached: true });
    const patience = setTimeout(() => resolve(true), HAND_OVER_MS);
    const settle = (opened: boolean) => {
      clearTimeout(patience);
      resolve(opened);
    };
    child.on('error', () => settle(false));
    child.on('exit', (code) => settle(code === 0));
    child.unref();
  });
}
