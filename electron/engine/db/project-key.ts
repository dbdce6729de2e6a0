import { createHash, hkdfSync, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type Database from 'better-sqlite3';

/** An encrypted project begins with this, where a plain database has SQLite's own name. */
export const ENCRYPTED_MAGIC = 'CSWE';
/** How the key is made from the password and which cipher it is for. A number that is in files keeps its meaning for ever. */
export const KEY_VERSION = 1;
export const KEY_VERSION_AT = ENCRYPTED_MAGIC.length;
/** Magic, version and randomness: the clear first bytes of the file, and the salt of the key. */
export const SALT_BYTES = 16;

/** AEGIS-256 authenticates every page and, on a processor with AES instructions, reads ten times as fast as ChaCha20 or AES-CBC with HMAC do here. */
const CIPHER = 'aegis';
const SECRET_BYTES = 32;
/** Memory-hard, and in both Node and Electron, whose library lacks Argon2. 128 MiB and about 0.3 s for each guess. */
const SCRYPT = { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 } as const;

const RAW_PREFIX = 'raw:';
const HEX = '0123456789abcdef';

/** The driver's ciphers are not in the types of the driver that it stands in for. */
type Keyed = Database.Database & { key(text: Buffer): number };

/** What opens an encrypted project. Never leaves the machine's memory; `wipe` it when the project is closed. */
export interface ProjectKey {
  readonly secret: Uint8Array;
  readonly salt: Uint8Array;
}

/** A key for a new file, under a salt of its own. */
export function newKey(password: string): Promise<ProjectKey> {
  const salt = randomBytes(SALT_BYTES);
  salt.write(ENCRYPTED_MAGIC, 'latin1');
  salt[KEY_VERSION_AT] = KEY_VERSION;
  return deriveKey(password, salt);
}

/** The key that a password gives under the salt at the head of a file, whether or not it opens it. */
export function deriveKey(password: string, salt: Uint8Array): Promise<ProjectKey> {
  // One password, however a keyboard composes its accents and whether or not an input method widens its letters.
  const bytes = Buffer.from(password.normalize('NFKC'));
  return new Promise((resolve, reject) => {
    scrypt(bytes, salt, SECRET_BYTES, SCRYPT, (error, secret) => {
      bytes.fill(0);
      if (error === null) resolve({ secret, salt });
      else reject(error);
    });
  });
}

/** Takes as long for a key that is nearly right as for any other. */
export function sameKey(a: ProjectKey, b: ProjectKey): boolean {
  const digest = (key: ProjectKey) => createHash('sha256').update(key.secret).update(key.salt).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Under which the checkpoints beside a project are sealed. */
export function spoolKeyOf({ secret, salt }: ProjectKey): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, salt, 'success-workbench spool', SECRET_BYTES));
}

export function wipe(key: ProjectKey | null): void {
  key?.secret.fill(0);
}

/** Makes a connection read and write under the key; must come before anything else is asked of it. Null leaves it plain. */
export function applyKey(db: Database.Database, key: ProjectKey | null): void {
  if (key === null) return;
  selectCipher(db);
  const text = rawKeyText(key);
  (db as Keyed).key(text);
  text.fill(0);
}

/** Names the cipher of databases that this connection will attach with a key. */
export function selectCipher(db: Database.Database): void {
  db.pragma(`cipher = '${CIPHER}'`);
}

/** The key as SQLite takes it, in bytes that can be wiped, unlike a string. */
export function rawKeyText({ secret, salt }: ProjectKey): Buffer {
  const text = Buffer.alloc(RAW_PREFIX.length + 2 * (secret.length + salt.length));
  let at = text.write(RAW_PREFIX, 'latin1');
  for (const byte of [...secret, ...salt]) {
    text[at++] = HEX.charCodeAt(byte >> 4);
    text[at++] = HEX.charCodeAt(byte & 15);
  }
  return text;
}
