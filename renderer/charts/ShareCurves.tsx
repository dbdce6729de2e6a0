import { formatShare } from '../../shared/i18n/number.ts';
import { useT } from '../app/language.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { linearScale } from './scale.ts';

export interface ShareCurve {
  readonly id: string;
  readonly name: string;
  /** Shares in [0, 1], x ascending. */
  readonly points: readonly {
    readonly x: number;
    readonly value: number;
    readonly low: number;
    readonly high: number;
  }[];
}

interface Props {
  readonly title: string;
  /** At most three: each has a colour, a dash and a mark of its own. */
  readonly curves: readonly ShareCurve[];
  readonly xLabel: string;
  readonly yLabel: string;
}

const WIDTH = 380;
const HEIGHT = 230;
const LEFT = 46;
const RIGHT = 14;
const TOP = 10;
const BOTTOM = 40;
const TICKS = [0, 0.25, 0.5, 0.75, 1] as const;
const STYLES = [
  { tone: 'tone-accent', dash: undefined, mark: 'M-4 -4h8v8h-8z' },
  { tone: 'tone-attention', dash: '7 3', mark: 'M0 -5l5 9h-10z' },
  { tone: 'tone-muted', dash: '2 3', mark: 'M0 -5l5 5 -5 5 -5 -5z' },
] as const;
/** Whiskers of different curves stand side by side. */
const APART = 3;

/** Shares against shares, one line per curve with an interval at every point; curves differ in colour, dash and mark. */
export function ShareCurves({ title, curves, xLabel, yLabel }: Props) {
  const t = useT();
  const x = linearScale([0, 1], [LEFT, WIDTH - RIGHT]);
  const y = linearScale([0, 1], [HEIGHT - BOTTOM, TOP]);
  const exact = (value: number) => formatShare(value, 1);
  const styled = curves.map((curve, i) => ({
    ...curve,
    style: STYLES[i % STYLES.length]!,
    offset: (i - (curves.length - 1) / 2) * APART,
  }));
  const table = {
    columns: [
      { name: t('chart.name') },
      { name: xLabel, format: exact },
      { name: yLabel, format: exact },
      { name: t('chart.from'), format: exact },
      { name: t('chart.to'), format: exact },
    ],
    rows: curves.flatMap(({ name, points }) =>
      points.map((point) => [name, point.x, point.value, point.low, point.high]),
    ),
  };
  return (
    <ChartFigure label={`${title}: ${yLabel} × ${xLabel}`} table={table}>
      <p className="curve-legend">
        <strong>{title}</strong>
        {styled.map(({ id, name, style }) => (
          <span key={id} className={style.tone}>
            <svg width="26" height="10" viewBox="-13 -5 26 10" aria-hidden="true">
              <line x1="-13" x2="13" y1="0" y2="0" stroke="currentColor" strokeWidth="2" strokeDasharray={style.dash} />
              <path d={style.mark} fill="currentColor" />
            </svg>{' '}
            {name}
          </span>
        ))}
      </p>
      <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width="100%" style={{ maxWidth: WIDTH * 1.3 }}>
        <title>{title}</title>
        {TICKS.map((tick) => (
          <g key={tick}>
            <line x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} className="chart-rule" />
            <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end" className="chart-tick">
              {formatShare(tick)}
            </text>
            <text
              x={x(tick)}
              y={HEIGHT - BOTTOM + 15}
              textAnchor={tick === 1 ? 'end' : 'middle'}
              className="chart-tick"
            >
              {formatShare(tick)}
            </text>
          </g>
        ))}
        {styled.map(({ id, name, points, style, offset }) => (
          <g key={id} className={style.tone}>
            <path
              d={points.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point.x) + offset} ${y(point.value)}`).join('')}
              fill="none"
              stroke="currentColor"
              strokeWidth="2"
              strokeDasharray={style.dash}
            />
            {points.map((point) => (
              <g key={point.x} transform={`translate(${x(point.x) + offset} 0)`}>
                <title>{`${name} · ${formatShare(point.x)}: ${exact(point.value)} [${exact(point.low)}, ${exact(point.high)}]`}</title>
                <line y1={y(point.low)} y2={y(point.high)} stroke="currentColor" strokeWidth="1.5" />
                <path d={style.mark} transform={`translate(0 ${y(point.value)})`} fill="currentColor" />
              </g>
            ))}
          </g>
        ))}
        <text x={x(1)} y={HEIGHT - 6} textAnchor="end" className="chart-tick">
          {xLabel} →
        </text>
        <text x={x(0)} y={HEIGHT - 6} className="chart-tick">
          ↑ {yLabel}
        </text>
      </svg>
    </ChartFigure>
  );
}
