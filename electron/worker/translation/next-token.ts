import { AppError } from '../../../shared/errors/app-error.ts';
import { because } from '../../../shared/errors/reasons.ts';
import type { Rng } from '../../../shared/rng.ts';
import type { Decoding } from '../../../shared/translation/pack.ts';

/** Drawn from this many of the likeliest. @source Edunov et al. 2018, 4.1 */
const DRAWN_FROM = 10;

/** The next token by the scores [vocabulary] of the last place: the first of the likeliest, or drawn from the ten likeliest by their softmax.
 *  @throws AppError 'model.file' where no score is a number */
export function nextToken(scores: Float32Array, decoding: Decoding, rng: Rng): number {
  const best: number[] = [];
  const kept = decoding === 'greedy' ? 1 : DRAWN_FROM;
  for (let token = 0; token < scores.length; token++) {
    const score = scores[token]!;
    if (Number.isNaN(score)) {
      throw new AppError('model.file', { file: 'decoder_model.onnx', problem: because('not-a-number', {}) });
    }
    const last = best.at(-1);
    if (best.length === kept && last !== undefined && !(score > scores[last]!)) continue;
    let place = best.length;
    while (place > 0 && score > scores[best[place - 1]!]!) place--;
    best.splice(place, 0, token);
    if (best.length > kept) best.pop();
  }
  if (decoding === 'greedy') return best[0]!;
  const weights = best.map((token) => Math.exp(scores[token]! - scores[best[0]!]!));
  let rest = rng.float() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [i, weight] of weights.entries()) {
    rest -= weight;
    if (rest < 0) return best[i]!;
  }
  return best.at(-1)!;
}
