/** Points and weights of Gauss–Legendre quadrature on [0, 1]: Σ weights·f(points) is the integral, exact for polynomials of degree below 2n.
 *  Ascending points; roots of the Legendre polynomial by Newton's method from Tricomi's guess.   @source Abramowitz and Stegun 25.4.30 */
export function gaussLegendre(n: number): { readonly points: Float64Array; readonly weights: Float64Array } {
  const points = new Float64Array(n);
  const weights = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let slope = 0;
    for (let round = 0; round < 100; round++) {
      const value = legendre(n, x);
      slope = value.slope;
      const step = value.at / slope;
      x -= step;
      if (Math.abs(step) < 1e-15) break;
    }
    points[n - 1 - i] = (1 + x) / 2;
    weights[n - 1 - i] = 1 / ((1 - x * x) * slope * slope);
  }
  return { points, weights };
}

function legendre(n: number, x: number): { readonly at: number; readonly slope: number } {
  let before = 1;
  let at = x;
  for (let k = 2; k <= n; k++) [before, at] = [at, ((2 * k - 1) * x * at - (k - 1) * before) / k];
  return { at, slope: (n * (x * at - before)) / (x * x - 1) };
}
