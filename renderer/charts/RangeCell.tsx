import { linearScale } from './scale.ts';

interface Props {
  readonly value: number;
  /** Null where it is not defined. */
  readonly interval: readonly [number, number] | null;
  /** Left and right end of the axis: the same for all cells of a column. */
  readonly span: readonly [number, number];
  /** The bound to meet, dashed; the side where it is met is shaded. */
  readonly limit?: { readonly value: number; readonly direction: 'at-least' | 'at-most' } | null;
  /** A value always shown for comparison, dashed, without a good side. */
  readonly reference?: number | null;
  readonly tone?: 'accent' | 'muted' | 'failed' | 'attention';
  /** What it says, in words and numbers. */
  readonly label: string;
  readonly width?: number;
}

const HEIGHT = 20;
const MIDDLE = HEIGHT / 2;
const EDGE = 5;

/** A value with its interval on a small axis, against the limit that it must meet. */
export function RangeCell({
  value,
  interval,
  span,
  limit = null,
  reference = null,
  tone = 'accent',
  label,
  width = 120,
}: Props) {
  const scale = linearScale(span, [EDGE, width - EDGE]);
  const x = (at: number) => Math.min(width - EDGE, Math.max(EDGE, scale(at)));
  const dashed = limit?.value ?? reference;
  return (
    <svg className={`range-cell tone-${tone}`} width={width} height={HEIGHT} role="img" aria-label={label}>
      <title>{label}</title>
      {limit !== null && (
        <rect
          x={limit.direction === 'at-least' ? x(limit.value) : 0}
          y="2"
          width={limit.direction === 'at-least' ? width - x(limit.value) : x(limit.value)}
          height={HEIGHT - 4}
          className="range-good"
        />
      )}
      <line x1="0" x2={width} y1={MIDDLE} y2={MIDDLE} className="chart-rule" />
      {dashed !== null && <line x1={x(dashed)} x2={x(dashed)} y1="1" y2={HEIGHT - 1} className="chart-floor" />}
      {interval !== null && (
        <g stroke="currentColor" strokeWidth="1.6">
          <line x1={x(interval[0])} x2={x(interval[1])} y1={MIDDLE} y2={MIDDLE} />
          <line x1={x(interval[0])} x2={x(interval[0])} y1={MIDDLE - 3} y2={MIDDLE + 3} />
          <line x1={x(interval[1])} x2={x(interval[1])} y1={MIDDLE - 3} y2={MIDDLE + 3} />
        </g>
      )}
      {tone === 'failed' ? (
        <rect x={x(value) - 4} y={MIDDLE - 4} width="8" height="8" fill="currentColor" />
      ) : tone === 'attention' ? (
        <path d={`M${x(value)} ${MIDDLE - 5}l5 9h-10z`} fill="currentColor" />
      ) : (
        <circle cx={x(value)} cy={MIDDLE} r="4" fill="currentColor" />
      )}
    </svg>
  );
}

/** A span that holds all values, intervals and limits, with a little room. */
export function spanOf(values: readonly number[], room = 0.05): readonly [number, number] {
  if (values.length === 0) return [0, 1];
  const low = Math.min(...values);
  const high = Math.max(...values);
  const more = (high - low || Math.abs(high) || 1) * room;
  return [low - more, high + more];
}
