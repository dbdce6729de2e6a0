import { Button } from 'antd';
import { formatShare } from '../../../../shared/i18n/number.ts';
import type { GoalSuggestion } from '../../../../shared/stages/landing/goals/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { boundsOf, InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { useLanding } from '../store.ts';
import { goalFrom } from './new-goal.ts';

/** Goals that the heaviest needs speak for: why, and where they stand today as far as the data says. */
export function SuggestionList({ suggestions }: { readonly suggestions: readonly GoalSuggestion[] }) {
  const t = useT();
  const needs = [...Map.groupBy(suggestions, ({ needId }) => needId).values()];
  return (
    <Card title={t('stage.landing.screen.goals.suggestions')} testId="landing-goal-suggestions">
      <p className="muted">{t('stage.landing.screen.goals.suggestionsHint')}</p>
      {needs.map((group) => (
        <div key={group[0]?.needId} className="suggestion-group">
          <strong>
            {t('stage.landing.screen.goals.suggestionFor', {
              rank: group[0]?.rank ?? 0,
              need: group[0]?.needName ?? '',
            })}
          </strong>
          <ul className="lines">
            {group.map((suggestion) => {
              const { template, needName: need, part, partShare, baseline } = suggestion;
              const title = t(`stage.landing.screen.goals.template.${template}.title`, { need });
              return (
                <li key={template}>
                  <span className="lines-grow">
                    {title}
                    <span className="muted suggestion-why">
                      {partShare === null || partShare === 0
                        ? t('stage.landing.screen.goals.part.none')
                        : t(`stage.landing.screen.goals.part.${part}`, { share: formatShare(partShare) })}
                    </span>
                  </span>
                  <span className="suggestion-today">
                    {baseline === null ? (
                      <span className="faint">{t('stage.landing.screen.goals.todayUnknown')}</span>
                    ) : (
                      <>
                        <InspectedNumber
                          value={baseline.value}
                          unit="share"
                          interval={boundsOf(baseline.low, baseline.high)}
                          inspected={{
                            title: t(`stage.landing.screen.goals.template.${template}.kpi`, { need }),
                            n: baseline.n,
                            slot: baseline.slot,
                          }}
                        />{' '}
                        <span className="muted">n = {baseline.n}</span>
                      </>
                    )}
                  </span>
                  <Button
                    size="small"
                    onClick={() => useLanding.setState({ goal: { id: null, settings: goalFrom(t, suggestion) } })}
                    data-testid={`landing-suggestion-${template}`}
                  >
                    {t('stage.landing.screen.goals.use')}
                  </Button>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </Card>
  );
}
