import type { BaseModel } from '../../../../shared/stages/competitiveness/contract.ts';
import { TASK_MEASURES } from '../../../../shared/stages/competitiveness/tasks/results.ts';
import { alternatives } from '../../../../shared/train/alternatives.ts';
import type { TextTask } from '../../../../shared/train/text-task.ts';
import { useT } from '../../../app/language.ts';
import { JobButton } from '../../../components/JobButton.tsx';
import { BaseModelField } from '../../../components/run-settings/BaseModelField.tsx';
import { optionsMissing } from '../../../components/run-settings/chosen-options.ts';
import { MoreSettings } from '../../../components/run-settings/MoreSettings.tsx';
import { RecipeFields } from '../../../components/run-settings/RecipeFields.tsx';
import { SeedsField } from '../../../components/run-settings/SeedsField.tsx';
import { SuggestionNote } from '../../../components/run-settings/SuggestionNote.tsx';
import { TrainingCost } from '../../../components/run-settings/TrainingCost.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { closeRunForm, RunFormCard, RunStart, useRunDraft } from '../models/run-form.tsx';
import { trainingMissing } from '../models/training-missing.ts';
import { changeRunDraft, useCompetitiveness } from '../store.ts';

interface Props {
  readonly task: TextTask;
  readonly models: readonly BaseModel[];
  readonly defaultModel: string;
}

/** The recipe of a new run of a task. */
export function TaskRunForm({ task, models, defaultModel }: Props) {
  const t = useT();
  const modelId = useCompetitiveness((state) => state.runDraft.modelId) ?? defaultModel;
  const seeds = useCompetitiveness((state) => state.runDraft.seeds);
  const planSlot = `competitiveness.trainingPlan:${task}`;
  const plan = useView('competitiveness.taskTrainingPlan', { task }, [planSlot]);
  const suggestion = useView('competitiveness.suggestTaskConfig', { task, modelId }, [
    'competitiveness.taskData',
    'competitiveness.floors',
    planSlot,
  ]);
  const { model, config, name } = useRunDraft(models, modelId, suggestion.value?.config);
  const what = t(`stage.competitiveness.screen.tasks.kinds.${task}`);
  const base = { models, modelId, onModel: (chosen: string) => changeRunDraft({ modelId: chosen }) };
  return (
    <RunFormCard title={t('stage.competitiveness.screen.tasks.form', { what })} testId="competitiveness-task-run-form">
      <ViewNotice view={suggestion} />
      {/* Without a suggestion, of a model that cannot be read, another can be chosen all the same. */}
      {config === undefined && <BaseModelField {...base} />}
      {config !== undefined && (
        <>
          {suggestion.value !== undefined && (
            <SuggestionNote
              why={t(`stage.competitiveness.screen.tasks.formBecause.${task}.${suggestion.value.because}`, {
                middle: suggestion.value.medianRows,
                rows: suggestion.value.trainRows,
              })}
              machine={suggestion.value.machine}
              onReset={
                JSON.stringify(config) === JSON.stringify(suggestion.value.config)
                  ? undefined
                  : () => changeRunDraft({ config: null })
              }
            />
          )}
          <p className="muted">
            {t('stage.competitiveness.screen.tasks.formLead', {
              measure: t(`stage.competitiveness.screen.tasks.measure.${TASK_MEASURES[task][0]}`),
            })}
          </p>
          <RecipeFields
            config={config}
            layers={model?.layers ?? 1}
            onChange={(changed) => changeRunDraft({ config: changed })}
            base={base}
          >
            <SeedsField
              seeds={seeds}
              onChange={(count) => changeRunDraft({ seeds: count })}
              testId="competitiveness-task-run-seeds"
            />
          </RecipeFields>
          <MoreSettings
            config={config}
            rows={suggestion.value?.trainRows ?? 0}
            task={task}
            onChange={(changed) => changeRunDraft({ config: changed })}
          />
          <TrainingCost
            view={plan}
            modelId={modelId}
            config={config}
            seeds={seeds}
            request="competitiveness.planTaskTraining"
            input={(configs) => ({ task, modelId, configs })}
            slot={planSlot}
            missing={trainingMissing(t, model, null) ?? optionsMissing(t, config)}
            others={alternatives(config, model?.layers ?? 1)}
            onTake={(taken) => changeRunDraft({ config: taken })}
          />
          <RunStart name={name}>
            <JobButton
              request="competitiveness.trainTask"
              input={{ task, name, modelId, config, seeds }}
              // Every run has a slot of its own, known only once it is queued.
              slot=""
              label={t('stage.competitiveness.screen.models.train')}
              primary
              missing={trainingMissing(t, model, name) ?? optionsMissing(t, config)}
              onStarted={closeRunForm}
              testId="competitiveness-task-train"
            />
          </RunStart>
        </>
      )}
    </RunFormCard>
  );
}
