import { formatShare } from '../../../../shared/i18n/number.ts';
import type { StrategyResult } from '../../../../shared/stages/competitiveness/strategy/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import type { StrategyNames } from './names.ts';

const MOST = 6;
const ALL = 0.995;

/** How far the weight of a need would have to move for another strategy to lead, nearest first. */
export function ChangeCard({ result, names }: { readonly result: StrategyResult; readonly names: StrategyNames }) {
  const t = useT();
  // A weight of 1 is no change of mind but the loss of every other need.
  const shifts = result.wouldChange.filter(({ flipsAt }) => flipsAt < ALL);
  return (
    <Card title={t('stage.competitiveness.screen.strategy.change')} testId="competitiveness-strategy-change">
      {shifts.length === 0 ? (
        <p>{t('stage.competitiveness.screen.strategy.changeNone')}</p>
      ) : (
        <>
          <p className="muted">{t('stage.competitiveness.screen.strategy.changeLead')}</p>
          <ul className="lines lines-stacked">
            {shifts.slice(0, MOST).map(({ needId, rivalId, weight, flipsAt, insideInterval }) => (
              <li key={`${needId} ${rivalId}`}>
                <span className="lines-grow">
                  {t('stage.competitiveness.screen.strategy.changeRow', {
                    need: names.need(needId),
                    weight: formatShare(weight, 1),
                    flips: formatShare(flipsAt, 1),
                    rival: names.strategy(rivalId),
                  })}
                </span>
                <span className={insideInterval ? 'tag tag-attention' : 'tag'}>
                  {insideInterval && '▲ '}
                  {t(`stage.competitiveness.screen.strategy.${insideInterval ? 'changeInside' : 'changeOutside'}`)}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
