/** Roles of colour, by name; every screen takes them from CSS variables `--<role>`. Never colour alone: a word or shape goes with it. */
export interface Palette {
  readonly ground: string;
  readonly surface: string;
  readonly sunken: string;
  readonly line: string;
  readonly text: string;
  readonly muted: string;
  readonly faint: string;
  /** Chosen, main series. */
  readonly accent: string;
  readonly accentText: string;
  readonly accentMid: string;
  readonly accentSoft: string;
  readonly accentGround: string;
  readonly done: string;
  readonly running: string;
  readonly runningGround: string;
  readonly attention: string;
  readonly attentionText: string;
  readonly attentionGround: string;
  readonly failed: string;
  readonly failedGround: string;
  readonly absent: string;
  /** Parts of a bar: one hue in steps, the first the strongest. */
  readonly part0: string;
  readonly part1: string;
  readonly part2: string;
  /** Stretches of a bar that side by side mean better, worse, undecided, neither, both. */
  readonly fillGood: string;
  readonly fillBad: string;
  readonly fillUnclear: string;
  readonly fillNone: string;
  readonly fillBoth: string;
  /** Words on `accent`. */
  readonly onAccent: string;
  /** Behind a hint. */
  readonly hint: string;
  /** Behind a printed page, in both themes. */
  readonly paper: string;
}

export const LIGHT: Palette = {
  ground: '#f4f6f8',
  surface: '#ffffff',
  sunken: '#f1f4f6',
  line: '#e1e5ea',
  text: '#1b2430',
  muted: '#586273',
  faint: '#646e7e',
  accent: '#14504b',
  accentText: '#14504b',
  accentMid: '#4f9189',
  accentSoft: '#a6cdc6',
  accentGround: '#e8f0ef',
  done: '#1a7f57',
  running: '#2465b0',
  runningGround: '#e8f0fa',
  attention: '#c98a1b',
  attentionText: '#8a5a00',
  attentionGround: '#fdf3e2',
  failed: '#b3312c',
  failedGround: '#fcebea',
  absent: '#9aa3b2',
  part0: '#14504b',
  part1: '#4f9189',
  part2: '#a6cdc6',
  fillGood: '#4f9189',
  fillBad: '#b3312c',
  fillUnclear: '#d99a2b',
  fillNone: '#e1e5ea',
  fillBoth: '#b4bcc8',
  onAccent: '#ffffff',
  hint: '#1b2430',
  paper: '#ffffff',
};

export const DARK: Palette = {
  ground: '#12171c',
  surface: '#1a2128',
  sunken: '#222a32',
  line: '#323c46',
  text: '#e6eaee',
  muted: '#a9b3bf',
  faint: '#97a2af',
  accent: '#2f8077',
  accentText: '#7cc8bc',
  accentMid: '#5aa99f',
  accentSoft: '#2c5f59',
  accentGround: '#1d3633',
  done: '#4fbf8e',
  running: '#6aa5ea',
  runningGround: '#1c2d42',
  attention: '#d9a13c',
  attentionText: '#e8b85c',
  attentionGround: '#3a2e17',
  failed: '#ec7b74',
  failedGround: '#3d2322',
  absent: '#6f7a88',
  part0: '#7cc8bc',
  part1: '#3f8f86',
  part2: '#2a5d57',
  fillGood: '#6cc0b4',
  fillBad: '#c4453f',
  fillUnclear: '#e3ae4c',
  fillNone: '#323c46',
  fillBoth: '#77828f',
  onAccent: '#ffffff',
  hint: '#000000',
  paper: '#ffffff',
};

/** Colours that stand side by side in one chart, and must be told apart by people who see red and green alike. */
export const CHART_SETS = {
  parts: ['part0', 'part1', 'part2', 'surface'],
  verdicts: ['fillBad', 'fillUnclear', 'fillGood', 'fillNone'],
  changes: ['fillNone', 'fillGood', 'fillBad', 'fillBoth'],
  curves: ['running', 'accentText', 'attention'],
} as const satisfies Readonly<Record<string, readonly (keyof Palette)[]>>;
