import type { z } from 'zod';
import { type ProjectRequestName, projectRequests } from '../../../shared/contract/index.ts';
import type { Reply } from '../../../shared/contract/reply.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { firstIssue } from '../../../shared/errors/issue-reason.ts';
import type { EngineContext } from '../context.ts';
import { createHandlers } from '../handlers.ts';
import { createAudit } from './audit.ts';
import { createFailed } from './failure.ts';

/** Answers any request of a project: checked against the contract, refused where the file may not be written, audited where it does something. Never rejects. */
export type Answer = (name: string, input: unknown, actor: string) => Promise<Reply<unknown>>;

export function createAnswer(context: EngineContext): Answer {
  const { deps, readOnly, undoLog } = context;
  const handlers = createHandlers(context);
  const failed = createFailed(context);
  const audited = createAudit(context, failed);

  const handle = async (
    name: string,
    spec: { readonly input: z.ZodType; readonly output: z.ZodType },
    input: unknown,
  ): Promise<Reply<unknown>> => {
    try {
      const parsed = spec.input.safeParse(input);
      if (!parsed.success) throw invalidRequest(name, parsed.error);
      const handler = handlers[name as ProjectRequestName] as (input: unknown) => unknown;
      const value = await handler(parsed.data);
      return { ok: true, value: deps.verifyReplies ? spec.output.parse(value) : value };
    } catch (error) {
      return failed(name, error);
    }
  };

  return async (name, input, actor) => {
    if (!Object.hasOwn(projectRequests, name)) {
      return { ok: false, error: new AppError('request.unknown', { name }).toJSON() };
    }
    const spec = projectRequests[name as ProjectRequestName];
    if (readOnly !== null && (spec.effect === 'command' || spec.effect === 'job')) {
      return { ok: false, error: new AppError('project.read-only', {}).toJSON() };
    }
    if (spec.effect === 'query' || readOnly !== null) return handle(name, spec, input);
    const { value: reply, changes } = await undoLog.recording(() => handle(name, spec, input));
    return audited({ name, input, actor, reply, changes });
  };
}

function invalidRequest(name: string, error: z.ZodError): AppError {
  return new AppError('request.invalid', { name, ...firstIssue(error) });
}
