import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import { useT } from '../../../app/language.ts';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { changeExplainDraft, useCompetitiveness } from '../store.ts';
import { type ExplainableModel, saidText } from './said-text.ts';

const PAGE = 6;

interface Props {
  readonly model: ExplainableModel;
  readonly slot: string;
}

/** Locked test texts of a model to choose one from, the least sure or the furthest off first. */
export function TestTextList({ model: { id: runId, testLock, task }, slot }: Props) {
  const t = useT();
  const { row: chosen, search, ...draft } = useCompetitiveness((state) => state.explainDraft);
  // A predicted number is near or far, hardly ever right.
  const show = task === 'regression' ? 'all' : draft.show;
  const [offset, setOffset] = useState(0);
  const texts = useView('competitiveness.testTexts', { runId, show, search, offset, limit: PAGE }, [slot]);
  const total = texts.value?.total ?? 0;
  return (
    <div className="test-texts" data-testid="competitiveness-explanation-rows">
      <div className="form-row">
        {task !== 'regression' && (
          <Segmented
            size="small"
            value={show}
            options={(['wrong', 'right', 'all'] as const).map((which) => ({
              value: which,
              label: t(`stage.competitiveness.screen.explanation.show.${which}`),
            }))}
            onChange={(which) => {
              setOffset(0);
              changeExplainDraft({ show: which });
            }}
            aria-label={t('stage.competitiveness.screen.explanation.showLabel')}
          />
        )}
        <Input
          size="small"
          className="form-wide"
          allowClear
          value={search}
          maxLength={200}
          placeholder={t('stage.competitiveness.screen.explanation.search')}
          aria-label={t('stage.competitiveness.screen.explanation.search')}
          onChange={(event) => {
            setOffset(0);
            changeExplainDraft({ search: event.target.value });
          }}
          data-testid="competitiveness-explanation-search"
        />
        <span className="muted">
          {t(`stage.competitiveness.screen.explanation.listNote.${task}`, { total: formatNumber(total) })}
        </span>
      </div>
      <ViewNotice view={texts} />
      {texts.value?.rows.length === 0 && (
        <p className="muted">{t('stage.competitiveness.screen.explanation.listNone')}</p>
      )}
      <ul>
        {(texts.value?.rows ?? []).map(({ datasetId, row, text, actual, predicted, right, confidence }) => (
          <li key={`${datasetId}/${row}`}>
            <button
              type="button"
              className="test-text"
              aria-pressed={chosen?.testLock === testLock && chosen.datasetId === datasetId && chosen.row === row}
              onClick={() => changeExplainDraft({ row: { testLock, datasetId, row } })}
            >
              <span className="test-text-words">{text}</span>
              <span className="muted small">
                {task !== 'regression' && (
                  <>
                    <span className={right ? '' : 'failed-words'}>
                      {right ? '✓ ' : '✕ '}
                      {t(`stage.competitiveness.screen.explanation.${right ? 'rightMark' : 'wrongMark'}`)}
                    </span>
                    {' · '}
                  </>
                )}
                {confidence === null
                  ? t('stage.competitiveness.screen.explanation.rowSaid', {
                      actual: saidText(t, actual),
                      predicted: saidText(t, predicted),
                    })
                  : t('stage.competitiveness.screen.explanation.rowAnswer', {
                      actual: saidText(t, actual),
                      predicted: saidText(t, predicted),
                      confidence: formatShare(confidence),
                    })}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {total > PAGE && (
        <div className="form-row">
          <Button size="small" disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
            {t('stage.competitiveness.screen.explanation.previous')}
          </Button>
          <Button size="small" disabled={offset + PAGE >= total} onClick={() => setOffset(offset + PAGE)}>
            {t('stage.competitiveness.screen.explanation.next')}
          </Button>
        </div>
      )}
    </div>
  );
}
