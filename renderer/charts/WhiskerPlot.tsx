import { formatNumber } from '../../shared/i18n/number.ts';
import { useT } from '../app/language.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { PlotMark } from './PlotMark.tsx';
import { linearScale, roundTicks } from './scale.ts';

export interface WhiskerRow {
  readonly id: string;
  readonly name: string;
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  /** Rows or answers behind it. */
  readonly n?: number;
  /** Ready to read, e.g. `27 % [22, 33]`. */
  readonly text: string;
  readonly tone?: 'accent' | 'muted' | 'failed';
}

interface Props {
  readonly rows: readonly WhiskerRow[];
  /** What the axis counts, with its unit. */
  readonly label: string;
  readonly formatTick: (value: number) => string;
  /** As the table reads it: with every decimal that counts. */
  readonly exact?: (value: number) => string;
  /** The simplest thing, with its name, as a dashed line. */
  readonly floor?: { readonly value: number; readonly name: string };
  /** Lowest and highest value of the axis; from the data where left out. */
  readonly domain?: readonly [number, number];
  readonly width?: number;
  /** Room for the names at the left. */
  readonly nameWidth?: number;
  readonly onSelect?: (id: string) => void;
}

const ROW = 26;
const NAME_WIDTH = 150;
const TEXT_WIDTH = 130;
/** Letters of a name that fit, wide ones too, for each pixel of room. */
const LETTERS = 14 / NAME_WIDTH;

/** One dot with its interval per row, on a common axis. */
export function WhiskerPlot(props: Props) {
  const { rows, label, formatTick, exact, floor, domain, width = 640, nameWidth = NAME_WIDTH, onSelect } = props;
  const t = useT();
  const letters = Math.round(nameWidth * LETTERS);
  const values = rows.flatMap(({ value, interval }) => [value, ...(interval ?? [])]);
  if (floor !== undefined) values.push(floor.value);
  const span = domain ?? [Math.min(0, ...values), Math.max(...values, 0)];
  const x = linearScale(span, [nameWidth, width - TEXT_WIDTH]);
  const top = floor === undefined ? 4 : 20;
  const bottom = top + rows.length * ROW;
  const read = { format: exact ?? formatTick };
  const table = {
    columns: [
      { name: t('chart.name') },
      { name: label, ...read },
      { name: t('chart.low'), ...read },
      { name: t('chart.high'), ...read },
      { name: t('chart.n'), format: formatNumber },
      { name: t('chart.reading') },
    ],
    rows: [
      ...rows.map(({ name, value, interval, n, text }) => [
        name,
        value,
        interval?.[0] ?? null,
        interval?.[1] ?? null,
        n ?? null,
        text,
      ]),
      ...(floor === undefined ? [] : [[floor.name, floor.value, null, null, null, '']]),
    ],
  };
  return (
    <ChartFigure label={label} table={table}>
      <svg className="chart" viewBox={`0 0 ${width} ${bottom + 34}`} width="100%">
        <title>{label}</title>
        {roundTicks(span[0], span[1], 5).map((tick) => (
          <g key={tick}>
            <line x1={x(tick)} x2={x(tick)} y1={top} y2={bottom} className="chart-rule" />
            <text x={x(tick)} y={bottom + 14} textAnchor="middle" className="chart-tick">
              {formatTick(tick)}
            </text>
          </g>
        ))}
        <text x={(nameWidth + width - TEXT_WIDTH) / 2} y={bottom + 30} textAnchor="middle" className="chart-tick">
          {label}
        </text>
        {floor !== undefined && (
          <g>
            <line x1={x(floor.value)} x2={x(floor.value)} y1={top - 4} y2={bottom} className="chart-floor" />
            <text x={x(floor.value)} y={top - 8} textAnchor="middle" className="chart-floor-text">
              {floor.name}
            </text>
          </g>
        )}
        {rows.map((row, index) => {
          const y = top + index * ROW + ROW / 2;
          return (
            <PlotMark
              key={row.id}
              tone={row.tone ?? 'accent'}
              text={`${row.name} ${row.text}`}
              {...(onSelect === undefined ? {} : { onSelect: () => onSelect(row.id) })}
            >
              <rect x="0" y={y - ROW / 2} width={width} height={ROW} fill="transparent" />
              <text x={nameWidth - 10} y={y + 4} textAnchor="end" className="chart-name">
                {row.name.length > letters ? `${row.name.slice(0, letters - 1)}…` : row.name}
                <title>{row.name}</title>
              </text>
              {row.interval !== null && (
                <line
                  x1={x(row.interval[0])}
                  x2={x(row.interval[1])}
                  y1={y}
                  y2={y}
                  stroke="currentColor"
                  strokeWidth="1.5"
                />
              )}
              <circle cx={x(row.value)} cy={y} r="4.5" fill="currentColor" />
              <text x={width - TEXT_WIDTH + 12} y={y + 4} className="chart-name number">
                {row.text}
              </text>
            </PlotMark>
          );
        })}
      </svg>
    </ChartFigure>
  );
}
