import type { AppErrorJson } from '../errors/app-error.ts';

/** The one shape of every answer, over every transport. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: AppErrorJson };
