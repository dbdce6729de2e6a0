import { Button, Select } from 'antd';
import type { Output } from '../../../../shared/contract/index.ts';
import { madeFrom } from '../../../../shared/stages/adaptation/made-from.ts';
import { useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { AblationCard } from '../../../components/ablation/AblationCard.tsx';
import { Card } from '../../../components/Card.tsx';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Field } from '../../../components/Field.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { NothingYet } from '../../../components/NothingYet.tsx';
import { StepPage } from '../../../components/StepPage.tsx';
import { TrainingJobs } from '../../../components/TrainingJobs.tsx';
import { UpstreamJobs } from '../../../components/UpstreamJobs.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { CompressForm } from '../../competitiveness/compression/CompressForm.tsx';
import { useRuns } from '../../competitiveness/use-results.ts';
import { AdaptForm } from '../recipe/AdaptForm.tsx';
import { AnswerCard } from '../recipe/AnswerCard.tsx';
import { DistanceCard } from '../recipe/DistanceCard.tsx';
import { ModelDetail } from '../recipe/ModelDetail.tsx';
import { ModelsTable } from '../recipe/ModelsTable.tsx';
import { OptionsTable } from '../recipe/OptionsTable.tsx';
import { chosenScenario, ScenarioChoice } from '../ScenarioChoice.tsx';
import { changeAdapt, chooseSource, useAdaptation } from '../store.ts';
import { useAdaptedModels, useCandidates, useNeedNames, useScenarioData, useScenarios } from '../use-results.ts';

type ModelView = Output<'adaptation.models'>[number];

