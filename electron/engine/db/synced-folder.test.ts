import { expect, it } from 'vitest';
import { syncedBy } from './synced-folder.ts';

it.each([
  ['C:\\Users\\li\\OneDrive - Some Bank\\bank.csw', 'onedrive'],
  ['/Users/li/Library/CloudStorage/OneDrive-Personal/bank.csw', 'onedrive'],
  ['/home/li/Dropbox/work/bank.csw', 'dropbox'],
  ['D:\\我的坚果云\\bank.csw', 'nutstore'],
  ['C:\\Users\\li\\Nutstore Files\\a\\bank.csw', 'nutstore'],
  ['/Users/li/Library/Mobile Documents/com~apple~CloudDocs/bank.csw', 'icloud'],
  ['G:\\My Drive\\bank.csw', 'google-drive'],
  ['\\\\fileserver\\team\\bank.csw', 'network'],
  ['//fileserver/team/bank.csw', 'network'],
  ['\\\\?\\C:\\Users\\li\\bank.csw', null],
  ['/home/li/SuccessWorkbench/dropbox.csw', null],
  ['/home/li/onedriver/bank.csw', null],
])('%s is copied by %s', (path, by) => {
  expect(syncedBy(path)).toBe(by);
});
