import type { SyncedBy } from '../../../shared/contract/project.ts';

const NAMES: readonly (readonly [SyncedBy, RegExp])[] = [
  ['onedrive', /^onedrive($|[ -])/i],
  ['dropbox', /^dropbox($|[ -])/i],
  ['nutstore', /^(我的坚果云|坚果云|nutstore( files)?)$/i],
  ['icloud', /^(mobile documents|com~apple~clouddocs|iclouddrive)$/i],
  ['google-drive', /^(google ?drive|my drive|googledrive)($|[ -])/i],
];

/** By whom the folder of a file is copied behind our back, as far as its path tells: a sync client, or a server that the file lies on. */
export function syncedBy(path: string): SyncedBy | null {
  if (/^(\\\\|\/\/)[^\\/?.]/.test(path)) return 'network';
  const folders = path.split(/[\\/]/).slice(0, -1);
  for (const [name, pattern] of NAMES) if (folders.some((folder) => pattern.test(folder))) return name;
  return null;
}
