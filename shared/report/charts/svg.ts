import { escapeHtml } from '../html/escape.ts';

/** Colours that stay apart in grey: 30, 60 and 75 % lightness. */
export const INK = { main: '#14504b', second: '#7a8f8c', faint: '#c9d1cf', text: '#1d2625', mark: '#a8620a' } as const;
const FONT = 11;

type Attributes = Readonly<Record<string, string | number>>;

/** One SVG element; attribute values and text are escaped, children are elements already. */
export function element(name: string, attributes: Attributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escapeHtml(value)}"`)
    .join('');
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`;
}

export function label(text: string, x: number, y: number, more: Attributes = {}): string {
  return element('text', { x, y, 'font-size': FONT, fill: INK.text, ...more }, [escapeHtml(text)]);
}

export function line(x1: number, y1: number, x2: number, y2: number, more: Attributes = {}): string {
  return element('line', { x1, y1, x2, y2, stroke: INK.main, 'stroke-width': 1.5, ...more });
}

/** A whole drawing, named for those who cannot see it. */
export function drawing(width: number, height: number, title: string, children: readonly string[]): string {
  return element(
    'svg',
    { viewBox: `0 0 ${round(width)} ${round(height)}`, width, height, role: 'img', 'aria-label': title },
    [element('title', {}, [escapeHtml(title)]), ...children],
  );
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

/** Width of a text in pixels, near enough to keep labels apart: wide signs are one em. */
export function textWidth(text: string, size = FONT): number {
  let ems = 0;
  for (const sign of text) ems += (sign.codePointAt(0) ?? 0) > 0x2e7f ? 1 : /[A-Z%mwMW—]/.test(sign) ? 0.75 : 0.54;
  return ems * size;
}

/** A text cut to a width, with an ellipsis where it was longer. */
export function fitted(text: string, width: number, size = FONT): string {
  if (textWidth(text, size) <= width) return text;
  let kept = '';
  for (const sign of text) {
    if (textWidth(`${kept}${sign}…`, size) > width) break;
    kept += sign;
  }
  return `${kept}…`;
}
