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
}

export const LIGHT: Palette = {
  ground: '#f4f6f8',
  surface: '#ffffff',
  sunken: '#f1f4f6',
  line: '#e1e5ea',
  text: '#1b2430',
  muted: '#586273',
  faint: '#6c7686',
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
};
