import type { z } from 'zod';
import { because, type Reason } from './reasons.ts';

type Issue = z.core.$ZodIssue;

/** Where a value first breaks its schema (`''` for the value itself), and why. The library words its messages in English alone, and
 *  anew with each release: what it says as data is kept instead; rules of our own speak for themselves. */
export function firstIssue({ issues: [issue] }: z.core.$ZodError): { readonly path: string; readonly problem: Reason } {
  if (issue === undefined) return { path: '', problem: because('empty', {}) };
  return { path: issue.path.map(String).join('.'), problem: reasonOf(issue) };
}

/** The first thing wrong with a file, named by its place where it is not the whole of it. */
export function fileIssue(error: z.core.$ZodError): Reason {
  const issue = firstIssue(error);
  return issue.path === '' ? issue.problem : because('at', issue);
}

function reasonOf(issue: Issue): Reason {
  switch (issue.code) {
    case 'invalid_type':
      // The library tells what it found in its message alone.
      if (issue.message.endsWith('received undefined')) return because('missing', {});
      return because('wrong-type', { expected: issue.expected });
    case 'too_big':
      if (!isAmount(issue.origin)) return because('too-long', { most: Number(issue.maximum) });
      return issue.inclusive === false
        ? because('not-under', { limit: Number(issue.maximum) })
        : because('over-most', { most: Number(issue.maximum) });
    case 'too_small':
      if (!isAmount(issue.origin)) return because('too-short', { least: Number(issue.minimum) });
      return issue.inclusive === false
        ? because('not-over', { limit: Number(issue.minimum) })
        : because('under-least', { least: Number(issue.minimum) });
    case 'invalid_value':
      return because('one-of', { values: issue.values.map(String).join(', ') });
    case 'unrecognized_keys':
      return because('unknown-keys', { keys: issue.keys.join(', ').slice(0, MOST_CHARACTERS) });
    default:
      return because('said', { text: issue.message });
  }
}

const MOST_CHARACTERS = 200;

/** Whether it is a number that was too large or too small, rather than a text or a list. */
function isAmount(origin: string): boolean {
  return origin === 'number' || origin === 'int' || origin === 'bigint';
}
