import { Button, Input, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import type { BaseModel } from '../../../../shared/stages/competitiveness/contract.ts';
import type { RunConfig } from '../../../../shared/train/run-config.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { Field } from '../../../components/Field.tsx';
import { changeRunDraft, useCompetitiveness } from '../store.ts';

/** Parts of the forms that start a training, of classes or of anything else. */

export const closeRunForm = () => useCompetitiveness.setState({ runFormOpen: false });

/** Recipe and name as entered, else what is suggested, named by model and method. */
export function useRunDraft(models: readonly BaseModel[], modelId: string, suggested: RunConfig | undefined) {
  const t = useT();
  const draft = useCompetitiveness((state) => state.runDraft);
  const model = models.find(({ id }) => id === modelId);
  const config = draft.config ?? suggested;
  const name =
    draft.name ??
    (config === undefined
      ? ''
      : t('stage.competitiveness.screen.models.defaultName', {
          model: model?.name ?? modelId,
          method: t(`stage.competitiveness.screen.models.methods.${config.method.type}`),
        }));
  return { model, config, name };
}

interface CardProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly testId: string;
}

export function RunFormCard({ title, children, testId }: CardProps) {
  const t = useT();
  return (
    <Card
      title={title}
      extra={
        <Button size="small" type="text" onClick={closeRunForm}>
          {t('stage.competitiveness.screen.models.close')}
        </Button>
      }
      testId={testId}
    >
      {children}
    </Card>
  );
}

/** The run's name beside the button that starts it. */
export function RunStart({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const t = useT();
  return (
    <div className="form-row">
      <Field label={t('stage.competitiveness.screen.models.name')}>
        <Input
          value={name}
          maxLength={200}
          className="form-wide"
          onChange={({ target }) => changeRunDraft({ name: target.value })}
          data-testid="competitiveness-models-name"
        />
      </Field>
      {children}
      <span className="muted">{t('stage.competitiveness.screen.models.queueNote')}</span>
    </div>
  );
}

interface NewRunProps {
  /** Why no run can be started yet, as a sentence. */
  readonly missing: string | null;
  /** Something else is to be done first. */
  readonly quiet: boolean;
  readonly testId: string;
}

/** Opens the form. */
export function NewRunButton({ missing, quiet, testId }: NewRunProps) {
  const t = useT();
  const isOpen = useCompetitiveness((state) => state.runFormOpen);
  return (
    <Tooltip title={missing} placement="left">
      <Button
        type={quiet || isOpen ? 'default' : 'primary'}
        disabled={missing !== null}
        onClick={() => useCompetitiveness.setState({ runFormOpen: true })}
        data-testid={testId}
      >
        {t('stage.competitiveness.screen.models.newRun')}
      </Button>
    </Tooltip>
  );
}
