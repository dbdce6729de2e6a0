import { Table } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type {
  RoundDifference,
  RoundScore,
  RoundSeries,
  RoundsResult,
} from '../../../../shared/stages/service/results.ts';
import { inspect } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { paddedDomain } from '../../../charts/PlotAxes.tsx';
import { TrendChart, type TrendPoint } from '../../../charts/TrendChart.tsx';
import { Card } from '../../../components/Card.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { boundsOf } from '../../../components/InspectedNumber.tsx';
import { scoreText, seriesName } from '../words.ts';

interface Props {
  readonly view: ArtifactView<RoundsResult>;
  readonly series: RoundSeries;
}

const RULES = ['one', 'two', 'three', 'four'] as const;
const TONE = { better: 'tag-accent', worse: 'tag-failed', unclear: '' } as const;

/** The answer of a series in one sentence: what changed from the round before, if anything. */
function useSentence(series: RoundSeries): string {
  const t = useT();
  const name = seriesName(t, series);
  const last = series.rounds.at(-1)?.score.value ?? null;
  const before = series.rounds.at(-2)?.score.value ?? null;
  const to = last === null ? '—' : scoreText(series.type, last);
  const verdict = series.differences.at(-1)?.verdict;
  if (before === null || verdict === undefined) return t('stage.service.screen.rounds.sentence.single', { name, to });
  return t(`stage.service.screen.rounds.sentence.${verdict}`, { name, from: scoreText(series.type, before), to });
}

