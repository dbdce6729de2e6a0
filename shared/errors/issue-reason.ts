import type { z } from 'zod';
import { because, type Reason, type ReasonCode } from './reasons.ts';

type Issue = z.core.$ZodIssue;

/** What a rule of our own is given beside its test: why a value breaks it, and where within the value. */
export function broken(problem: Reason, ...path: readonly string[]) {
  return { params: { problem }, path: [...path] };
}

/** Where a value first breaks its schema (`''` for the value itself), and why. The library words its messages in English alone, and
 *  anew with each release: what it says as data is kept instead, and rules of our own say theirs with `broken`. */
export function firstIssue({ issues: [issue] }: z.core.$ZodError): { readonly path: string; readonly problem: Reason } {
  if (issue === undefined) return { path: '', problem: because('empty', {}) };
  const { path, problem } = located(issue);
  return { path: path.map(String).join('.'), problem };
}

/** The first thing wrong with a file, named by its place where it is not the whole of it. */
export function fileIssue(error: z.core.$ZodError): Reason {
  const issue = firstIssue(error);
  return issue.path === '' ? issue.problem : because('at', issue);
}

interface Located {
  readonly path: readonly PropertyKey[];
  readonly problem: Reason;
}

/** The place inside a value of several forms, or of a key, where it really breaks. */
function located(issue: Issue): Located {
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element') return within(issue, issue.issues);
  if (issue.code !== 'invalid_union' || 'options' in issue) return { path: issue.path, problem: reasonOf(issue) };
  const forms = issue.errors.map((issues) => within(issue, issues));
  const deepest = Math.max(...forms.map(({ path }) => path.length));
  // The form that fits furthest is the one that was meant; where none fits at all, it may be any.
  if (deepest > issue.path.length) return forms.find(({ path }) => path.length === deepest)!;
  const [first] = forms;
  return first === undefined
    ? { path: issue.path, problem: because('not-allowed', {}) }
    : { ...first, problem: anyOf(forms) };
}

function within({ path }: Issue, [inner]: readonly Issue[]): Located {
  if (inner === undefined) return { path, problem: because('not-allowed', {}) };
  const found = located(inner);
  return { ...found, path: [...path, ...found.path] };
}

function anyOf(forms: readonly Located[]): Reason {
  const said = (reason: ReasonCode, param: string) =>
    forms.every(({ problem }) => problem.reason === reason)
      ? forms.map(({ problem }) => problem.params[param]).join(', ')
      : null;
  const types = said('wrong-type', 'expected');
  if (types !== null) return because('wrong-type', { expected: types });
  const values = said('one-of', 'values');
  return values === null ? forms[0]!.problem : because('one-of', { values });
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
    case 'invalid_union':
      return because('one-of', { values: ('options' in issue ? issue.options : []).map(String).join(', ') });
    case 'invalid_format':
      return because('form', { form: formOf(issue) });
    case 'custom':
      return (
        (issue.params as Partial<ReturnType<typeof broken>['params']> | undefined)?.problem ??
        because('not-allowed', {})
      );
    default:
      return because('not-allowed', {});
  }
}

const MOST_CHARACTERS = 200;
/** How people write what the library has a name for; a format of our own is named as it is written. */
const FORMS: Readonly<Record<string, string>> = { date: 'YYYY-MM-DD', datetime: 'YYYY-MM-DDThh:mm:ss±hh:mm' };

/** Ids of what a project holds: one of these letters and a number. */
const ID_PATTERN = /^\/\^\[?([A-Za-z]+)\]?\\d(?:\+|\{1,\d\})?\$\/$/;

function formOf({ format, pattern }: z.core.$ZodIssueInvalidStringFormat): string {
  if (format !== 'regex') return FORMS[format] ?? format;
  const [, letters = ''] = ID_PATTERN.exec(String(pattern)) ?? [];
  if (letters === '') return String(pattern);
  // Where adapted models will do, runs of a task pass only to be refused in words of their own.
  const taken = letters.includes('A') ? letters.replace('H', '') : letters;
  return [...taken].map((letter) => `${letter}1`).join(' / ');
}

/** Whether it is a number that was too large or too small, rather than a text or a list. */
function isAmount(origin: string): boolean {
  return origin === 'number' || origin === 'int' || origin === 'bigint';
}
