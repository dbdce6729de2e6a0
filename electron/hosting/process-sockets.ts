import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Sockets } from '../../shared/contract/offline.ts';

const PROC = '/proc';
const TABLES = ['tcp', 'tcp6', 'udp', 'udp6'] as const;
const TCP_LISTEN = '0A';
const ADDRESS_COLUMN = 1;
const REMOTE_COLUMN = 2;
const STATE_COLUMN = 3;
const INODE_COLUMN = 9;
/** The first twelve bytes of an IPv4 address written as IPv6. */
const MAPPED_V4 = '00000000000000000000FFFF';

/** Network sockets of this process and of the processes of the same program below it, as the kernel lists them; null where it lists none. */
export function readSockets(): Sockets | null {
  if (process.platform !== 'linux') return null;
  try {
    const processes = ownProcesses();
    const inodes = new Set(processes.flatMap(socketsOf));
    const open = TABLES.flatMap((table) => rowsOf(table).filter(({ inode }) => inodes.has(inode)));
    const listening = open.filter(({ waits }) => waits);
    const connected = open.filter(({ waits }) => !waits);
    const foreign = [
      ...listening.filter(({ local }) => !isLoopback(local)).map(({ table, local }) => `${table} ${local}`),
      ...connected
        .filter(({ local, remote }) => !isLoopback(remote) && !(isLoopback(local) && isUnset(remote)))
        .map(({ table, local, remote }) => `${table} ${local} → ${remote}`),
    ];
    return {
      processes: processes.length,
      listening: listening.map(({ table, local }) => `${table} ${local}`),
      local: connected.length - foreign.length + listening.filter(({ local }) => !isLoopback(local)).length,
      foreign,
    };
  } catch {
    return null;
  }
}

/** A browser that this program opened is another program, and may be the person's own: it does not count. */
function ownProcesses(): readonly number[] {
  const program = readlinkSync(join(PROC, 'self', 'exe'));
  const all = readdirSync(PROC)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  const parents = new Map(all.map((pid) => [pid, parentOf(pid)]));
  const isBelow = (pid: number): boolean => {
    for (let above: number | null | undefined = pid; above != null && above !== 0; above = parents.get(above)) {
      if (above === process.pid) return true;
    }
    return false;
  };
  return all.filter((pid) => isBelow(pid) && programOf(pid) === program);
}

function parentOf(pid: number): number | null {
  try {
    // The name of the program, in brackets, may itself hold spaces and brackets.
    const stat = readFileSync(join(PROC, String(pid), 'stat'), 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

function programOf(pid: number): string | null {
  try {
    return readlinkSync(join(PROC, String(pid), 'exe'));
  } catch {
    return null;
  }
}

function socketsOf(pid: number): readonly string[] {
  const folder = join(PROC, String(pid), 'fd');
  try {
    return readdirSync(folder).flatMap((name) => {
      try {
        return /^socket:\[(\d+)\]$/.exec(readlinkSync(join(folder, name)))?.[1] ?? [];
      } catch {
        return [];
      }
    });
  } catch {
    return [];
  }
}

interface Row {
  readonly table: string;
  readonly local: string;
  readonly remote: string;
  readonly waits: boolean;
  readonly inode: string;
}

function rowsOf(table: (typeof TABLES)[number]): readonly Row[] {
  let text: string;
  try {
    text = readFileSync(join(PROC, 'self', 'net', table), 'utf8');
  } catch {
    return [];
  }
  return text
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const columns = line.trim().split(/\s+/);
      return {
        table: table.slice(0, 3),
        local: addressOf(columns[ADDRESS_COLUMN] ?? ''),
        remote: addressOf(columns[REMOTE_COLUMN] ?? ''),
        waits: table.startsWith('tcp') && columns[STATE_COLUMN] === TCP_LISTEN,
        inode: columns[INODE_COLUMN] ?? '',
      };
    });
}

/** `0100007F:1F90` as `127.0.0.1:8080`: the kernel prints words of four bytes, the lowest first. */
export function addressOf(kernel: string): string {
  const [host = '', port = ''] = kernel.split(':');
  const bytes = [...host.matchAll(/.{8}/g)].flatMap(([word]) => (word.match(/../g) ?? []).reverse());
  const number = Number.parseInt(port, 16);
  const isV4 = bytes.length === 4;
  const isMapped = bytes.length === 16 && bytes.slice(0, 12).join('') === MAPPED_V4;
  if (isV4 || isMapped) {
    return `${bytes
      .slice(-4)
      .map((byte) => Number.parseInt(byte, 16))
      .join('.')}:${number}`;
  }
  const groups = Array.from({ length: 8 }, (_, at) => `${bytes[2 * at] ?? ''}${bytes[2 * at + 1] ?? ''}`);
  return `[${groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}]:${number}`;
}

const isLoopback = (address: string) => /^127\.|^\[0:0:0:0:0:0:0:1\]:/.test(address);
const isUnset = (address: string) => /^0\.0\.0\.0:|^\[0:0:0:0:0:0:0:0\]:/.test(address);
