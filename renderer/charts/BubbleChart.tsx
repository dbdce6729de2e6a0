import { placeLabels } from './label-places.ts';
import { linearScale, roundTicks } from './scale.ts';

export interface Bubble {
  readonly id: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly yInterval: readonly [number, number];
  /** What the area of the dot shows; null where not known: the smallest dot, hollow. */
  readonly size: number | null;
  readonly tone: 'accent' | 'muted' | 'failed';
  /** All of it in words. */
  readonly text: string;
}

interface Props {
  readonly points: readonly Bubble[];
  readonly x: { readonly label: string; readonly format: (value: number) => string };
  readonly y: { readonly label: string; readonly format: (value: number) => string };
  /** The simplest thing, with its name, as a dashed line. */
  readonly floor: { readonly value: number; readonly name: string };
  readonly selected?: string | null;
  readonly onSelect?: (id: string) => void;
  readonly width?: number;
  readonly height?: number;
}

const LEFT = 52;
const RIGHT = 16;
const TOP = 28;
/** Beyond this the letters of a drawn chart outgrow the page. */
const WIDEST = 540;
const BOTTOM = 38;
const SMALLEST = 4;
const LARGEST = 11;

/** Quality against cost, size as the area of the dot, with intervals and the level to beat. */
export function BubbleChart({ points, x, y, floor, selected = null, onSelect, width = 400, height = 220 }: Props) {
  const ys = [floor.value, ...points.flatMap((point) => [...point.yInterval])];
  const room = (Math.max(...ys) - Math.min(...ys) || 0.1) * 0.1;
  const yDomain = [Math.min(...ys) - room, Math.max(...ys) + room] as const;
  const xDomain = [0, Math.max(1e-3, ...points.map((point) => point.x)) * 1.25] as const;
  const px = linearScale(xDomain, [LEFT, width - RIGHT]);
  const py = linearScale(yDomain, [height - BOTTOM, TOP]);
  const largest = Math.max(1e-9, ...points.map(({ size }) => size ?? 0));
  const radius = (size: number | null) =>
    size === null ? SMALLEST : SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(size / largest);
  const labels = placeLabels(
    points.map((point) => ({ x: px(point.x), y: py(point.y), text: point.name })),
    width,
    12,
  );
  return (
    <svg
      className="chart"
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      style={{ maxWidth: WIDEST }}
      data-testid="bubble-chart"
    >
      <title>{`${y.label} × ${x.label}`}</title>
      {roundTicks(yDomain[0], yDomain[1], 4).map((tick) => (
        <g key={tick}>
          <line x1={LEFT} x2={width - RIGHT} y1={py(tick)} y2={py(tick)} className="chart-rule" />
          <text x={LEFT - 6} y={py(tick) + 4} textAnchor="end" className="chart-tick">
            {y.format(tick)}
          </text>
        </g>
      ))}
      {roundTicks(xDomain[0], xDomain[1], 4).map((tick) => (
        <text key={tick} x={px(tick)} y={height - BOTTOM + 15} textAnchor="middle" className="chart-tick">
          {x.format(tick)}
        </text>
      ))}
      <path d={`M${LEFT} ${TOP}V${height - BOTTOM}H${width - RIGHT}`} fill="none" className="chart-axis" />
      <text x={LEFT} y={height - 5} className="chart-tick">
        ↑ {y.label}
      </text>
      <text x={width - RIGHT} y={height - 5} textAnchor="end" className="chart-tick">
        {x.label} →
      </text>
      <line x1={LEFT} x2={width - RIGHT} y1={py(floor.value)} y2={py(floor.value)} className="chart-floor" />
      <text x={width - RIGHT} y={TOP - 14} textAnchor="end" className="chart-floor-text">
        ┄ {floor.name}
      </text>
      {points.map((point, index) => {
        const place = labels[index]!;
        const size = radius(point.size);
        const away = place.anchor === 'start' ? size - SMALLEST : SMALLEST - size;
        const mark = (
          <>
            <title>{point.text}</title>
            <line
              x1={px(point.x)}
              x2={px(point.x)}
              y1={py(point.yInterval[0])}
              y2={py(point.yInterval[1])}
              stroke="currentColor"
              strokeWidth="1.5"
            />
            <circle
              cx={px(point.x)}
              cy={py(point.y)}
              r={size}
              fill={point.size === null ? 'var(--surface)' : 'currentColor'}
              stroke={point.id === selected ? 'var(--text)' : 'currentColor'}
              strokeWidth={point.id === selected ? 2 : 1}
            />
            <text x={place.x + away} y={place.y} textAnchor={place.anchor} className="chart-name">
              {point.name}
            </text>
          </>
        );
        const tone = `tone-${point.tone}`;
        return onSelect === undefined ? (
          <g key={point.id} className={tone}>
            {mark}
          </g>
        ) : (
          // biome-ignore lint/a11y/useSemanticElements: an SVG has no button element.
          <g
            key={point.id}
            className={`${tone} chart-link`}
            role="button"
            tabIndex={0}
            aria-label={point.text}
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
