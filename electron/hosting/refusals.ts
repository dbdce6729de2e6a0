import type { Refusal, RefusalKind, RefusedRequests } from '../../shared/contract/offline.ts';

const LAST_KEPT = 50;
const WHAT_CHARACTERS = 160;

/** The requests that a host refused since its start, by kind, with the last of them. */
export interface Refusals {
  /** `what` names the place, without query or content: it is shown and printed. */
  add(kind: RefusalKind, what: string): void;
  total(): number;
  read(): RefusedRequests;
}

export function createRefusals(
  now: () => Date = () => new Date(),
  /** A secret that is shown nowhere, whatever somebody puts it into. */
  secret: string | null = null,
): Refusals {
  const counts = new Map<RefusalKind, number>();
  const last: Refusal[] = [];
  const total = () => [...counts.values()].reduce((sum, count) => sum + count, 0);
  return {
    add(kind, what) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      last.unshift({
        at: now().toISOString(),
        kind,
        what: shown(secret === null ? what : what.replaceAll(secret, '…')),
      });
      last.length = Math.min(last.length, LAST_KEPT);
    },
    total,
    read: () => ({
      total: total(),
      byKind: [...counts].map(([kind, count]) => ({ kind, count })),
      last: [...last],
    }),
  };
}

/** Without what may hold a secret or a customer's words, and of a bounded length. */
function shown(what: string): string {
  const place = what.split(/[?#]/)[0] ?? '';
  return place
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, ' ')
    .slice(0, WHAT_CHARACTERS);
}
