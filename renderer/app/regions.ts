/** The parts of the frame between which F6 moves, in reading order. */
const REGIONS = ['.rail', 'main.middle', 'aside.inspector', '.tour'] as const;

/** Puts the focus into the next part of the frame that is shown. */
export function moveRegion(by: 1 | -1): void {
  const shown = REGIONS.flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? []);
  if (shown.length === 0) return;
  const at = shown.findIndex((region) => region.contains(document.activeElement));
  const next = shown[at < 0 ? 0 : (at + by + shown.length) % shown.length];
  if (next === undefined) return;
  if (!next.hasAttribute('tabindex')) next.tabIndex = -1;
  next.focus();
}
