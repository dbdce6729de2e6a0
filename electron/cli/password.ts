import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { AppError } from '../../shared/errors/app-error.ts';

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
    throw new AppError('request.invalid', { name: 'csw', path: '--password-file', problem: 'empty' });
  return password;
}

function readPasswordFile(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new AppError('source.not-found', { sourceId: path });
  if (found.size > MOST_BYTES) {
    throw new AppError('request.invalid', { name: 'csw', path: '--password-file', problem: `> ${MOST_BYTES} B` });
  }
  return readFileSync(path, 'utf8');
}

/** A new password typed twice. @throws AppError 'request.invalid' where there is no terminal, or the two differ */
export async function typeNewPassword(
  { askPassword }: PasswordSource,
  prompts: readonly [string, string],
): Promise<string> {
  const refuse = (problem: string) => new AppError('request.invalid', { name: 'csw', path: '--encrypt', problem });
  if (askPassword === null) throw refuse('no terminal: --password-file');
  const first = await askPassword(prompts[0]);
  if (first !== (await askPassword(prompts[1]))) throw refuse('≠');
  return first;
}
