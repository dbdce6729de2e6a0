import { z } from 'zod';

const limitsSchema = z.strictObject({
  latencyP95Ms: z.nullable(z.number().positive()),
  sizeMb: z.nullable(z.number().positive()),
  mustBe: z.array(z.strictObject({ needId: z.string(), minimumAccuracy: z.number().min(0).max(1) })),
});

/** What a gain on a need rests on: an analyst's range, or the effect of a metric in an arm of an experiment. All on 0–1. */
const gainSourceSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('assumed'), low: z.number(), high: z.number() }),
  z.strictObject({ type: z.literal('experiment'), experimentId: z.string(), metric: z.string(), arm: z.string() }),
]);
export type GainSource = z.output<typeof gainSourceSchema>;

/** Model: runs a model; product: changes what the product does; experience: changes how it feels to use. */
export const strategyTypeSchema = z.enum(['model', 'product', 'experience']);
export type StrategyType = z.output<typeof strategyTypeSchema>;

/** A strategy that is not a run of this project. */
const otherStrategySchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1).max(200),
  type: strategyTypeSchema,
  gains: z.array(z.strictObject({ needId: z.string(), source: gainSourceSchema })),
  latencyP95Ms: z.nullable(z.number().positive()),
  sizeMb: z.nullable(z.number().positive()),
});
export type OtherStrategy = z.output<typeof otherStrategySchema>;

export const strategyChoiceSchema = z.strictObject({
  /** Floor or run to which gains are measured; null: the strongest floor. */
  referenceId: z.nullable(z.string()),
  limits: limitsSchema,
  others: z.array(otherStrategySchema),
  /** Share of draws in which a strategy must rank first before the answer is "decided". */
  decisionShare: z.number().gt(0.5).max(1),
});
export type StrategyChoice = z.output<typeof strategyChoiceSchema>;

/** The shape before experiments could be linked: every other strategy was an assumption about a model. */
const assumedOnlySchema = z
  .strictObject({
    referenceId: z.nullable(z.string()),
    limits: limitsSchema,
    assumed: z.array(
      z.strictObject({
        id: z.string().min(1),
        name: z.string().min(1).max(200),
        gains: z.array(z.strictObject({ needId: z.string(), low: z.number(), high: z.number() })),
        latencyP95Ms: z.nullable(z.number().positive()),
        sizeMb: z.nullable(z.number().positive()),
      }),
    ),
    decisionShare: z.number().gt(0.5).max(1),
  })
  .transform(
    ({ assumed, ...rest }): StrategyChoice => ({
      ...rest,
      others: assumed.map(({ gains, ...strategy }) => ({
        ...strategy,
        type: 'model',
        gains: gains.map(({ needId, low, high }) => ({ needId, source: { type: 'assumed', low, high } })),
      })),
    }),
  );

/** As it stands in project files, older ones included. */
export const storedStrategyChoiceSchema = z.union([strategyChoiceSchema, assumedOnlySchema]);

/** Nothing is limited or assumed unless somebody says so. */
export const NO_STRATEGY_CHOICE: StrategyChoice = {
  referenceId: null,
  limits: { latencyP95Ms: null, sizeMb: null, mustBe: [] },
  others: [],
  decisionShare: 0.8,
};
