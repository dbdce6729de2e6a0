import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { formatNumber } from '../../shared/i18n/number.ts';
import { RADIUS, TEXT } from '../theme/sizes.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { roundTicks } from './scale.ts';

export interface Curve {
  readonly label: string;
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly format: (value: number) => string;
  /** The last value, ready to read. */
  readonly last: string;
}

interface Props {
  /** Falls, as a loss does. */
  readonly left: Curve;
  /** Rises, as an accuracy does; left out where there is none. */
  readonly right?: Curve;
  /** Values of the simplest methods on the right axis, as dashed lines with names. */
  readonly floors: readonly { readonly name: string; readonly value: number; readonly text: string }[];
  readonly xLabel: string;
  /** Where the curve will end; null: not known. */
  readonly xMax: number | null;
  readonly height?: number;
}

const MOST_POINTS = 400;

function thinned<P>(points: readonly P[]): readonly P[] {
  if (points.length <= MOST_POINTS) return points;
  const every = points.length / MOST_POINTS;
  return Array.from({ length: MOST_POINTS }, (_, index) => points[Math.floor(index * every)] as P).concat(
    points.slice(-1),
  );
}

/** Live curves of a run on two axes, with the levels to beat. Nothing moves but the line's end. */
export function LineCurve({ left, right, floors, xLabel, xMax, height = 200 }: Props) {
  const loss = thinned(left.points).map(({ x, y }) => ({ x, left: y }));
  const metric = right === undefined ? [] : right.points.map(({ x, y }) => ({ x, right: y }));
  const rightValues = [...metric.map((point) => point.right), ...floors.map(({ value }) => value)];
  const lowest = Math.max(0, Math.floor((Math.min(1, ...rightValues) - 0.05) * 10) / 10);
  const highest = Math.max(...loss.map((point) => point.left), 0);
  const last = xMax ?? loss.at(-1)?.x ?? 1;
  const table = {
    columns: [
      { name: xLabel, format: formatNumber },
      { name: left.label, format: left.format },
      ...(right === undefined ? [] : [{ name: right.label, format: right.format }]),
    ],
    rows: [...loss.map(({ x, left: y }) => [x, y, null]), ...metric.map(({ x, right: y }) => [x, null, y])].sort(
      (a, b) => (a[0] ?? 0) - (b[0] ?? 0),
    ),
  };
  return (
    <ChartFigure
      label={[left, right].map((curve) => `${curve?.label ?? ''} ${curve?.last ?? ''}`).join(', ')}
      table={table}
    >
      <div className="curve-legend">
        <span className="tone-running">
          ─ {left.label} <span className="number">{left.last}</span>
        </span>
        {right !== undefined && (
          <span className="tone-accent">
            ━ {right.label} <span className="number">{right.last}</span>
          </span>
        )}
        {floors.map(({ name, text }) => (
          <span key={name} className="tone-attention">
            ┄ {name} <span className="number">{text}</span>
          </span>
        ))}
      </div>
      <ResponsiveContainer width="100%" height={height}>
        <LineChart margin={{ top: 8, right: 4, bottom: 4, left: 4 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="x"
            type="number"
            domain={[0, last]}
            ticks={[...roundTicks(0, last, 4)]}
            tickFormatter={(value: number) => (value === 0 ? `${xLabel} 0` : formatNumber(value))}
            tick={{ fontSize: TEXT.tick, fill: 'var(--muted)' }}
            stroke="var(--line)"
            tickLine={false}
            allowDuplicatedCategory={false}
          />
          <YAxis
            yAxisId="left"
            width={44}
            domain={[0, highest]}
            ticks={[...roundTicks(0, highest, 4)]}
            tickFormatter={left.format}
            tick={{ fontSize: TEXT.tick, fill: 'var(--running)' }}
            stroke="var(--line)"
            tickLine={false}
          />
          {right !== undefined && (
            <YAxis
              yAxisId="right"
              orientation="right"
              width={48}
              domain={[lowest, 1]}
              ticks={[...roundTicks(lowest, 1, 4)]}
              tickFormatter={right.format}
              tick={{ fontSize: TEXT.tick, fill: 'var(--accentText)' }}
              stroke="var(--line)"
              tickLine={false}
            />
          )}
          <Tooltip
            isAnimationActive={false}
            formatter={(value, name) => {
              const curve = right !== undefined && name === right.label ? right : left;
              return [curve.format(Number(value)), name];
            }}
            labelFormatter={(label) => `${xLabel} ${String(label)}`}
            contentStyle={{
              background: 'var(--surface)',
              border: '1px solid var(--line)',
              borderRadius: RADIUS.control,
              fontSize: TEXT.small,
            }}
          />
          {floors.map(({ name, value }) => (
            <ReferenceLine
              key={name}
              yAxisId={right === undefined ? 'left' : 'right'}
              y={value}
              stroke="var(--attention)"
              strokeDasharray="5 4"
            />
          ))}
          <Line
            yAxisId="left"
            data={loss}
            dataKey="left"
            name={left.label}
            stroke="var(--running)"
            strokeWidth={1.5}
            dot={false}
            isAnimationActive={false}
          />
          {right !== undefined && (
            <Line
              yAxisId="right"
              data={metric}
              dataKey="right"
              name={right.label}
              stroke="var(--accentText)"
              strokeWidth={2}
              dot={{ r: 2.5, fill: 'var(--accentText)' }}
              isAnimationActive={false}
            />
          )}
        </LineChart>
      </ResponsiveContainer>
    </ChartFigure>
  );
}
