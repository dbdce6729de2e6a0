/** Random numbers that repeat: xoshiro128** seeded through splitmix32, state in four 32-bit words.
 *  @source Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators" */
export interface Rng {
  /** The next 32 random bits as an unsigned integer. */
  uint32(): number;
  /** Uniform on [0, 1) with 53 random bits. */
  float(): number;
  /** Uniform integer in [0, below), without modulo bias. */
  int(below: number): number;
  /** Fills `target` with what as many calls of `uint32` would give, several times faster. */
  fill(target: Uint32Array): void;
  /** Standard normal (Box–Muller, both values used). */
  normal(): number;
  /** The generator's whole state, to be kept in a checkpoint. */
  state(): RngState;
}

export interface RngState {
  readonly words: readonly [number, number, number, number];
  readonly spareNormal: number | null;
}

export function createRng(seed: number): Rng {
  let mix = seed >>> 0;
  const splitmix = () => {
    mix = (mix + 0x9e3779b9) >>> 0;
    let z = mix;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  return restoreRng({ words: [splitmix(), splitmix(), splitmix(), splitmix()], spareNormal: null });
}

export function restoreRng(from: RngState): Rng {
  let [a, b, c, d] = from.words;
  let spare = from.spareNormal;
  const uint32 = () => {
    const m = Math.imul(b, 5);
    const result = Math.imul((m << 7) | (m >>> 25), 9) >>> 0;
    const t = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= t;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const fill = (target: Uint32Array) => {
    // Local copies stay in registers; captured variables would not.
    let [w, x, y, z] = [a, b, c, d];
    for (let i = 0; i < target.length; i++) {
      const m = Math.imul(x, 5);
      target[i] = Math.imul((m << 7) | (m >>> 25), 9);
      const t = x << 9;
      y ^= w;
      z ^= x;
      x ^= y;
      w ^= z;
      y ^= t;
      z = (z << 11) | (z >>> 21);
    }
    [a, b, c, d] = [w, x, y, z];
  };
  const float = () => ((uint32() >>> 5) * 67108864 + (uint32() >>> 6)) / 9007199254740992;
  return {
    uint32,
    fill,
    float,
    int(below) {
      const limit = 4294967296 - (4294967296 % below);
      let draw = uint32();
      while (draw >= limit) draw = uint32();
      return draw % below;
    },
    normal() {
      if (spare !== null) {
        const kept = spare;
        spare = null;
        return kept;
      }
      let u = float();
      while (u === 0) u = float();
      const radius = Math.sqrt(-2 * Math.log(u));
      const angle = 2 * Math.PI * float();
      spare = radius * Math.sin(angle);
      return radius * Math.cos(angle);
    },
    state: () => ({ words: [a >>> 0, b >>> 0, c >>> 0, d >>> 0], spareNormal: spare }),
  };
}

/** Fisher–Yates shuffle in place; returns its argument. */
export function shuffle<T extends { length: number; [index: number]: unknown }>(items: T, rng: Rng): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = rng.int(i + 1);
    const kept = items[i];
    items[i] = items[j];
    items[j] = kept;
  }
  return items;
}
