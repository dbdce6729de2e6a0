import { formatShare } from '../../../../shared/i18n/number.ts';
import type { Translate } from '../../../../shared/i18n/translate.ts';
import type { RankedStrategy } from '../../../../shared/stages/competitiveness/strategy/results.ts';
import { useT } from '../../../app/language.ts';
import { numberWithUnit } from '../../../components/NumberText.tsx';
import type { StrategyNames } from './names.ts';

const SIGN = { met: '✓', violated: '✕', unknown: '▲' } as const;
const TONE = { met: 'tag-accent', violated: 'tag-failed', unknown: 'tag-attention' } as const;
const WORD = { met: 'feasible', violated: 'infeasible', unknown: 'unknown' } as const;

type Limit = RankedStrategy['limits'][number];

function amount(t: Translate, limit: Limit['limit'], value: number | null): string {
  if (value === null) return t('list.empty');
  if (limit === 'must-be-accuracy') return formatShare(value, 1);
  return numberWithUnit(t, value, limit === 'size-mb' ? 'megabytes' : 'milliseconds');
}

/** Each limit with value and bound, and whether it is met. */
export function LimitList({ strategy, names }: { readonly strategy: RankedStrategy; readonly names: StrategyNames }) {
  const t = useT();
  return (
    <ul className="limit-list">
      {strategy.type !== 'model' && strategy.limits.length + strategy.exclusions.length === 0 && (
        <li className="muted" title={t('stage.competitiveness.screen.strategy.sameModelHint')}>
          {t('stage.competitiveness.screen.strategy.sameModel')}
        </li>
      )}
      {strategy.exclusions.map((exclusion) => (
        <li key={JSON.stringify(exclusion)} data-status="violated">
          <span className="tag tag-failed">✕ {t('stage.competitiveness.screen.strategy.infeasible')}</span>{' '}
          {exclusion.type === 'guardrail'
            ? t('stage.competitiveness.screen.strategy.exclusion.guardrail', {
                metric: exclusion.metric,
                arm: exclusion.arm,
                experiment: exclusion.experimentId,
              })
            : t(`stage.competitiveness.screen.strategy.exclusion.${exclusion.type}`, {
                parent: exclusion.parentId,
              })}
        </li>
      ))}
      {strategy.limits.map((check) => {
        const isMustBe = check.limit === 'must-be-accuracy';
        const text = t(`stage.competitiveness.screen.strategy.${isMustBe ? 'limitTextMustBe' : 'limitText'}`, {
          limit: t(`stage.competitiveness.screen.strategy.limit.${check.limit}`, {
            need: check.needId === null ? '' : names.need(check.needId),
          }),
          value: amount(t, check.limit, check.value),
          bound: amount(t, check.limit, check.bound),
        });
        return (
          <li key={`${check.limit} ${check.needId}`} data-status={check.status}>
            <span className={`tag ${TONE[check.status]}`}>
              {SIGN[check.status]} {t(`stage.competitiveness.screen.strategy.${WORD[check.status]}`)}
            </span>{' '}
            {text}
          </li>
        );
      })}
    </ul>
  );
}
