import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { AppError } from '../../shared/errors/app-error.ts';
import { because, type Reason } from '../../shared/errors/reasons.ts';

/** Where a password can come from. Never from an argument or a variable: other programs of the same account can read both. */
export interface PasswordSource {
  readonly folder: string;
  readonly input: NodeJS.ReadableStream;
  /** Reads a line without echo; null where nobody sits at a terminal. */
  readonly askPassword: ((prompt: string) => Promise<string>) | null;
}

const MOST_BYTES = 4096;

/** The first line of a file, or of standard input for `-`. @throws AppError 'source.not-found' | 'request.invalid' */
export async function passwordFrom(file: string, { folder, input }: PasswordSource): Promise<string> {
  const content = file === '-' ? await text(input) : readPasswordFile(resolve(folder, file));
  const password = content.split(/\r?\n/, 1)[0]?.replace(/^\uFEFF/, '') ?? '';
  if (password === '')
    throw new AppError('request.invalid', { name: 'csw', path: '--password-file', problem: because('empty', {}) });
  return password;
}

function readPasswordFile(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new AppError('source.not-found', { sourceId: path });
  if (found.size > MOST_BYTES) {
    throw new AppError('request.invalid', {
      name: 'csw',
      path: '--password-file',
      problem: because('too-long', { most: MOST_BYTES }),
    });
  }
  return readFileSync(path, 'utf8');
}

/** A new password typed twice. @throws AppError 'request.invalid' where there is no terminal, or the two differ */
export async function typeNewPassword(
  { askPassword }: PasswordSource,
  prompts: readonly [string, string],
): Promise<string> {
  const refuse = (problem: Reason) => new AppError('request.invalid', { name: 'csw', path: '--encrypt', problem });
  if (askPassword === null) throw refuse(because('no-terminal', {}));
  const first = await askPassword(prompts[0]);
  if (first !== (await askPassword(prompts[1]))) throw refuse(because('repeated-otherwise', {}));
  return first;
}
