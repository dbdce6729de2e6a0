import { linearScale, roundTicks, spanOf } from '../../charts/scale.ts';
import { drawing, element, fitted, INK, label, line, textWidth } from './svg.ts';

export interface TrendPoint {
  /** Place on the horizontal axis, e.g. a period or a round. */
  readonly name: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

interface TrendChart {
  readonly title: string;
  readonly points: readonly TrendPoint[];
  readonly axis: string;
  readonly formatTick: (value: number) => string;
  /** A range drawn as a shaded band, e.g. what chance alone would give. */
  readonly band?: { readonly low: number; readonly high: number; readonly name: string };
  readonly lines?: readonly { readonly value: number; readonly name: string }[];
  readonly include?: readonly number[];
}

const WIDTH = 680;
const HEIGHT = 220;
const LEFT = 56;
const RIGHT = 120;
const TOP = 18;
const BOTTOM = 34;

/** Values over periods with whiskers, joined where neighbours were both measured. */
export function trendChart({ title, points, axis, formatTick, band, lines = [], include = [] }: TrendChart): string {
  const values = [
    ...points.flatMap(({ value, low, high }) => [value, low, high].filter((number) => number !== null)),
    ...(band === undefined ? [] : [band.low, band.high]),
    ...lines.map(({ value }) => value),
    ...include,
  ];
  const span = spanOf(values);
  const right = WIDTH - RIGHT;
  const bottom = HEIGHT - BOTTOM;
  const y = linearScale(span, [bottom, TOP]);
  const gap = (right - LEFT) / Math.max(1, points.length);
  const x = (index: number) => LEFT + gap * (index + 0.5);
  const widest = Math.max(1, ...points.map(({ name }) => textWidth(name)));
  const every = Math.max(1, Math.ceil((Math.min(widest, 90) + 8) / gap));
  return drawing(WIDTH, HEIGHT, title, [
    ...(band === undefined
      ? []
      : [
          element('rect', {
            x: LEFT,
            y: y(band.high),
            width: right - LEFT,
            height: Math.max(1, y(band.low) - y(band.high)),
            fill: INK.faint,
            'fill-opacity': 0.5,
          }),
          label(fitted(band.name, RIGHT - 10), right + 8, (y(band.low) + y(band.high)) / 2 + 4, { fill: INK.second }),
        ]),
    ...roundTicks(span[0], span[1], 4).flatMap((tick) => [
      line(LEFT, y(tick), right, y(tick), { stroke: INK.faint, 'stroke-width': 0.75 }),
      label(formatTick(tick), LEFT - 6, y(tick) + 4, { 'text-anchor': 'end' }),
    ]),
    label(axis, LEFT, TOP - 6),
    ...lines.flatMap(({ value, name }) => [
      line(LEFT, y(value), right, y(value), { stroke: INK.mark, 'stroke-dasharray': '4 3' }),
      label(fitted(name, RIGHT - 10), right + 8, y(value) + 4, { fill: INK.mark }),
    ]),
    ...points.slice(1).flatMap((point, index) => {
      const before = points[index];
      if (point.value === null || before === undefined || before.value === null) return [];
      return [line(x(index), y(before.value), x(index + 1), y(point.value), { stroke: INK.second })];
    }),
    ...points.flatMap(({ name, value, low, high }, index) => [
      ...(low === null || high === null
        ? []
        : [
            line(x(index), y(low), x(index), y(high)),
            ...[low, high].map((bound) => line(x(index) - 4, y(bound), x(index) + 4, y(bound))),
          ]),
      ...(value === null ? [] : [element('circle', { cx: x(index), cy: y(value), r: 4, fill: INK.main })]),
      ...(index % every === 0 ? [label(fitted(name, 90), x(index), bottom + 16, { 'text-anchor': 'middle' })] : []),
    ]),
  ]);
}