/** How to bring a model into a scenario, what that rests on, and the models made so. */
export function RecipeStep() {
  const t = useT();
  const scenarios = useScenarios();
  const { scenarioId, sources, adapt, selectedModel, seed } = useAdaptation();
  const chosen = chosenScenario(scenarios.value ?? [], scenarioId);
  const id = chosen?.result.id ?? null;
  const data = useScenarioData(id);
  const candidates = useCandidates(id);
  const models = useAdaptedModels();
  const recipe = useView('adaptation.recipe', id === null ? null : { scenarioId: id }, [`adaptation.recipe:${id}`]);
  const { names: needs } = useNeedNames();
  if (scenarios.value?.length === 0) {
    return (
      <NothingYet
        stage="adaptation"
        step="recipe"
        title={t('stage.adaptation.screen.recipeStep.none')}
        hint={t('stage.adaptation.screen.recipeStep.noneHint')}
        go={{
          stage: 'adaptation',
          step: 'scenarios',
          label: t('stage.adaptation.screen.recipeStep.goScenarios'),
          testId: 'adaptation-go-scenarios',
        }}
      />
    );
  }
  const startable = (candidates.value ?? []).filter(({ canBeSource }) => canBeSource);
  if (id !== null && chosen !== undefined && candidates.value !== undefined && startable.length === 0) {
    return (
      <NothingYet
        stage="adaptation"
        step="recipe"
        title={t('stage.adaptation.screen.recipeStep.noSource')}
        hint={t('stage.adaptation.screen.recipeStep.noSourceHint')}
        go={{ stage: 'competitiveness', step: 'models', label: t('stage.adaptation.screen.recipeStep.goModels') }}
      />
    );
  }
  const view = recipe.value ?? null;
  const sourceId = (id === null ? undefined : sources[id]) ?? view?.result.sourceId ?? startable[0]?.modelId ?? null;
  const isFresh = view !== null && view.artifact.stale.length === 0 && view.result.sourceId === sourceId;
  const option = view?.result.options.find(
    (candidate) => candidate.recipe === (id === null ? null : adapt[id]?.recipe),
  );
  const wanted = option?.applicable === true ? option.recipe : (view?.result.recommended ?? 'reuse');
  const list = models.value ?? [];
  const newest = list.findLast(({ result }) => result.scenarioId === id) ?? list.at(-1);
  const shown = list.find(({ result }) => result.id === selectedModel) ?? newest;
  const scenarioNames = new Map((scenarios.value ?? []).map(({ result }) => [result.id, result.scenario.name]));
  return (
    <StepPage
      stage="adaptation"
      step="recipe"
      action={
        <>
          {list.length > 0 && (
            <Button onClick={() => goToStep('adaptation', 'tests')} data-testid="adaptation-recipe-next">
              {t('stage.adaptation.screen.recipeStep.next')} →
            </Button>
          )}
          {id !== null && sourceId !== null && (
            <JobButton
              request="adaptation.recommendRecipe"
              input={{ scenarioId: id, sourceId, seed }}
              slot={`adaptation.recipe:${id}`}
              label={t(`stage.adaptation.screen.recipeStep.${view === null ? 'recommend' : 'recommendAgain'}`)}
              primary={!isFresh}
              testId="adaptation-recipe-recommend"
            />
          )}
        </>
      }
      notice={
        <>
          <ViewNotice view={scenarios} />
          <ViewNotice view={candidates} />
          <ViewNotice view={recipe} />
          <ViewNotice view={models} />
          {id !== null && <UpstreamJobs slot={`adaptation.recipe:${id}`} />}
          <div className="choice-row">
            {id !== null && <ScenarioChoice views={scenarios.value ?? []} chosen={id} />}
            {id !== null && (
              <Field label={t('stage.adaptation.screen.recipeStep.source')}>
                <Select
                  className="form-wide"
                  value={sourceId}
                  options={startable.map(({ modelId, name, commonLabels, scenarioLabels }) => ({
                    value: modelId,
                    label: t('stage.adaptation.screen.recipeStep.sourceOption', {
                      id: modelId,
                      name,
                      common: commonLabels,
                      all: scenarioLabels,
                    }),
                  }))}
                  onChange={(modelId) => chooseSource(id, modelId)}
                  data-testid="adaptation-recipe-source"
                />
              </Field>
            )}
          </div>
        </>
      }
      controls={shown !== undefined && <CompressControls shown={shown} models={list} />}
    >
      {id !== null && recipe.value === null && (
        <Card>
          <EmptyState
            slot={`adaptation.recipe:${id}`}
            title={t('stage.adaptation.screen.recipeStep.ask')}
            hint={
              data.value === null
                ? t('stage.adaptation.screen.scenarios.buildHint')
                : t('stage.adaptation.screen.recipeStep.askHint')
            }
          />
        </Card>
      )}
      <TrainingJobs kind="adaptation.model" testId="adaptation-job" />
      {view !== null && chosen !== undefined && id !== null && (
        <>
          <div className="two-columns">
            <AnswerCard view={view} needs={needs} />
            <DistanceCard view={view} />
          </div>
          <OptionsTable
            view={view}
            chosen={wanted}
            onChoose={(choice) => changeAdapt(id, { recipe: choice, name: null })}
          />
          <AdaptForm view={view} scenario={chosen.result.scenario} chosen={wanted} />
        </>
      )}
      {models.value !== undefined && (list.length > 0 || view !== null) && (
        <ModelsTable models={list} selected={shown?.result.id ?? null} scenarioNames={scenarioNames} />
      )}
      {id !== null && <AblationCard among={{ type: 'scenario', scenarioId: id }} runs={list} />}
      {shown !== undefined && <ModelDetail view={shown} models={list} />}
    </StepPage>
  );
}

/** The form is about the model itself where it has weights in full precision, else about the one that it was made of. */
function CompressControls({ shown, models }: { readonly shown: ModelView; readonly models: readonly ModelView[] }) {
  const t = useT();
  const runs = useRuns();
  const { id, precision, compression } = shown.result;
  const full = precision === 'float32' ? shown : models.find(({ result }) => result.id === compression?.parentId);
  if (full !== undefined) return <CompressForm runs={[full]} sources={[...(runs.value ?? []), ...models]} />;
  return (
    <p className="muted">
      {t('stage.adaptation.screen.recipeStep.storedAlready', { id, precision, source: madeFrom(shown.result) })}
    </p>
  );
}
