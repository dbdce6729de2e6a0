import type { OfflineFacts } from '../contract/offline.ts';
import type { Translate } from '../i18n/translate.ts';

export interface Answer {
  readonly tone: 'good' | 'attention' | 'failed';
  readonly text: string;
}

/** The facts in three sentences: connections now, checks of this start, refusals. */
export function offlineAnswers({ sockets, checks, refused }: OfflineFacts, t: Translate): readonly Answer[] {
  const failed = checks.filter(({ passed }) => !passed).length;
  return [
    sockets === null
      ? { tone: 'attention', text: t('offline.answer.unread') }
      : sockets.foreign.length > 0
        ? { tone: 'failed', text: t('offline.answer.leak', { count: sockets.foreign.length }) }
        : { tone: 'good', text: t('offline.answer.sockets', { processes: sockets.processes }) },
    failed > 0
      ? { tone: 'failed', text: t('offline.answer.checksBad', { count: checks.length, failed }) }
      : { tone: 'good', text: t('offline.answer.checksGood', { count: checks.length }) },
    refused.total > 0
      ? { tone: 'attention', text: t('offline.answer.refused', { count: refused.total }) }
      : { tone: 'good', text: t('offline.answer.quiet') },
  ];
}
