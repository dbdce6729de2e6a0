import { linearScale, roundTicks } from './scale.ts';

export interface PlotAxis {
  readonly label: string;
  readonly format: (value: number) => string;
  readonly domain: readonly [number, number];
  /** Ticks of its own, instead of round values. */
  readonly ticks?: readonly { readonly value: number; readonly text: string }[];
}

export interface PlotFrame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const TICKS = 4;

/** Range of the values with room on both sides, as a share of it. */
export function paddedDomain(values: readonly number[], share: number): readonly [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = (high - low || Math.abs(high) || 1) * share;
  return [low - room, high + room];
}

/** Places of values inside a frame given in pixels. */
export function plotScales(frame: PlotFrame, x: PlotAxis, y: PlotAxis) {
  return {
    px: linearScale(x.domain, [frame.left, frame.right]),
    py: linearScale(y.domain, [frame.bottom, frame.top]),
  };
}

interface Props {
  readonly frame: PlotFrame;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  /** Rules across at the ticks of y. */
  readonly rules?: boolean;
}

/** Axes with round ticks and their names below. */
export function PlotAxes({ frame, x, y, rules = false }: Props) {
  const { px, py } = plotScales(frame, x, y);
  const ticksOf = ({ ticks, domain, format }: PlotAxis) =>
    ticks ?? roundTicks(domain[0], domain[1], TICKS).map((value) => ({ value, text: format(value) }));
  return (
    <>
      {ticksOf(y).map(({ value, text }) => (
        <g key={value}>
          {rules && <line x1={frame.left} x2={frame.right} y1={py(value)} y2={py(value)} className="chart-rule" />}
          <text x={frame.left - 6} y={py(value) + 4} textAnchor="end" className="chart-tick">
            {text}
          </text>
        </g>
      ))}
      {ticksOf(x).map(({ value, text }) => (
        <text key={value} x={px(value)} y={frame.bottom + 15} textAnchor="middle" className="chart-tick">
          {text}
        </text>
      ))}
      <path d={`M${frame.left} ${frame.top}V${frame.bottom}H${frame.right}`} fill="none" className="chart-axis" />
      <text x={frame.left} y={frame.bottom + 33} className="chart-tick">
        ↑ {y.label}
      </text>
      <text x={frame.right} y={frame.bottom + 33} textAnchor="end" className="chart-tick">
        {x.label} →
      </text>
    </>
  );
}
