import type { StageStatus } from '../../shared/contract/project.ts';
import { useT } from '../app/language.ts';

interface Props {
  readonly status: StageStatus;
  /** Shows the word too; without it, the word is in the tooltip and for screen readers. */
  readonly withWord?: boolean;
}

/** State of a stage or step: each state has its own shape as well as its colour. */
export function StatusDot({ status, withWord = false }: Props) {
  const t = useT();
  const word = t(`status.${status}`);
  return (
    <span className="status" title={withWord ? undefined : word} data-status={status}>
      <svg className={`status-mark status-${status}`} width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        {status === 'done' && <circle cx="5" cy="5" r="4" fill="currentColor" />}
        {status === 'running' && <path d="M2 1.2 9 5 2 8.8Z" fill="currentColor" />}
        {status === 'stale' && <path d="M5 .8 9.4 9H.6Z" fill="currentColor" />}
        {status === 'in-progress' && (
          <>
            <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
            <path d="M5 1.5a3.5 3.5 0 0 1 0 7Z" fill="currentColor" />
          </>
        )}
        {status === 'not-started' && (
          <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.4" />
        )}
        {status === 'not-built' && <path d="M2 5h6" stroke="currentColor" strokeWidth="1.6" />}
      </svg>
      <span className={withWord ? '' : 'visually-hidden'}>{word}</span>
    </span>
  );
}
