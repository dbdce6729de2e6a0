import { statSync } from 'node:fs';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { EngineDeps } from '../deps.ts';
import type { CheckOutcome, CheckRequest } from './check.ts';

const BASE_SECONDS = 20;
/** quick_check reads some hundred MB a second; the deadline grows with the file so that a large honest project is not refused. */
const BYTES_PER_SECOND = 50_000_000;

/** Checks a file that may come from anybody, in a process that is killed at its deadline. @throws AppError 'project.check-timeout' */
export function checkInProcess(
  deps: Pick<EngineDeps, 'spawn'>,
  request: CheckRequest,
  baseSeconds = BASE_SECONDS,
): Promise<CheckOutcome> {
  const seconds = baseSeconds + Math.ceil(statSync(request.path).size / BYTES_PER_SECOND);
  const child = deps.spawn('check');
  return new Promise<CheckOutcome>((resolve, reject) => {
    const timeout = new AppError('project.check-timeout', { path: request.path, seconds });
    const deadline = setTimeout(() => reject(timeout), seconds * 1000);
    child.onMessage((message) => {
      clearTimeout(deadline);
      resolve(message as CheckOutcome);
    });
    child.onExit((code, signal) => {
      clearTimeout(deadline);
      // Ended from outside, which says nothing about the file; a crash of its own does.
      if (signal === 'SIGKILL' || signal === 'SIGTERM') {
        reject(new AppError('internal.process-lost', { process: 'check' }));
      }
      resolve({ ok: false, reason: 'corrupt', problem: `check ended with ${signal ?? code}` });
    });
    child.send(request);
  }).finally(() => child.kill());
}
