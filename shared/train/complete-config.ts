import { AppError } from '../errors/app-error.ts';
import { firstIssue } from '../errors/issue-reason.ts';
import { learningRateFor, type RunConfig, type RunConfigDraft, runConfigSchema } from './run-config.ts';
import { usualMethod } from './usual-method.ts';

export interface Suggested {
  readonly config: RunConfig;
  /** Of the encoder. */
  readonly layers: number;
}

/** A whole recipe from what somebody set of it: the rest as suggested, another method with its usual options and learning rate, as a screen has it.
 *  @throws AppError 'request.invalid' of `request`, with the place below `config`, where the whole contradicts itself */
export function completeConfig(
  { method: set, ...settings }: RunConfigDraft,
  { config: suggested, layers }: Suggested,
  request: string,
): RunConfig {
  const type = set?.type ?? suggested.method.type;
  const isOther = type !== suggested.method.type;
  const whole = runConfigSchema.safeParse({
    ...suggested,
    ...(isOther ? { learningRate: learningRateFor(type) } : {}),
    ...settings,
    method: { ...(isOther ? usualMethod(type, layers) : suggested.method), ...set },
  });
  if (whole.success) return whole.data;
  const { path, problem } = firstIssue(whole.error);
  throw new AppError('request.invalid', { name: request, path: `config.${path}`, problem });
}
