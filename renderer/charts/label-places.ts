export interface PlacedLabel {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const overlaps = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Width of a text of this size in pixels: full-width characters are one em, others three fifths, as in the widest of the system's fonts. */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) ems += (character.codePointAt(0) ?? 0) > 0x2e80 ? 1 : 0.62;
  return ems * fontSize;
}

/** Puts a label beside each point, right, left, above or below, where it covers no label placed before and stays inside `width`. Where all collide, the one inside that covers the fewest stands. */
export function placeLabels(
  points: readonly { readonly x: number; readonly y: number; readonly text: string }[],
  width: number,
  fontSize: number,
): readonly PlacedLabel[] {
  const dots = points.map(({ x, y }): Box => ({ left: x - 6, right: x + 6, top: y - 6, bottom: y + 6 }));
  const taken: Box[] = [];
  return points.map((point, index) => {
    const length = textWidth(point.text, fontSize);
    const choices = [
      { dx: 9, dy: 4, anchor: 'start' },
      { dx: -9, dy: 4, anchor: 'end' },
      { dx: 6, dy: -8, anchor: 'start' },
      { dx: 6, dy: 16, anchor: 'start' },
      { dx: -6, dy: -8, anchor: 'end' },
      { dx: -6, dy: 16, anchor: 'end' },
    ] as const;
    const boxed = choices.map(({ dx, dy, anchor }) => {
      const x = point.x + dx;
      const y = point.y + dy;
      const left = anchor === 'start' ? x : x - length;
      return { place: { x, y, anchor }, box: { left, right: left + length, top: y - fontSize, bottom: y + 2 } };
    });
    // A word over a word cannot be read; over a dot it can.
    const covered = ({ box }: { readonly box: Box }) =>
      2 * taken.filter((other) => overlaps(box, other)).length +
      dots.filter((dot, other) => other !== index && overlaps(box, dot)).length;
    const inside = boxed.filter(({ box }) => box.left >= 0 && box.right <= width);
    const chosen = inside.toSorted((a, b) => covered(a) - covered(b))[0] ?? boxed[0]!;
    taken.push(chosen.box);
    return chosen.place;
  });
}
