const NARROW_SPACE = '\u202f';
const SPACE = '\u00a0';

/** Digits with a narrow no-break space between thousands, minus sign U+2212, the same in both languages. */
export function formatNumber(value: number, decimals = 0): string {
  if (!Number.isFinite(value)) return '—';
  const [whole = '0', fraction] = Math.abs(value).toFixed(decimals).split('.');
  const grouped = whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, NARROW_SPACE) : whole;
  const isZero = Number(`${whole}.${fraction ?? 0}`) === 0;
  return `${value < 0 && !isZero ? '−' : ''}${grouped}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** A proportion in [0, 1] as a percentage with a no-break space before the sign. */
export function formatShare(value: number, decimals = 0): string {
  return Number.isFinite(value) ? `${formatNumber(value * 100, decimals)}${SPACE}%` : '—';
}

/** A measured time in milliseconds, without its unit; below a tenth of one it is no more than the grain of the clock. */
export function formatMilliseconds(value: number): string {
  return value > 0 && value < 0.1 ? '< 0.1' : formatShort(value);
}

/** At most three significant digits, without needless zeros: for losses, rates and mixed scales. */
export function formatShort(value: number): string {
  if (!Number.isFinite(value)) return '—';
  const magnitude = Math.abs(value);
  if (magnitude >= 100 || magnitude === 0) return formatNumber(value);
  if (magnitude < 0.001) return value.toExponential(1).replace('-', '−');
  const decimals = magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : 3;
  return formatNumber(value, decimals).replace(/\.?0+$/, '');
}

/** Decimals for a value and the bounds of its interval, so that they stand alike: as far as the second digit of the half-width, four at most. */
export function decimalsOfInterval([low, high]: readonly [number, number]): number {
  const halfWidth = Math.abs(high - low) / 2;
  if (!Number.isFinite(halfWidth) || halfWidth === 0) return 2;
  return Math.max(0, Math.min(4, 1 - Math.floor(Math.log10(halfWidth))));
}
