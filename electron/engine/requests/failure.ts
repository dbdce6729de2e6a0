import type { Reply } from '../../../shared/contract/reply.ts';
import { AppError, toAppErrorJson } from '../../../shared/errors/app-error.ts';
import type { EngineContext } from '../context.ts';
import { asFileFailure } from '../db/file-failure.ts';
import { isAsWritten } from '../project/verify.ts';

/** The reply to a request that threw. */
export type Failed = (name: string, thrown: unknown) => Reply<never>;

/** Names a failure for what it is: of the disk, of a damaged file, or of the program, which is logged. */
export function createFailed({ deps, path, store, kinds }: EngineContext): Failed {
  /** A failure over a result that is not what was written is no fault of the program. */
  const asDamage = (error: unknown): unknown => {
    if (error instanceof AppError) return error;
    try {
      const damaged = store.artifacts.allCurrent().find(({ id }) => isAsWritten({ store, kinds }, id) === false);
      if (damaged === undefined) return error;
      return new AppError('project.corrupt', { path, problem: `${damaged.id} ${damaged.slot}` }, { cause: error });
    } catch (unreadable) {
      return asFileFailure(unreadable, path);
    }
  };

  return (name, thrown) => {
    const error = asDamage(asFileFailure(thrown, path));
    if (!(error instanceof AppError)) {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      deps.log({ level: 'error', what: `request ${name}`, detail });
    }
    return { ok: false, error: toAppErrorJson(error) };
  };
}
