import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A page that only this user can read and that leads to the address with the token: a command line, which others can read, then holds no more than its path. */
export interface RedirectFile {
  readonly path: string;
  remove(): void;
}

export function writeRedirectFile(address: string): RedirectFile {
  // A new folder is readable by its owner only.
  const folder = mkdtempSync(join(tmpdir(), 'success-workbench-'));
  const path = join(folder, 'open.html');
  const page = `<!doctype html>
<html>
  <head>
    <meta charset="utf-8">
    <meta name="referrer" content="no-referrer">
    <meta http-equiv="refresh" content="0; url=${address}">
    <title>Success Workbench</title>
  </head>
  <body><a href="${address}">Success Workbench</a></body>
</html>
`;
  writeFileSync(path, page, { mode: 0o600, flag: 'wx' });
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
