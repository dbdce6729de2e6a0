import { formatNumber } from '../../shared/i18n/number.ts';
import { useT } from '../app/language.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { placeLabels } from './label-places.ts';
import { PlotAxes, paddedDomain, plotScales } from './PlotAxes.tsx';
import { PlotMark } from './PlotMark.tsx';

export interface Bubble {
  readonly id: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly yInterval: readonly [number, number];
  /** What the area of the dot shows; null where not known: the smallest dot, hollow. */
  readonly size: number | null;
  /** Rows or answers behind it. */
  readonly n?: number;
  readonly tone: 'accent' | 'muted' | 'failed';
  /** All of it in words. */
  readonly text: string;
}

interface BubbleAxis {
  readonly label: string;
  readonly format: (value: number) => string;
  /** As the table reads it: with every decimal that counts. */
  readonly exact?: (value: number) => string;
}

interface Props {
  readonly points: readonly Bubble[];
  readonly x: BubbleAxis;
  readonly y: BubbleAxis;
  /** The simplest thing, with its name, as a dashed line. */
  readonly floor: { readonly value: number; readonly name: string };
  readonly selected?: string | null;
  readonly onSelect?: (id: string) => void;
  readonly width?: number;
  readonly height?: number;
}

const LEFT = 52;
const RIGHT = 16;
const TOP = 28;
/** Beyond this the letters of a drawn chart outgrow the page. */
const WIDEST = 540;
const BOTTOM = 38;
const SMALLEST = 4;
const LARGEST = 11;
/** Room around the data, as a share of its range. */
const PADDING = 0.1;

/** Quality against cost, size as the area of the dot, with intervals and the level to beat. */
export function BubbleChart({ points, x, y, floor, selected = null, onSelect, width = 400, height = 220 }: Props) {
  const t = useT();
  const frame = { left: LEFT, right: width - RIGHT, top: TOP, bottom: height - BOTTOM };
  const ys = [floor.value, ...points.flatMap((point) => [...point.yInterval])];
  const axes = {
    x: { ...x, domain: [0, Math.max(1e-3, ...points.map((point) => point.x)) * 1.25] as const },
    y: { ...y, domain: paddedDomain(ys, PADDING) },
  };
  const { px, py } = plotScales(frame, axes.x, axes.y);
  const largest = Math.max(1e-9, ...points.map(({ size }) => size ?? 0));
  const radius = (size: number | null) =>
    size === null ? SMALLEST : SMALLEST + (LARGEST - SMALLEST) * Math.sqrt(size / largest);
  const labels = placeLabels(
    points.map((point) => ({ x: px(point.x), y: py(point.y), text: point.name })),
    width,
    12,
  );
  const readY = { format: y.exact ?? y.format };
  const table = {
    columns: [
      { name: t('chart.name') },
      { name: x.label, format: x.exact ?? x.format },
      { name: y.label, ...readY },
      { name: t('chart.low'), ...readY },
      { name: t('chart.high'), ...readY },
      { name: t('chart.n'), format: formatNumber },
      { name: t('chart.reading') },
    ],
    rows: [
      ...points.map((point) => [point.name, point.x, point.y, ...point.yInterval, point.n ?? null, point.text]),
      [floor.name, null, floor.value, null, null, null, ''],
    ],
  };
  return (
    <ChartFigure label={`${y.label} × ${x.label}`} table={table}>
      <svg
        className="chart"
        viewBox={`0 0 ${width} ${height}`}
        width="100%"
        style={{ maxWidth: WIDEST }}
        data-testid="bubble-chart"
      >
        <title>{`${y.label} × ${x.label}`}</title>
        <PlotAxes frame={frame} {...axes} rules />
        <line x1={LEFT} x2={width - RIGHT} y1={py(floor.value)} y2={py(floor.value)} className="chart-floor" />
        <text x={width - RIGHT} y={TOP - 14} textAnchor="end" className="chart-floor-text">
          ┄ {floor.name}
        </text>
        {points.map((point, index) => {
          const place = labels[index]!;
          const size = radius(point.size);
          const away = place.anchor === 'start' ? size - SMALLEST : SMALLEST - size;
          return (
            <PlotMark
              key={point.id}
              tone={point.tone}
              text={point.text}
              selected={point.id === selected}
              {...(onSelect === undefined ? {} : { onSelect: () => onSelect(point.id) })}
            >
              <line
                x1={px(point.x)}
                x2={px(point.x)}
                y1={py(point.yInterval[0])}
                y2={py(point.yInterval[1])}
                stroke="currentColor"
                strokeWidth="1.5"
              />
              <circle
                cx={px(point.x)}
                cy={py(point.y)}
                r={size}
                fill={point.size === null ? 'var(--surface)' : 'currentColor'}
                stroke={point.id === selected ? 'var(--text)' : 'currentColor'}
                strokeWidth={point.id === selected ? 2 : 1}
              />
              <text x={place.x + away} y={place.y} textAnchor={place.anchor} className="chart-name chart-name-clear">
                {point.name}
              </text>
            </PlotMark>
          );
        })}
      </svg>
    </ChartFigure>
  );
}
