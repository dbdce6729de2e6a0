import { useT } from '../app/language.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { linearScale } from './scale.ts';
import { ValueAxis } from './ValueAxis.tsx';

export interface WaterfallStep {
  readonly id: string;
  readonly name: string;
  /** What this step adds. */
  readonly change: number;
}

interface Props {
  readonly start: { readonly name: string; readonly value: number };
  /** In the order in which they are added. */
  readonly steps: readonly WaterfallStep[];
  readonly end: { readonly name: string };
  /** What the axis counts, with its unit. */
  readonly label: string;
  readonly format: (value: number) => string;
  readonly width?: number;
}

const ROW = 24;
const BAR = 14;
const NAME_WIDTH = 210;
const TEXT_WIDTH = 70;
const TOP = 4;
const LONGEST = 34;

/** From a start to an end, step by step: each bar begins where the one before ended; rising and falling differ in place, sign and colour. */
export function Waterfall({ start, steps, end, label, format, width = 640 }: Props) {
  const t = useT();
  let at = start.value;
  const bars = steps.map((step) => {
    const from = at;
    at += step.change;
    return { ...step, from, to: at };
  });
  const values = [start.value, ...bars.map(({ to }) => to)];
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const room = (high - low || 1) * 0.06;
  const x = linearScale([low - room, high + room], [NAME_WIDTH, width - TEXT_WIDTH]);
  const bottom = TOP + (bars.length + 2) * ROW;
  const signed = (value: number) => `${value > 0 ? '+' : ''}${format(value)}`;
  const middle = (row: number) => TOP + row * ROW + ROW / 2;
  const table = {
    columns: [{ name: t('chart.name') }, { name: label, format }, { name: t('chart.reading') }],
    rows: [
      [start.name, start.value, format(start.value)],
      ...bars.map(({ name, change }) => [name, change, signed(change)]),
      [end.name, at, format(at)],
    ],
  };
  const whole = (name: string, value: number, row: number) => (
    <g className="tone-muted">
      <title>{`${name} ${format(value)}`}</title>
      <text x={NAME_WIDTH - 10} y={middle(row) + 4} textAnchor="end" className="chart-name">
        {name}
      </text>
      <path d={`M${x(value)} ${middle(row) - 7}l6 7 -6 7 -6 -7z`} fill="currentColor" />
      <text x={width - TEXT_WIDTH + 10} y={middle(row) + 4} className="chart-name number">
        {format(value)}
      </text>
    </g>
  );
  return (
    <ChartFigure label={label} table={table}>
      <svg
        className="chart"
        viewBox={`0 0 ${width} ${bottom + 34}`}
        width="100%"
        style={{ maxWidth: width * 1.15 }}
        data-testid="waterfall"
      >
        <title>{label}</title>
        <ValueAxis domain={[low - room, high + room]} x={x} top={TOP} bottom={bottom} label={label} format={format} />
        {whole(start.name, start.value, 0)}
        {bars.map(({ id, name, change, from, to }, index) => (
          <g key={id} className={change > 0 ? 'tone-attention' : 'tone-accent'}>
            <title>{`${name} ${signed(change)}`}</title>
            <text x={NAME_WIDTH - 10} y={middle(index + 1) + 4} textAnchor="end" className="chart-name">
              {name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name}
            </text>
            <line
              x1={x(from)}
              x2={x(from)}
              y1={middle(index) + BAR / 2}
              y2={middle(index + 1) - BAR / 2}
              className="chart-axis"
            />
            <rect
              x={Math.min(x(from), x(to))}
              y={middle(index + 1) - BAR / 2}
              width={Math.max(1, Math.abs(x(to) - x(from)))}
              height={BAR}
              fill="currentColor"
            />
            <text x={width - TEXT_WIDTH + 10} y={middle(index + 1) + 4} className="chart-name number">
              {signed(change)}
            </text>
          </g>
        ))}
        {whole(end.name, at, bars.length + 1)}
      </svg>
    </ChartFigure>
  );
}
