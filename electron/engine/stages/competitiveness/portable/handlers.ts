import type { HandlersFor } from '../../../../../shared/contract/index.ts';
import type { competitiveness } from '../../../../../shared/stages/competitiveness/contract.ts';
import { type JobExport, jobExportSchema } from '../../../../../shared/stages/competitiveness/results.ts';
import { nextNumber } from '../../../artifacts/next-number.ts';
import type { EngineContext } from '../../../context.ts';
import { required } from '../predictions.ts';
import type { RunParams } from '../run.ts';
import { suggestion, wholeConfig } from '../suggestion.ts';
import { assertPortable, type JobExportParams, jobExportSlot } from './job-export.ts';

type Requests = Pick<
  HandlersFor<typeof competitiveness.requests>,
  | 'competitiveness.exportJob'
  | 'competitiveness.jobExports'
  | 'competitiveness.removeJobExport'
  | 'competitiveness.importRun'
>;

/** A training that goes to another engine and comes back as a run. */
export const jobExportHandlers = (context: EngineContext): Requests => ({
  'competitiveness.exportJob': async ({ config: asked, ...named }) => {
    const suggested = async () => (await suggestion(context, named.modelId)).config;
    const config = await wholeConfig(context, { ...named, config: asked }, 'competitiveness.exportJob', suggested);
    assertPortable(config);
    const slot = jobExportSlot(`J${nextNumber(context, 'competitiveness.jobExport')}`);
    const params: JobExportParams = { ...named, config };
    return context.start([{ slot, params, seed: config.seed }]);
  },
  'competitiveness.jobExports': () =>
    context.store.slotsOf('competitiveness.jobExport').flatMap((slot) => context.view<JobExport>(slot) ?? []),
  'competitiveness.removeJobExport': ({ jobId }) => {
    required(context.store, jobExportSlot(jobId));
    context.clear([jobExportSlot(jobId)]);
    return {};
  },
  'competitiveness.importRun': ({ jobId, sourceId, name }) => {
    const { modelId, config } = jobExportSchema.parse(required(context.store, jobExportSlot(jobId)).result);
    const params: RunParams = { name, modelId, config, elsewhere: { jobId, sourceId } };
    const slot = `competitiveness.run:R${nextNumber(context, 'competitiveness.run')}`;
    return context.start([{ slot, params, seed: config.seed }]);
  },
});
