import type { NativeFile, OfflineFacts } from '../contract/offline.ts';
import { UNSIGNED } from './statement-checksum.ts';

/** Ways to look at the program from outside; the ids are keys of texts. */
export interface Verification {
  readonly id: 'linux' | 'windows' | 'macos' | 'wireshark' | 'hash' | 'tests' | 'statement';
  readonly command: string;
}

/** Commands that show the same from outside, with this start's process id, for each system that an officer may sit at. */
export function verifications(
  { pid }: Pick<OfflineFacts, 'pid'>,
  binaries: readonly NativeFile[],
  fileName: string,
): readonly Verification[] {
  const file = binaries[0]?.path;
  return [
    { id: 'linux', command: `ss -tunap | grep 'pid=${pid},'` },
    { id: 'windows', command: `netstat -ano | findstr " ${pid}$"` },
    { id: 'macos', command: `lsof -nP -i -a -p ${pid}` },
    { id: 'wireshark', command: 'dns or tcp.flags.syn == 1 or udp' },
    ...(file === undefined ? [] : [{ id: 'hash' as const, command: `sha256sum ${file}` }]),
    { id: 'tests', command: 'npx vitest run --project integration test/integration/offline.test.ts' },
    {
      id: 'statement',
      command: `sed -E 's/(id="checksum">)[0-9a-f]{64}/\\1${UNSIGNED}/' ${fileName} | sha256sum`,
    },
  ];
}
