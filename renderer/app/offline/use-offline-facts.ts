import { useEffect, useState } from 'react';
import type { OfflineFacts } from '../../../shared/contract/offline.ts';
import type { AppError } from '../../../shared/errors/app-error.ts';
import { call } from '../../engine.ts';
import { asAppError, showRefused } from '../session.ts';

const READ_EVERY_MS = 2_000;

/** The facts, read anew every two seconds while they are shown. */
export function useOfflineFacts(): { readonly facts: OfflineFacts | null; readonly error: AppError | null } {
  const [facts, setFacts] = useState<OfflineFacts | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  useEffect(() => {
    let shown = true;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const read = () => {
      call('app.offline', {})
        .then(
          (fresh) => {
            if (!shown) return;
            setFacts(fresh);
            showRefused(fresh.refused.total);
            setError(null);
          },
          (failure: unknown) => shown && setError(asAppError(failure)),
        )
        .finally(() => {
          if (shown) timer = setTimeout(read, READ_EVERY_MS);
        });
    };
    read();
    return () => {
      shown = false;
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
  return { facts, error };
}
