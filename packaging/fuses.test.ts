import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FUSES, readFuses, setFuses } from './fuses.ts';

let folder: string;
let binary: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'csw-fuses-'));
  binary = join(folder, 'electron');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** The wire of an Electron as it is downloaded. */
const DELIVERED = '101100011';
const wire = (states = DELIVERED, version = 1) =>
  Buffer.concat([Buffer.from(SENTINEL), Buffer.of(version, states.length), Buffer.from(states)]);

it('nothing of the environment or command line turns the program into another', () => {
  expect(FUSES).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    grantFileProtocolExtraPrivileges: false,
    loadBrowserProcessSpecificV8Snapshot: false,
  });
});

it('only a whole archive is loaded, and cookies are encrypted', () => {
  expect(FUSES).toMatchObject({
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    enableCookieEncryption: true,
  });
});

it('every fuse is set, and nothing else of the binary changes', () => {
  const around = Buffer.from('before and after');
  writeFileSync(binary, Buffer.concat([around, wire(), around]));
  setFuses(binary);
  expect(readFuses(binary)).toEqual(FUSES);
  expect(readFileSync(binary)).toEqual(Buffer.concat([around, wire('010011001'), around]));
});

it('both wires of a binary for two processors are set', () => {
  writeFileSync(binary, Buffer.concat([wire(), Buffer.alloc(64), wire()]));
  setFuses(binary);
  expect(
    readFileSync(binary)
      .toString('latin1')
      .match(/010011001/g),
  ).toHaveLength(2);
});

it.each([
  ['more fuses than are named', wire('1011000111')],
  ['fewer fuses than are named', wire('10110001')],
  ['a wire of another version', wire(DELIVERED, 2)],
  ['no fuses', Buffer.from('a program')],
])('a binary with %s is refused and left as it is', (_what, content) => {
  writeFileSync(binary, content);
  expect(() => setFuses(binary)).toThrow(/fuses/);
  expect(readFileSync(binary)).toEqual(content);
});
