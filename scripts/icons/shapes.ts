/** A point in a picture that is 100 wide and 100 high. */
export type Point = readonly [x: number, y: number];

/** Signed distance of a point to a shape's edge: negative inside. */
export type Shape = (point: Point) => number;

export interface Layer {
  readonly shape: Shape;
  readonly colour: readonly [red: number, green: number, blue: number];
}

const distance = ([ax, ay]: Point, [bx, by]: Point) => Math.hypot(ax - bx, ay - by);

export function roundedSquare([left, top]: Point, size: number, radius: number): Shape {
  const half = size / 2;
  return ([x, y]) => {
    const dx = Math.abs(x - left - half) - half + radius;
    const dy = Math.abs(y - top - half) - half + radius;
    return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - radius;
  };
}

/** A line through points, `width` wide, with round ends. */
export function stroke(width: number, ...points: readonly Point[]): Shape {
  return (point) => Math.min(...pairs(points).map(([a, b]) => toSegment(point, a, b))) - width / 2;
}

/** A stroke along a quadratic curve. */
export function curve(width: number, from: Point, control: Point, to: Point): Shape {
  const steps = 24;
  const points = Array.from({ length: steps + 1 }, (_, step): Point => {
    const t = step / steps;
    const blend = (a: number, b: number, c: number) => (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t ** 2 * c;
    return [blend(from[0], control[0], to[0]), blend(from[1], control[1], to[1])];
  });
  return stroke(width, ...points);
}

/** A polygon, its corners in either direction. */
export function polygon(...corners: readonly Point[]): Shape {
  const edges = pairs([...corners, corners[0]!]);
  return (point) => {
    const crossings = edges.filter(
      ([[ax, ay], [bx, by]]) =>
        ay > point[1] !== by > point[1] && point[0] < ((bx - ax) * (point[1] - ay)) / (by - ay) + ax,
    ).length;
    const away = Math.min(...edges.map(([a, b]) => toSegment(point, a, b)));
    return crossings % 2 === 1 ? -away : away;
  };
}

export function union(...shapes: readonly Shape[]): Shape {
  return (point) => Math.min(...shapes.map((shape) => shape(point)));
}

/** The same shape, moved and scaled. */
export function placed(shape: Shape, [left, top]: Point, scale: number): Shape {
  return ([x, y]) => shape([(x - left) / scale, (y - top) / scale]) * scale;
}

function pairs(points: readonly Point[]): readonly (readonly [Point, Point])[] {
  return points.slice(1).map((point, index) => [points[index]!, point]);
}

function toSegment(point: Point, a: Point, b: Point): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const along = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / (dx * dx + dy * dy || 1);
  const t = Math.min(1, Math.max(0, along));
  return distance(point, [a[0] + t * dx, a[1] + t * dy]);
}

/** RGBA pixels of a square picture, edges smoothed over one pixel. */
export function draw(layers: readonly Layer[], size: number): Buffer {
  const pixels = Buffer.alloc(size * size * 4);
  const perPixel = 100 / size;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const point: Point = [(column + 0.5) * perPixel, (row + 0.5) * perPixel];
      const at = (row * size + column) * 4;
      for (const { shape, colour } of layers) {
        const cover = Math.min(1, Math.max(0, 0.5 - shape(point) / perPixel));
        if (cover > 0) paint(pixels, at, colour, cover);
      }
    }
  }
  return pixels;
}

/** Lays a colour over what is there. */
function paint(pixels: Buffer, at: number, colour: Layer['colour'], cover: number): void {
  const under = pixels[at + 3]! / 255;
  const alpha = cover + under * (1 - cover);
  for (const [channel, value] of colour.entries()) {
    const blended = (value * cover + pixels[at + channel]! * under * (1 - cover)) / alpha;
    pixels[at + channel] = Math.round(blended);
  }
  pixels[at + 3] = Math.round(alpha * 255);
}
