import { placeLabels } from './label-places.ts';
import { linearScale, roundTicks } from './scale.ts';

export interface QuadrantPoint {
  readonly id: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  /** Intervals in the units of the axes. */
  readonly xInterval?: readonly [number, number];
  readonly yInterval?: readonly [number, number];
}

interface Axis {
  readonly label: string;
  readonly format: (value: number) => string;
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

function domainOf(values: readonly number[], given: readonly [number, number] | undefined): readonly [number, number] {
  if (given !== undefined) return given;
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = (high - low || Math.abs(high) || 1) * PADDING;
  return [low - room, high + room];
}

/** Two measures of the same things against each other, with the quadrant to act on shaded. */
export function ScatterQuadrant({ points, x, y, zone, selected = null, onSelect, width = 420, height = 280 }: Props) {
  const xDomain = domainOf([...points.flatMap((point) => [point.x, ...(point.xInterval ?? [])]), x.split], x.domain);
  const yDomain = domainOf([...points.flatMap((point) => [point.y, ...(point.yInterval ?? [])]), y.split], y.domain);
  const px = linearScale(xDomain, [LEFT, width - RIGHT]);
  const py = linearScale(yDomain, [height - BOTTOM, TOP]);
  const labels = placeLabels(
    points.map((point) => ({ x: px(point.x), y: py(point.y), text: point.name })),
    width,
    FONT_SIZE,
  );
  const isLeft = zone.corner === 'top-left';
  const zoneLeft = isLeft ? LEFT : px(x.split);
  const zoneRight = isLeft ? px(x.split) : width - RIGHT;
  return (
    <svg className="chart" viewBox={`0 0 ${width} ${height}`} width="100%">
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
      <path d={`M${LEFT} ${TOP}V${height - BOTTOM}H${width - RIGHT}`} fill="none" className="chart-axis" />
      {roundTicks(xDomain[0], xDomain[1], 4).map((tick) => (
        <text key={tick} x={px(tick)} y={height - BOTTOM + 15} textAnchor="middle" className="chart-tick">
          {x.format(tick)}
        </text>
      ))}
      {roundTicks(yDomain[0], yDomain[1], 4).map((tick) => (
        <text key={tick} x={LEFT - 6} y={py(tick) + 4} textAnchor="end" className="chart-tick">
          {y.format(tick)}
        </text>
      ))}
      <text x={width - RIGHT} y={height - 6} textAnchor="end" className="chart-tick">
        {x.label} →
      </text>
      <text x={LEFT} y={height - 6} className="chart-tick">
        ↑ {y.label}
      </text>
      {points.map((point, index) => {
        const place = labels[index]!;
        const words = `${point.name}: ${x.label} ${x.format(point.x)}, ${y.label} ${y.format(point.y)}`;
        const mark = (
          <>
            <title>{words}</title>
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
          </>
        );
        return onSelect === undefined ? (
          <g key={point.id} className="tone-accent">
            {mark}
          </g>
        ) : (
          // biome-ignore lint/a11y/useSemanticElements: an SVG has no button element.
          <g
            key={point.id}
            className="tone-accent chart-link"
            role="button"
            tabIndex={0}
            aria-label={words}
            aria-pressed={point.id === selected}
            onClick={() => onSelect(point.id)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' || event.key === ' ') onSelect(point.id);
            }}
          >
            {mark}
          </g>
        );
      })}
    </svg>
  );
}
