import type { EvidenceRef } from '../../shared/contract/evidence.ts';
import { formatNumber } from '../../shared/i18n/number.ts';
import { useInspector } from '../app/inspector.ts';
import { useT } from '../app/language.ts';

interface Props {
  readonly count: number;
  /** Exactly the rows that the count counts. */
  readonly evidence: EvidenceRef;
  /** What is counted, as the title of the list. */
  readonly title: string;
}

/** A count that opens the list of the rows that it counts. */
export function EvidenceLink({ count, evidence, title }: Props) {
  const t = useT();
  if (count === 0) return <span className="number">0</span>;
  return (
    <button
      type="button"
      className="link number"
      title={t('evidence.link', { count })}
      aria-label={`${title}: ${t('evidence.link', { count })}`}
      onClick={(event) => {
        event.stopPropagation();
        useInspector.getState().showEvidence({ title, ref: evidence });
      }}
      data-testid="evidence-link"
    >
      {formatNumber(count)}
    </button>
  );
}
