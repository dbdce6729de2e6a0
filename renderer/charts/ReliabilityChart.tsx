import { formatNumber } from '../../shared/i18n/number.ts';
import { useT } from '../app/language.ts';
import { ChartFigure } from './ChartFigure.tsx';
import { linearScale } from './scale.ts';

interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly rows: number;
  /** Null in an empty bin. */
  readonly confidence: number | null;
  readonly accuracy: number | null;
  /** The bin in words. */
  readonly text: string;
}

interface Props {
  readonly bins: readonly ReliabilityBin[];
  readonly xLabel: string;
  readonly yLabel: string;
  readonly format: (value: number) => string;
  /** As the table reads it: with every decimal that counts. */
  readonly exact?: (value: number) => string;
}

const SIZE = 260;
const LEFT = 48;
const BOTTOM = 34;
/** Room for the largest dot at an edge. */
const RIM = 14;
const TICKS = [0, 0.25, 0.5, 0.75, 1] as const;

/** Accuracy against confidence; the area of a dot is the number of its rows, the dashed line is perfect calibration. */
export function ReliabilityChart({ bins, xLabel, yLabel, format, exact }: Props) {
  const t = useT();
  const x = linearScale([0, 1], [LEFT, SIZE + LEFT - RIM]);
  const y = linearScale([0, 1], [SIZE - BOTTOM, RIM]);
  const most = Math.max(1, ...bins.map(({ rows }) => rows));
  const read = { format: exact ?? format };
  const table = {
    columns: [
      { name: `${xLabel} · ${t('chart.from')}`, ...read },
      { name: `${xLabel} · ${t('chart.to')}`, ...read },
      { name: xLabel, ...read },
      { name: yLabel, ...read },
      { name: t('chart.n'), format: formatNumber },
    ],
    rows: bins.map(({ low, high, confidence, accuracy, rows }) => [low, high, confidence, accuracy, rows]),
  };
  return (
    <ChartFigure label={`${yLabel} × ${xLabel}`} table={table}>
      <svg className="chart" viewBox={`0 0 ${SIZE + LEFT} ${SIZE}`} width={SIZE + LEFT}>
        <title>{`${yLabel} × ${xLabel}`}</title>
        {TICKS.map((tick) => (
          <g key={tick}>
            <line x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} className="chart-rule" />
            <text x={LEFT - 6} y={y(tick) + 4} textAnchor="end" className="chart-tick">
              {format(tick)}
            </text>
            <text x={x(tick)} y={SIZE - BOTTOM + 14} textAnchor={tick === 1 ? 'end' : 'middle'} className="chart-tick">
              {format(tick)}
            </text>
          </g>
        ))}
        <line x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} className="chart-floor" />
        {bins.map(({ low, rows, confidence, accuracy, text }) =>
          confidence === null || accuracy === null ? null : (
            <g key={low} className="tone-accent">
              <title>{text}</title>
              <line
                x1={x(confidence)}
                x2={x(confidence)}
                y1={y(confidence)}
                y2={y(accuracy)}
                stroke="currentColor"
                strokeWidth="1.5"
              />
              <circle cx={x(confidence)} cy={y(accuracy)} r={3 + 7 * Math.sqrt(rows / most)} fill="currentColor" />
            </g>
          ),
        )}
        <text x={x(1)} y={SIZE - 4} textAnchor="end" className="chart-tick">
          {xLabel} →
        </text>
        <text x={x(0)} y={SIZE - 4} className="chart-tick">
          ↑ {yLabel}
        </text>
      </svg>
    </ChartFigure>
  );
}
