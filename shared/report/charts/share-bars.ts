import { drawing, element, fitted, INK, label } from './svg.ts';

export interface ShareBar {
  readonly name: string;
  /** 0–1 */
  readonly share: number;
  readonly text: string;
}

const WIDTH = 680;
const NAMES = 190;
const TEXTS = 70;
const ROW = 20;

/** Shares as bars from 0 to 100 %, each with its value. */
export function shareBars(title: string, bars: readonly ShareBar[]): string {
  const full = WIDTH - NAMES - TEXTS;
  return drawing(WIDTH, bars.length * ROW + 8, title, [
    ...bars.flatMap(({ name, share, text }, index) => {
      const y = 4 + index * ROW;
      return [
        label(fitted(name, NAMES - 14), NAMES - 10, y + 14, { 'text-anchor': 'end' }),
        element('rect', { x: NAMES, y: y + 3, width: full, height: ROW - 7, fill: 'none', stroke: INK.faint }),
        element('rect', { x: NAMES, y: y + 3, width: full * share, height: ROW - 7, fill: INK.main }),
        label(text, WIDTH - TEXTS + 8, y + 14),
      ];
    }),
  ]);
}
