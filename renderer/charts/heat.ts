/** Steps of one hue. */
const STEPS = 5;
/** From this part of the hue on, dark words are no longer read easily on it. */
const DEEP = 80;
/** How deep a hue may be before words on it are lost, in light and dark. */
const DEEPEST = { accent: 100, failed: 60, attention: 50 } as const;

export interface HeatShade {
  readonly background: string;
  readonly color: string;
}

/** Ground and words of a cell for a share in [0, 1], in five steps of one hue; a share above 0 is never without colour. */
export function heatShade(share: number, hue: keyof typeof DEEPEST = 'accent'): HeatShade {
  const step = share <= 0 ? 0 : Math.max(12, Math.round(Math.min(1, share) * STEPS) * (100 / STEPS));
  const strength = Math.min(DEEPEST[hue], step);
  return {
    background: `color-mix(in srgb, var(--${hue}) ${strength}%, var(--surface))`,
    color: strength >= DEEP ? 'var(--onAccent)' : 'var(--text)',
  };
}
