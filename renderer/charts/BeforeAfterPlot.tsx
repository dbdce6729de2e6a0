import { useT } from '../app/language.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { PlotMark } from './PlotMark.tsx';
import { linearScale } from './scale.ts';
import { ValueAxis } from './ValueAxis.tsx';

interface Estimate {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
}

export interface BeforeAfterRow {
  readonly id: string;
  readonly name: string;
  /** Null on the side where it does not stand. */
  readonly before: Estimate | null;
  readonly after: Estimate | null;
  readonly tone: 'accent' | 'attention' | 'muted';
  /** Ready to read, at the right. */
  readonly text: string;
}

interface Props {
  readonly rows: readonly BeforeAfterRow[];
  readonly label: string;
  readonly beforeName: string;
  readonly afterName: string;
  readonly format: (value: number) => string;
  /** As the table reads it: with every decimal that counts. */
  readonly exact?: (value: number) => string;
  readonly onSelect?: (id: string) => void;
  readonly width?: number;
}

const ROW = 34;
const TOP = 24;
const NAME_WIDTH = 150;
const TEXT_WIDTH = 240;
const LONGEST = 20;

/** Two states of the same things, the earlier one hollow above, the later one filled below, each with its interval. */
export function BeforeAfterPlot({ rows, label, beforeName, afterName, format, exact, onSelect, width = 730 }: Props) {
  const t = useT();
  const values = rows.flatMap(({ before, after }) =>
    [before, after].flatMap((side) => (side === null ? [] : [side.value, ...(side.interval ?? [])])),
  );
  const domain = [0, Math.max(0.01, ...values)] as const;
  const right = width - TEXT_WIDTH;
  const x = linearScale(domain, [NAME_WIDTH, right]);
  const bottom = TOP + rows.length * ROW;
  const mark = (side: Estimate, y: number, isAfter: boolean) => (
    <>
      {side.interval !== null && (
        <line
          x1={x(side.interval[0])}
          x2={x(side.interval[1])}
          y1={y}
          y2={y}
          stroke="currentColor"
          strokeWidth={isAfter ? 1.8 : 1.2}
          opacity={isAfter ? 1 : 0.6}
        />
      )}
      <circle
        cx={x(side.value)}
        cy={y}
        r="4.5"
        fill={isAfter ? 'currentColor' : 'var(--surface)'}
        stroke="currentColor"
        strokeWidth="1.4"
      />
    </>
  );
  const sides = [
    { key: 'before', name: beforeName },
    { key: 'after', name: afterName },
  ] as const;
  const table = {
    columns: [
      { name: t('chart.name') },
      ...sides.flatMap(({ name }) =>
        [`${name} · ${label}`, `${name} · ${t('chart.low')}`, `${name} · ${t('chart.high')}`].map((column) => ({
          name: column,
          format: exact ?? format,
        })),
      ),
      { name: t('chart.reading') },
    ],
    rows: rows.map((row) => [
      row.name,
      ...sides.flatMap(({ key }) => {
        const side = row[key];
        return [side?.value ?? null, side?.interval?.[0] ?? null, side?.interval?.[1] ?? null];
      }),
      row.text,
    ]),
  };
  return (
    <ChartFigure label={label} table={table}>
      <svg className="chart" viewBox={`0 0 ${width} ${bottom + 34}`} width="100%" style={{ maxWidth: width * 1.2 }}>
        <title>{label}</title>
        <ValueAxis domain={domain} x={x} top={TOP} bottom={bottom} label={label} format={format} />
        <text x={NAME_WIDTH} y="14" className="chart-tick">
          ○ {beforeName} · ● {afterName}
        </text>
        {rows.map((row, index) => {
          const y = TOP + index * ROW + ROW / 2;
          return (
            <PlotMark
              key={row.id}
              tone={row.tone}
              text={`${row.name}: ${row.text}`}
              {...(onSelect === undefined ? {} : { onSelect: () => onSelect(row.id) })}
            >
              <rect x="0" y={y - ROW / 2} width={width} height={ROW} fill="transparent" />
              <text x={NAME_WIDTH - 10} y={y + 4} textAnchor="end" className="chart-name">
                {row.name.length > LONGEST ? `${row.name.slice(0, LONGEST - 1)}…` : row.name}
              </text>
              {row.before !== null && mark(row.before, y - 6, false)}
              {row.after !== null && mark(row.after, y + 6, true)}
              <text x={right + 12} y={y + 4} className="chart-name number">
                {row.text}
              </text>
            </PlotMark>
          );
        })}
      </svg>
    </ChartFigure>
  );
}
