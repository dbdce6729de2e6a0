import { useState } from 'react';
import { useT } from '../app/language.ts';

const SIGN = { blocking: '✕', warning: '▲', info: '○' } as const;
const TONE = { blocking: 'tag-failed', warning: 'tag-attention', info: '' } as const;
const RANK = { blocking: 0, warning: 1, info: 2 } as const;

/** Findings of one kind that are shown before the rest is asked for. */
const FIRST = 4;

export interface NoticeLine {
  readonly code: string;
  readonly severity: 'blocking' | 'warning' | 'info';
  /** The finding in words. */
  readonly text: string;
}

interface Props {
  readonly lines: readonly NoticeLine[];
  readonly testId?: string;
}

/** Findings, worst first, each once, with a sign and a word of how much they matter; of many alike the first few. */
export function NoticeList({ lines, testId = 'notices' }: Props) {
  const t = useT();
  const [all, setAll] = useState(false);
  const distinct = [...new Map(lines.map((line) => [line.text, line])).values()].sort(
    (a, b) => RANK[a.severity] - RANK[b.severity],
  );
  if (distinct.length === 0) return null;
  const seen = new Map<string, number>();
  const shown = distinct.filter(({ code }) => {
    const count = (seen.get(code) ?? 0) + 1;
    seen.set(code, count);
    return all || count <= FIRST;
  });
  return (
    <>
      <ul className="notice-list" data-testid={testId}>
        {shown.map(({ text, code, severity }) => (
          <li key={text} data-code={code} data-severity={severity}>
            <span className={`tag ${TONE[severity]}`}>
              {SIGN[severity]} {t(`severity.${severity}`)}
            </span>
            <span>{text}</span>
          </li>
        ))}
      </ul>
      {shown.length < distinct.length && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          {t('action.noticesMore', { count: distinct.length - shown.length })} →
        </button>
      )}
    </>
  );
}
