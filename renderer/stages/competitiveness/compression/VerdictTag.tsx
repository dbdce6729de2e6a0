import type { Gate } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';

const SIGN = { accepted: '✓', unproven: '▲', refused: '✕' } as const;
const WORDS = { accepted: '', unproven: 'attention-words', refused: 'failed-words' } as const;

/** Accepted, not shown or refused, in a word with its sign; the rule on hover. */
export function VerdictTag({ gate }: { readonly gate: Gate }) {
  const t = useT();
  const { verdict, comparison } = gate;
  return (
    <strong
      className={`nowrap ${WORDS[verdict]}`}
      title={t('stage.competitiveness.screen.compression.gateMethod', { resamples: comparison.resamples })}
      data-testid="competitiveness-gate"
      data-verdict={verdict}
    >
      {SIGN[verdict]} {t(`stage.competitiveness.screen.compression.verdict.${verdict}`)}
    </strong>
  );
}
