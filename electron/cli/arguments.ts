import { parseArgs } from 'node:util';
import type { Settings } from '../../shared/contract/app.ts';
import { languageOf, systemLocale } from '../hosting/user-store.ts';

type Language = Settings['language'];

/** What the terminal asked for. `file` is `-` where a request needs no project. */
export type CliCommand =
  | { readonly type: 'help' }
  /** `json`: all requests as JSON Schema where none is named. */
  | { readonly type: 'describe'; readonly request: string | null; readonly json: boolean }
  | {
      readonly type: 'new';
      readonly file: string;
      readonly name: string;
      readonly customer: string;
      readonly period: string;
      /** File whose first line is the password; `-` for standard input. */
      readonly passwordFile: string | null;
      /** Asks for a new password at the terminal. */
      readonly encrypt: boolean;
    }
  | {
      readonly type: 'call';
      readonly file: string;
      readonly request: string;
      readonly input: string;
      readonly readOnly: boolean;
      readonly passwordFile: string | null;
    }
  | {
      readonly type: 'resume';
      readonly file: string;
      readonly jobId: string;
      readonly passwordFile: string | null;
    }
  /** Sets, changes or removes a password. `next`: from a file, typed at the terminal, or none any more. */
  | {
      readonly type: 'password';
      readonly file: string;
      readonly passwordFile: string | null;
      readonly next:
        | { readonly type: 'file'; readonly path: string }
        | { readonly type: 'typed' }
        | { readonly type: 'none' };
    }
  /** `file`: the project that the statement names; null: none. */
  | {
      readonly type: 'statement';
      readonly file: string | null;
      readonly out: string;
      readonly pdf: boolean;
      readonly passwordFile: string | null;
    }
  /** `sample`: a folder laid out like the program's own; null for the one of the language. */
  | { readonly type: 'demo'; readonly out: string; readonly sample: string | null }
  | { readonly type: 'usage'; readonly problem: string };

export interface CliArguments {
  readonly language: Language;
  readonly command: CliCommand;
}

/** Reads the words after `csw`. A mistake becomes a `usage` command, so that its answer can be in the language asked for. */
export function parseCliArguments(words: readonly string[], env: NodeJS.ProcessEnv): CliArguments {
  const fallback = languageOf(systemLocale(env));
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        lang: { type: 'string' },
        name: { type: 'string' },
        customer: { type: 'string' },
        period: { type: 'string' },
        resume: { type: 'string' },
        out: { type: 'string' },
        sample: { type: 'string' },
        'read-only': { type: 'boolean' },
        pdf: { type: 'boolean' },
        json: { type: 'boolean' },
        'password-file': { type: 'string' },
        'new-password-file': { type: 'string' },
        encrypt: { type: 'boolean' },
        plain: { type: 'boolean' },
      },
    });
    const language = values.lang === undefined ? fallback : languageOf(values.lang);
    const command: CliCommand = values.help === true ? { type: 'help' } : commandOf(positionals, values);
    return { language, command };
  } catch (error) {
    return { language: fallback, command: usage(error instanceof Error ? error.message : String(error)) };
  }
}

type TextOption = 'name' | 'customer' | 'period' | 'resume' | 'out' | 'sample' | 'password-file' | 'new-password-file';

function usage(problem: string): CliCommand {
  return { type: 'usage', problem };
}

function commandOf(
  [verb, ...rest]: readonly string[],
  options: Partial<Readonly<Record<TextOption, string>>> &
    Partial<Readonly<Record<'read-only' | 'pdf' | 'json' | 'encrypt' | 'plain', boolean>>>,
): CliCommand {
  const [first, second, third] = rest;
  const tooMany = (most: number) => rest.length > most;
  switch (verb) {
    case undefined:
      return usage('command?');
    case 'help':
      return { type: 'help' };
    case 'describe':
      return tooMany(1)
        ? usage(rest.slice(1).join(' '))
        : { type: 'describe', request: first ?? null, json: options.json ?? false };
    case 'new':
      if (first === undefined || tooMany(1)) return usage('new FILE');
      if (options.name === undefined) return usage('--name');
      return {
        type: 'new',
        file: first,
        name: options.name,
        customer: options.customer ?? '',
        period: options.period ?? '',
        passwordFile: options['password-file'] ?? null,
        encrypt: options.encrypt ?? false,
      };
    case 'call':
      if (first === undefined) return usage('call FILE');
      if (options.resume !== undefined) {
        return tooMany(1) || options['read-only'] === true
          ? usage('--resume')
          : { type: 'resume', file: first, jobId: options.resume, passwordFile: options['password-file'] ?? null };
      }
      if (second === undefined || tooMany(3)) return usage('call FILE REQUEST [JSON]');
      return {
        type: 'call',
        file: first,
        request: second,
        input: third ?? '{}',
        readOnly: options['read-only'] ?? false,
        passwordFile: options['password-file'] ?? null,
      };
    case 'password': {
      const { encrypt, plain, 'new-password-file': newFile } = options;
      const ways = [encrypt === true, plain === true, newFile !== undefined].filter(Boolean).length;
      if (first === undefined || tooMany(1) || ways !== 1) {
        return usage('password FILE --encrypt | --new-password-file FILE | --plain');
      }
      return {
        type: 'password',
        file: first,
        passwordFile: options['password-file'] ?? null,
        next: newFile === undefined ? { type: plain === true ? 'none' : 'typed' } : { type: 'file', path: newFile },
      };
    }
    case 'demo':
      if (tooMany(0) || options.out === undefined) return usage('demo --out DIR');
      return { type: 'demo', out: options.out, sample: options.sample ?? null };
    case 'offline-statement':
      if (tooMany(1)) return usage('offline-statement [FILE]');
      return {
        type: 'statement',
        file: first ?? null,
        out: options.out ?? '.',
        pdf: options.pdf === true,
        passwordFile: options['password-file'] ?? null,
      };
    default:
      return usage(verb);
  }
}
