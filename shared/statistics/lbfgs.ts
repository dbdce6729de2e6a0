export interface LbfgsOptions {
  /** Stops when no gradient component is larger in size. */
  readonly gradientTolerance: number;
  readonly maxIterations: number;
  /** Writes H₀ · vector into `out`, H₀ a positive definite guess of the inverse Hessian; identity where absent. */
  readonly precondition?: (vector: Float64Array, out: Float64Array) => void;
  /** Called before each iteration; may throw to stop. */
  readonly onIteration?: (iteration: number, value: number) => void;
}

export interface LbfgsResult {
  readonly value: number;
  readonly iterations: number;
  readonly converged: boolean;
}

const MEMORY = 10;
const ARMIJO = 1e-4;
const MAX_BACKTRACKS = 30;

/** Minimises a smooth convex function from `x`, which ends at the minimum found. `evaluate` returns the value and
 *  writes the gradient.   @source Nocedal and Wright 2006, algorithm 7.4 */
export function lbfgs(
  evaluate: (x: Float64Array, gradient: Float64Array) => number,
  x: Float64Array,
  options: LbfgsOptions,
): LbfgsResult {
  const n = x.length;
  let gradient: Float64Array = new Float64Array(n);
  let nextGradient: Float64Array = new Float64Array(n);
  let nextX: Float64Array = new Float64Array(n);
  const direction = new Float64Array(n);
  const scratch = new Float64Array(n);
  const steps: { s: Float64Array; y: Float64Array; rho: number; gamma: number }[] = [];
  const alpha = new Float64Array(MEMORY);
  const precondition = options.precondition ?? ((vector, out) => out.set(vector));

  let current: Float64Array = x;
  let value = evaluate(current, gradient);
  let iteration = 0;
  let converged = maxAbs(gradient) <= options.gradientTolerance;
  while (!converged && iteration < options.maxIterations) {
    options.onIteration?.(iteration, value);
    scratch.set(gradient);
    for (let i = steps.length - 1; i >= 0; i--) {
      const { s, y, rho } = steps[i]!;
      alpha[i] = rho * dot(s, scratch);
      addScaled(scratch, y, -alpha[i]!);
    }
    precondition(scratch, direction);
    const gamma = steps.at(-1)?.gamma ?? 1;
    for (let i = 0; i < n; i++) direction[i]! *= gamma;
    steps.forEach(({ s, y, rho }, i) => {
      addScaled(direction, s, alpha[i]! - rho * dot(y, direction));
    });
    for (let i = 0; i < n; i++) direction[i] = -direction[i]!;

    const slope = dot(gradient, direction);
    if (!(slope < 0)) break;
    let step = 1;
    let nextValue = Number.NaN;
    let found = false;
    for (let attempt = 0; attempt < MAX_BACKTRACKS; attempt++) {
      for (let i = 0; i < n; i++) nextX[i] = current[i]! + step * direction[i]!;
      nextValue = evaluate(nextX, nextGradient);
      if (nextValue <= value + ARMIJO * step * slope) {
        found = true;
        break;
      }
      const quadratic = (-slope * step * step) / (2 * (nextValue - value - slope * step));
      step = Number.isFinite(quadratic) ? Math.min(0.5 * step, Math.max(0.1 * step, quadratic)) : 0.1 * step;
    }
    if (!found) break;

    const oldest = steps.length === MEMORY ? steps.shift() : undefined;
    const s = oldest?.s ?? new Float64Array(n);
    const y = oldest?.y ?? new Float64Array(n);
    for (let i = 0; i < n; i++) {
      s[i] = nextX[i]! - current[i]!;
      y[i] = nextGradient[i]! - gradient[i]!;
    }
    const curvature = dot(s, y);
    if (curvature > 0) {
      precondition(y, scratch);
      steps.push({ s, y, rho: 1 / curvature, gamma: curvature / dot(y, scratch) });
    }
    [current, nextX] = [nextX, current];
    [gradient, nextGradient] = [nextGradient, gradient];
    value = nextValue;
    iteration++;
    converged = maxAbs(gradient) <= options.gradientTolerance;
  }
  if (current !== x) x.set(current);
  return { value, iterations: iteration, converged };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function addScaled(to: Float64Array, from: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * from[i]!;
}

function maxAbs(a: Float64Array): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i]!));
  return most;
}
