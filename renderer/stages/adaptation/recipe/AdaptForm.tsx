import { Checkbox, Input } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber } from '../../../../shared/i18n/number.ts';
import { continuedRate } from '../../../../shared/stages/adaptation/adapt-config.ts';
import { trainingPlanSlot } from '../../../../shared/stages/adaptation/plan-slots.ts';
import type { RecipeId, RecipeResult, Scenario } from '../../../../shared/stages/adaptation/results.ts';
import { alternatives } from '../../../../shared/train/alternatives.ts';
import type { RunConfig } from '../../../../shared/train/run-config.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { Field } from '../../../components/Field.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { optionsMissing } from '../../../components/run-settings/chosen-options.ts';
import { MoreSettings } from '../../../components/run-settings/MoreSettings.tsx';
import { ParaphrasesPanel } from '../../../components/run-settings/ParaphrasesPanel.tsx';
import { RecipeFields } from '../../../components/run-settings/RecipeFields.tsx';
import { SeedsField } from '../../../components/run-settings/SeedsField.tsx';
import { SuggestionNote } from '../../../components/run-settings/SuggestionNote.tsx';
import { TrainingCost } from '../../../components/run-settings/TrainingCost.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { changeAdapt, useAdaptation } from '../store.ts';

interface Props {
  readonly view: ArtifactView<RecipeResult>;
  readonly scenario: Scenario;
  readonly chosen: RecipeId;
}

/** Name and hand-over of the model to make, and the start. */
export function AdaptForm({ view: { artifact, result }, scenario, chosen }: Props) {
  const t = useT();
  const { scenarioId, sourceId } = result;
  const draft = useAdaptation((state) => state.adapt[scenarioId]);
  const seed = useAdaptation((state) => state.seed);
  const canReject = scenario.humanLook !== null;
  const reject = chosen === 'threshold' || (chosen !== 'reuse' && canReject && (draft?.reject ?? true));
  const planSlot = trainingPlanSlot(scenarioId);
  const suggestion = useView('adaptation.suggestConfig', { scenarioId, sourceId, recipe: chosen }, [
    `adaptation.data:${scenarioId}`,
    'competitiveness.floors',
    planSlot,
  ]);
  const plan = useView('adaptation.trainingPlan', { scenarioId }, [planSlot]);
  const changed = draft?.changed ?? null;
  // What was changed for another recipe or source says nothing here.
  const isOurs = changed !== null && changed.recipe === chosen && changed.sourceId === sourceId;
  const config = isOurs ? { ...changed.config, seed } : null;
  const shown = config ?? suggestion.value?.config ?? null;
  const seeds = shown === null ? 1 : (draft?.seeds ?? 1);
  const settle = (next: RunConfig) => changeAdapt(scenarioId, { changed: { recipe: chosen, sourceId, config: next } });
  const name =
    draft?.name ??
    t('stage.adaptation.screen.recipeStep.defaultName', {
      scenario: scenario.name,
      recipe: t(`stage.adaptation.screen.recipe.${chosen}`),
    });
  return (
    <Card title={t('stage.adaptation.screen.recipeStep.startTitle')} testId="adaptation-recipe-start">
      <ViewNotice view={suggestion} />
      {suggestion.value?.config != null && suggestion.value.machine !== null && isTrained(chosen) && (
        <SuggestionNote
          why={t(`stage.adaptation.screen.recipeStep.configBecause.${chosen}`, {
            rows: suggestion.value.trainRows,
            smallest: suggestion.value.smallestClass,
            epochs: formatNumber(suggestion.value.config.epochs),
          })}
          machine={suggestion.value.machine}
          onReset={isOurs ? () => changeAdapt(scenarioId, { changed: null }) : undefined}
        />
      )}
      {shown !== null && (
        <RecipeFields
          config={shown}
          layers={suggestion.value?.layers ?? 1}
          onChange={settle}
          // A new head leaves the encoder alone by its name; the other recipes may tune what they like.
          headOnly={chosen === 'new-head'}
          rate={continuedRate}
        >
          <SeedsField
            seeds={seeds}
            onChange={(count) => changeAdapt(scenarioId, { seeds: count })}
            testId="adaptation-recipe-seeds"
          />
        </RecipeFields>
      )}
      {shown !== null && (
        <MoreSettings
          config={shown}
          earlier={{ keepsHead: chosen !== 'new-head' && isKnown(result) }}
          rows={result.medianTrainRows * result.labels.length}
          onChange={settle}
          paraphrases={
            suggestion.value !== undefined && (
              <ParaphrasesPanel modelId={suggestion.value.modelId} scenarioId={scenarioId} seed={seed} />
            )
          }
        />
      )}
      {shown !== null && (
        <TrainingCost
          view={plan}
          modelId={sourceId}
          config={shown}
          seeds={seeds}
          request="adaptation.planTraining"
          input={(configs) => ({ scenarioId, sourceId, recipe: chosen, configs })}
          slot={planSlot}
          missing={optionsMissing(t, shown)}
          others={chosen === 'new-head' ? [] : alternatives(shown, suggestion.value?.layers ?? 1, continuedRate)}
          onTake={settle}
        />
      )}
      <div className="form-row">
        <Field label={t('stage.adaptation.screen.recipeStep.name')}>
          <Input
            className="form-wide"
            value={name}
            maxLength={200}
            onChange={({ target }) => changeAdapt(scenarioId, { name: target.value })}
            data-testid="adaptation-recipe-name"
          />
        </Field>
        {chosen !== 'reuse' && (
          <Checkbox
            checked={reject}
            disabled={chosen === 'threshold' || !canReject}
            onChange={({ target }) => changeAdapt(scenarioId, { reject: target.checked })}
          >
            <span title={t('stage.adaptation.screen.recipeStep.rejectHint')}>
              {t('stage.adaptation.screen.recipeStep.reject')}
            </span>
          </Checkbox>
        )}
        <JobButton
          request="adaptation.adapt"
          input={{ scenarioId, sourceId, recipe: chosen, name: name.trim(), reject, config, seeds, seed }}
          // Every model has a slot of its own, known only once it is queued.
          slot=""
          label={t('stage.adaptation.screen.recipeStep.start')}
          primary={artifact.stale.length === 0}
          missing={
            name.trim() === ''
              ? t('stage.adaptation.screen.recipeStep.nameMissing')
              : shown === null
                ? null
                : optionsMissing(t, shown)
          }
          onStarted={() => changeAdapt(scenarioId, { name: null })}
          testId="adaptation-recipe-adapt"
        />
      </div>
      {reject && <p className="muted small">{t('stage.adaptation.screen.recipeStep.rejectHint')}</p>}
    </Card>
  );
}

const isTrained = (recipe: RecipeId) => recipe === 'new-head' || recipe === 'lora' || recipe === 'continue';

/** The source answers every class of the scenario, each by an answer of its own. */
function isKnown({ labels }: RecipeResult): boolean {
  const names = labels.flatMap(({ modelLabel }) => (modelLabel === null ? [] : [modelLabel]));
  return new Set(names).size === labels.length;
}
