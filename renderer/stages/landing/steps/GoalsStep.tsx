import { Button } from 'antd';
import { useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { GoalForm } from '../goals/GoalForm.tsx';
import { GoalTable } from '../goals/GoalTable.tsx';
import { EMPTY_GOAL } from '../goals/new-goal.ts';
import { SuggestionList } from '../goals/SuggestionList.tsx';
import { Tornado } from '../goals/Tornado.tsx';
import { useLanding } from '../store.ts';

/** What the customer wants to reach, from where to where, and what it is worth. */
export function GoalsStep() {
  const t = useT();
  const goals = useView('landing.goals', {}, ['landing.goal', 'demand.needs']);
  const suggestions = useView('landing.goalSuggestions', {}, ['demand.needs', 'competitiveness.run']);
  const needs = useView('demand.needs', {}, ['demand.needs']);
  const { goal: draft, openGoal } = useLanding();
  const list = goals.value ?? [];
  const valued = list.filter(({ result }) => result.value !== null);
  const shown = valued.find(({ result }) => result.id === openGoal) ?? valued[0];
  return (
    <StepPage
      stage="landing"
      step="goals"
      action={
        draft === null && (
          <>
            <Button
              type={list.length === 0 ? 'primary' : 'default'}
              onClick={() => useLanding.setState({ goal: { id: null, settings: EMPTY_GOAL } })}
              data-testid="landing-goal-new"
            >
              {t('stage.landing.screen.goals.new')}
            </Button>
            {list.length > 0 && (
              <Button type="primary" onClick={() => goToStep('landing', 'solution')} data-testid="landing-goals-next">
                {t('stage.landing.screen.goals.next')} →
              </Button>
            )}
          </>
        )
      }
      notice={
        <>
          <ViewNotice view={goals} />
          <ViewNotice view={suggestions} />
        </>
      }
    >
      {draft !== null && (
        <GoalForm
          draft={draft}
          needs={needs.value?.result.needs.map(({ id, name }) => ({ value: id, label: name })) ?? []}
        />
      )}
      {goals.value?.length === 0 && draft === null && (
        <Card>
          <EmptyState title={t('stage.landing.screen.goals.none')} hint={t('stage.landing.screen.goals.noneHint')} />
        </Card>
      )}
      {list.length > 0 && <GoalTable goals={list} />}
      {shown !== undefined && shown.result.value !== null && <Tornado goal={shown.result} value={shown.result.value} />}
      {suggestions.value !== undefined && suggestions.value.length > 0 && (
        <SuggestionList suggestions={suggestions.value} />
      )}
    </StepPage>
  );
}
