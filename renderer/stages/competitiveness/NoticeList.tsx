import { useState } from 'react';
import { formatNumber, formatShare } from '../../../shared/i18n/number.ts';
import type { Translate } from '../../../shared/i18n/translate.ts';
import type { CompetitivenessNotice } from '../../../shared/stages/competitiveness/notices.ts';
import { useT } from '../../app/language.ts';

const SIGN = { blocking: '✕', warning: '▲', info: '○' } as const;
const TONE = { blocking: 'tag-failed', warning: 'tag-attention', info: '' } as const;
const RANK = { blocking: 0, warning: 1, info: 2 } as const;

/** Findings of one kind that are shown before the rest is asked for. */
const FIRST = 4;

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

interface Props {
  readonly notices: readonly CompetitivenessNotice[];
  /** Findings of the split, on training rows. */
  readonly split?: readonly CompetitivenessNotice[];
}

interface Line {
  readonly text: string;
  readonly notice: CompetitivenessNotice;
}

/** What is said: each once, worst first, and nothing of a class's training rows where all its rows are too few already. */
function linesOf(t: Translate, notices: Props['notices'], split: Props['notices']): readonly Line[] {
  const tooSmall = new Set(
    notices.flatMap((notice) => (notice.code === 'class-too-small' ? [notice.params.label] : [])),
  );
  const added = split.filter((notice) => notice.code !== 'class-too-small' || !tooSmall.has(notice.params.label));
  const distinct = new Map([
    ...notices.map((notice) => [noticeText(t, notice, 'all'), notice] as const),
    ...added.map((notice) => [noticeText(t, notice, 'train'), notice] as const),
  ]);
  return [...distinct]
    .map(([text, notice]) => ({ text, notice }))
    .sort((a, b) => RANK[a.notice.severity] - RANK[b.notice.severity]);
}

/** Findings, worst first, with a sign and a word of how much they matter; of many alike the first few. */
export function NoticeList({ notices, split = [] }: Props) {
  const t = useT();
  const [all, setAll] = useState(false);
  const lines = linesOf(t, notices, split);
  const seen = new Map<string, number>();
  const shown = lines.filter(({ notice: { code } }) => {
    const count = (seen.get(code) ?? 0) + 1;
    seen.set(code, count);
    return all || count <= FIRST;
  });
  return (
    <>
      <ul className="notice-list" data-testid="competitiveness-notices">
        {shown.map(({ text, notice: { code, severity } }) => (
          <li key={text} data-code={code} data-severity={severity}>
            <span className={`tag ${TONE[severity]}`}>
              {SIGN[severity]} {t(`stage.competitiveness.screen.severity.${severity}`)}
            </span>
            <span>{text}</span>
          </li>
        ))}
      </ul>
      {shown.length < lines.length && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          {t('stage.competitiveness.screen.data.noticesMore', { count: lines.length - shown.length })} →
        </button>
      )}
    </>
  );
}
