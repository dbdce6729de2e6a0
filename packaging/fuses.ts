import { readFileSync, writeFileSync } from 'node:fs';

/** Every switch in Electron's binary, in the order of its fuse wire, and how it is set.
 *  @source electron/electron build/fuses/fuses.json5 */
export const FUSES = {
  /** ELECTRON_RUN_AS_NODE would make the program a general Node. */
  runAsNode: false,
  enableCookieEncryption: true,
  /** NODE_OPTIONS could load any script into it. */
  enableNodeOptionsEnvironmentVariable: false,
  /** --inspect would let others read its memory. */
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  /** Else a folder `app` beside the archive would be loaded in its place, and the integrity check passed by. */
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  /** Screens come from a scheme of our own. */
  grantFileProtocolExtraPrivileges: false,
  /** Electron's default: memory accesses of WebAssembly are checked by the processor. */
  wasmTrapHandlers: true,
} as const;

export type FuseStates = Readonly<Record<keyof typeof FUSES, boolean>>;

const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const WIRE_VERSION = 1;
const OFF = '0'.charCodeAt(0);
const ON = '1'.charCodeAt(0);

/** Where the wires begin: one, or one per processor in a universal binary. @throws Error where the binary has another set of fuses than we name */
function wires(binary: Buffer): readonly number[] {
  const first = binary.indexOf(SENTINEL);
  if (first === -1) throw new Error('This is no Electron binary: it has no fuses.');
  const count = Object.keys(FUSES).length;
  return [...new Set([first, binary.lastIndexOf(SENTINEL)])].map((at) => {
    const header = at + SENTINEL.length;
    const [version, length] = [binary[header], binary[header + 1]];
    if (version !== WIRE_VERSION || length !== count) {
      throw new Error(
        `This Electron has ${length} fuses in a wire of version ${version}; packaging/fuses.ts names ${count} in version ${WIRE_VERSION}. Name every fuse before packing.`,
      );
    }
    return header + 2;
  });
}

/** How the fuses of an Electron binary are set. */
export function readFuses(file: string): FuseStates {
  const binary = readFileSync(file);
  const [wire = 0] = wires(binary);
  return Object.fromEntries(Object.keys(FUSES).map((name, index) => [name, binary[wire + index] === ON])) as FuseStates;
}

/** Sets every fuse of an Electron binary; must come before the binary is signed. @throws Error unless the binary has exactly the fuses that we name */
export function setFuses(file: string): void {
  const binary = readFileSync(file);
  for (const wire of wires(binary)) {
    for (const [index, on] of Object.values(FUSES).entries()) binary[wire + index] = on ? ON : OFF;
  }
  writeFileSync(file, binary);
}
