import type { Sockets } from '../contract/offline.ts';
import type { Translate } from '../i18n/translate.ts';

/** Connections of the program in one sentence. */
export function socketSummary({ processes, listening, local, foreign }: Sockets, t: Translate): string {
  return t('offline.sockets.summary', {
    processes,
    listening: listening.length,
    local,
    foreign: foreign.length,
  });
}
