import { linearScale, roundTicks, spanOf } from '../../charts/scale.ts';
import { drawing, element, fitted, INK, label, line, textWidth } from './svg.ts';

export interface ScatterPoint {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Filled where nothing is better in every way, hollow else. */
  readonly best: boolean;
}

interface ScatterChart {
  readonly title: string;
  readonly points: readonly ScatterPoint[];
  readonly axisX: string;
  readonly axisY: string;
  readonly formatX: (value: number) => string;
  readonly formatY: (value: number) => string;
  readonly limitX?: { readonly value: number; readonly name: string } | undefined;
  readonly floorY?: { readonly value: number; readonly name: string } | undefined;
}

const WIDTH = 680;
const HEIGHT = 260;
const LEFT = 56;
const RIGHT = 24;
const TOP = 20;
const BOTTOM = 40;

/** Points with vertical whiskers, each named beside it. */
export function scatterChart(chart: ScatterChart): string {
  const { points, limitX, floorY } = chart;
  const spanX = spanOf([0, ...points.map((point) => point.x), ...(limitX === undefined ? [] : [limitX.value])]);
  const spanY = spanOf([
    ...points.flatMap((point) => [point.y, point.low ?? point.y, point.high ?? point.y]),
    ...(floorY === undefined ? [] : [floorY.value]),
  ]);
  const x = linearScale([Math.max(0, spanX[0]), spanX[1]], [LEFT, WIDTH - RIGHT]);
  const bottom = HEIGHT - BOTTOM;
  const y = linearScale(spanY, [bottom, TOP]);
  return drawing(WIDTH, HEIGHT, chart.title, [
    ...roundTicks(Math.max(0, spanX[0]), spanX[1], 6).flatMap((tick) => [
      line(x(tick), TOP, x(tick), bottom, { stroke: INK.faint, 'stroke-width': 0.75 }),
      label(chart.formatX(tick), x(tick), bottom + 14, { 'text-anchor': 'middle' }),
    ]),
    ...roundTicks(spanY[0], spanY[1], 5).flatMap((tick) => [
      line(LEFT, y(tick), WIDTH - RIGHT, y(tick), { stroke: INK.faint, 'stroke-width': 0.75 }),
      label(chart.formatY(tick), LEFT - 6, y(tick) + 4, { 'text-anchor': 'end' }),
    ]),
    label(chart.axisX, (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 6, { 'text-anchor': 'middle' }),
    label(chart.axisY, LEFT, TOP - 8),
    ...(limitX === undefined
      ? []
      : [
          line(x(limitX.value), TOP, x(limitX.value), bottom, { stroke: INK.mark, 'stroke-dasharray': '4 3' }),
          label(limitX.name, x(limitX.value) - 4, TOP + 10, { 'text-anchor': 'end', fill: INK.mark }),
        ]),
    ...(floorY === undefined
      ? []
      : [
          line(LEFT, y(floorY.value), WIDTH - RIGHT, y(floorY.value), { stroke: INK.mark, 'stroke-dasharray': '4 3' }),
          label(floorY.name, WIDTH - RIGHT, y(floorY.value) - 4, { 'text-anchor': 'end', fill: INK.mark }),
        ]),
    ...points.flatMap((point) => {
      const [cx, cy] = [x(point.x), y(point.y)];
      const name = fitted(point.name, 150);
      const before = cx + 8 + textWidth(name) > WIDTH - RIGHT;
      return [
        ...(point.low === null || point.high === null ? [] : [line(cx, y(point.low), cx, y(point.high))]),
        element('circle', {
          cx,
          cy,
          r: 4.5,
          fill: point.best ? INK.main : '#ffffff',
          stroke: INK.main,
          'stroke-width': 1.5,
        }),
        label(name, before ? cx - 8 : cx + 8, cy - 6, { 'text-anchor': before ? 'end' : 'start' }),
      ];
    }),
  ]);
}
