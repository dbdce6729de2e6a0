import { formatNumber, formatShare, formatShort } from '../../../shared/i18n/number.ts';
import type { Translate } from '../../../shared/i18n/translate.ts';
import type { CompetitivenessNotice } from '../../../shared/stages/competitiveness/notices.ts';
import { useT } from '../../app/language.ts';
import { NoticeList } from '../../components/NoticeList.tsx';

/** A notice in words. The split counts training rows of a class, the check all of them. */
function noticeText(t: Translate, notice: CompetitivenessNotice, counted: 'all' | 'train'): string {
  switch (notice.code) {
    case 'class-too-small':
      return t(`stage.competitiveness.screen.notice.class-too-small.${counted}`, notice.params);
    case 'label-not-in-train':
      return t(`stage.competitiveness.screen.notice.label-not-in-train.${notice.params.part}`, notice.params);
    case 'duplicates-across-parts':
      // The split took them out of the training rows; the check finds those that are still there.
      if (counted === 'train') {
        return t('stage.competitiveness.screen.data.excluded', { count: notice.params.rows });
      }
      return t(`stage.competitiveness.screen.notice.duplicates-across-parts.${notice.params.kind}`, notice.params);
    case 'share-not-met':
      return t(`stage.competitiveness.screen.notice.share-not-met.${notice.params.part}`, {
        asked: formatShare(notice.params.asked, 1),
        reached: formatShare(notice.params.reached, 1),
      });
    case 'values-outside-train':
      return t('stage.competitiveness.screen.notice.values-outside-train', {
        ...notice.params,
        share: formatShare(notice.params.share, 1),
        low: formatShort(notice.params.low),
        high: formatShort(notice.params.high),
      });
    case 'truncated-texts':
      return t('stage.competitiveness.screen.notice.truncated-texts', {
        ...notice.params,
        share: formatShare(notice.params.share, 1),
      });
    case 'class-imbalance':
      return t('stage.competitiveness.screen.notice.class-imbalance', {
        ...notice.params,
        ratio: formatNumber(notice.params.ratio, 1),
      });
    case 'provider-failed':
      return t('stage.competitiveness.screen.notice.provider-failed', {
        provider: t(`providers.name.${notice.params.provider}`),
      });
    default:
      return t(`stage.competitiveness.screen.notice.${notice.code}`, notice.params);
  }
}

interface Props {
  readonly notices: readonly CompetitivenessNotice[];
  /** Findings of the split, on training rows. */
  readonly split?: readonly CompetitivenessNotice[];
}

/** Findings of data and runs; nothing of a class's training rows where all its rows are too few already. */
export function CompetitivenessNotices({ notices, split = [] }: Props) {
  const t = useT();
  const tooSmall = new Set(
    notices.flatMap((notice) => (notice.code === 'class-too-small' ? [notice.params.label] : [])),
  );
  const added = split.filter((notice) => notice.code !== 'class-too-small' || !tooSmall.has(notice.params.label));
  const line = (notice: CompetitivenessNotice, counted: 'all' | 'train') => ({
    code: notice.code,
    severity: notice.severity,
    text: noticeText(t, notice, counted),
  });
  return (
    <NoticeList
      lines={[...notices.map((notice) => line(notice, 'all')), ...added.map((notice) => line(notice, 'train'))]}
      testId="competitiveness-notices"
    />
  );
}
