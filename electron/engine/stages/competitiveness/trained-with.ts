import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import type { Trained } from '../../jobs/train-on.ts';

/** What a record tells of the provider that computed its training, and of one that broke down on the way. */
export function trainedWith({
  provider,
  failed,
}: Pick<Trained, 'provider' | 'failed'>): Pick<RunRecord, 'provider' | 'notices'> {
  return {
    ...(provider === 'cpu' ? {} : { provider }),
    notices: failed === null ? [] : [{ code: 'provider-failed', severity: 'warning', params: { provider: failed } }],
  };
}
