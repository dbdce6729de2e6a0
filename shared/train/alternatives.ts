import { learningRateFor, type RunConfig, runConfigSchema } from './run-config.ts';
import { type Method, usualMethod } from './usual-method.ts';

/** Methods that are held beside a recipe, from the dearest to the cheapest. */
const COMPARED = ['full', 'lora', 'frozen-prefix', 'head'] as const satisfies readonly Method['type'][];

/** The same recipe with each of the other usual methods, at the learning rate that the method begins with; a method that does not go with what else is chosen is left out. */
export function alternatives(
  config: RunConfig,
  layers: number,
  rate: (method: Method['type']) => number = learningRateFor,
): readonly RunConfig[] {
  return COMPARED.filter((type) => type !== config.method.type).flatMap((type) => {
    const changed = { ...config, method: usualMethod(type, layers), learningRate: rate(type) };
    const { success, data } = runConfigSchema.safeParse(changed);
    return success ? [data] : [];
  });
}
