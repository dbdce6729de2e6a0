import { useT } from '../app/language.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { PlotAxes, plotScales } from './PlotAxes.tsx';

interface CurvePoint {
  readonly at: number;
  readonly surviving: number;
  readonly low: number | null;
  readonly high: number | null;
}

interface Props {
  readonly points: readonly CurvePoint[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  /** As the table reads it: with every decimal that counts. */
  readonly exactX?: (value: number) => string;
  readonly exactY?: (value: number) => string;
  /** Bounds on the time, dashed, with names. */
  readonly targets: readonly { readonly value: number; readonly name: string }[];
  readonly width?: number;
  readonly height?: number;
}

type Corner = readonly [number, number];

/** Corners of a staircase through the points, from 1 at time 0. */
function stairs(points: readonly CurvePoint[], of: (point: CurvePoint) => number): readonly Corner[] {
  const corners: Corner[] = [[0, 1]];
  let height = 1;
  for (const point of points) {
    corners.push([point.at, height]);
    height = of(point);
    corners.push([point.at, height]);
  }
  return corners;
}

/** The share that is still open after so much time, with its band. */
export function SurvivalCurve(props: Props) {
  const t = useT();
  const { points, xLabel, yLabel, formatX, formatY, targets, width = 420, height = 210 } = props;
  const frame = { left: 48, right: width - 16, top: 22, bottom: height - 40 };
  const last = Math.max(1, ...points.map(({ at }) => at), ...targets.map(({ value }) => value));
  const axes = {
    x: { label: xLabel, format: formatX, domain: [0, last * 1.04] as const },
    y: { label: yLabel, format: formatY, domain: [0, 1] as const },
  };
  const { px, py } = plotScales(frame, axes.x, axes.y);
  const path = (corners: readonly Corner[]) =>
    corners.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${px(x).toFixed(1)} ${py(y).toFixed(1)}`).join('');
  const upper = stairs(points, ({ high, surviving }) => high ?? surviving);
  const lower = stairs(points, ({ low, surviving }) => low ?? surviving);
  const readY = { format: props.exactY ?? formatY };
  const table = {
    columns: [
      { name: xLabel, format: props.exactX ?? formatX },
      { name: yLabel, ...readY },
      { name: t('chart.low'), ...readY },
      { name: t('chart.high'), ...readY },
    ],
    rows: points.map(({ at, surviving, low, high }) => [at, surviving, low, high]),
  };
  return (
    <ChartFigure label={`${yLabel} × ${xLabel}`} table={table}>
      <svg className="chart" viewBox={`0 0 ${width} ${height}`} width="100%" style={{ maxWidth: width * 1.3 }}>
        <title>{`${yLabel} × ${xLabel}`}</title>
        <path d={`${path([...upper, ...lower.toReversed()])}Z`} className="band" />
        <PlotAxes frame={frame} {...axes} rules />
        {targets.map(({ value, name }) => (
          <g key={name}>
            <line x1={px(value)} x2={px(value)} y1={frame.top - 4} y2={frame.bottom} className="chart-floor" />
            <text
              x={px(value) + (px(value) > width / 2 ? -5 : 5)}
              y={frame.top - 8}
              textAnchor={px(value) > width / 2 ? 'end' : 'start'}
              className="chart-floor-text"
            >
              {name}
            </text>
          </g>
        ))}
        <path
          d={path(stairs(points, ({ surviving }) => surviving))}
          fill="none"
          className="tone-accent"
          stroke="currentColor"
          strokeWidth="1.6"
        />
      </svg>
    </ChartFigure>
  );
}
