import type { ArtifactInfo } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { Score } from '../../../../shared/stages/demand/results.ts';
import { useT } from '../../../app/language.ts';
import { ChartFigure } from '../../../charts/ChartFigure.tsx';
import { Sparkline } from '../../../charts/Sparkline.tsx';
import { WhiskerPlot } from '../../../charts/WhiskerPlot.tsx';
import { boundsOf, InspectedNumber } from '../../../components/InspectedNumber.tsx';
import type { NumberUnit } from '../../../components/NumberText.tsx';

const UNIT = { nps: 'points', csat: 'share', ces: 'plain', mean: 'plain' } as const satisfies Record<
  Score['type'],
  NumberUnit
>;
const SEGMENTS = 8;
const BAR_WIDTH = 210;
const BAR_HEIGHT = 54;

/** One score: value with interval, answers, groups, periods and segments. */
export function ScoreCard({
  score,
  dataset,
  artifact,
}: {
  readonly score: Score;
  readonly dataset: string;
  readonly artifact: ArtifactInfo;
}) {
  const t = useT();
  const unit = UNIT[score.type];
  const decimals = unit === 'plain' ? 2 : 1;
  const text = (value: number) => (unit === 'share' ? formatShare(value, 1) : formatNumber(value, decimals));
  const inspected = {
    slot: artifact.slot,
    seed: artifact.seed,
    method: t(`stage.demand.screen.scoreMethod.${score.type}`),
  };
  const segments = score.segments.filter(({ value }) => value !== null).slice(0, SEGMENTS);
  const periods = score.periods.flatMap(({ value }) => (value === null ? [] : [value]));
  return (
    <article className="score" data-testid={`demand-score-${score.datasetId}-${score.columnId}`}>
      <header>
        <strong title={score.name}>{score.name}</strong>
        <span className="tag">{t(`stage.demand.screen.scoreType.${score.type}`)}</span>
      </header>
      <p className="big-figure">
        <InspectedNumber
          value={score.overall.value}
          unit={unit}
          decimals={decimals}
          interval={boundsOf(score.overall.low, score.overall.high)}
          inspected={{ ...inspected, n: score.overall.n, title: score.name }}
        />
      </p>
      <p className="muted small number">
        {t('stage.demand.screen.drivers.scoreBase', { dataset, n: score.overall.n, missing: score.missing })}
      </p>
      <Distribution answers={score.distribution} />
      {score.groups.length > 0 && (
        <p className="tags">
          {score.groups.map(({ id, count, share }) => (
            <span key={id} className="tag number" title={t('stage.demand.screen.drivers.answers', { count })}>
              {t(`stage.demand.screen.scoreGroup.${id}`)} {formatShare(share)}
            </span>
          ))}
        </p>
      )}
      {score.type !== 'mean' && (
        <p className="muted small">
          {t('stage.demand.screen.drivers.meanAnswer')}{' '}
          <InspectedNumber
            value={score.mean.value}
            unit="plain"
            decimals={2}
            interval={boundsOf(score.mean.low, score.mean.high)}
            inspected={{
              ...inspected,
              method: t('stage.demand.screen.scoreMethod.mean'),
              n: score.mean.n,
              title: t('stage.demand.screen.drivers.meanOf', { name: score.name }),
            }}
          />
        </p>
      )}
      {periods.length > 1 && (
        <p className="muted small">
          {t('stage.demand.screen.drivers.periods', {
            from: score.periods[0]?.period ?? '',
            to: score.periods.at(-1)?.period ?? '',
          })}{' '}
          <Sparkline points={periods} label={score.name} tone="accent" />
        </p>
      )}
      {segments.length > 1 && (
        <details>
          <summary>{t('stage.demand.screen.drivers.bySegment', { count: score.segments.length })}</summary>
          <WhiskerPlot
            width={420}
            rows={segments.map(({ segment, value, low, high, n }) => ({
              id: segment,
              name: segment,
              value: value ?? 0,
              interval: boundsOf(low, high),
              n,
              text: t('stage.demand.screen.drivers.segmentValue', { value: text(value ?? 0), n }),
            }))}
            label={score.name}
            formatTick={text}
            {...(score.overall.value === null
              ? {}
              : { floor: { value: score.overall.value, name: t('stage.demand.screen.drivers.overall') } })}
          />
        </details>
      )}
    </article>
  );
}

/** How often each answer was given. */
function Distribution({ answers }: { readonly answers: Score['distribution'] }) {
  const t = useT();
  const most = Math.max(1, ...answers.map(({ count }) => count));
  const step = BAR_WIDTH / Math.max(1, answers.length);
  const label = t('stage.demand.screen.drivers.distribution');
  const table = {
    columns: [
      { name: label, format: formatNumber },
      { name: t('chart.count'), format: formatNumber },
    ],
    rows: answers.map(({ answer, count }) => [answer, count]),
  };
  return (
    <ChartFigure label={label} table={table}>
      <svg className="chart" width={BAR_WIDTH} height={BAR_HEIGHT}>
        <title>{label}</title>
        {answers.map(({ answer, count }, index) => {
          const height = (count / most) * (BAR_HEIGHT - 16);
          return (
            <g key={answer}>
              <rect
                x={index * step + 1}
                y={BAR_HEIGHT - 14 - height}
                width={Math.max(1, step - 2)}
                height={height}
                className="part part-1"
              >
                <title>{t('stage.demand.screen.drivers.answerCount', { answer: formatNumber(answer), count })}</title>
              </rect>
              <text x={index * step + step / 2} y={BAR_HEIGHT - 2} textAnchor="middle" className="chart-tick">
                {formatNumber(answer)}
              </text>
            </g>
          );
        })}
      </svg>
    </ChartFigure>
  );
}
