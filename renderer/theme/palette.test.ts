import { describe, expect, it } from 'vitest';
import { CHART_SETS, DARK, LIGHT, type Palette } from './palette.ts';

type Matrix = readonly (readonly number[])[];

/** Full loss of one kind of cone, on linear RGB.  @source Machado, Oliveira, Fernandes 2009, severity 1.0 */
const SIGHT: Readonly<Record<'usual' | 'protanopia' | 'deuteranopia', Matrix>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
};

/** Linear RGB to OKLab in two products with a cube root between.  @source Ottosson 2020 */
const TO_CONES: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_LAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

const product = (matrix: Matrix, vector: readonly number[]) =>
  matrix.map((row) => row.reduce((sum, factor, index) => sum + factor * (vector[index] ?? 0), 0));

const linear = (hex: string) =>
  [1, 3, 5].map((at) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });

const seen = (hex: string, sight: Matrix) => {
  const within = product(sight, linear(hex)).map((value) => Math.min(1, Math.max(0, value)));
  return product(TO_LAB, product(TO_CONES, within).map(Math.cbrt));
};

/** Distance in OKLab times 100; about 2 is just noticed. */
const distance = (one: string, other: string, sight: Matrix) =>
  100 * Math.hypot(...seen(one, sight).map((value, index) => value - (seen(other, sight)[index] ?? 0)));

/** Contrast of two colours as WCAG 2 counts it. */
const contrast = (one: string, other: string) => {
  const light = (hex: string) => product([[0.2126, 0.7152, 0.0722]], linear(hex))[0] ?? 0;
  const [lower = 0, upper = 0] = [light(one), light(other)].sort((a, b) => a - b);
  return (upper + 0.05) / (lower + 0.05);
};

const FIVE_TIMES_NOTICED = 10;
const THEMES = { light: LIGHT, dark: DARK };

describe('distance', () => {
  it('is 0 for one colour, 100 from black to white, and takes red for green where red cones are missing', () => {
    expect(distance('#14504b', '#14504b', SIGHT.usual)).toBe(0);
    expect(distance('#000000', '#ffffff', SIGHT.usual)).toBeCloseTo(100, 3);
    const pair = ['#a65a5a', '#5f7f4f'] as const;
    expect(distance(...pair, SIGHT.deuteranopia)).toBeLessThan(distance(...pair, SIGHT.usual) / 2);
  });
});

describe.each(Object.entries(THEMES))('the %s theme', (_name, palette: Palette) => {
  it.each(Object.entries(CHART_SETS))('keeps %s apart for every kind of sight', (_set, roles) => {
    const close = Object.entries(SIGHT).flatMap(([sight, matrix]) =>
      roles.flatMap((one, index) =>
        roles
          .slice(index + 1)
          .map((other) => ({ sight, one, other, distance: distance(palette[one], palette[other], matrix) }))
          .filter((pair) => pair.distance < FIVE_TIMES_NOTICED),
      ),
    );
    expect(close).toEqual([]);
  });

  it('writes every kind of words with at least 4.5 to 1 on every ground that they stand on', () => {
    const grounds = ['ground', 'surface', 'sunken'] as const;
    const pairs: readonly (readonly [keyof Palette, keyof Palette])[] = [
      ...(['text', 'muted', 'faint', 'accentText', 'running', 'attentionText', 'failed'] as const).flatMap((words) =>
        grounds.map((ground) => [words, ground] as const),
      ),
      ['onAccent', 'accent'],
      ['accentText', 'accentGround'],
      ['text', 'accentGround'],
      ['muted', 'accentGround'],
      ['running', 'runningGround'],
      ['attentionText', 'attentionGround'],
      ['failed', 'failedGround'],
      ['text', 'failedGround'],
      ['text', 'attentionGround'],
      ['done', 'surface'],
    ];
    const faint = pairs
      .map(([words, ground]) => ({ words, ground, contrast: contrast(palette[words], palette[ground]) }))
      .filter((pair) => pair.contrast < 4.5);
    expect(faint).toEqual([]);
  });
});
