import { z } from 'zod';

export const ratingScaleSchema = z.strictObject({
  low: z.number(),
  high: z.number(),
  direction: z.enum(['higher-is-better', 'lower-is-better']),
});
/** A rating question: its lowest and highest answer and which end is good. */
export type RatingScale = z.output<typeof ratingScaleSchema>;

/** An answer on 0–1, 1 the best; null for an answer off the scale or a scale without width. */
export function toSatisfaction(answer: number, scale: RatingScale): number | null {
  if (!(scale.high > scale.low) || !(answer >= scale.low && answer <= scale.high)) return null;
  const share = (answer - scale.low) / (scale.high - scale.low);
  return scale.direction === 'higher-is-better' ? share : 1 - share;
}
