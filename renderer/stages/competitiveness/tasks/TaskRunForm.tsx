import { Button, Input } from 'antd';
import type { BaseModel } from '../../../../shared/stages/competitiveness/contract.ts';
import { TASK_MEASURES } from '../../../../shared/stages/competitiveness/tasks/results.ts';
import type { TextTask } from '../../../../shared/train/text-task.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { Field } from '../../../components/Field.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { optionsMissing } from '../../../components/run-settings/chosen-options.ts';
import { MoreSettings } from '../../../components/run-settings/MoreSettings.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { RecipeFields } from '../models/RecipeFields.tsx';
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
  const draft = useCompetitiveness((state) => state.runDraft);
  const suggestion = useView('competitiveness.suggestTaskConfig', { task }, ['competitiveness.taskData']);
  const modelId = draft.modelId ?? defaultModel;
  const model = models.find(({ id }) => id === modelId);
  const config = draft.config ?? suggestion.value?.config;
  const what = t(`stage.competitiveness.screen.tasks.kinds.${task}`);
  const name =
    draft.name ??
    (config === undefined
      ? ''
      : t('stage.competitiveness.screen.models.defaultName', {
          model: model?.name ?? modelId,
          method: t(`stage.competitiveness.screen.models.methods.${config.method.type}`),
        }));
  const close = () => useCompetitiveness.setState({ runFormOpen: false });
  return (
    <Card
      title={t('stage.competitiveness.screen.tasks.form', { what })}
      extra={
        <Button size="small" type="text" onClick={close}>
          {t('stage.competitiveness.screen.models.close')}
        </Button>
      }
      testId="competitiveness-task-run-form"
    >
      <ViewNotice view={suggestion} />
      {config !== undefined && (
        <>
          <p className="suggestion">
            {t('stage.competitiveness.screen.tasks.formLead', {
              rows: suggestion.value?.trainRows ?? 0,
              measure: t(`stage.competitiveness.screen.tasks.measure.${TASK_MEASURES[task][0]}`),
            })}
          </p>
          <RecipeFields
            config={config}
            models={models}
            modelId={modelId}
            onModel={(chosen) => changeRunDraft({ modelId: chosen })}
            onChange={(changed) => changeRunDraft({ config: changed })}
          />
          <MoreSettings
            config={config}
            rows={suggestion.value?.trainRows ?? 0}
            task={task}
            onChange={(changed) => changeRunDraft({ config: changed })}
          />
          <div className="form-row">
            <Field label={t('stage.competitiveness.screen.models.name')}>
              <Input
                value={name}
                maxLength={200}
                className="form-wide"
                onChange={(event) => changeRunDraft({ name: event.target.value })}
              />
            </Field>
            <JobButton
              request="competitiveness.trainTask"
              input={{ task, name, modelId, config }}
              // Every run has a slot of its own, known only once it is queued.
              slot=""
              label={t('stage.competitiveness.screen.models.train')}
              primary
              missing={trainingMissing(t, model, name) ?? optionsMissing(t, config)}
              onStarted={close}
              testId="competitiveness-task-train"
            />
            <span className="muted">{t('stage.competitiveness.screen.models.queueNote')}</span>
          </div>
        </>
      )}
    </Card>
  );
}
