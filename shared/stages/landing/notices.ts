import { z } from 'zod';

/** What a person should know about a goal, a solution, a package or a pilot although nothing failed. `blocking`: the next step would mislead;
 *  `warning`: read before going on; `info`: for the record. Asserted by `code`, worded by the stage's texts. */
export function notice<const C extends string, P extends z.core.$ZodLooseShape>(code: C, params: P) {
  return z.strictObject({
    code: z.literal(code),
    severity: z.enum(['info', 'warning', 'blocking']),
    params: z.strictObject(params),
  });
}
