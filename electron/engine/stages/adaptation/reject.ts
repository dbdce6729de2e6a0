import type { AdaptationNotice } from '../../../../shared/stages/adaptation/notices.ts';
import type { RejectOption, Scenario } from '../../../../shared/stages/adaptation/results.ts';
import type { StepContext } from '../../artifacts/kind.ts';

interface Answered {
  readonly labels: readonly string[];
  readonly dev: { readonly labels: Int32Array };
  readonly devLogits: Float32Array;
  readonly test: { readonly labels: Int32Array };
  readonly testLogits: Float32Array;
}

/** The confidence below which texts go to people, chosen on dev rows by the scenario's costs, with a notice where none saves anything. */
export async function rejectOption(
  { compute, signal }: Pick<StepContext<unknown>, 'compute' | 'signal'>,
  { errorCosts, humanLook }: Scenario,
  { labels, dev, devLogits, test, testLogits }: Answered,
): Promise<{ readonly reject: RejectOption; readonly notices: readonly AdaptationNotice[] }> {
  const reject = await compute.run(
    'adaptation.reject',
    {
      costs: { labels, errorCosts, humanLook },
      devLabels: dev.labels,
      devLogits,
      testLabels: test.labels,
      testLogits,
    },
    { signal },
  );
  const useless = { code: 'threshold-useless', severity: 'info', params: { humanLook: humanLook ?? 0 } } as const;
  return { reject, notices: reject.confidence === 0 ? [useless] : [] };
}
