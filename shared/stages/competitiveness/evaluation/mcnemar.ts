/** Below this many discordant rows the exact binomial test is used. */
const EXACT_BELOW = 25;

export interface McNemar {
  /** Rows that only the reference had right (b), and rows that only the run had right (c). */
  readonly onlyReference: number;
  readonly onlyRun: number;
  readonly method: 'exact' | 'chi-squared';
  /** min(b, c) for the exact test, else (|b − c| − 1)² / (b + c). */
  readonly statistic: number;
  /** Two-sided; 1 where no row differs. */
  readonly pValue: number;
}

/** McNemar's test of two classifiers on the same rows: exact binomial below 25 discordant rows, else chi-squared with continuity correction.
 *  @source McNemar 1947; Edwards 1948 (correction) */
export function mcNemar(onlyReference: number, onlyRun: number): McNemar {
  const n = onlyReference + onlyRun;
  const smaller = Math.min(onlyReference, onlyRun);
  if (n < EXACT_BELOW) {
    let term = 0.5 ** n;
    let tail = term;
    for (let i = 1; i <= smaller; i++) {
      term *= (n - i + 1) / i;
      tail += term;
    }
    return { onlyReference, onlyRun, method: 'exact', statistic: smaller, pValue: Math.min(1, 2 * tail) };
  }
  const statistic = (Math.abs(onlyReference - onlyRun) - 1) ** 2 / n;
  return {
    onlyReference,
    onlyRun,
    method: 'chi-squared',
    statistic,
    pValue: complementaryError(Math.sqrt(statistic / 2)),
  };
}

/** erfc(x) for x ≥ 0, relative error below 1e-13: power series below 2, continued fraction (modified Lentz) above.
 *  @source Abramowitz and Stegun 7.1.6, 7.1.14 */
function complementaryError(x: number): number {
  if (x < 2) {
    let term = x;
    let sum = x;
    for (let n = 1; term > 1e-17 * sum; n++) {
      term *= (2 * x * x) / (2 * n + 1);
      sum += term;
    }
    return 1 - (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
  }
  let fraction = x;
  let c = x;
  let d = 0;
  for (let n = 1; n < 500; n++) {
    d = 1 / (x + (n / 2) * d);
    c = x + n / 2 / c;
    const change = c * d;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return Math.exp(-x * x) / (Math.sqrt(Math.PI) * fraction);
}
