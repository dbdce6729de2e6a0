import { Input, Segmented, Select } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { explanationSlot } from '../../../../shared/stages/competitiveness/explanation/slots.ts';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { EmptyState } from '../../../components/EmptyState.tsx';
import { Field } from '../../../components/Field.tsx';
import { JobButton } from '../../../components/JobButton.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { changeExplainDraft, useCompetitiveness } from '../store.ts';
import { ExplainedText } from './ExplainedText.tsx';
import { FaithfulnessPanel } from './FaithfulnessPanel.tsx';
import { TestTextList } from './TestTextList.tsx';

const LONGEST_TEXT = 10_000;
/** Stands for "the class that the model answers" among the classes, whose names are never empty. */
const ANSWERED = '';

/** Why a model answers a text as it does, and which explanation of it to trust. */
export function ExplanationPanel({ view }: { readonly view: ArtifactView<RunRecord> }) {
  const t = useT();
  const run = view.result;
  const draft = useCompetitiveness((state) => state.explainDraft);
  const slot = explanationSlot(run.id);
  const classes = run.test.perClass.map(({ label }) => label);
  // What was chosen of another model's rows and classes says nothing here.
  const row = draft.row?.testLock === run.testLock ? draft.row : null;
  const label = draft.label !== null && classes.includes(draft.label) ? draft.label : null;
  const explanation = useView('competitiveness.explanation', { runId: run.id }, [slot]);
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
        <Field
          label={t('stage.competitiveness.screen.explanation.label')}
          hint={t('stage.competitiveness.screen.explanation.labelHint')}
        >
          <Select
            className="form-wide"
            showSearch
            optionFilterProp="label"
            value={label ?? ANSWERED}
            options={[
              { value: ANSWERED, label: t('stage.competitiveness.screen.explanation.labelPredicted') },
              ...classes.map((value) => ({ value, label: value })),
            ]}
            onChange={(value) => changeExplainDraft({ label: value === ANSWERED ? null : value })}
            data-testid="competitiveness-explanation-label"
          />
        </Field>
      </div>
      {draft.from === 'testRow' ? (
        <TestTextList run={run} slot={view.artifact.slot} />
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
        input={{ runId: run.id, source: source ?? { type: 'text', text: '' }, label }}
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
      <FaithfulnessPanel runId={run.id} />
    </div>
  );
}
