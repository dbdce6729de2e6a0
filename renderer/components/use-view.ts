import { useCallback, useEffect, useRef, useState } from 'react';
import type { Input, Output, RequestName, Requests } from '../../shared/contract/index.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { onChange, rememberedView, rememberView, touches } from '../app/changes.ts';
import { asAppError } from '../app/session.ts';
import { call, isAppRequest, whileShown } from '../engine.ts';

export type QueryName = { [N in RequestName]: Requests[N]['effect'] extends 'query' ? N : never }[RequestName];

export interface ViewState<T> {
  /** The last answer; it stays while a newer one is fetched. Undefined until the first. */
  readonly value: T | undefined;
  readonly error: AppError | null;
  /** True once an answer has been waited for longer than 300 ms. */
  readonly slow: boolean;
  readonly refresh: () => void;
}

export const SLOW_MS = 300;

/**
 * Fetches a query, and again when the engine says that a slot it reads has changed.
 * @param input null: nothing to ask yet
 * @param slots slots or kinds that the view reads, e.g. `['demand.needs']`; every change where left out
 */
export function useView<N extends QueryName>(
  name: N,
  input: Input<N> | null,
  slots?: readonly string[],
): ViewState<Output<N>> {
  const key = input === null ? null : `${name} ${JSON.stringify(input)}`;
  const [shown, setShown] = useState<{ key: string | null; value: Output<N> | undefined; error: AppError | null }>({
    key: null,
    value: undefined,
    error: null,
  });
  const [slow, setSlow] = useState(false);
  const [round, setRound] = useState(0);
  const watched = useRef(slots);
  watched.current = slots;

  const refresh = useCallback(() => setRound((count) => count + 1), []);

  useEffect(
    () =>
      onChange((changed) => {
        if (touches(watched.current, changed)) refresh();
      }),
    [refresh],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for name and input; `round` asks again.
  useEffect(() => {
    if (key === null || input === null) return;
    let current = true;
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    const done = (value: Output<N> | undefined, error: AppError | null) => {
      clearTimeout(timer);
      if (!current) return;
      setSlow(false);
      setShown((before) => ({ key, value: error !== null && before.key === key ? before.value : value, error }));
    };
    const keep = (value: Output<N>) => {
      rememberView(key, value);
      done(value, null);
    };
    const answer = call(name, input);
    // What the host says of itself is the same whatever project is shown.
    const kept = isAppRequest(name) ? answer.then(keep) : whileShown(answer, keep);
    kept.catch((error: unknown) => done(undefined, asAppError(error)));
    return () => {
      current = false;
      clearTimeout(timer);
      setSlow(false);
    };
  }, [key, round]);

  const remembered = key === null ? undefined : (rememberedView(key) as Output<N> | undefined);
  const isCurrent = shown.key === key;
  return {
    value: isCurrent ? (shown.value ?? remembered) : remembered,
    error: isCurrent ? shown.error : null,
    slow,
    refresh,
  };
}
