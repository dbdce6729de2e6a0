import { z } from 'zod';
import { AppError } from '../errors/app-error.ts';

/** Spelt out, or with any of its letters as an escape. */
const MAY_NAME_A_PROTOTYPE = /__proto__|\\u00/;

const callSchema = z.strictObject({ name: z.string(), input: z.unknown(), projectId: z.string().optional() });
export type Call = z.output<typeof callSchema>;

/** A request as it comes over a border, from whoever is on the other side; `border` names it in the refusal. @throws AppError 'request.invalid' */
export function parseCall(body: string, border: string): Call {
  const invalid = (path: string, problem: string) => new AppError('request.invalid', { name: border, path, problem });
  let json: unknown;
  try {
    json = JSON.parse(body, MAY_NAME_A_PROTOTYPE.test(body) ? refusePrototype : undefined);
  } catch (error) {
    throw invalid('', error instanceof Error ? error.message : 'JSON');
  }
  const parsed = callSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw invalid(issue?.path.map(String).join('.') ?? '', issue?.message ?? '');
}

/** No request has such a key, and code that copies keys must never meet one. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === '__proto__') throw new SyntaxError('__proto__');
  return value;
}
