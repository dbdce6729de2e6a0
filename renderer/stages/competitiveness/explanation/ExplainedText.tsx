import { Segmented, Table } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare, formatShort } from '../../../../shared/i18n/number.ts';
import type { Translate } from '../../../../shared/i18n/translate.ts';
import type { Explanation } from '../../../../shared/stages/competitiveness/explanation/results.ts';
import { useT } from '../../../app/language.ts';
import { heatShade } from '../../../charts/heat.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { changeExplainDraft, useCompetitiveness } from '../store.ts';
import { saidText } from './said-text.ts';

type Word = Explanation['words'][number];

/** Above this the sums are not complete enough to be read. */
const WIDEST_GAP = 0.05;
const DECIMALS = 3;
const SCORE_DECIMALS = 2;
const MOST_DECIMALS = 8;
const COLUMNS = ['attribution', 'scoreFall', 'probabilityFall'] as const;
const PAGE = 12;

/** A text whose words are coloured by which way they push the answer; the numbers stand in a table behind. */
export function ExplainedText({ view }: { readonly view: ArtifactView<Explanation> }) {
  const t = useT();
  const measure = useCompetitiveness((state) => state.explainDraft.measure);
  const {
    words,
    text,
    task,
    label,
    actual,
    gap,
    steps,
    score,
    baselineScore,
    ofOriginal,
    thresholds,
    truncated,
    calibrated,
  } = view.result;
  const directions = directionsOf(t, view.result);
  const largest = Math.max(0, ...words.map((word) => Math.abs(word[measure])));
  const decimals = task === 'regression' ? decimalsFor(largest) : DECIMALS;
  const scoreDecimals = task === 'regression' ? decimals : SCORE_DECIMALS;
  const signed = (value: number) => signedNumber(value, decimals);
  const columns = COLUMNS.filter((id) => id !== 'probabilityFall' || label !== null);
  const wordOf = ({ start, end }: Word) => text.slice(start, end);
  return (
    <div className="explained" data-testid="competitiveness-explained">
      <p>
        <strong>{answerText(t, view.result)}</strong>{' '}
        {actual !== null &&
          t(`stage.competitiveness.screen.explanation.actual.${task}`, { actual: saidText(t, actual) })}
      </p>
      {calibrated !== null && (
        <p className="muted small" data-testid="competitiveness-explained-calibrated">
          {t('stage.competitiveness.screen.explanation.calibrated', {
            probability: formatShare(calibrated.probability, 1),
            temperature: formatShort(calibrated.temperature),
            rows: formatNumber(calibrated.devRows),
          })}
        </p>
      )}
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
        {directions.plus}{' '}
        <mark className="word-against" style={heatShade(0.6, 'attention')}>
          −
        </mark>{' '}
        {directions.minus}
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
            ...columns.map((id) => ({
              title: t(`stage.competitiveness.screen.explanation.column.${id}`),
              key: id,
              align: 'right' as const,
              sorter: (a: Word, b: Word) => (a[id] ?? 0) - (b[id] ?? 0),
              render: (_: unknown, word: Word) => <span className="number">{signed(word[id] ?? 0)}</span>,
            })),
          ]}
        />
      </details>
      <p className="muted small">
        {t(`stage.competitiveness.screen.explanation.score.${task}`, {
          score: formatNumber(score, scoreDecimals),
          baseline: formatNumber(baselineScore, scoreDecimals),
          thresholds: thresholds
            .map(({ level, above }) =>
              t('stage.competitiveness.screen.explanation.threshold', {
                level,
                above: formatNumber(above, scoreDecimals),
              }),
            )
            .join(t('list.separator')),
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

/** What the model says of the text, and how likely it holds what is explained. */
function answerText(t: Translate, { task, predicted, label, probabilities }: Explanation): string {
  if (label === null) {
    return t('stage.competitiveness.screen.explanation.answerSelf', { predicted: saidText(t, predicted) });
  }
  const probability = formatShare(probabilities.find((entry) => entry.label === label)?.probability ?? 0, 1);
  if (predicted === label) return t('stage.competitiveness.screen.explanation.answer', { label, probability });
  return t(`stage.competitiveness.screen.explanation.${task === 'multi-label' ? 'answerLabel' : 'answerOther'}`, {
    predicted: saidText(t, predicted),
    label,
    probability,
  });
}

/** What a word does whose value is above 0, and below. */
function directionsOf(t: Translate, { task, label }: Explanation): { readonly plus: string; readonly minus: string } {
  if (task === 'ordinal' || task === 'regression') {
    return {
      plus: t(`stage.competitiveness.screen.explanation.up.${task}`),
      minus: t(`stage.competitiveness.screen.explanation.down.${task}`),
    };
  }
  return {
    plus: t('stage.competitiveness.screen.explanation.supports', { label: label ?? '' }),
    minus: t('stage.competitiveness.screen.explanation.opposes', { label: label ?? '' }),
  };
}

/** So many that the largest of some values has three digits: a number's own unit may be large or small. */
function decimalsFor(largest: number): number {
  if (largest === 0) return DECIMALS;
  return Math.max(0, Math.min(MOST_DECIMALS, DECIMALS - 1 - Math.floor(Math.log10(largest))));
}

const signedNumber = (value: number, decimals: number) =>
  `${value > 0 ? '+' : value < 0 ? '−' : ''}${formatNumber(Math.abs(value), decimals)}`;

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
