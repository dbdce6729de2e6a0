import { AppError, fromAppErrorJson } from '../../../../../shared/errors/app-error.ts';
import { type SelfTest, selfTestSchema } from '../../../../../shared/stages/landing/package/results.ts';
import type { PackageCheckReply } from '../../../../package-check/protocol.ts';
import type { EngineDeps } from '../../../deps.ts';

const LONGEST_MS = 180_000;

/** Runs the self-test that a package brings along, in a process of its own that is gone afterwards.
 *  @throws AppError 'internal.process-lost' where it dies or never ends; the signal's reason when cancelled */
export function runSelfTest(
  { spawn }: Pick<EngineDeps, 'spawn'>,
  folder: string,
  signal: AbortSignal,
): Promise<SelfTest> {
  signal.throwIfAborted();
  const child = spawn('package-check');
  const outcome = Promise.withResolvers<SelfTest>();
  const lost = () => outcome.reject(new AppError('internal.process-lost', { process: 'package-check' }));
  const cancel = () => outcome.reject(signal.reason);
  const gone = new Promise<void>((resolve) => {
    child.onExit(() => {
      lost();
      resolve();
    });
  });
  const timer = setTimeout(lost, LONGEST_MS);
  signal.addEventListener('abort', cancel);
  child.onMessage((message) => {
    const reply = message as PackageCheckReply;
    if (reply.type === 'failed') return outcome.reject(fromAppErrorJson(reply.error));
    const result = selfTestSchema.safeParse(reply.result);
    if (result.success) outcome.resolve(result.data);
    else outcome.reject(result.error);
  });
  child.send(folder);
  return outcome.promise.finally(async () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    child.kill();
    // The folder cannot be moved on every system while the process holds its runtime.
    await gone;
  });
}
