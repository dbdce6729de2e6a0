import { Button } from 'antd';
import { useState } from 'react';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import type { TemplateId } from '../../../../shared/stages/adaptation/templates.ts';
import { useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { asAppError } from '../../../app/session.ts';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { useDatasets } from '../../../components/use-datasets.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { call } from '../../../engine.ts';
import { scenarioFrom } from '../scenarios/new-scenario.ts';
import { ScenarioCards } from '../scenarios/ScenarioCards.tsx';
import { ScenarioForm } from '../scenarios/ScenarioForm.tsx';
import { TemplateGallery } from '../scenarios/TemplateGallery.tsx';
import { useAdaptation } from '../store.ts';
import { useNeedNames, useScenarios } from '../use-results.ts';

/** Needs that a new scenario serves until somebody says otherwise. */
const FIRST_NEEDS = 3;
const NO_SLOTS: readonly string[] = [];

/** Where the model is used: scenario cards, and ten profiles to start from. */
export function ScenariosStep() {
  const t = useT();
  const datasets = useDatasets();
  const scenarios = useScenarios();
  const templates = useView('adaptation.templates', {}, NO_SLOTS);
  const data = useView('adaptation.matrix', {}, ['adaptation.scenario', 'adaptation.data', 'adaptation.model']);
  const { names: needs } = useNeedNames();
  const draft = useAdaptation((state) => state.draft);
  const [error, setError] = useState<AppError | null>(null);
  const [gallery, setGallery] = useState(false);
  const list = scenarios.value ?? [];
  const template = templates.value?.find(({ id }) => id === draft?.scenario.templateId);
  const start = async (templateId: TemplateId) => {
    const chosen = templates.value?.find(({ id }) => id === templateId);
    if (chosen === undefined) return;
    const needIds = [...needs.keys()].slice(0, FIRST_NEEDS);
    setError(null);
    setGallery(false);
    try {
      const limits = await call('adaptation.suggestLimits', { templateId, needIds });
      const scenario = scenarioFrom(t, chosen, datasets.value ?? [], needIds, limits);
      useAdaptation.setState({ draft: { id: null, scenario } });
    } catch (failure) {
      setError(asAppError(failure));
    }
  };
  const isReady = (data.value?.cells.length ?? 0) > 0;
  const showGallery = draft === null && (list.length === 0 || gallery);
  return (
    <StepPage
      stage="adaptation"
      step="scenarios"
      action={
        list.length > 0 &&
        draft === null && (
          <>
            <Button onClick={() => setGallery(!gallery)} data-testid="adaptation-new-scenario">
              {t('stage.adaptation.screen.scenarios.new')}
            </Button>
            {isReady && (
              <Button
                type="primary"
                onClick={() => goToStep('adaptation', 'recipe')}
                data-testid="adaptation-scenarios-next"
              >
                {t('stage.adaptation.screen.scenarios.next')} →
              </Button>
            )}
          </>
        )
      }
      notice={
        <>
          <ViewNotice view={datasets} />
          <ViewNotice view={scenarios} />
          {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
        </>
      }
    >
      {scenarios.value?.length === 0 && draft === null && (
        <Card>
          <EmptyState
            title={t('stage.adaptation.screen.scenarios.none')}
            hint={t('stage.adaptation.screen.scenarios.noneHint')}
          />
        </Card>
      )}
      {draft !== null && (
        <ScenarioForm
          key={draft.id ?? 'new'}
          draft={draft}
          datasets={datasets.value ?? []}
          needs={needs}
          missRatio={template?.missToFalseAlarm ?? 1}
        />
      )}
      {showGallery && <TemplateGallery quiet={list.length > 0} onUse={(id) => void start(id)} />}
      <ScenarioCards
        views={list}
        datasets={datasets.value ?? []}
        needs={needs}
        leads={draft === null && data.value !== undefined && !isReady}
      />
    </StepPage>
  );
}
