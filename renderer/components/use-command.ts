import { useState } from 'react';
import type { Input, RequestName, Requests } from '../../shared/contract/index.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { asAppError } from '../app/session.ts';
import { call } from '../engine.ts';

type CommandName = { [N in RequestName]: Requests[N]['effect'] extends 'command' ? N : never }[RequestName];

interface CommandState {
  readonly busy: boolean;
  readonly error: AppError | null;
  readonly clear: () => void;
  /** Sends the command and answers whether it was taken; a refusal stays in `error`. */
  readonly send: <N extends CommandName>(name: N, input: Input<N>) => Promise<boolean>;
}

/** Commands of a screen, one at a time, with their failure to show. */
export function useCommand(): CommandState {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  return {
    busy,
    error,
    clear: () => setError(null),
    send: async (name, input) => {
      setBusy(true);
      setError(null);
      try {
        await call(name, input);
        return true;
      } catch (failure) {
        setError(asAppError(failure));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}
