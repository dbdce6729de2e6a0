import { Input, Segmented, Select } from 'antd';
import { explanationSlot } from '../../../../shared/stages/competitiveness/explanation/slots.ts';
import { useT } from '../../../app/language.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Field } from '../../../components/Field.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { changeExplainDraft, useCompetitiveness } from '../store.ts';
import { ExplainedText } from './ExplainedText.tsx';
import { FaithfulnessPanel } from './FaithfulnessPanel.tsx';
import type { ExplainableModel } from './said-text.ts';
import { TestTextList } from './TestTextList.tsx';

const LONGEST_TEXT = 10_000;
/** Stands for the likeliest among the classes or labels, whose names are never empty. */
const LIKELIEST = '';

interface Props {
  readonly model: ExplainableModel;
  /** Where the model stands. */
  readonly slot: string;
}

/** Why a model answers a text as it does, and which explanation of it to trust. */
export function ExplanationPanel({ model, slot: modelSlot }: Props) {
  const t = useT();
  const { id: runId, testLock, task, targets } = model;
  const draft = useCompetitiveness((state) => state.explainDraft);
  const slot = explanationSlot(runId);
  // What was chosen of another model's rows and classes says nothing here.
  const row = draft.row?.testLock === testLock ? draft.row : null;
  const label = draft.label !== null && targets.includes(draft.label) ? draft.label : null;
  const explanation = useView('competitiveness.explanation', { runId }, [slot]);
  const source =
    draft.from === 'text'
      ? { type: 'text' as const, text: draft.text }
      : row === null
        ? null
        : { type: 'testRow' as const, datasetId: row.datasetId, row: row.row };
  const missing =
    draft.from === 'text'
      ? draft.text.trim() === ''
        ? t('stage.competitiveness.screen.explanation.enterText')
        : null
      : row === null
        ? t('stage.competitiveness.screen.explanation.chooseRow')
        : null;
  return (
    <div className="explanation" data-testid="competitiveness-explanation">
      <p className="muted">{t('stage.competitiveness.screen.explanation.lead')}</p>
      <div className="form-row">
        <Segmented
          size="small"
          value={draft.from}
          options={(['testRow', 'text'] as const).map((from) => ({
            value: from,
            label: t(`stage.competitiveness.screen.explanation.from.${from}`),
          }))}
          onChange={(from) => changeExplainDraft({ from })}
          aria-label={t('stage.competitiveness.screen.explanation.fromLabel')}
          data-testid="competitiveness-explanation-from"
        />
        {(task === 'single-label' || task === 'multi-label') && (
          <Field
            label={t(`stage.competitiveness.screen.explanation.target.${task}.label`)}
            hint={t(`stage.competitiveness.screen.explanation.target.${task}.hint`)}
          >
            <Select
              className="form-wide"
              showSearch
              optionFilterProp="label"
              value={label ?? LIKELIEST}
              options={[
                { value: LIKELIEST, label: t(`stage.competitiveness.screen.explanation.target.${task}.likeliest`) },
                ...targets.map((value) => ({ value, label: value })),
              ]}
              onChange={(value) => changeExplainDraft({ label: value === LIKELIEST ? null : value })}
              data-testid="competitiveness-explanation-label"
            />
          </Field>
        )}
      </div>
      {draft.from === 'testRow' ? (
        <TestTextList model={model} slot={modelSlot} />
      ) : (
        <Field
          label={t('stage.competitiveness.screen.explanation.own')}
          hint={t('stage.competitiveness.screen.explanation.ownHint')}
        >
          <Input.TextArea
            value={draft.text}
            rows={2}
            maxLength={LONGEST_TEXT}
            onChange={(event) => changeExplainDraft({ text: event.target.value })}
            data-testid="competitiveness-explanation-text"
          />
        </Field>
      )}
      <JobButton
        request="competitiveness.explain"
        input={{ runId, source: source ?? { type: 'text', text: '' }, label }}
        slot={slot}
        label={t('stage.competitiveness.screen.explanation.explain')}
        missing={missing}
        testId="competitiveness-explanation-start"
      />
      <ViewNotice view={explanation} />
      {explanation.value === null && (
        <EmptyState
          title={t('stage.competitiveness.screen.explanation.none')}
          hint={t('stage.competitiveness.screen.explanation.noneHint')}
        />
      )}
      {explanation.value && <ExplainedText view={explanation.value} />}
      {targets.length > 0 ? (
        <FaithfulnessPanel model={model} />
      ) : (
        <p className="muted">{t('stage.competitiveness.screen.explanation.faithfulness.noProbability')}</p>
      )}
    </div>
  );
}
