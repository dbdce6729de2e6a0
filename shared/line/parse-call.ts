import { z } from 'zod';
import { AppError } from '../errors/app-error.ts';
import { firstIssue } from '../errors/issue-reason.ts';
import { because } from '../errors/reasons.ts';

/** Spelt out, or with any of its letters as an escape. */
const MAY_NAME_A_PROTOTYPE = /__proto__|\\u00/;

const callSchema = z.strictObject({ name: z.string(), input: z.unknown(), projectId: z.string().optional() });
export type Call = z.output<typeof callSchema>;

/** A request as it comes over a border, from whoever is on the other side; `border` names it in the refusal. @throws AppError 'request.invalid' */
export function parseCall(body: string, border: string): Call {
  let json: unknown;
  try {
    json = JSON.parse(body, MAY_NAME_A_PROTOTYPE.test(body) ? refusePrototype : undefined);
  } catch {
    throw new AppError('request.invalid', { name: border, path: '', problem: because('not-json', {}) });
  }
  const parsed = callSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new AppError('request.invalid', { name: border, ...firstIssue(parsed.error) });
}

/** No request has such a key, and code that copies keys must never meet one. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('__proto__');
  return value;
}
