import { formatShare, formatShort } from '../../../../shared/i18n/number.ts';
import type { TaskAnswers, TaskRun } from '../../../../shared/stages/competitiveness/tasks/results.ts';
import { useT } from '../../../app/language.ts';
import { JobButton } from '../../../components/JobButton.tsx';
import { TextsField } from '../../../components/tried-texts/TextsField.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';

/** What the run answers to texts that somebody writes. */
export function TextsPanel({ run }: { readonly run: TaskRun }) {
  const t = useT();
  const slot = `competitiveness.taskAnswers:${run.id}`;
  const answers = useView('competitiveness.taskAnswers', { runId: run.id }, [slot]);
  return (
    <>
      <ViewNotice view={answers} />
      <TextsField>
        {(texts, missing) => (
          <JobButton
            request="competitiveness.answerTexts"
            input={{ runId: run.id, texts }}
            slot={slot}
            label={t('triedTexts.answerNow')}
            missing={missing}
            testId="tried-texts-answer"
          />
        )}
      </TextsField>
      {answers.value != null && <AnswerTable answers={answers.value.result} />}
    </>
  );
}

function AnswerTable({ answers: { task, outputs, answers } }: { readonly answers: TaskAnswers }) {
  const t = useT();
  const certainty = (probabilities: readonly number[]) =>
    outputs.map((label, at) =>
      t(`stage.competitiveness.screen.tasks.${task === 'ordinal' ? 'above' : 'certainty'}`, {
        label,
        share: formatShare(probabilities[at] ?? 0),
      }),
    );
  return (
    <table className="figures-table" data-testid="competitiveness-task-answers">
      <thead>
        <tr>
          <th scope="col">{t('triedTexts.texts')}</th>
          <th scope="col">{t('triedTexts.answer')}</th>
        </tr>
      </thead>
      <tbody>
        {answers.map(({ text, labels, value, probabilities }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: texts may be equal, and their order is fixed.
          <tr key={at}>
            <th scope="row">{text}</th>
            <td title={certainty(probabilities).join('\n')}>
              {value !== null && <strong className="number">{formatShort(value)}</strong>}
              {value === null && (
                <strong>{labels.join(' · ') || t('stage.competitiveness.screen.tasks.noLabel')}</strong>
              )}
              {probabilities.length > 0 && <div className="muted small">{certainty(probabilities).join(' · ')}</div>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
