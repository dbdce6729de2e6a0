import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { Gate } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { pText } from '../models/figures.tsx';
import { partName } from './part-name.ts';

const POINTS = 100;
const NAMED_PARTS = 3;
const SIGN = { accepted: '✓', unproven: '▲', refused: '✕' } as const;
const WORDS = { accepted: '', unproven: 'attention-words', refused: 'failed-words' } as const;

/** Accepted, not shown or refused, with the reason; where it is not accepted, also which parts lose most. */
export function GateVerdict({ gate }: { readonly gate: Gate }) {
  const t = useT();
  const { verdict, reason, tolerance, comparison, rowsNeeded, sensitivity } = gate;
  const method = t('stage.competitiveness.screen.compression.gateMethod', { resamples: comparison.resamples });
  const parts = (sensitivity?.groups ?? []).slice(0, NAMED_PARTS).map(({ group }) => partName(t, group));
  return (
    <div className="gate" data-testid="competitiveness-gate" data-verdict={verdict} title={method}>
      <strong className={WORDS[verdict]}>
        {SIGN[verdict]} {t(`stage.competitiveness.screen.compression.verdict.${verdict}`)}
      </strong>
      <div className="muted">
        {t(`stage.competitiveness.screen.compression.reason.${reason}`, {
          rows: comparison.rows,
          tolerance: formatNumber(tolerance * POINTS, 1),
          loss: formatNumber(-comparison.accuracyDifference.value * POINTS, 1),
          p: pText(t, comparison.mcNemar.pValue),
        })}
        {rowsNeeded !== null && ` ${t('stage.competitiveness.screen.compression.rowsNeeded', { rows: rowsNeeded })}`}
        {verdict !== 'accepted' &&
          parts.length > 0 &&
          ` ${t('stage.competitiveness.screen.compression.sensitive', {
            parts: parts.join(t('stage.competitiveness.screen.compression.partsJoin')),
          })}`}
      </div>
    </div>
  );
}
