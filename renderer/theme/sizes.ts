/** Sizes in pixels, by name. Screens take them from CSS variables: `--text-body`, `--radius-card`, `--frame-rail`. */
export const TEXT = {
  /** Ticks and marks of charts. */
  tick: 11,
  small: 12,
  /** Tables, controls, running text. */
  body: 13,
  heading: 14,
  answer: 16,
  title: 18,
  welcome: 22,
} as const;

export const RADIUS = { small: 4, control: 7, card: 10, pill: 14 } as const;

/** The parts around the middle of every screen. */
const FRAME = { top: 44, rail: 212, inspector: 288, bottom: 28 } as const;

/** Every size as a CSS variable with its value. */
export function sizeVariables(): readonly (readonly [string, string])[] {
  return Object.entries({ text: TEXT, radius: RADIUS, frame: FRAME }).flatMap(([group, sizes]) =>
    Object.entries(sizes).map(([name, pixels]) => [`--${group}-${name}`, `${pixels}px`] as const),
  );
}
