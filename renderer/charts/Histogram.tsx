import { formatNumber } from '../../shared/i18n/number.ts';
import { useT } from '../app/language.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { linearScale, roundTicks } from './scale.ts';

interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** The bin in words, for hover and people who do not see it. */
  readonly text: string;
}

interface Props {
  /** In order, of equal or different width. */
  readonly bins: readonly Bin[];
  /** What the axis counts. */
  readonly label: string;
  /** A bound, drawn dashed with its name; bars beyond it are in the colour of attention. */
  readonly limit?: { readonly value: number; readonly name: string };
  readonly width?: number;
  readonly height?: number;
}

const BOTTOM = 34;
const TOP = 18;

/** Counts over ranges of a measure. */
export function Histogram({ bins, label, limit, width = 330, height = 140 }: Props) {
  const t = useT();
  const last = bins.at(-1)?.to ?? 1;
  const end = Math.max(last, limit?.value ?? 0);
  const x = linearScale([0, end], [4, width - 12]);
  const y = linearScale([0, Math.max(1, ...bins.map(({ count }) => count))], [height - BOTTOM, TOP]);
  const bound = limit === undefined ? null : x(limit.value);
  const isRight = bound !== null && bound > width / 2;
  const table = {
    columns: [
      { name: `${label} · ${t('chart.from')}` },
      { name: `${label} · ${t('chart.to')}` },
      { name: t('chart.count'), format: formatNumber },
    ],
    rows: bins.map(({ from, to, count }) => [from, to, count]),
  };
  return (
    <ChartFigure label={label} table={table}>
      <svg className="chart" viewBox={`0 0 ${width} ${height}`} width="100%">
        <title>{label}</title>
        <line x1="4" x2={width - 12} y1={height - BOTTOM} y2={height - BOTTOM} className="chart-axis" />
        {bins.map(({ from, to, count, text }) => (
          <rect
            key={from}
            x={x(from)}
            y={y(count)}
            width={Math.max(1, x(to) - x(from) - 1)}
            height={height - BOTTOM - y(count)}
            className={limit !== undefined && from >= limit.value ? 'bar-beyond' : 'part-1'}
          >
            <title>{text}</title>
          </rect>
        ))}
        {roundTicks(0, end, 5).map((tick) => (
          <text key={tick} x={x(tick)} y={height - BOTTOM + 14} textAnchor="middle" className="chart-tick">
            {tick}
          </text>
        ))}
        <text x={width - 12} y={height - 4} textAnchor="end" className="chart-tick">
          {label} →
        </text>
        {limit !== undefined && bound !== null && (
          <>
            <line x1={bound} x2={bound} y1={TOP - 6} y2={height - BOTTOM} className="chart-floor" />
            <text
              x={isRight ? bound - 6 : bound + 6}
              y={TOP - 4}
              textAnchor={isRight ? 'end' : 'start'}
              className="chart-floor-text"
            >
              {limit.name}
            </text>
          </>
        )}
      </svg>
    </ChartFigure>
  );
}
