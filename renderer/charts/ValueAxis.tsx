import { roundTicks } from './scale.ts';

interface Props {
  readonly domain: readonly [number, number];
  /** From a value to its place in the drawing. */
  readonly x: (value: number) => number;
  readonly top: number;
  readonly bottom: number;
  readonly label: string;
  readonly format: (value: number) => string;
}

const TICKS = 5;

/** Rules, ticks and name of an axis that lies below rows. */
export function ValueAxis({ domain, x, top, bottom, label, format }: Props) {
  return (
    <>
      {roundTicks(domain[0], domain[1], TICKS).map((tick) => (
        <g key={tick}>
          <line x1={x(tick)} x2={x(tick)} y1={top} y2={bottom} className="chart-rule" />
          <text x={x(tick)} y={bottom + 14} textAnchor="middle" className="chart-tick">
            {format(tick)}
          </text>
        </g>
      ))}
      <text x={(x(domain[0]) + x(domain[1])) / 2} y={bottom + 30} textAnchor="middle" className="chart-tick">
        {label} →
      </text>
    </>
  );
}
