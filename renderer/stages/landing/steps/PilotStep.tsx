import { Button } from 'antd';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { useDatasets } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { ArmsCard } from '../pilot/ArmsCard.tsx';
import { DataCard, isReadable } from '../pilot/DataCard.tsx';
import { GuardrailCard } from '../pilot/GuardrailCard.tsx';
import { EMPTY_PLAN, withBaseline } from '../pilot/new-plan.ts';
import { PlanCard } from '../pilot/PlanCard.tsx';
import { PlanForm } from '../pilot/PlanForm.tsx';
import { VerdictCard } from '../pilot/VerdictCard.tsx';
import { useLanding } from '../store.ts';

/** A plan that stands before the data, then the verdict by its rule. */
export function PilotStep() {
  const t = useT();
  const plan = useView('landing.pilotPlan', {}, ['landing.pilotPlan', 'landing.goal']);
  const pilot = useView('landing.pilot', {}, ['landing.pilot', 'landing.pilotPlan', 'demand.dataset']);
  const baselines = useView('landing.pilotBaselines', {}, ['landing.goal', 'competitiveness.experiment']);
  const goals = useView('landing.goals', {}, ['landing.goal']);
  const all = useDatasets();
  const { plan: draft, pilotDataset, pilotColumns } = useLanding();
  const datasets = all.value?.filter(({ dataset }) => dataset.kind === 'pilot') ?? [];
  const evaluated = pilot.value?.result ?? null;
  const chosen = datasets.find(({ id }) => id === (pilotDataset ?? evaluated?.datasetId)) ?? datasets.toReversed()[0];
  const options = useView('landing.pilotColumns', chosen === undefined ? null : { datasetId: chosen.id }, [
    'demand.dataset',
    'demand.roles',
    'landing.pilotPlan',
  ]);
  const settings = plan.value?.result.settings ?? null;
  const columns =
    (chosen === undefined ? undefined : pilotColumns[chosen.id]) ??
    (evaluated !== null && evaluated.datasetId === chosen?.id ? evaluated.columns : null) ??
    options.value?.suggested ??
    null;
  const startPlan = () => {
    const first = baselines.value?.find(({ source }) => source === 'goal') ?? baselines.value?.[0];
    useLanding.setState({ plan: first === undefined ? EMPTY_PLAN : withBaseline(EMPTY_PLAN, first) });
  };
  return (
    <StepPage
      stage="landing"
      step="pilot"
      action={
        draft === null &&
        plan.value !== undefined &&
        (plan.value === null ? (
          <Button type="primary" onClick={startPlan} data-testid="landing-plan-new">
            {t('stage.landing.screen.pilot.planNew')}
          </Button>
        ) : (
          chosen !== undefined && (
            <JobButton
              request="landing.evaluatePilot"
              input={{
                datasetId: chosen.id,
                columns: columns ?? { unit: null, arm: null, period: null, outcome: '', guardrails: [], segment: null },
              }}
              slot="landing.pilot"
              label={t(`stage.landing.screen.pilot.${evaluated === null ? 'evaluate' : 'evaluateAgain'}`)}
              primary
              missing={isReadable(columns, settings) ? null : t('stage.landing.screen.pilot.columnsMissing')}
              testId="landing-pilot-evaluate"
            />
          )
        ))
      }
      notice={
        <>
          <ViewNotice view={plan} />
          <ViewNotice view={pilot} />
          <ViewNotice view={options} />
        </>
      }
      explanation={
        evaluated !== null && (
          <>
            <ArmsCard result={evaluated} />
            {evaluated.guardrails.length > 0 && <GuardrailCard guardrails={evaluated.guardrails} />}
          </>
        )
      }
      controls={
        <>
          {draft === null && plan.value !== null && plan.value !== undefined && <PlanCard view={plan.value} />}
          <DataCard datasets={datasets} chosen={chosen} options={options.value} columns={columns} plan={settings} />
        </>
      }
    >
      {draft !== null && (
        <PlanForm
          plan={draft}
          baselines={baselines.value ?? []}
          goals={goals.value ?? []}
          isSigned={pilot.value !== null && pilot.value !== undefined}
        />
      )}
      {plan.value === null && draft === null && (
        <Card>
          <EmptyState
            title={t('stage.landing.screen.pilot.nonePlan')}
            hint={t('stage.landing.screen.pilot.nonePlanHint')}
          />
        </Card>
      )}
      {pilot.value !== null && pilot.value !== undefined && <VerdictCard view={pilot.value} />}
    </StepPage>
  );
}
