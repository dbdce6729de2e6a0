import { forkEntry } from '../../electron/hosting/fork.ts';
import type { Input } from '../../shared/contract/index.ts';
import type { FromWorker, ToWorker } from '../../shared/worker/protocol.ts';
import { openTestProject } from './testkit.ts';

/** Opens a project in a process of its own, starts or resumes its training with a checkpoint after every update, and tells its parent of each, until one of the two processes is killed. */
const [path = '', modelsFolder = '', request = ''] = process.argv.slice(2);
const training = JSON.parse(request) as { jobId: string } | { start: Input<'competitiveness.train'> };

export type Told =
  | { readonly type: 'stepped'; readonly step: number }
  | { readonly type: 'checkpointed'; readonly step: number }
  | { readonly type: 'settled'; readonly state: string };
const tell = (told: Told) => process.send?.(told);

const project = await openTestProject(
  path,
  { type: 'open' },
  {
    modelsFolder,
    threads: () => 1,
    spawn(entry) {
      const child = forkEntry(entry);
      if (entry !== 'worker') return child;
      process.on('message', (message) => message === 'kill the worker' && child.kill());
      child.onMessage((message) => {
        const reply = message as FromWorker;
        if (reply.type !== 'event') return;
        if (reply.event.type === 'checkpointed') tell({ type: 'checkpointed', step: reply.event.step });
        if (reply.event.type === 'ticked') tell({ type: 'stepped', step: reply.event.tick.step });
      });
      return { ...child, send: (message) => child.send(withEveryCheckpoint(message as ToWorker)) };
    },
  },
);

function withEveryCheckpoint(message: ToWorker): ToWorker {
  if (message.type !== 'run' || message.request.type !== 'train') return message;
  return { ...message, request: { ...message.request, checkpointEveryMs: 0 } };
}

const jobId =
  'jobId' in training ? training.jobId : (await project.call('competitiveness.train', training.start)).jobId;
if ('jobId' in training) await project.call('jobs.resume', { jobId });
const { state } = await project.settled(jobId);
tell({ type: 'settled', state: state.type });
await project.engine.dispose();
process.disconnect();
