import { linearScale, roundTicks, spanOf } from '../../charts/scale.ts';
import { drawing, element, fitted, INK, label, line } from './svg.ts';

export interface WhiskerPoint {
  readonly name: string;
  /** Null: not measured; the row says so. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Ready to read at the right, e.g. `27.1 % [22.0, 33.1]`. */
  readonly text: string;
  /** A bound of this row alone, drawn as a tick across it. */
  readonly limit?: number;
  /** Drawn hollow: something to compare with, such as a floor or the reference. */
  readonly hollow?: boolean;
}

interface WhiskerChart {
  readonly title: string;
  readonly points: readonly WhiskerPoint[];
  /** What the axis counts, with its unit. */
  readonly axis: string;
  readonly formatTick: (value: number) => string;
  /** Dashed lines, e.g. an even share, zero or a limit. */
  readonly lines?: readonly { readonly value: number; readonly name: string }[];
  /** Values that the axis must hold. */
  readonly include?: readonly number[];
}

const WIDTH = 680;
const NAMES = 190;
const TEXTS = 160;
const ROW = 22;
const DOT = 4;

/** One dot with its interval per row on a common axis. */
export function whiskerChart({ title, points, axis, formatTick, lines = [], include = [] }: WhiskerChart): string {
  const values = [
    ...points.flatMap(({ value, low, high, limit = null }) =>
      [value, low, high, limit].filter((number) => number !== null),
    ),
    ...lines.map(({ value }) => value),
    ...include,
  ];
  const span = spanOf(values);
  const [start, end] = [NAMES, WIDTH - TEXTS];
  const x = linearScale(span, [start, end]);
  const top = lines.length === 0 ? 6 : 20;
  const bottom = top + points.length * ROW;
  const ticks = roundTicks(span[0], span[1], 5);
  return drawing(WIDTH, bottom + 36, title, [
    ...ticks.flatMap((tick) => [
      line(x(tick), top, x(tick), bottom, { stroke: INK.faint, 'stroke-width': 0.75 }),
      label(formatTick(tick), x(tick), bottom + 14, { 'text-anchor': 'middle' }),
    ]),
    label(axis, (start + end) / 2, bottom + 30, { 'text-anchor': 'middle' }),
    ...lines.flatMap(({ value, name }) => [
      line(x(value), top - 4, x(value), bottom, { stroke: INK.mark, 'stroke-dasharray': '4 3' }),
      label(name, x(value), top - 8, { 'text-anchor': 'middle', fill: INK.mark }),
    ]),
    ...points.flatMap((point, index) => {
      const y = top + index * ROW + ROW / 2;
      const { value, low, high, hollow = false } = point;
      return [
        label(fitted(point.name, NAMES - 14), NAMES - 10, y + 4, { 'text-anchor': 'end' }),
        ...(point.limit === undefined
          ? []
          : [
              line(x(point.limit), y - ROW / 2 + 3, x(point.limit), y + ROW / 2 - 3, {
                stroke: INK.mark,
                'stroke-width': 2,
              }),
            ]),
        ...(low === null || high === null
          ? []
          : [line(x(low), y, x(high), y), ...[low, high].map((bound) => line(x(bound), y - 4, x(bound), y + 4))]),
        ...(value === null
          ? []
          : [
              element('circle', {
                cx: x(value),
                cy: y,
                r: DOT,
                fill: hollow ? '#ffffff' : INK.main,
                stroke: INK.main,
                'stroke-width': 1.5,
              }),
            ]),
        label(point.text, WIDTH - TEXTS + 12, y + 4),
      ];
    }),
  ]);
}
