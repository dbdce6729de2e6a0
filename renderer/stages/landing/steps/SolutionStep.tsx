import { Button, Select } from 'antd';
import { useState } from 'react';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import { useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { asAppError } from '../../../app/session.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { NothingYet } from '../../../components/NothingYet.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { call } from '../../../engine.ts';
import { DocumentView } from '../solution/DocumentView.tsx';
import { SizingAnswer } from '../solution/SizingAnswer.tsx';
import { SolutionForm } from '../solution/SolutionForm.tsx';
import { useLanding } from '../store.ts';

const SEED = 7;
const CURRENCY = 'CNY';

/** The solution as a document, its answer first, its settings below. */
export function SolutionStep() {
  const t = useT();
  const settings = useView('landing.solutionSettings', {}, ['landing.solutionSettings']);
  const solution = useView('landing.solution', {}, ['landing.solution']);
  const choices = useView('landing.solutionModels', {}, [
    'competitiveness.run',
    'competitiveness.compressed',
    'adaptation.model',
    'adaptation.scenario',
  ]);
  const { solution: draft, solutionModel, solutionScenario } = useLanding();
  const [error, setError] = useState<AppError | null>(null);
  const { models, scenarios } = choices.value ?? { models: [], scenarios: [] };
  if (choices.value !== undefined && models.length === 0) {
    return (
      <NothingYet
        stage="landing"
        step="solution"
        title={t('stage.landing.screen.solution.noModel')}
        hint={t('stage.landing.screen.solution.noModelHint')}
        go={{ stage: 'competitiveness', step: 'models', label: t('stage.landing.screen.solution.goModels') }}
      />
    );
  }
  const modelId = solutionModel ?? models.at(-1)?.id ?? '';
  const scenarioId = solutionScenario ?? scenarios[0]?.id ?? null;
  const start = async () => {
    setError(null);
    try {
      await call(
        'landing.setSolution',
        await call('landing.suggestSolution', { modelId, scenarioId, currency: CURRENCY }),
      );
      await call('landing.computeSolution', { seed: SEED });
    } catch (failure) {
      setError(asAppError(failure));
    }
  };
  const hasSettings = settings.value !== null && settings.value !== undefined;
  const hasSolution = solution.value !== null && solution.value !== undefined;
  return (
    <StepPage
      stage="landing"
      step="solution"
      action={
        hasSettings && (
          <>
            <JobButton
              request="landing.computeSolution"
              input={{ seed: SEED }}
              slot="landing.solution"
              label={t(`stage.landing.screen.solution.${hasSolution ? 'computeAgain' : 'compute'}`)}
              primary={!hasSolution || (solution.value?.artifact.stale.length ?? 0) > 0}
              missing={draft === null ? null : t('stage.landing.screen.solution.saveFirst')}
              testId="landing-solution-compute"
            />
            {hasSolution && solution.value?.artifact.stale.length === 0 && (
              <Button type="primary" onClick={() => goToStep('landing', 'package')} data-testid="landing-solution-next">
                {t('stage.landing.screen.solution.next')} →
              </Button>
            )}
          </>
        )
      }
      notice={
        <>
          <ViewNotice view={settings} />
          <ViewNotice view={solution} />
          <ViewNotice view={choices} />
          {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
        </>
      }
      controls={
        hasSettings && settings.value !== null && <SolutionForm held={settings.value} choices={{ models, scenarios }} />
      }
    >
      {settings.value === null && (
        <Card>
          <EmptyState
            title={t('stage.landing.screen.solution.none')}
            hint={t('stage.landing.screen.solution.noneHint')}
            action={
              <div className="form-row">
                <Select
                  className="form-wide"
                  value={modelId}
                  options={models.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
                  onChange={(id) => useLanding.setState({ solutionModel: id })}
                  aria-label={t('stage.landing.screen.solution.form.model')}
                />
                {scenarios.length > 0 && (
                  <Select
                    className="form-wide"
                    value={scenarioId ?? ''}
                    options={scenarios.map(({ id, name }) => ({ value: id, label: `${id} ${name}` }))}
                    onChange={(id) => useLanding.setState({ solutionScenario: id })}
                    aria-label={t('stage.landing.screen.solution.form.scenario')}
                  />
                )}
                <Button type="primary" onClick={() => void start()} data-testid="landing-solution-start">
                  {t('stage.landing.screen.solution.start')}
                </Button>
              </div>
            }
          />
        </Card>
      )}
      {hasSolution && solution.value !== null && (
        <>
          <SizingAnswer view={solution.value} />
          <DocumentView result={solution.value.result} />
        </>
      )}
    </StepPage>
  );
}
