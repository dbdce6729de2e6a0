import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AfterPackContext } from 'electron-builder';
import { ARCHIVE } from '../electron/hosting/resource-paths.ts';
import { packedFiles } from './contents.ts';
import { setFuses } from './fuses.ts';
import type { PackagedPlatform } from './platforms.ts';

export const PRODUCT = 'Success Workbench';
/** Name of the program on Linux. */
export const EXECUTABLE = 'success-workbench';

type Place = Pick<AfterPackContext, 'appOutDir' | 'electronPlatformName'>;

const isMac = ({ electronPlatformName }: Place) => electronPlatformName === 'darwin';

/** Sets right what electron-builder does only to an Electron that it fetched itself: no demonstration program, Electron's licences inside. */
export function afterExtract(place: Place, electronDist: string | null): void {
  const resources = resourcesOf(place, 'Electron');
  rmSync(join(resources, 'default_app.asar'), { force: true });
  if (!isMac(place) || electronDist === null || !statSync(electronDist).isDirectory()) return;
  for (const [name, kept] of [
    ['LICENSE', 'LICENSE.electron.txt'],
    ['LICENSES.chromium.html', 'LICENSES.chromium.html'],
  ] as const) {
    copyFileSync(join(electronDist, name), join(resources, kept));
  }
}

/** Checks what was packed and locks the program. Comes before signing. @throws Error naming what was not packed */
export function afterPack(place: Place, root: string, platform: PackagedPlatform): void {
  // electron-builder leaves out silently what it does not find.
  const resources = resourcesOf(place, PRODUCT);
  const missing = packedFiles(root, platform).filter(
    ({ path }) => !path.startsWith(`${ARCHIVE}/`) && !existsSync(join(resources, path)),
  );
  if (missing.length > 0) throw new Error(`Not packed: ${missing.map(({ path }) => path).join(', ')}`);
  setFuses(fuseFile(place));
  if (isMac(place)) forbidArbitraryLoads(place);
}

function resourcesOf(place: Place, program: string): string {
  return isMac(place)
    ? join(place.appOutDir, `${program}.app`, 'Contents', 'Resources')
    : join(place.appOutDir, 'resources');
}

/** The file that holds Electron's fuses: the program itself, on macOS its framework. */
function fuseFile(place: Place): string {
  if (isMac(place)) {
    const framework = ['Contents', 'Frameworks', 'Electron Framework.framework', 'Electron Framework'];
    return join(place.appOutDir, `${PRODUCT}.app`, ...framework);
  }
  return join(place.appOutDir, place.electronPlatformName === 'win32' ? `${PRODUCT}.exe` : EXECUTABLE);
}

/** electron-builder lets every program load from any address, for the sake of updaters; ours has none. */
function forbidArbitraryLoads({ appOutDir }: Place): void {
  const file = join(appOutDir, `${PRODUCT}.app`, 'Contents', 'Info.plist');
  const allowed = /(<key>NSAllowsArbitraryLoads<\/key>\s*)<true\/>/;
  writeFileSync(file, readFileSync(file, 'utf8').replace(allowed, '$1<false/>'));
}
