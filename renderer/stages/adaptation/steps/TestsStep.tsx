import { Button, Segmented, Select } from 'antd';
import { useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Field } from '../../../components/Field.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { NothingYet } from '../../../components/NothingYet.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { TriedTexts } from '../../../components/tried-texts/TriedTexts.tsx';
import { UpstreamJobs } from '../../../components/UpstreamJobs.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { chosenScenario, ScenarioChoice } from '../ScenarioChoice.tsx';
import { chooseTested, useAdaptation } from '../store.ts';
import { SummaryCard, verdictCounts } from '../tests/SummaryCard.tsx';
import { TestsTable } from '../tests/TestsTable.tsx';
import { VERDICTS } from '../tests/test-order.ts';
import { useCandidates, useNeedNames, useScenarios } from '../use-results.ts';

/** A model held against the limits of a scenario, test by test. */
export function TestsStep() {
  const t = useT();
  const scenarios = useScenarios();
  const { scenarioId, models, testFilter, testOrder, seed } = useAdaptation();
  const chosen = chosenScenario(scenarios.value ?? [], scenarioId);
  const id = chosen?.result.id ?? null;
  const candidates = useCandidates(id);
  const matrix = useView('adaptation.matrix', {}, [
    'adaptation',
    'adaptation.tests',
    'adaptation.model',
    'adaptation.choice',
  ]);
  const { names: needs } = useNeedNames();
  const testable = (matrix.value?.cells ?? []).filter((cell) => cell.scenarioId === id);
  const tested = testable.filter(({ tests }) => tests !== null);
  const chosenModel = matrix.value?.scenarios.find((entry) => entry.id === id)?.chosen ?? null;
  const own = matrix.value?.models.filter((model) => model.scenarioId === id).at(-1)?.id;
  const modelId =
    (id === null ? undefined : models[id]) ??
    chosenModel ??
    tested.at(-1)?.modelId ??
    own ??
    testable[0]?.modelId ??
    null;
  const slot = `adaptation.tests:${id}.${modelId}`;
  const cellSlot = testable.find((cell) => cell.modelId === modelId)?.slot ?? slot;
  const tests = useView('adaptation.tests', id === null || modelId === null ? null : { scenarioId: id, modelId }, [
    cellSlot,
    'adaptation.tests',
  ]);
  if (scenarios.value?.length === 0) {
    return (
      <NothingYet
        stage="adaptation"
        step="tests"
        title={t('stage.adaptation.screen.tests.none')}
        hint={t('stage.adaptation.screen.tests.noneHint')}
        go={{
          stage: 'adaptation',
          step: 'scenarios',
          label: t('stage.adaptation.screen.tests.goScenarios'),
          testId: 'adaptation-go-scenarios',
        }}
      />
    );
  }
  const view = modelId === null ? null : (tests.value ?? null);
  const counts = view === null ? null : verdictCounts(view.result);
  const isFresh = view !== null && view.artifact.stale.length === 0;
  const total = counts === null ? 0 : VERDICTS.reduce((sum, verdict) => sum + counts[verdict], 0);
  const nameOf = (model: string) => candidates.value?.find((candidate) => candidate.modelId === model)?.name ?? '';
  return (
    <StepPage
      stage="adaptation"
      step="tests"
      action={
        <>
          {view !== null && (
            <Button
              type={isFresh ? 'primary' : 'default'}
              onClick={() => goToStep('adaptation', 'matrix')}
              data-testid="adaptation-tests-next"
            >
              {t('stage.adaptation.screen.tests.next')} →
            </Button>
          )}
          {id !== null && modelId !== null && (
            <JobButton
              request="adaptation.runTests"
              input={{ scenarioId: id, modelId, seed }}
              slot={cellSlot}
              label={t(`stage.adaptation.screen.tests.${view === null ? 'run' : 'again'}`)}
              primary={!isFresh}
              testId="adaptation-tests-run"
            />
          )}
        </>
      }
      notice={
        <>
          <ViewNotice view={scenarios} />
          <ViewNotice view={matrix} />
          <ViewNotice view={tests} />
          <UpstreamJobs slot={cellSlot} />
          <div className="choice-row">
            {id !== null && <ScenarioChoice views={scenarios.value ?? []} chosen={id} />}
            {id !== null && testable.length > 0 && (
              <Field label={t('stage.adaptation.screen.tests.model')}>
                <Select
                  className="form-wide"
                  value={modelId}
                  options={testable.map((cell) => ({
                    value: cell.modelId,
                    label: t('stage.adaptation.screen.tests.modelOption', {
                      id: cell.modelId,
                      name: nameOf(cell.modelId),
                    }),
                  }))}
                  onChange={(model) => chooseTested(id, model)}
                  data-testid="adaptation-tests-model"
                />
              </Field>
            )}
          </div>
        </>
      }
    >
      {matrix.value !== undefined && modelId === null && (
        <Card>
          <EmptyState
            title={t('stage.adaptation.screen.tests.noModel')}
            hint={t('stage.adaptation.screen.tests.noModelHint')}
            action={
              <Button type="primary" onClick={() => goToStep('adaptation', 'recipe')}>
                {t('stage.adaptation.screen.tests.goRecipe')}
              </Button>
            }
          />
        </Card>
      )}
      {modelId !== null && tests.value === null && (
        <Card>
          <EmptyState
            title={t('stage.adaptation.screen.tests.notRun')}
            hint={t('stage.adaptation.screen.tests.notRunHint')}
            slot={cellSlot}
          />
        </Card>
      )}
      {view !== null && counts !== null && (
        <>
          <SummaryCard view={view} needs={needs} />
          <Card
            flush
            extra={
              <div className="table-tools">
                <Segmented
                  size="small"
                  value={testFilter}
                  aria-label={t('stage.adaptation.screen.tests.show')}
                  options={[
                    { value: 'all' as const, label: t('stage.adaptation.screen.tests.all', { count: total }) },
                    ...VERDICTS.map((verdict) => ({
                      value: verdict,
                      label: t('stage.adaptation.screen.tests.outcome', {
                        verdict: t(`stage.adaptation.screen.verdict.${verdict}`),
                        count: counts[verdict],
                      }),
                    })),
                  ]}
                  onChange={(filter) => useAdaptation.setState({ testFilter: filter })}
                  data-testid="adaptation-tests-filter"
                />
                <Segmented
                  size="small"
                  value={testOrder}
                  aria-label={t('stage.adaptation.screen.tests.order')}
                  options={[
                    { value: 'outcome' as const, label: t('stage.adaptation.screen.tests.byOutcome') },
                    { value: 'type' as const, label: t('stage.adaptation.screen.tests.byType') },
                  ]}
                  onChange={(order) => useAdaptation.setState({ testOrder: order })}
                  data-testid="adaptation-tests-order"
                />
              </div>
            }
            testId="adaptation-tests-table"
          >
            <TestsTable view={view} needs={needs} filter={testFilter} order={testOrder} />
            <p className="muted card-note">{t('stage.adaptation.screen.tests.flips')}</p>
          </Card>
        </>
      )}
      {modelId !== null && (
        <Card title={t('triedTexts.title')} testId="adaptation-tests-texts">
          <TriedTexts key={modelId} modelId={modelId} />
        </Card>
      )}
    </StepPage>
  );
}
