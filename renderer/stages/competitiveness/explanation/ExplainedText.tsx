import { Segmented, Table } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { Explanation } from '../../../../shared/stages/competitiveness/explanation/results.ts';
import { useT } from '../../../app/language.ts';
import { heatShade } from '../../../charts/heat.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { changeExplainDraft, useCompetitiveness } from '../store.ts';

type Word = Explanation['words'][number];

/** Above this the sums are not complete enough to be read. */
const WIDEST_GAP = 0.05;
const DECIMALS = 3;
const PAGE = 12;

/** A text whose words are coloured by what they do for a class; the numbers stand in a table behind. */
export function ExplainedText({ view }: { readonly view: ArtifactView<Explanation> }) {
  const t = useT();
  const measure = useCompetitiveness((state) => state.explainDraft.measure);
  const {
    words,
    text,
    label,
    predicted,
    actual,
    probabilities,
    gap,
    steps,
    score,
    baselineScore,
    ofOriginal,
    truncated,
  } = view.result;
  const probability = formatShare(probabilities.find((entry) => entry.label === label)?.probability ?? 0, 1);
  const largest = Math.max(0, ...words.map((word) => Math.abs(word[measure])));
  const wordOf = ({ start, end }: Word) => text.slice(start, end);
  return (
    <div className="explained" data-testid="competitiveness-explained">
      <p>
        <strong>
          {predicted === label
            ? t('stage.competitiveness.screen.explanation.answer', { label, probability })
            : t('stage.competitiveness.screen.explanation.answerOther', { predicted, label, probability })}
        </strong>{' '}
        {actual !== null && t('stage.competitiveness.screen.explanation.actual', { label: actual })}
      </p>
      {ofOriginal && <p className="attention-words">▲ {t('stage.competitiveness.screen.explanation.ofOriginal')}</p>}
      <div className="form-row">
        <Segmented
          size="small"
          value={measure}
          options={(['attribution', 'scoreFall'] as const).map((id) => ({
            value: id,
            label: t(`stage.competitiveness.screen.explanation.measure.${id}`),
          }))}
          onChange={(id) => changeExplainDraft({ measure: id })}
          aria-label={t('stage.competitiveness.screen.explanation.measureLabel')}
          data-testid="competitiveness-explained-measure"
        />
        <span className="muted small">{t(`stage.competitiveness.screen.explanation.measureHint.${measure}`)}</span>
      </div>
      <p className="explained-text">
        {spans(words).map(({ from, word }) =>
          word === null ? (
            <span key={from.start}>{text.slice(from.start, from.end)}</span>
          ) : (
            <mark
              key={from.start}
              className={word[measure] < 0 ? 'word-against' : 'word-for'}
              style={heatShade(
                largest === 0 ? 0 : Math.abs(word[measure]) / largest,
                word[measure] < 0 ? 'attention' : 'accent',
              )}
              title={t('stage.competitiveness.screen.explanation.wordTitle', {
                word: wordOf(word),
                value: signed(word[measure]),
              })}
            >
              {wordOf(word)}
            </mark>
          ),
        )}
        {text.slice(words.at(-1)?.end ?? 0)}
      </p>
      <p className="explained-legend small">
        <mark className="word-for" style={heatShade(0.6, 'accent')}>
          +
        </mark>{' '}
        {t('stage.competitiveness.screen.explanation.supports', { label })}{' '}
        <mark className="word-against" style={heatShade(0.6, 'attention')}>
          −
        </mark>{' '}
        {t('stage.competitiveness.screen.explanation.opposes', { label })}
      </p>
      {truncated && <p className="attention-words">▲ {t('stage.competitiveness.screen.explanation.truncated')}</p>}
      <details data-testid="competitiveness-explained-numbers">
        <summary>{t('stage.competitiveness.screen.explanation.numbers')}</summary>
        <Table<Word>
          size="small"
          rowKey="start"
          dataSource={[...words]}
          pagination={{ pageSize: PAGE, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
          columns={[
            {
              title: t('stage.competitiveness.screen.explanation.column.word'),
              key: 'word',
              render: (_, word) => wordOf(word),
            },
            ...(['attribution', 'scoreFall', 'probabilityFall'] as const).map((id) => ({
              title: t(`stage.competitiveness.screen.explanation.column.${id}`),
              key: id,
              align: 'right' as const,
              sorter: (a: Word, b: Word) => a[id] - b[id],
              render: (_: unknown, word: Word) => <span className="number">{signed(word[id])}</span>,
            })),
          ]}
        />
      </details>
      <p className="muted small">
        {t('stage.competitiveness.screen.explanation.score', {
          score: formatNumber(score, 2),
          baseline: formatNumber(baselineScore, 2),
        })}{' '}
        {gap === null
          ? t('stage.competitiveness.screen.explanation.gapNone')
          : t('stage.competitiveness.screen.explanation.gap', { gap: formatShare(gap, 2), steps })}
      </p>
      {gap !== null && gap > WIDEST_GAP && (
        <p className="attention-words">▲ {t('stage.competitiveness.screen.explanation.gapWide')}</p>
      )}
      <ArtifactStamp artifact={view.artifact} />
    </div>
  );
}

const signed = (value: number) => `${value > 0 ? '+' : value < 0 ? '−' : ''}${formatNumber(Math.abs(value), DECIMALS)}`;

interface Span {
  readonly from: { readonly start: number; readonly end: number };
  readonly word: Word | null;
}

/** Words and what lies between them, up to the last word. */
function spans(words: readonly Word[]): readonly Span[] {
  let at = 0;
  return words.flatMap((word): Span[] => {
    const before: Span[] = word.start > at ? [{ from: { start: at, end: word.start }, word: null }] : [];
    at = word.end;
    return [...before, { from: word, word }];
  });
}
