import type { HandlersFor } from '../../../shared/contract/index.ts';
import { type JobSeries, jobSeriesSchema, type jobs } from '../../../shared/contract/project.ts';
import type { EngineContext } from '../context.ts';

export const jobHandlers = ({ queue, store }: EngineContext): HandlersFor<typeof jobs.requests> => ({
  'jobs.list': () => [...queue.list()],
  'jobs.get': ({ jobId }) => queue.get(jobId),
  'jobs.series': ({ jobId }) => {
    const running = queue.series(jobId);
    if (running !== undefined) return running;
    const { state } = queue.get(jobId);
    const artifact = state.type === 'succeeded' ? store.artifacts.get(state.artifactId) : undefined;
    if (artifact?.parts.series === undefined) return emptySeries(jobId);
    const kept = jobSeriesSchema.parse(JSON.parse(Buffer.from(store.part(artifact, 'series')).toString('utf8')));
    return { ...kept, jobId };
  },
  'jobs.pause': ({ jobId }) => queue.pause(jobId),
  'jobs.resume': ({ jobId }) => queue.resume(jobId),
  'jobs.cancel': ({ jobId }) => queue.cancel(jobId),
});

function emptySeries(jobId: string): JobSeries {
  return { jobId, steps: [], evaluations: [], totalSteps: null, rowsPerSecond: null, memoryMb: null };
}
