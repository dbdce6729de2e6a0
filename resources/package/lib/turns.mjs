import { RequestError } from './request-error.mjs';
import { LIMITS } from './requests.mjs';

/** Lets requests at the model one after another, a bounded number waiting, each for a bounded time.
 *  @returns {<T>(work: (check: () => void) => Promise<T>) => Promise<T>} */
export function createTurns() {
  let waiting = 0;
  /** @type {Promise<unknown>} */
  let last = Promise.resolve();
  return async (work) => {
    if (waiting >= LIMITS.waiting) {
      throw new RequestError(503, 'busy', 'Too many requests are waiting.', { 'retry-after': '1' });
    }
    const arrived = performance.now();
    const check = () => {
      if (performance.now() - arrived > LIMITS.requestMs) {
        throw new RequestError(503, 'timeout', 'The answer took too long.', { 'retry-after': '5' });
      }
    };
    waiting += 1;
    const turn = last.then(() => {
      check();
      return work(check);
    });
    last = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      waiting -= 1;
    }
  };
}