/** One score over the rounds: sentence, trend with control limits, and the rounds with intervals and differences. */
export function SeriesCard({ view: { artifact, result }, series }: Props) {
  const t = useT();
  const name = seriesName(t, series);
  const sentence = useSentence(series);
  const roundName = (id: string | null) => result.rounds.find((round) => round.id === id)?.name ?? id ?? '';
  const format = (value: number) => scoreText(series.type, value);
  // The unit stands once, with the value.
  const bound = (value: number) => (series.type === 'csat' ? formatNumber(value * 100, 1) : format(value));
  const method = t('stage.service.screen.rounds.scoreMethod', { level: formatShare(result.level) });
  const { chart } = series;
  const scorePoints: readonly TrendPoint[] = series.rounds.flatMap(({ roundId, score }) =>
    score.value === null
      ? []
      : [
          {
            id: roundId,
            name: roundName(roundId),
            value: score.value,
            interval: boundsOf(score.low, score.high),
            limits: null,
            flagged: false,
            text: `${roundName(roundId)} ${format(score.value)}`,
          },
        ],
  );
  const points: readonly TrendPoint[] =
    chart === null
      ? scorePoints
      : chart.points.map((point) => ({
          id: point.at,
          name: chart.by === 'round' ? roundName(point.at) : point.at,
          value: point.value,
          interval: chart.by === 'round' ? (scorePoints.find(({ id }) => id === point.at)?.interval ?? null) : null,
          limits: boundsOf(point.lowerLimit, point.upperLimit),
          flagged: point.rules.length > 0,
          n: point.n,
          text: `${chart.by === 'round' ? roundName(point.at) : point.at}: ${format(point.value)}, n = ${formatNumber(point.n)}`,
        }));
  const flagged = chart?.points.filter(({ rules }) => rules.length > 0) ?? [];
  const values = points.flatMap(({ value, interval, limits }) => [value, ...(interval ?? []), ...(limits ?? [])]);
  const open = (id: string) => {
    const round = series.rounds.find((entry) => entry.roundId === id);
    const point = points.find((entry) => entry.id === id);
    if (point === undefined) return;
    inspect({
      title: `${name} · ${point.name}`,
      value: format(point.value),
      method,
      slot: artifact.slot,
      ...(round === undefined
        ? {}
        : { n: round.score.n, ref: { type: 'roundScore', roundId: id, seriesId: series.id, answer: null } }),
    });
  };
  return (
    <Card testId={`service-series-${series.id}`}>
      <p className="answer" data-verdict={series.differences.at(-1)?.verdict ?? 'single'}>
        {sentence}
      </p>
      <p className="muted" title={series.name}>
        {series.name} · {t(`stage.service.screen.rounds.typeHint.${series.type}`)}
      </p>
      {points.length > 1 && (
        <TrendChart
          points={points}
          label={name}
          xLabel={t(`stage.service.screen.rounds.${chart?.by === 'month' ? 'month' : 'round'}`)}
          format={format}
          domain={paddedDomain(values, 0.12)}
          centre={
            chart === null
              ? null
              : {
                  value: chart.centre,
                  name: t('stage.service.screen.rounds.centre', { value: format(chart.centre) }),
                }
          }
          bandName={t(`stage.service.screen.rounds.limits.${chart?.type ?? 'p'}`)}
          onSelect={open}
        />
      )}
      <p className="muted">
        {chart === null
          ? t('stage.service.screen.rounds.noChart')
          : `${
              flagged.length === 0
                ? t('stage.service.screen.rounds.inside')
                : t('stage.service.screen.rounds.outside', {
                    count: flagged.length,
                    points: flagged
                      .map(
                        ({ at, rules }) =>
                          `${chart.by === 'round' ? roundName(at) : at} (${rules
                            .map((rule) => t(`stage.service.screen.rounds.rule.${RULES[rule - 1] ?? 'one'}`))
                            .join(t('list.separator'))})`,
                      )
                      .join(t('list.separator')),
                  })
            } ${t(`stage.service.screen.rounds.baseline.${chart.baseline}`)}`}
      </p>
      <Table<RoundScore>
        size="small"
        rowKey="roundId"
        dataSource={[...series.rounds]}
        pagination={false}
        scroll={{ x: 440 }}
        columns={[
          {
            title: t('stage.service.screen.rounds.round'),
            key: 'round',
            render: (_, { roundId }) => <strong>{roundName(roundId)}</strong>,
          },
          {
            title: t('stage.service.screen.rounds.score'),
            key: 'score',
            sorter: (a, b) => (a.score.value ?? -Infinity) - (b.score.value ?? -Infinity),
            render: (_, { roundId, score }) =>
              score.value === null ? (
                <span className="faint">—</span>
              ) : (
                <button type="button" className="inspected number" onClick={() => open(roundId)}>
                  {format(score.value)}
                  {score.low !== null && score.high !== null && (
                    <span className="number-interval">
                      {' '}
                      [{bound(score.low)}, {bound(score.high)}]
                    </span>
                  )}
                </button>
              ),
          },
          {
            title: t('stage.service.screen.rounds.rows'),
            key: 'rows',
            align: 'right',
            className: 'number',
            render: (_, { roundId, score, responseShare }) => (
              <>
                <EvidenceLink
                  count={score.n}
                  evidence={{ type: 'roundScore', roundId, seriesId: series.id, answer: null }}
                  title={t('stage.service.screen.rounds.rowsTitle', { series: name, round: roundName(roundId) })}
                />
                {responseShare !== null && (
                  <div className="muted" title={t('stage.service.screen.rounds.responseMethod')}>
                    {t('stage.service.screen.rounds.response', { share: formatShare(responseShare) })}
                  </div>
                )}
              </>
            ),
          },
          {
            title: t('stage.service.screen.rounds.difference'),
            key: 'difference',
            render: (_, { roundId }) => {
              const difference = series.differences.find((entry) => entry.toRoundId === roundId);
              return difference === undefined ? (
                <span className="faint">—</span>
              ) : (
                <DifferenceText difference={difference} type={series.type} />
              );
            },
          },
        ]}
      />
    </Card>
  );
}

function DifferenceText({
  difference,
  type,
}: {
  readonly difference: RoundDifference;
  readonly type: RoundSeries['type'];
}) {
  const t = useT();
  // Shares differ by points.
  const signed = (value: number) =>
    `${value > 0 ? '+' : ''}${type === 'csat' ? formatNumber(value * 100, 1) : scoreText(type, value)}`;
  return (
    <div className="number" title={t(`stage.service.screen.rounds.differenceMethod.${difference.method}`)}>
      {signed(difference.difference)}
      {difference.low !== null && difference.high !== null && (
        <span className="number-interval">
          {' '}
          [{signed(difference.low)}, {signed(difference.high)}]
        </span>
      )}
      <div>
        <span className={`tag ${TONE[difference.verdict]}`}>
          {t(`stage.service.screen.rounds.verdict.${difference.verdict}`)}
        </span>
      </div>
    </div>
  );
}
