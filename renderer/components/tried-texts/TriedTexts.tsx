import { formatNumber, formatShare, formatShort } from '../../../shared/i18n/number.ts';
import type { Classified } from '../../../shared/stages/competitiveness/classified.ts';
import { useT } from '../../app/language.ts';
import { ArtifactStamp } from '../ArtifactStamp.tsx';
import { JobButton } from '../JobButton.tsx';
import { useView } from '../use-view.ts';
import { ViewNotice } from '../ViewNotice.tsx';
import { TextsField } from './TextsField.tsx';

/** What a model of one of several classes answers to texts that somebody writes. */
export function TriedTexts({ modelId }: { readonly modelId: string }) {
  const t = useT();
  const slot = `competitiveness.classified:${modelId}`;
  const answers = useView('competitiveness.classified', { modelId }, [slot]);
  return (
    <>
      <ViewNotice view={answers} />
      <TextsField>
        {(texts, missing) => (
          <JobButton
            request="competitiveness.classify"
            input={{ modelId, texts }}
            slot={slot}
            label={t('triedTexts.answerNow')}
            missing={missing}
            testId="tried-texts-answer"
          />
        )}
      </TextsField>
      {answers.value != null && (
        <>
          <AnswerTable classified={answers.value.result} />
          <ArtifactStamp artifact={answers.value.artifact} n={answers.value.result.answers.length} />
        </>
      )}
    </>
  );
}

function AnswerTable({ classified: { answers, temperature, truncated } }: { readonly classified: Classified }) {
  const t = useT();
  const named = ({ label, probability }: { readonly label: string; readonly probability: number }) =>
    t('triedTexts.one', { label, share: formatShare(probability, 1) });
  return (
    <>
      <table className="figures-table" data-testid="tried-texts-answers">
        <thead>
          <tr>
            <th scope="col">{t('triedTexts.texts')}</th>
            <th scope="col">{t('triedTexts.answer')}</th>
            <th scope="col">{t('triedTexts.next')}</th>
          </tr>
        </thead>
        <tbody>
          {answers.map(({ text, likeliest, toPerson }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: texts may be equal, and their order is fixed.
            <tr key={at}>
              <th scope="row">{text}</th>
              <td>
                <strong>{likeliest.slice(0, 1).map(named)}</strong>
                {toPerson && <div className="attention-words small">▲ {t('triedTexts.toPerson')}</div>}
              </td>
              <td className="muted small">{likeliest.slice(1).map(named).join(' · ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted small">
        {temperature === null
          ? t('triedTexts.uncalibrated')
          : t('triedTexts.calibrated', {
              temperature: formatShort(temperature.value),
              rows: formatNumber(temperature.devRows),
            })}
      </p>
      {temperature !== null && answers.some(({ toPerson }) => toPerson) && (
        <p className="muted small">{t('triedTexts.toPersonBy')}</p>
      )}
      {truncated > 0 && <p className="attention-words small">▲ {t('triedTexts.truncated', { count: truncated })}</p>}
    </>
  );
}
