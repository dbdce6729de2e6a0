import { linearScale } from './scale.ts';

interface Props {
  readonly points: readonly number[];
  /** What it shows, for people who do not see it. */
  readonly label: string;
  readonly width?: number;
  readonly height?: number;
  readonly tone?: 'accent' | 'running' | 'muted';
}

/** A curve without axes, for a cell or a bar. Nothing is drawn for fewer than two points. */
export function Sparkline({ points, label, width = 90, height = 16, tone = 'muted' }: Props) {
  if (points.length < 2) return null;
  const low = Math.min(...points);
  const high = Math.max(...points);
  const x = linearScale([0, points.length - 1], [1.5, width - 1.5]);
  const y = linearScale([low, high], [height - 2, 2]);
  const path = points
    .map((value, index) => `${index === 0 ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`)
    .join('');
  return (
    <svg className={`spark tone-${tone}`} width={width} height={height} role="img" aria-label={label}>
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
    </svg>
  );
}
