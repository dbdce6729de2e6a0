import { formatNumber, formatShare } from '../../../shared/i18n/number.ts';
import type { Translate } from '../../../shared/i18n/translate.ts';
import type { CompetitivenessNotice } from '../../../shared/stages/competitiveness/notices.ts';
import { useT } from '../../app/language.ts';

const SIGN = { blocking: '✕', warning: '▲', info: '○' } as const;
const TONE = { blocking: 'tag-failed', warning: 'tag-attention', info: '' } as const;
const RANK = { blocking: 0, warning: 1, info: 2 } as const;

/** A notice in words. */
function noticeText(t: Translate, notice: CompetitivenessNotice): string {
  switch (notice.code) {
    case 'label-not-in-train':
      return t(`stage.competitiveness.screen.notice.label-not-in-train.${notice.params.part}`, notice.params);
    case 'duplicates-across-parts':
      return t(`stage.competitiveness.screen.notice.duplicates-across-parts.${notice.params.kind}`, notice.params);
    case 'share-not-met':
      return t(`stage.competitiveness.screen.notice.share-not-met.${notice.params.part}`, {
        asked: formatShare(notice.params.asked, 1),
        reached: formatShare(notice.params.reached, 1),
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
    default:
      return t(`stage.competitiveness.screen.notice.${notice.code}`, notice.params);
  }
}

/** Findings, worst first, each once, with a sign and a word of how much they matter. */
export function NoticeList({ notices }: { readonly notices: readonly CompetitivenessNotice[] }) {
  const t = useT();
  const distinct = new Map(notices.map((notice) => [noticeText(t, notice), notice]));
  const sorted = [...distinct].sort(([, a], [, b]) => RANK[a.severity] - RANK[b.severity]);
  return (
    <ul className="notice-list" data-testid="competitiveness-notices">
      {sorted.map(([text, { code, severity }]) => (
        <li key={text} data-code={code} data-severity={severity}>
          <span className={`tag ${TONE[severity]}`}>
            {SIGN[severity]} {t(`stage.competitiveness.screen.severity.${severity}`)}
          </span>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
