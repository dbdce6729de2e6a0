import type { PilotResult } from '../../../../shared/stages/landing/pilot/results.ts';
import { useT } from '../../../app/language.ts';
import { RangeCell, spanOf } from '../../../charts/RangeCell.tsx';
import { Card } from '../../../components/Card.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { effectText, effectWords, measureText } from '../words.ts';

type Guardrail = PilotResult['guardrails'][number];

const TONE = { holds: 'tag-done', breached: 'tag-failed', unclear: 'tag-attention', 'not-measured': '' } as const;
const MARK = { holds: 'accent', breached: 'failed', unclear: 'attention', 'not-measured': 'muted' } as const;
const SIGN = { holds: '✓', breached: '✕', unclear: '▲', 'not-measured': '○' } as const;

/** What must not get worse: how much worse it got, with its interval against the margin. */
export function GuardrailCard({ guardrails }: { readonly guardrails: readonly Guardrail[] }) {
  const t = useT();
  return (
    <Card wide title={t('stage.landing.screen.pilot.guardrails')} testId="landing-guardrails">
      <p className="muted">{t('stage.landing.screen.pilot.lossHint')}</p>
      {guardrails.map((guardrail) => (
        <div key={guardrail.id} className="guardrail" data-verdict={guardrail.verdict}>
          <div className="guardrail-head">
            <strong>{guardrail.name}</strong>
            <span className={`tag ${TONE[guardrail.verdict]}`}>
              {SIGN[guardrail.verdict]} {t(`stage.landing.screen.pilot.guardrailVerdict.${guardrail.verdict}`)}
            </span>
          </div>
          <div className="guardrail-cells">
            {guardrail.cells.map((cell) => (
              <span key={`${cell.arm} ${cell.period}`}>
                <span className="muted">
                  {t(`stage.landing.screen.pilot.armName.${cell.arm}`)}
                  {cell.period !== null && ` · ${t(`stage.landing.screen.pilot.periodName.${cell.period}`)}`}
                </span>{' '}
                <span className="number">
                  {cell.value === null ? '—' : measureText(cell.value, guardrail.type, guardrail.loss)}
                </span>{' '}
                (n ={' '}
                <EvidenceLink
                  count={cell.measured}
                  evidence={{
                    type: 'pilot',
                    arm: cell.arm,
                    period: cell.period,
                    segment: null,
                    measure: guardrail.id,
                    rows: 'measured',
                  }}
                  title={guardrail.name}
                />
                )
              </span>
            ))}
          </div>
          {guardrail.loss !== null && (
            <div className="guardrail-loss">
              <span className="muted">{t('stage.landing.screen.pilot.loss')}</span>
              <RangeCell
                value={guardrail.loss.value}
                interval={[guardrail.loss.low, guardrail.loss.high]}
                span={spanOf([0, guardrail.margin, guardrail.loss.low, guardrail.loss.high])}
                limit={{ value: guardrail.margin, direction: 'at-most' }}
                tone={MARK[guardrail.verdict]}
                label={`${guardrail.name} ${lossText(guardrail)}`}
                width={180}
              />
              <span className="number">{lossText(guardrail)}</span>
              <span className="muted number">
                {t('stage.landing.screen.pilot.margin')}{' '}
                {effectWords(t, guardrail.margin, guardrail.type).replace('+', '')}
              </span>
            </div>
          )}
        </div>
      ))}
    </Card>
  );
}

function lossText({ loss, type }: Guardrail): string {
  if (loss === null) return '—';
  return `${effectText(loss.value, type)} [${effectText(loss.low, type)}, ${effectText(loss.high, type)}]`;
}
