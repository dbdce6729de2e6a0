import { AppError } from '../shared/errors/app-error.ts';
import { because } from '../shared/errors/reasons.ts';
import type { RunConfig } from '../shared/train/run-config.ts';
import { ALL_LINEAR, usualMethod } from '../shared/train/usual-method.ts';

/** Methods by their name on the command line, as the product suggests them where it does; `top-N` and `frozen-N` besides. */
const NAMED: Readonly<Record<string, RunConfig['method']>> = {
  full: { type: 'full', freezeEmbeddings: true },
  head: usualMethod('head', 0),
  bitfit: usualMethod('bitfit', 0),
  'bitfit-partial': { type: 'bitfit', biases: 'query-intermediate' },
  houlsby: { type: 'adapter', variant: 'houlsby', reduction: 16 },
  pfeiffer: usualMethod('adapter', 0),
  lora: usualMethod('lora', 0),
  'lora-qv': { type: 'lora', rank: 8, alpha: 16, rankStabilised: false, targets: ['query', 'value'] },
  rslora: { type: 'lora', rank: 8, alpha: 16, rankStabilised: true, targets: [...ALL_LINEAR] },
  adalora: usualMethod('adalora', 0),
};

/** @throws AppError 'request.invalid' for a name that is none */
export function namedMethod(name: string, trainEmbeddings: boolean, layers: number): RunConfig['method'] {
  const numbered = /^(frozen|top)-(\d+)$/.exec(name);
  if (numbered !== null) {
    const count = Number(numbered[2]);
    return { type: 'frozen-prefix', layers: numbered[1] === 'top' ? Math.max(0, layers - count) : count };
  }
  const method = NAMED[name];
  if (method === undefined) {
    const names = [...Object.keys(NAMED), 'top-N', 'frozen-N'].join(', ');
    throw new AppError('request.invalid', {
      name: 'bench',
      path: 'method',
      problem: because('one-of', { values: names }),
    });
  }
  return method.type === 'full' ? { ...method, freezeEmbeddings: !trainEmbeddings } : method;
}
