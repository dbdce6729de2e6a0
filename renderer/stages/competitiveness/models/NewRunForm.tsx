import type { BaseModel } from '../../../../shared/stages/competitiveness/contract.ts';
import { alternatives } from '../../../../shared/train/alternatives.ts';
import { unportablePart } from '../../../../shared/train/portable-job.ts';
import type { RunConfig } from '../../../../shared/train/run-config.ts';
import { useT } from '../../../app/language.ts';
import { JobButton } from '../../../components/JobButton.tsx';
import { BaseModelField } from '../../../components/run-settings/BaseModelField.tsx';
import { optionsMissing } from '../../../components/run-settings/chosen-options.ts';
import { MoreSettings } from '../../../components/run-settings/MoreSettings.tsx';
import { optionName, optionValue } from '../../../components/run-settings/option-text.ts';
import { ParaphrasesPanel } from '../../../components/run-settings/ParaphrasesPanel.tsx';
import { RecipeFields } from '../../../components/run-settings/RecipeFields.tsx';
import { SeedsField } from '../../../components/run-settings/SeedsField.tsx';
import { SuggestionNote } from '../../../components/run-settings/SuggestionNote.tsx';
import { TrainingCost } from '../../../components/run-settings/TrainingCost.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { changeRunDraft, useCompetitiveness } from '../store.ts';
import { closeRunForm, RunFormCard, RunStart, useRunDraft } from './run-form.tsx';
import { trainingMissing } from './training-missing.ts';

interface Props {
  readonly models: readonly BaseModel[];
  readonly defaultModel: string;
}

/** Why a recipe cannot be given to another engine, as a sentence; null where it can. */
function exportMissing(t: ReturnType<typeof useT>, config: RunConfig): string | null {
  const part = unportablePart(config);
  if (part === null) return optionsMissing(t, config);
  return t('stage.competitiveness.screen.models.elsewhere.unportable', {
    option: optionName(t, part),
    value: optionValue(t, config, part),
  });
}

/** The recipe of a new run, filled in with what fits the data and why. Several can be handed in. */
export function NewRunForm({ models, defaultModel }: Props) {
  const t = useT();
  const draft = useCompetitiveness((state) => state.runDraft);
  const modelId = draft.modelId ?? defaultModel;
  const suggestion = useView('competitiveness.suggestConfig', { modelId }, [
    'competitiveness.split',
    'competitiveness.floors',
    'competitiveness.trainingPlan',
  ]);
  const plan = useView('competitiveness.trainingPlan', {}, ['competitiveness.trainingPlan']);
  const suggested = suggestion.value?.config;
  const { model, config, name } = useRunDraft(models, modelId, suggested);
  const isChanged = draft.config !== null && JSON.stringify(draft.config) !== JSON.stringify(suggested);
  const base = { models, modelId, onModel: (chosen: string) => changeRunDraft({ modelId: chosen }) };
  return (
    <RunFormCard title={t('stage.competitiveness.screen.models.form')} testId="competitiveness-models-form">
      <ViewNotice view={suggestion} />
      {/* Without a suggestion, of a model that cannot be read, another can be chosen all the same. */}
      {config === undefined && <BaseModelField {...base} />}
      {suggestion.value !== undefined && (
        <SuggestionNote
          why={t(`stage.competitiveness.screen.models.formBecause.${suggestion.value.because}`, {
            rows: suggestion.value.trainRows,
            smallest: suggestion.value.smallestClass,
          })}
          machine={suggestion.value.machine}
          onReset={isChanged ? () => changeRunDraft({ config: null }) : undefined}
        />
      )}
      {config !== undefined && (
        <>
          <RecipeFields
            config={config}
            layers={model?.layers ?? 1}
            onChange={(changed) => changeRunDraft({ config: changed })}
            base={base}
          >
            <SeedsField
              seeds={draft.seeds}
              onChange={(seeds) => changeRunDraft({ seeds })}
              testId="competitiveness-models-seeds"
            />
          </RecipeFields>
          <MoreSettings
            config={config}
            rows={suggestion.value?.trainRows ?? 0}
            paraphrases={<ParaphrasesPanel modelId={modelId} seed={config.seed} />}
            onChange={(changed: RunConfig) => changeRunDraft({ config: changed })}
          />
          <TrainingCost
            view={plan}
            modelId={modelId}
            config={config}
            seeds={draft.seeds}
            request="competitiveness.planTraining"
            input={(configs) => ({ modelId, configs })}
            slot="competitiveness.trainingPlan"
            missing={trainingMissing(t, model, null) ?? optionsMissing(t, config)}
            others={alternatives(config, model?.layers ?? 1)}
            onTake={(taken) => changeRunDraft({ config: taken })}
          />
          <RunStart name={name}>
            <JobButton
              request="competitiveness.train"
              input={{ name, modelId, config, seeds: draft.seeds }}
              // Every run has a slot of its own, known only once it is queued: the form stays ready for the next.
              slot=""
              label={t('stage.competitiveness.screen.models.train')}
              primary
              missing={trainingMissing(t, model, name) ?? optionsMissing(t, config)}
              onStarted={closeRunForm}
              testId="competitiveness-models-train"
            />
          </RunStart>
          <details className="more-settings" data-testid="competitiveness-models-elsewhere">
            <summary>{t('stage.competitiveness.screen.models.elsewhere.title')}</summary>
            <p className="muted small">{t('stage.competitiveness.screen.models.elsewhere.hint')}</p>
            <p className="small">▲ {t('stage.competitiveness.screen.models.elsewhere.leaves')}</p>
            <JobButton
              request="competitiveness.exportJob"
              input={{ name, modelId, config }}
              slot=""
              label={t('stage.competitiveness.screen.models.elsewhere.export')}
              missing={trainingMissing(t, model, name) ?? exportMissing(t, config)}
              onStarted={closeRunForm}
              testId="competitiveness-models-export-job"
            />
          </details>
        </>
      )}
    </RunFormCard>
  );
}
