import type { PlanLine, StrategyPlans } from '../../../../shared/stages/competitiveness/strategy/plan-lines.ts';
import { planLineText } from '../../../../shared/stages/competitiveness/strategy/plan-text.ts';
import { inspect } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import type { NumberUnit } from '../../../components/NumberText.tsx';

const PLANS = ['model', 'product', 'experience'] as const;
const BASIS_TONE = {
  measured: 'tag-accent',
  experiment: 'tag-accent',
  survey: 'tag-accent',
  assumption: 'tag-attention',
  unmeasured: 'tag-attention',
} as const;
/** How a line's number is shown: factor, unit, decimals. */
const SHOWN: { readonly [U in PlanLine['unit']]: readonly [number, NumberUnit, number] } = {
  share: [1, 'share', 1],
  points: [100, 'points', 1],
  score: [1, 'plain', 1],
  value: [1, 'plain', 2],
};
/** Signs beside the words for what must not happen, what is open, and what can be done. */
const STOPS: readonly PlanLine['templateId'][] = [
  'hold-guardrail',
  'hold-worse',
  'compress-refused',
  'metric-worse',
  'sus-worse',
];

/** The three plans that follow from g, each line with what it rests on. */
export function PlanCards({ plans }: { readonly plans: StrategyPlans }) {
  const t = useT();
  return (
    <div className="plan-cards">
      {PLANS.map((plan) => (
        <Card
          key={plan}
          title={t(`stage.competitiveness.screen.plan.title.${plan}`)}
          testId={`competitiveness-plan-${plan}`}
        >
          <p className="muted">{t(`stage.competitiveness.screen.plan.lead.${plan}`)}</p>
          {plans[plan].length === 0 ? (
            <p className="muted">{t(`stage.competitiveness.screen.plan.empty.${plan}`)}</p>
          ) : (
            <ol className="plan-lines">
              {plans[plan].map((line) => (
                <Line key={JSON.stringify([line.templateId, line.params, line.needId])} line={line} />
              ))}
            </ol>
          )}
        </Card>
      ))}
    </div>
  );
}

function Line({ line }: { readonly line: PlanLine }) {
  const t = useT();
  const { templateId, basis, estimate, unit, n, slots, evidence } = line;
  const text = planLineText(t, line);
  const [factor, shownUnit, decimals] = SHOWN[unit];
  const slot = slots[0];
  const isStop = STOPS.includes(templateId);
  return (
    <li data-template={templateId}>
      <span>
        {isStop && <strong className="failed-words">✕ </strong>}
        {text}
      </span>
      <span className="plan-basis">
        <span className={`tag ${BASIS_TONE[basis]}`}>
          {BASIS_TONE[basis] === 'tag-attention' && '▲ '}
          {t(`stage.competitiveness.screen.plan.basis.${basis}`)}
        </span>
        {estimate === null && (
          <button
            type="button"
            className="link"
            onClick={() =>
              inspect({ title: text, ...(slot === undefined ? {} : { slot }), ...(n === null ? {} : { n }) })
            }
          >
            {t('stage.competitiveness.screen.plan.open')}
          </button>
        )}
        {estimate !== null && (
          <InspectedNumber
            value={estimate.value * factor}
            unit={shownUnit}
            decimals={decimals}
            interval={[estimate.low * factor, estimate.high * factor]}
            inspected={{ title: text, ...(slot === undefined ? {} : { slot }), ...(n === null ? {} : { n }) }}
          />
        )}
        {n !== null &&
          (evidence === null ? (
            <span className="muted number">{t('stage.competitiveness.screen.plan.n.unmeasured', { n })}</span>
          ) : (
            <span className="muted">
              n = <EvidenceLink count={n} evidence={evidence} title={text} />
            </span>
          ))}
      </span>
    </li>
  );
}
