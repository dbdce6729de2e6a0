import { formatNumber } from '../../shared/i18n/number.ts';
import { useT } from '../app/language.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { PlotAxes, plotScales } from './PlotAxes.tsx';
import { PlotMark } from './PlotMark.tsx';

export interface TrendPoint {
  readonly id: string;
  readonly name: string;
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  /** Rows or answers behind it. */
  readonly n?: number;
  readonly limits: readonly [number, number] | null;
  /** Outside what chance explains. */
  readonly flagged: boolean;
  readonly text: string;
}

interface Props {
  readonly points: readonly TrendPoint[];
  readonly label: string;
  readonly xLabel: string;
  readonly format: (value: number) => string;
  /** As the table reads it: with every decimal that counts. */
  readonly exact?: (value: number) => string;
  readonly domain: readonly [number, number];
  /** The centre line with its name; null where there is none. */
  readonly centre: { readonly value: number; readonly name: string } | null;
  /** What the shaded part means. */
  readonly bandName: string;
  readonly onSelect?: (id: string) => void;
  readonly width?: number;
  readonly height?: number;
}

const MOST_NAMES = 8;

/** A measure over time with intervals, its centre line and control limits; a point beyond them is a diamond. */
export function TrendChart(props: Props) {
  const t = useT();
  const { points, label, xLabel, format, domain, centre, bandName, onSelect, width = 560, height = 230 } = props;
  const frame = { left: 52, right: width - 16, top: 26, bottom: height - 40 };
  const every = Math.max(1, Math.ceil(points.length / MOST_NAMES));
  const axes = {
    x: {
      label: xLabel,
      format: String,
      domain: [-0.5, points.length - 0.5] as const,
      ticks: points.flatMap(({ name }, index) => (index % every === 0 ? [{ value: index, text: name }] : [])),
    },
    y: { label, format, domain },
  };
  const { px, py } = plotScales(frame, axes.x, axes.y);
  const step = (px(1) - px(0)) / 2;
  const path = points
    .map(({ value }, index) => `${index === 0 ? 'M' : 'L'}${px(index).toFixed(1)} ${py(value).toFixed(1)}`)
    .join('');
  const hasBand = points.some(({ limits }) => limits !== null);
  const read = { format: props.exact ?? format };
  const table = {
    columns: [
      { name: xLabel },
      { name: label, ...read },
      { name: t('chart.low'), ...read },
      { name: t('chart.high'), ...read },
      { name: `${bandName} · ${t('chart.low')}`, ...read },
      { name: `${bandName} · ${t('chart.high')}`, ...read },
      { name: t('chart.n'), format: formatNumber },
      { name: t('chart.reading') },
    ],
    rows: points.map((point) => [
      point.name,
      point.value,
      point.interval?.[0] ?? null,
      point.interval?.[1] ?? null,
      point.limits?.[0] ?? null,
      point.limits?.[1] ?? null,
      point.n ?? null,
      point.text,
    ]),
  };
  return (
    <ChartFigure label={label} table={table}>
      <svg className="chart" viewBox={`0 0 ${width} ${height}`} width="100%" style={{ maxWidth: width }}>
        <title>{label}</title>
        {points.map(({ id, limits }, index) =>
          limits === null ? null : (
            <rect
              key={id}
              x={px(index) - step}
              y={py(limits[1])}
              width={step * 2}
              height={Math.max(1, py(limits[0]) - py(limits[1]))}
              className="band"
            />
          ),
        )}
        <PlotAxes frame={frame} {...axes} rules />
        {hasBand && (
          <>
            <rect x={frame.left} y="6" width="14" height="10" className="band" />
            <text x={frame.left + 20} y="15" className="chart-tick">
              {bandName}
            </text>
          </>
        )}
        {centre !== null && (
          <>
            <line
              x1={frame.left}
              x2={frame.right}
              y1={py(centre.value)}
              y2={py(centre.value)}
              className="chart-floor"
            />
            <text x={frame.right} y="15" textAnchor="end" className="chart-floor-text">
              ┄ {centre.name}
            </text>
          </>
        )}
        <path d={path} fill="none" className="tone-accent" stroke="currentColor" strokeWidth="1.5" />
        {points.map((point, index) => (
          <PlotMark
            key={point.id}
            tone={point.flagged ? 'attention' : 'accent'}
            text={point.text}
            {...(onSelect === undefined ? {} : { onSelect: () => onSelect(point.id) })}
          >
            {point.interval !== null && (
              <line
                x1={px(index)}
                x2={px(index)}
                y1={py(point.interval[0])}
                y2={py(point.interval[1])}
                stroke="currentColor"
                strokeWidth="1.6"
              />
            )}
            {point.flagged ? (
              <path d={`M${px(index)} ${py(point.value) - 7}l6 7 -6 7 -6 -7z`} fill="currentColor" />
            ) : (
              <circle cx={px(index)} cy={py(point.value)} r="4.5" fill="currentColor" />
            )}
          </PlotMark>
        ))}
      </svg>
    </ChartFigure>
  );
}
