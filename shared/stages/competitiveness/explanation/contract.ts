import { z } from 'zod';
import { viewOf } from '../../../contract/artifact.ts';
import { job, query } from '../../../contract/stage.ts';
import { FEWEST_TEXTS } from '../../../explanation/faithfulness.ts';
import { explainedSourceSchema, explanationSchema, faithfulnessSchema, testTextsSchema } from './results.ts';

/** H… predicts several labels, a rating or a number. */
const runId = z.string().regex(/^[RCAH]\d+$/);
const count = z.int().min(0);

/** Why a model answers as it does: a run, a compressed or an adapted one, one of several labels, a rating or a number. */
export const explanationRequests = {
  testTexts: query(
    'Locked test rows of a model with its answers, those of its scenario for an adapted one, the least sure first (of several labels, a rating or a number the furthest off); all, those it has right or those it has wrong, with a part of the text where given',
    z.strictObject({
      runId,
      show: z.enum(['all', 'right', 'wrong']),
      search: z.string().max(200),
      offset: count,
      limit: z.int().min(1).max(100),
    }),
    testTextsSchema,
  ),
  explain: job(
    'Explain the answer to one text, word by word: integrated gradients and occlusion. A compressed model is explained by its original; A… is a model adapted to a scenario; of H… a label, the rating or the number is explained',
    z.strictObject({
      runId,
      source: explainedSourceSchema,
      /** The class or label to explain; null for the likeliest, and for a rating or a number. */
      label: z.nullable(z.string()),
    }),
  ),
  explanation: query('The latest explanation of a model', z.strictObject({ runId }), viewOf(explanationSchema)),
  measureFaithfulness: job(
    'Which explanation of a model of classes or labels may be trusted: what its answers lose when the words named first are taken away or kept alone, against random order',
    z.strictObject({ runId, texts: z.int().min(FEWEST_TEXTS).max(500), seed: z.int().min(0).max(4294967295) }),
  ),
  faithfulness: query(
    'How faithful the explanations of a model are',
    z.strictObject({ runId }),
    viewOf(faithfulnessSchema),
  ),
};
