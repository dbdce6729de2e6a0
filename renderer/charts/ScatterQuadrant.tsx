import { formatNumber } from '../../shared/i18n/number.ts';
import { useT } from '../app/language.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { placeLabels } from './label-places.ts';
import { PlotAxes, paddedDomain, plotScales } from './PlotAxes.tsx';
import { PlotMark } from './PlotMark.tsx';

export interface QuadrantPoint {
  readonly id: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** Rows or answers behind it. */
  readonly n?: number;
  /** Intervals in the units of the axes. */
  readonly xInterval?: readonly [number, number];
  readonly yInterval?: readonly [number, number];
}

interface Axis {
  readonly label: string;
  readonly format: (value: number) => string;
  /** As the table reads it: with every decimal that counts. */
  readonly exact?: (value: number) => string;
  /** Where the quadrants meet, e.g. the mean. */
  readonly split: number;
  readonly domain?: readonly [number, number];
}

interface Props {
  readonly points: readonly QuadrantPoint[];
  readonly x: Axis;
  readonly y: Axis;
  /** The name of the quadrant that matters, drawn shaded; which corner it is. */
  readonly zone: { readonly name: string; readonly corner: 'top-left' | 'top-right' };
  readonly selected?: string | null;
  readonly onSelect?: (id: string) => void;
  readonly width?: number;
  readonly height?: number;
}

const LEFT = 48;
const RIGHT = 16;
const TOP = 12;
const BOTTOM = 40;
const FONT_SIZE = 12;
/** Room around the data, as a share of its range. */
const PADDING = 0.08;

/** Two measures of the same things against each other, with the quadrant to act on shaded. */
export function ScatterQuadrant({ points, x, y, zone, selected = null, onSelect, width = 420, height = 280 }: Props) {
  const t = useT();
  const frame = { left: LEFT, right: width - RIGHT, top: TOP, bottom: height - BOTTOM };
  const xs = [...points.flatMap((point) => [point.x, ...(point.xInterval ?? [])]), x.split];
  const ys = [...points.flatMap((point) => [point.y, ...(point.yInterval ?? [])]), y.split];
  const axes = {
    x: { ...x, domain: x.domain ?? paddedDomain(xs, PADDING) },
    y: { ...y, domain: y.domain ?? paddedDomain(ys, PADDING) },
  };
  const { px, py } = plotScales(frame, axes.x, axes.y);
  const labels = placeLabels(
    points.map((point) => ({ x: px(point.x), y: py(point.y), text: point.name })),
    width,
    FONT_SIZE,
  );
  const isLeft = zone.corner === 'top-left';
  const zoneLeft = isLeft ? LEFT : px(x.split);
  const zoneRight = isLeft ? px(x.split) : width - RIGHT;
  const bounds = (axis: Axis) =>
    [axis.label, `${axis.label} · ${t('chart.low')}`, `${axis.label} · ${t('chart.high')}`].map((name) => ({
      name,
      format: axis.exact ?? axis.format,
    }));
  const table = {
    columns: [{ name: t('chart.name') }, ...bounds(x), ...bounds(y), { name: t('chart.n'), format: formatNumber }],
    rows: points.map((point) => [
      point.name,
      point.x,
      point.xInterval?.[0] ?? null,
      point.xInterval?.[1] ?? null,
      point.y,
      point.yInterval?.[0] ?? null,
      point.yInterval?.[1] ?? null,
      point.n ?? null,
    ]),
  };
  return (
    <ChartFigure label={`${y.label} × ${x.label}`} table={table}>
      <svg className="chart" viewBox={`0 0 ${width} ${height}`} width="100%" style={{ maxWidth: width * 1.4 }}>
        <title>{`${y.label} × ${x.label}`}</title>
        <rect
          x={zoneLeft}
          y={TOP}
          width={Math.max(0, zoneRight - zoneLeft)}
          height={Math.max(0, py(y.split) - TOP)}
          className="quadrant-zone"
        />
        <text
          x={isLeft ? zoneLeft + 6 : zoneRight - 6}
          y={TOP + 14}
          textAnchor={isLeft ? 'start' : 'end'}
          className="chart-floor-text"
        >
          {zone.name}
        </text>
        <line
          x1={px(x.split)}
          x2={px(x.split)}
          y1={TOP}
          y2={height - BOTTOM}
          className="chart-rule"
          strokeDasharray="3 3"
        />
        <line
          x1={LEFT}
          x2={width - RIGHT}
          y1={py(y.split)}
          y2={py(y.split)}
          className="chart-rule"
          strokeDasharray="3 3"
        />
        <PlotAxes frame={frame} {...axes} />
        {points.map((point, index) => {
          const place = labels[index]!;
          const words = `${point.name}: ${x.label} ${x.format(point.x)}, ${y.label} ${y.format(point.y)}`;
          return (
            <PlotMark
              key={point.id}
              tone="accent"
              text={words}
              selected={point.id === selected}
              {...(onSelect === undefined ? {} : { onSelect: () => onSelect(point.id) })}
            >
              {point.xInterval !== undefined && (
                <line
                  x1={px(point.xInterval[0])}
                  x2={px(point.xInterval[1])}
                  y1={py(point.y)}
                  y2={py(point.y)}
                  stroke="currentColor"
                  opacity="0.5"
                />
              )}
              {point.yInterval !== undefined && (
                <line
                  x1={px(point.x)}
                  x2={px(point.x)}
                  y1={py(point.yInterval[0])}
                  y2={py(point.yInterval[1])}
                  stroke="currentColor"
                  opacity="0.5"
                />
              )}
              <circle cx={px(point.x)} cy={py(point.y)} r={point.id === selected ? 6.5 : 4.5} fill="currentColor" />
              <text x={place.x} y={place.y} textAnchor={place.anchor} className="chart-name">
                {point.name}
              </text>
            </PlotMark>
          );
        })}
      </svg>
    </ChartFigure>
  );
}
