import { mkdtempSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const FOLDER_NAME = 'success-workbench';

/** Where settings, the recent list and the log of this user are kept. */
export function userFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
  home: () => string = homeOrRefuge,
): string {
  const given = env.SUCCESS_WORKBENCH_HOME;
  if (given !== undefined && given !== '') return given;
  if (platform === 'win32') return join(env.APPDATA ?? join(home(), 'AppData', 'Roaming'), FOLDER_NAME);
  if (platform === 'darwin') return join(home(), 'Library', 'Application Support', FOLDER_NAME);
  const xdg = env.XDG_CONFIG_HOME;
  return join(xdg === undefined || xdg === '' ? join(home(), '.config') : xdg, FOLDER_NAME);
}

let refuge: string | null = null;

/** The home folder; for a user without one (containers run as numbers that no list of users knows) a private folder of this run. */
function homeOrRefuge(): string {
  try {
    return homedir();
  } catch {
    refuge ??= mkdtempSync(join(tmpdir(), `${FOLDER_NAME}-`));
    return refuge;
  }
}

/** Folder in which projects are made when none is named. */
export function defaultProjectsFolder(): string {
  return join(homeOrRefuge(), 'SuccessWorkbench');
}

/** Login name for the audit log; an account without one is possible in containers. */
export function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

/** The folder in which the person stands: npm runs its scripts in the folder of the package and says where it was called. */
export function startingFolder(script: 'csw' | 'start', env: NodeJS.ProcessEnv = process.env): string {
  return (env.npm_lifecycle_event === script ? env.INIT_CWD : undefined) ?? process.cwd();
}
