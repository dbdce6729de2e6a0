import { AppError, fromAppErrorJson } from '../../../shared/errors/app-error.ts';
import type { EngineDeps } from '../deps.ts';
import { readHeader } from './header.ts';
import { deriveKey, newKey, wipe } from './project-key.ts';
import type { RewriteOutcome, RewriteRequest } from './rewrite.ts';

export interface PasswordChanged {
  /** Whether the readable original was overwritten before it went; null where the original was encrypted. */
  readonly originalOverwritten: boolean | null;
}

/** Puts a project that nobody has open under another password, or with null under none, in a process of its own: whenever that is killed, the file opens with the one or the other.
 *  @throws AppError 'project.password-wrong' | 'project.locked' | 'project.disk-full' | 'project.cannot-write' | 'project.corrupt' | 'internal.process-lost' */
export async function changePassword(
  deps: Pick<EngineDeps, 'spawn'>,
  path: string,
  current: string | null,
  next: string | null,
): Promise<PasswordChanged> {
  const header = readHeader(path);
  if ((header.type === 'encrypted') !== (current !== null)) throw new AppError('project.password-wrong', { path });
  const from = header.type === 'encrypted' && current !== null ? await deriveKey(current, header.salt) : null;
  const to = next === null ? null : await newKey(next);
  try {
    const outcome = await rewriteInProcess(deps, { path, from, to });
    if (!outcome.ok) throw fromAppErrorJson(outcome.error);
    return { originalOverwritten: outcome.originalOverwritten };
  } finally {
    wipe(from);
    wipe(to);
  }
}

/** Without a deadline: cut off it would only have to begin again, and it ends on any disk that answers. */
function rewriteInProcess(deps: Pick<EngineDeps, 'spawn'>, request: RewriteRequest): Promise<RewriteOutcome> {
  const child = deps.spawn('check');
  return new Promise<RewriteOutcome>((resolve, reject) => {
    child.onMessage((message) => resolve(message as RewriteOutcome));
    child.onExit(() => reject(new AppError('internal.process-lost', { process: 'check' })));
    child.send(request);
  }).finally(() => child.kill());
}
