import { z } from 'zod';
import { requests } from '../../shared/contract/index.ts';
import type { RequestSpec } from '../../shared/contract/stage.ts';
import { AppError } from '../../shared/errors/app-error.ts';

/** The contract for other programs: name → effect, summary, and JSON Schemas of input (before defaults) and output.
 *  @throws AppError 'request.unknown' */
export function describeContract(request: string | null): Record<string, unknown> {
  const all: Readonly<Record<string, RequestSpec>> = requests;
  if (request !== null && !Object.hasOwn(all, request)) throw new AppError('request.unknown', { name: request });
  const wanted = request === null ? Object.entries(all) : Object.entries(all).filter(([name]) => name === request);
  return Object.fromEntries(
    wanted.map(([name, { summary, effect, input, output }]) => [
      name,
      { summary, effect, input: jsonSchema(input, 'input'), output: jsonSchema(output, 'output') },
    ]),
  );
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output') {
  // A value whose form only code can check is described as anything.
  return z.toJSONSchema(schema, { io, unrepresentable: 'any' });
}
