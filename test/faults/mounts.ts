import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a script finds in place of a folder or file of ours. */
export type Mount =
  /** An empty disk of this size. */
  | { readonly type: 'disk'; readonly at: string; readonly megabytes: number }
  /** What is there, read-only. */
  | { readonly type: 'read-only'; readonly at: string }
  /** Another file, writable. */
  | { readonly type: 'file'; readonly at: string; readonly from: string };

const commandsOf = (mount: Mount): string[] => {
  const at = quoted(mount.at);
  switch (mount.type) {
    case 'disk':
      return [`mount -t tmpfs -o size=${mount.megabytes}m tmpfs ${at}`];
    case 'read-only':
      return [`mount --bind ${at} ${at}`, `mount -o remount,ro,bind ${at}`];
    case 'file':
      return [`mount --bind ${quoted(mount.from)} ${at}`];
  }
};

const quoted = (path: string) => `'${path.replaceAll("'", "'\\''")}'`;

/** Why no such run is possible here, or null where it is. */
export function mountRefusal(): string | null {
  if (process.platform !== 'linux') return 'mount namespaces exist on Linux only';
  const tried = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', tmpdir()], { encoding: 'utf8' });
  if (tried.error !== undefined) return `unshare cannot be started: ${tried.error.message}`;
  return tried.status === 0 ? null : `unshare -rm mount is not permitted: ${tried.stderr.trim()}`;
}

/** Runs a script of this folder in a mount namespace of its own and gives what it printed as JSON. */
export async function runMounted<T>(script: string, mounts: readonly Mount[], args: readonly string[]): Promise<T> {
  const program = [process.execPath, join(import.meta.dirname, script), ...args].map(quoted).join(' ');
  const child = spawn('unshare', ['-rm', 'sh', '-ec', [...mounts.flatMap(commandsOf), `exec ${program}`].join('\n')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let problem = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (problem += text));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${problem}\n${output}`);
  return JSON.parse(output) as T;
}
