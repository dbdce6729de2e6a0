import type { AppErrorJson } from '../../shared/errors/app-error.ts';

export type PackageCheckReply =
  | { readonly type: 'done'; readonly result: unknown }
  | { readonly type: 'failed'; readonly error: AppErrorJson };
