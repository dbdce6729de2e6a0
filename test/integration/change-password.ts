import { changePassword } from '../../electron/engine/db/change-password.ts';
import { type RewriteRequest, rewriteUnderKey } from '../../electron/engine/db/rewrite.ts';

/** Changes a password in this very process, so that a test can kill it in the middle. Tells that it is there, then that the writing begins. */
const path = process.argv[2] ?? '';
process.once('message', (message) => {
  const { current, next } = message as { current: string | null; next: string | null };
  let answer: (outcome: unknown) => void = () => undefined;
  const spawn = () => ({
    send(request: unknown) {
      process.send?.('writing', () => answer(rewriteUnderKey(request as RewriteRequest)));
    },
    onMessage(listener: (outcome: unknown) => void) {
      answer = listener;
      return () => undefined;
    },
    onExit: () => () => undefined,
    kill: () => undefined,
  });
  void changePassword({ spawn }, path, current, next).finally(() => process.disconnect());
});
process.send?.('there');
