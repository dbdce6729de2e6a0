import { createNodeWorkbench } from '../../electron/hosting/node-workbench.ts';
import { anywhere } from '../../electron/hosting/project-paths.ts';
import { terminalProtection } from '../../electron/hosting/protection.ts';
import type { Input, Output, RequestName } from '../../shared/contract/index.ts';
import { fromAppErrorJson } from '../../shared/errors/app-error.ts';
import { isSettled } from '../../shared/jobs/state.ts';
import { defaultRecipe } from '../../shared/stages/demand/clean/recipe.ts';

/** `whole-flow.ts FOLDER SOURCE SECONDS`: from a file of messages to an evaluated model, with the processes that the product starts, which then live on
 *  for the seconds given. Prints what each job ended with. */
const [folder = '', source = '', seconds = ''] = process.argv.slice(2);
const MODEL = 'all-MiniLM-L6-v2';
const SEED = 42;
const POLL_MS = 200;

const workbench = createNodeWorkbench({ host: 'cli', paths: anywhere(folder), protection: terminalProtection() });
let projectId: string | null = null;

async function call<N extends RequestName>(name: N, input: Input<N>): Promise<Output<N>> {
  const reply = await workbench.call(name, input, name.startsWith('app.') ? null : projectId);
  if (!reply.ok) throw fromAppErrorJson(reply.error);
  return reply.value as Output<N>;
}

async function done({ jobId }: { readonly jobId: string }): Promise<void> {
  for (;;) {
    const job = await call('jobs.get', { jobId });
    if (isSettled(job.state)) {
      console.log(
        `${job.kind} ${job.state.type}${job.state.type === 'failed' ? ` ${JSON.stringify(job.state.error)}` : ''}`,
      );
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

const opened = await call('app.createProject', { name: 'Offline', customer: '', period: '', path: null });
projectId = opened.projectId;
const { sourceId } = workbench.sources.fromPath(source);
await done(
  await call('demand.importSource', { sourceId, name: 'Messages', kind: 'feedback', overrides: {}, columns: null }),
);
await done(await call('demand.clean', { datasetId: 'd1', recipe: defaultRecipe }));
await done(await call('demand.discoverTopics', { topics: 4, modelId: MODEL, seed: SEED }));
const category = (await call('demand.datasets', {}))[0]?.columns.find(({ role }) => role === 'label');
await done(
  await call('competitiveness.chooseLabels', {
    type: 'columns',
    columns: [{ datasetId: 'd1', columnId: category?.id ?? '' }],
  }),
);
await done(
  await call('competitiveness.prepareData', {
    test: { type: 'share', share: 0.2 },
    devShare: 0.1,
    modelId: MODEL,
    maxLength: 32,
    seed: SEED,
  }),
);
const { config } = await call('competitiveness.suggestConfig', { modelId: MODEL });
await done(
  await call('competitiveness.train', {
    name: 'Small',
    modelId: MODEL,
    config: { ...config, epochs: 1, maxLength: 32 },
  }),
);
console.log(`${(await call('competitiveness.runs', {})).length} run`);
await new Promise((resolve) => setTimeout(resolve, Number(seconds) * 1000));
await workbench.close();
