import type { I18nKey } from '../../../../shared/i18n/translate.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { NothingYet } from '../../../components/NothingYet.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { useCompetitiveness } from '../store.ts';
import { AnswerCard } from '../strategy/AnswerCard.tsx';
import { ChangeCard } from '../strategy/ChangeCard.tsx';
import { namesOf } from '../strategy/names.ts';
import { ParetoCard } from '../strategy/ParetoCard.tsx';
import { PlanCards } from '../strategy/PlanCards.tsx';
import { RankedTable } from '../strategy/RankedTable.tsx';
import { SettingsCard } from '../strategy/SettingsCard.tsx';
import { useExperiments, useFloors, useRuns } from '../use-results.ts';

/** g: which strategy to take, how sure that is, and what would change it. */
export function StrategyStep() {
  const t = useT();
  const needs = useView('demand.needs', {}, ['demand.needs']);
  const floors = useFloors();
  const runs = useRuns();
  const experiments = useExperiments();
  const choice = useView('competitiveness.strategies', {}, ['competitiveness.strategies']);
  const decision = useView('competitiveness.decision', {}, [
    'competitiveness.decision',
    'competitiveness.strategies',
    'competitiveness.run',
    'competitiveness.floors',
    'competitiveness.compressed',
    'competitiveness.experiment',
    'competitiveness.usability',
    'demand.needs',
    'demand.dataset',
  ]);
  const { strategies: draft, draws, seed } = useCompetitiveness();
  if (needs.value === null) return <Missing what="noNeeds" go="goNeeds" stage="demand" step="needs" />;
  if (floors.value === null) return <Missing what="noFloors" go="goModels" stage="competitiveness" step="models" />;
  const view = decision.value ?? null;
  const names = view === null ? null : namesOf(t, view.result, floors.value?.result);
  const isReady = needs.value !== undefined && floors.value !== undefined;
  return (
    <StepPage
      stage="competitiveness"
      step="strategy"
      action={
        isReady && (
          <JobButton
            request="competitiveness.decide"
            input={{ draws, seed }}
            slot="competitiveness.decision"
            label={t(`stage.competitiveness.screen.strategy.${view === null ? 'decide' : 'decideAgain'}`)}
            primary
            missing={draft === null ? null : t('stage.competitiveness.screen.strategy.applyFirst')}
            testId="competitiveness-strategy-decide"
          />
        )
      }
      notice={
        <>
          <ViewNotice view={needs} />
          <ViewNotice view={floors} />
          <ViewNotice view={choice} />
          <ViewNotice view={decision} />
        </>
      }
      explanation={
        view !== null &&
        names !== null && (
          <>
            <ParetoCard result={view.result} names={names} />
            <ChangeCard result={view.result} names={names} />
          </>
        )
      }
      controls={
        choice.value !== undefined && (
          <SettingsCard
            held={choice.value}
            references={[
              ...(floors.value?.result.floors.map(({ id, type }) => ({
                value: id,
                label: t(`stage.competitiveness.screen.floor.${type}`),
              })) ?? []),
              ...(runs.value?.map(({ result: { id, name } }) => ({
                value: id,
                label: t('stage.competitiveness.screen.models.detail', { id, name }),
              })) ?? []),
            ]}
            needs={needs.value?.result.needs.map(({ id, name }) => ({ value: id, label: name })) ?? []}
            experiments={experiments.value?.map(({ result }) => result) ?? []}
          />
        )
      }
    >
      {decision.value === null && isReady && (
        <Card>
          <EmptyState
            title={t('stage.competitiveness.screen.strategy.none')}
            hint={t('stage.competitiveness.screen.strategy.noneHint')}
            slot="competitiveness.decision"
          />
        </Card>
      )}
      {view !== null && names !== null && (
        <>
          <AnswerCard view={view} names={names} />
          <RankedTable view={view} names={names} />
          <PlanCards plans={view.result.plans} />
        </>
      )}
    </StepPage>
  );
}

interface MissingProps {
  readonly what: 'noNeeds' | 'noFloors';
  readonly go: 'goNeeds' | 'goModels';
  readonly stage: 'demand' | 'competitiveness';
  readonly step: string;
}

/** What g still needs from before, with the way there. */
function Missing({ what, go, stage, step }: MissingProps) {
  const t = useT();
  const hint: I18nKey = `stage.competitiveness.screen.strategy.${what}Hint`;
  return (
    <NothingYet
      stage="competitiveness"
      step="strategy"
      title={t(`stage.competitiveness.screen.strategy.${what}`)}
      hint={t(hint)}
      go={{ stage, step, label: t(`stage.competitiveness.screen.strategy.${go}`) }}
    />
  );
}
