import { z } from 'zod';
import { viewOf } from '../../contract/artifact.ts';
import { job, query } from '../../contract/stage.ts';
import { MOST_ANSWERED_TEXTS } from './tasks/contract.ts';

const count = z.int().min(0);
const share = z.number().min(0).max(1);
/** H… predicts something else than one of several classes and is refused in words. */
const modelId = z.string().regex(/^[RCAH]\d+$/);

/** Classes that are named for a text, its answer among them. */
export const MOST_NAMED_CLASSES = 5;

export const classifiedSchema = z.strictObject({
  modelId: z.string(),
  /** By which the probabilities are calibrated; null where none was fitted, or only its bound was found: they are then the model's own. */
  temperature: z.nullable(z.strictObject({ value: z.number().positive(), devRows: count })),
  /** Classes that the model knows. */
  classes: count,
  /** Texts that were cut, being longer than the model reads. */
  truncated: count,
  answers: z.array(
    z.strictObject({
      text: z.string(),
      label: z.string(),
      probability: share,
      /** The likeliest classes, most likely first. */
      likeliest: z.array(z.strictObject({ label: z.string(), probability: share })).max(MOST_NAMED_CLASSES),
      /** Whether the reject option of an adapted model hands the text to a person. */
      toPerson: z.boolean(),
    }),
  ),
});
export type Classified = z.output<typeof classifiedSchema>;

/** What a model of one of several classes answers to texts that somebody gives. */
export const classifiedRequests = {
  classify: job(
    'What a run, a compressed or an adapted model answers to texts: the class of each and how likely it is, calibrated where a temperature was fitted',
    z.strictObject({ modelId, texts: z.array(z.string().trim().min(1).max(10_000)).min(1).max(MOST_ANSWERED_TEXTS) }),
  ),
  classified: query('Its latest answers', z.strictObject({ modelId }), viewOf(classifiedSchema)),
};
