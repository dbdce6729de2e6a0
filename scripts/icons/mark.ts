import { curve, type Layer, placed, polygon, roundedSquare, stroke, union } from './shapes.ts';

const GREEN = [20, 80, 75] as const;
const WHITE = [255, 255, 255] as const;
const PAPER = [247, 248, 248] as const;
const EDGE = [168, 178, 177] as const;

const WIDTH = 8;

/** 成, drawn with six strokes in the order in which it is written. */
const CHARACTER = union(
  stroke(WIDTH, [26, 33], [77, 33]),
  curve(WIDTH, [26, 33], [29, 64], [18, 81]),
  union(
    stroke(WIDTH, [28, 52], [46, 52]),
    curve(WIDTH, [46, 52], [46, 70], [42, 75]),
    stroke(WIDTH, [42, 75], [34, 72]),
  ),
  union(curve(WIDTH, [52, 19], [55, 64], [76, 79]), stroke(WIDTH, [76, 79], [81, 67])),
  curve(WIDTH, [74, 46], [69, 66], [50, 81]),
  stroke(WIDTH, [67, 17], [76, 22.5]),
);

/** The mark of the product, as it stands in the top bar: 成 on a green square. */
export const MARK: readonly Layer[] = [
  { shape: roundedSquare([3, 3], 94, 25), colour: GREEN },
  { shape: CHARACTER, colour: WHITE },
];

/** A project file: a sheet with the mark. */
export const PROJECT: readonly Layer[] = [
  { shape: polygon([16, 4], [62, 4], [84, 26], [84, 96], [16, 96]), colour: PAPER },
  { shape: stroke(2.5, [16, 4], [62, 4], [84, 26], [84, 96], [16, 96], [16, 4]), colour: EDGE },
  { shape: stroke(2.5, [62, 4], [62, 26], [84, 26]), colour: EDGE },
  { shape: placed(roundedSquare([3, 3], 94, 25), [27, 38], 0.46), colour: GREEN },
  { shape: placed(CHARACTER, [27, 38], 0.46), colour: WHITE },
];
