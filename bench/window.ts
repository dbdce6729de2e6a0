import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';
import { frameFigures, quantile, type WorkbenchPage, watchFrames, withWorkbench } from './workbench-page.ts';

const BETWEEN_REQUESTS_MS = 50;

/** `window [--seconds N]`: the sample project in a browser while a model trains. Longest frame and requests' times, idle and during the run, on this machine; with the time from start to the first page. */
export const window: Bench = async (args) => {
  const { values } = parseArgs({ args: [...args], options: { seconds: { type: 'string', default: '20' } } });
  const seconds = Number(values.seconds);
  return withWorkbench('window', async (workbench) => {
    const { page, call, readyS, usableS } = workbench;
    if (seconds === 0) return { start_to_ready_s: readyS, start_to_usable_s: usableS };
    const { projectId } = (await call(null, 'app.openSample', { language: 'en' })) as { projectId: string };
    await page.reload();
    const idle = await observe(workbench, projectId, seconds);
    await startTraining(workbench, projectId);
    const training = await observe(workbench, projectId, seconds);
    return { start_to_ready_s: readyS, start_to_usable_s: usableS, seconds, idle, training };
  });
};

async function waitFor(
  { page, call }: Pick<WorkbenchPage, 'page' | 'call'>,
  projectId: string,
  started: unknown,
): Promise<void> {
  const { jobId } = started as { jobId: string };
  for (;;) {
    const job = (await call(projectId, 'jobs.get', { jobId })) as { state: { type: string } };
    if (job.state.type === 'succeeded') return;
    if (!['queued', 'running'].includes(job.state.type)) throw new Error(`job ${jobId} ${job.state.type}`);
    await page.waitForTimeout(BETWEEN_REQUESTS_MS);
  }
}

async function startTraining({ page, call }: WorkbenchPage, projectId: string): Promise<void> {
  const datasets = (await call(projectId, 'demand.datasets', {})) as {
    id: string;
    columns: { id: string; role: string }[];
  }[];
  const column = datasets.flatMap(({ id, columns }) =>
    columns.filter(({ role }) => role === 'label').map((found) => ({ datasetId: id, columnId: found.id })),
  )[0];
  const labels = { type: 'columns', columns: [column] };
  await waitFor({ page, call }, projectId, await call(projectId, 'competitiveness.chooseLabels', labels));
  const modelId = 'all-MiniLM-L6-v2';
  const split = { test: { type: 'share', share: 0.2 }, devShare: 0.1, modelId, maxLength: 64, seed: 1 };
  await waitFor({ page, call }, projectId, await call(projectId, 'competitiveness.prepareData', split));
  const { config } = (await call(projectId, 'competitiveness.suggestConfig', { modelId })) as {
    config: object;
  };
  const run = {
    name: 'bench',
    modelId,
    config: { ...config, method: { type: 'full', freezeEmbeddings: true }, epochs: 50 },
  };
  await call(projectId, 'competitiveness.train', run);
  await page.waitForTimeout(5000);
}

/** Frames by requestAnimationFrame, and requests as the screens send them, one after another. */
async function observe({ page, call }: WorkbenchPage, projectId: string, seconds: number): Promise<object> {
  const framesSince = await watchFrames(page);
  const times: number[] = [];
  const names = [
    'project.overview',
    'jobs.list',
    'demand.datasets',
    'demand.topics',
    'demand.needs',
    'competitiveness.runs',
  ];
  const until = performance.now() + seconds * 1000;
  for (let i = 0; performance.now() < until; i++) {
    const before = performance.now();
    await call(projectId, names[i % names.length] ?? '', {});
    times.push(performance.now() - before);
    await page.waitForTimeout(BETWEEN_REQUESTS_MS);
  }
  return {
    requests: times.length,
    request_p50_ms: quantile(times, 0.5),
    request_p95_ms: quantile(times, 0.95),
    request_max_ms: quantile(times, 1),
    ...frameFigures(await framesSince()),
  };
}
