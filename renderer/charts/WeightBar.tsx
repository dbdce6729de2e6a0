import { linearScale } from './scale.ts';

export interface WeightPart {
  readonly id: string;
  readonly label: string;
  readonly value: number;
}

interface Props {
  /** Parts that add up to the value, in the same order in every row. */
  readonly parts: readonly WeightPart[];
  /** Bounds of the whole, in the unit of the parts. */
  readonly interval: readonly [number, number] | null;
  /** The value at the right edge: the same for all bars of a table. */
  readonly max: number;
  /** What it says, in words and numbers. */
  readonly label: string;
  readonly width?: number;
  /** A value that is always shown for comparison, as a dashed line. */
  readonly reference?: number;
}

const HEIGHT = 20;
const PART_COLOURS = 3;

/** A bar stacked from parts, with the interval of their sum as a whisker. One part makes a plain bar. */
export function WeightBar({ parts, interval, max, label, width = 200, reference }: Props) {
  const x = linearScale([0, max], [0, width - 1]);
  let left = 0;
  const placed = parts.map((part) => {
    const start = left;
    left += part.value;
    return { ...part, x: x(start), width: Math.max(0, x(part.value) - x(0)) };
  });
  return (
    <svg className="weight-bar" width={width} height={HEIGHT} role="img" aria-label={label}>
      <line x1="0" x2={width} y1={HEIGHT / 2} y2={HEIGHT / 2} className="chart-rule" />
      {placed.map((part, index) => (
        <rect
          key={part.id}
          x={part.x}
          y={HEIGHT / 2 - 4}
          width={part.width}
          height="8"
          className={`part part-${index % PART_COLOURS}`}
        >
          <title>{part.label}</title>
        </rect>
      ))}
      {reference !== undefined && (
        <line x1={x(reference)} x2={x(reference)} y1="1" y2={HEIGHT - 1} className="chart-floor" />
      )}
      {interval !== null && (
        <g className="whisker">
          <line x1={x(interval[0])} x2={x(interval[1])} y1={HEIGHT / 2} y2={HEIGHT / 2} />
          <line x1={x(interval[0])} x2={x(interval[0])} y1={HEIGHT / 2 - 4} y2={HEIGHT / 2 + 4} />
          <line x1={x(interval[1])} x2={x(interval[1])} y1={HEIGHT / 2 - 4} y2={HEIGHT / 2 + 4} />
        </g>
      )}
    </svg>
  );
}

/** The legend of stacked bars, for the head of their column. */
export function WeightLegend({
  parts,
}: {
  readonly parts: readonly { readonly id: string; readonly label: string }[];
}) {
  return (
    <span className="weight-legend">
      {parts.map(({ id, label }, index) => (
        <span key={id}>
          <svg width="9" height="9" aria-hidden="true">
            <rect width="9" height="9" className={`part part-${index % PART_COLOURS}`} />
          </svg>
          {label}
        </span>
      ))}
    </span>
  );
}
