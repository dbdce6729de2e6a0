import { useT } from '../app/language.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { PlotMark } from './PlotMark.tsx';
import { linearScale } from './scale.ts';
import { ValueAxis } from './ValueAxis.tsx';

export interface BandRow {
  readonly id: string;
  readonly name: string;
  /** Null: not measured. */
  readonly value: number | null;
  /** Where the value falls when nothing differs; null where it was not measured. */
  readonly band: readonly [number, number] | null;
  readonly flagged: boolean;
  /** Ready to read, at the right. */
  readonly text: string;
}

interface Props {
  readonly rows: readonly BandRow[];
  readonly label: string;
  /** What the shaded part means. */
  readonly bandName: string;
  readonly format: (value: number) => string;
  /** As the table reads it: with every decimal that counts. */
  readonly exact?: (value: number) => string;
  readonly domain: readonly [number, number];
  readonly onSelect?: (id: string) => void;
  readonly width?: number;
}

const ROW = 30;
const TOP = 22;
const NAME_WIDTH = 150;
const TEXT_WIDTH = 168;
const LONGEST = 20;

/** One value per row against the band in which it falls when nothing differs; beyond it, a diamond in the colour of attention. */
export function BandPlot({ rows, label, bandName, format, exact, domain, onSelect, width = 640 }: Props) {
  const t = useT();
  const right = width - TEXT_WIDTH;
  const x = linearScale(domain, [NAME_WIDTH, right]);
  const bottom = TOP + rows.length * ROW;
  const read = { format: exact ?? format };
  const table = {
    columns: [
      { name: t('chart.name') },
      { name: label, ...read },
      { name: `${bandName} · ${t('chart.low')}`, ...read },
      { name: `${bandName} · ${t('chart.high')}`, ...read },
      { name: t('chart.reading') },
    ],
    rows: rows.map(({ name, value, band, text, flagged }) => [
      name,
      value,
      band?.[0] ?? null,
      band?.[1] ?? null,
      flagged ? `▲ ${text}` : text,
    ]),
  };
  return (
    <ChartFigure label={label} table={table}>
      <svg className="chart" viewBox={`0 0 ${width} ${bottom + 36}`} width="100%" style={{ maxWidth: width * 1.15 }}>
        <title>{label}</title>
        <ValueAxis domain={domain} x={x} top={TOP} bottom={bottom} label={label} format={format} />
        <rect x={NAME_WIDTH} y="5" width="14" height="10" className="band" />
        <text x={NAME_WIDTH + 20} y="14" className="chart-tick">
          {bandName}
        </text>
        {rows.map((row, index) => {
          const y = TOP + index * ROW + ROW / 2;
          const name = row.name.length > LONGEST ? `${row.name.slice(0, LONGEST - 1)}…` : row.name;
          return (
            <PlotMark
              key={row.id}
              tone={row.flagged ? 'attention' : 'accent'}
              text={`${row.name}: ${row.text}`}
              {...(onSelect === undefined ? {} : { onSelect: () => onSelect(row.id) })}
            >
              <rect x="0" y={y - ROW / 2} width={width} height={ROW} fill="transparent" />
              <text x={NAME_WIDTH - 10} y={y + 4} textAnchor="end" className="chart-name">
                {name}
              </text>
              {row.band !== null && (
                <rect
                  x={x(row.band[0])}
                  y={y - 8}
                  width={Math.max(1, x(row.band[1]) - x(row.band[0]))}
                  height="16"
                  className="band"
                />
              )}
              {row.value !== null &&
                (row.flagged ? (
                  <path d={`M${x(row.value)} ${y - 7}l6 7 -6 7 -6 -7z`} fill="currentColor" />
                ) : (
                  <circle cx={x(row.value)} cy={y} r="5" fill="currentColor" />
                ))}
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
