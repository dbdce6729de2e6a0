import type { ExperimentResult } from '../../../../shared/stages/competitiveness/experiment/results.ts';
import { experimentChoiceSchema } from '../../../../shared/stages/competitiveness/experiment/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { ExperimentCard } from '../experiments/ExperimentCard.tsx';
import { PlannerCard } from '../experiments/PlannerCard.tsx';
import { ReadForm } from '../experiments/ReadForm.tsx';
import { UsabilityCard } from '../experiments/UsabilityCard.tsx';
import { changeExperimentForm } from '../store.ts';
import { useExperiments, useUsabilities } from '../use-results.ts';

/** U: what users did and felt, in A/B tests and usability questionnaires. */
export function ExperimentsStep() {
  const t = useT();
  const experiments = useExperiments();
  const usabilities = useUsabilities();
  const needs = useView('demand.needs', {}, ['demand.needs']);
  const read = experiments.value ?? [];
  const scored = usabilities.value ?? [];
  const isEmpty = experiments.value?.length === 0 && usabilities.value?.length === 0;
  const needOptions = needs.value?.result.needs.map(({ id, name }) => ({ value: id, label: name })) ?? [];
  const edit = (params: unknown, id: ExperimentResult['id']) => {
    const choice = experimentChoiceSchema.parse(params);
    const { source, ...rest } = choice;
    if (source.type === 'rows')
      changeExperimentForm({ mode: 'rows', editing: id, datasetId: source.datasetId, rows: { ...rest, source } });
    else changeExperimentForm({ mode: 'counts', editing: id, counts: { ...rest, source } });
    document.querySelector('[data-testid="competitiveness-experiment-form"]')?.scrollIntoView({ block: 'center' });
  };
  return (
    <StepPage
      stage="competitiveness"
      step="experiments"
      notice={
        <>
          <ViewNotice view={experiments} />
          <ViewNotice view={usabilities} />
        </>
      }
      controls={
        <>
          <ReadForm needs={needOptions} first={isEmpty} />
          <PlannerCard />
        </>
      }
    >
      {isEmpty && (
        <Card>
          <EmptyState
            title={t('stage.competitiveness.screen.experiments.none')}
            hint={t('stage.competitiveness.screen.experiments.noneHint')}
          />
        </Card>
      )}
      {read.map((view) => (
        <ExperimentCard key={view.result.id} view={view} onEdit={() => edit(view.artifact.params, view.result.id)} />
      ))}
      {scored.map((view) => (
        <UsabilityCard key={view.result.id} view={view} />
      ))}
    </StepPage>
  );
}
