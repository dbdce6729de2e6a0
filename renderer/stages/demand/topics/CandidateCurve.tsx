import { formatNumber } from '../../../../shared/i18n/number.ts';
import { useT } from '../../../app/language.ts';
import { ChartFigure } from '../../../charts/ChartFigure.tsx';
import { linearScale, roundTicks } from '../../../charts/scale.ts';

interface Props {
  readonly candidates: readonly { readonly topics: number; readonly silhouette: number }[];
  /** The number in use. */
  readonly chosen: number;
}

const WIDTH = 420;
const HEIGHT = 150;
const LEFT = 44;
const BOTTOM = 34;

/** The numbers of topics that were tried, by how clearly they part the texts; the one in use stands out. */
export function CandidateCurve({ candidates, chosen }: Props) {
  const t = useT();
  const sorted = [...candidates].sort((a, b) => a.topics - b.topics);
  const values = sorted.map(({ silhouette }) => silhouette);
  const low = Math.min(0, ...values);
  const high = Math.max(...values, low + 0.01);
  const x = linearScale([sorted[0]!.topics, sorted.at(-1)!.topics], [LEFT + 10, WIDTH - 14]);
  const y = linearScale([low, high], [HEIGHT - BOTTOM, 10]);
  const label = t('stage.demand.screen.topics.candidates');
  const table = {
    columns: [
      { name: t('stage.demand.screen.topics.axisTopics') },
      { name: t('stage.demand.screen.topics.axisSilhouette'), format: (value: number) => formatNumber(value, 3) },
    ],
    rows: sorted.map(({ topics, silhouette }) => [topics, silhouette]),
  };
  return (
    <ChartFigure label={label} table={table}>
      <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%">
        <title>{label}</title>
        {roundTicks(low, high, 3).map((tick) => (
          <g key={tick}>
            <line x1={LEFT} x2={WIDTH - 8} y1={y(tick)} y2={y(tick)} className="chart-rule" />
            <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end" className="chart-tick">
              {formatNumber(tick, 2)}
            </text>
          </g>
        ))}
        <path
          className="tone-accent"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          d={sorted
            .map(({ topics, silhouette }, index) => `${index === 0 ? 'M' : 'L'}${x(topics)} ${y(silhouette)}`)
            .join('')}
        />
        {sorted.map(({ topics, silhouette }, index) => {
          const isChosen = topics === chosen;
          const shown = isChosen || index === 0 || index === sorted.length - 1;
          return (
            <g key={topics} className="tone-accent">
              <circle cx={x(topics)} cy={y(silhouette)} r={isChosen ? 5.5 : 3} fill="currentColor">
                <title>
                  {t('stage.demand.screen.topics.candidate', { count: topics, silhouette: silhouette.toFixed(3) })}
                </title>
              </circle>
              {shown && (
                <text
                  x={x(topics)}
                  y={HEIGHT - BOTTOM + 14}
                  textAnchor="middle"
                  className={isChosen ? 'chart-name' : 'chart-tick'}
                >
                  {topics}
                </text>
              )}
            </g>
          );
        })}
        <text x={WIDTH - 8} y={HEIGHT - 4} textAnchor="end" className="chart-tick">
          {t('stage.demand.screen.topics.axisTopics')}
        </text>
        <text x={LEFT} y={HEIGHT - 4} className="chart-tick">
          {t('stage.demand.screen.topics.axisSilhouette')}
        </text>
      </svg>
    </ChartFigure>
  );
}
