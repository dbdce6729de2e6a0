import type { ErrorCode, ErrorParams } from './codes.ts';
import type { Reason } from './reasons.ts';

/** The one form in which a failure crosses a process or a socket. `detail` is for logs, never for people. */
export interface AppErrorJson {
  readonly code: ErrorCode;
  readonly params: Reason['params'];
  readonly detail?: string;
}

/** An expected failure: people get the message and remedy of `code`, logs get `detail` and `cause`. */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly params: ErrorParams[C];

  constructor(code: C, params: ErrorParams[C], options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(params)}`, options);
    this.name = 'AppError';
    this.code = code;
    this.params = params;
  }

  toJSON(): AppErrorJson {
    const cause = this.cause instanceof Error ? this.cause.message : undefined;
    const json = { code: this.code, params: this.params as Reason['params'] };
    return cause === undefined ? json : { ...json, detail: cause };
  }
}

/** A broken invariant: a fault of ours, logged whole and never worded as the user's mistake. */
export class BugError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BugError';
  }
}

/** Rebuilds an `AppError` from its serialised form, on the near side of a process border. */
export function fromAppErrorJson(json: AppErrorJson): AppError {
  const options = json.detail === undefined ? undefined : { cause: new Error(json.detail) };
  return new AppError(json.code, json.params as never, options);
}

/** Any thrown value as the serialised form; what is not an `AppError` becomes `internal.bug` with its stack in `detail`. */
export function toAppErrorJson(error: unknown): AppErrorJson {
  if (error instanceof AppError) return error.toJSON();
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'internal.bug', params: {}, detail };
}
