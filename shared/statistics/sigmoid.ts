/** The probability of log odds: 1 / (1 + e⁻ᶻ). */
export const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

/** ln(1 + eᶻ) without overflow. */
export const softplus = (z: number) => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
