import { basename } from 'node:path';
import type { Transport } from '../../renderer/engine.ts';
import type { ProjectEvent } from '../../shared/contract/events.ts';
import type { Input, Output, ProjectRequestName } from '../../shared/contract/index.ts';
import type { JobRecord } from '../../shared/contract/project.ts';
import { fromAppErrorJson } from '../../shared/errors/app-error.ts';
import { isSettled } from '../../shared/jobs/state.ts';
import type { TestProject } from '../integration/testkit.ts';
import { ask, transportOf } from './program.ts';
import type { Page } from './window.ts';

/** A project asked as the screens of a page ask it: over the port, with its events. */
export interface PageProject extends Pick<TestProject, 'done'> {
  readonly transport: Transport;
  readonly projectId: string;
  readonly path: string;
  readonly jobs: Map<string, JobRecord>;
  readonly links: boolean[];
  call<N extends ProjectRequestName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** Waits for a fact about a job. */
  jobReaches(jobId: string, reached: (job: JobRecord) => boolean): Promise<JobRecord>;
  /** Waits until the line has come up that many times. */
  linked(times: number): Promise<void>;
  stop(): void;
}

export async function createOnPage(page: Page, name: string, password: string | null = null): Promise<PageProject> {
  const transport = transportOf(page);
  const input = { name, customer: '', period: '', path: null, password };
  return projectOnPage(page, transport, await ask(transport, 'app.createProject', input));
}

export async function openOnPage(page: Page, path: string, password: string | null = null): Promise<PageProject> {
  const transport = transportOf(page);
  return projectOnPage(page, transport, await ask(transport, 'app.openProject', { path, password }));
}

function projectOnPage(
  page: Page,
  transport: Transport,
  { projectId, path }: { readonly projectId: string; readonly path: string },
): PageProject {
  const jobs = new Map<string, JobRecord>();
  const links: boolean[] = [];
  const checks = new Set<() => void>();
  const check = () => {
    for (const one of checks) one();
  };
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => {
      const one = () => {
        if (!holds()) return;
        checks.delete(one);
        resolve();
      };
      checks.add(one);
      one();
    });
  const call: PageProject['call'] = (name, input) => ask(transport, name, input, projectId) as never;
  const take = (job: JobRecord) => {
    jobs.set(job.id, job);
    check();
  };
  const stop = transport.subscribe(
    projectId,
    (event: ProjectEvent) => {
      if (event.type === 'jobChanged') take(event.job);
    },
    (up) => {
      links.push(up);
      check();
      // As the screens do: a job that ended while the line was down is only in the list.
      if (up)
        void call('jobs.list', {}).then(
          (all) => all.forEach(take),
          () => undefined,
        );
    },
  );
  const jobReaches: PageProject['jobReaches'] = async (jobId, reached) => {
    await until(() => {
      const job = jobs.get(jobId);
      return job !== undefined && reached(job);
    });
    return jobs.get(jobId) as JobRecord;
  };
  const withSource = async (input: object): Promise<object> => {
    const sourceId = (input as { readonly sourceId?: string }).sourceId;
    if (sourceId === undefined) return input;
    const file = sourceId.slice('file:'.length);
    const reply = await transport.upload(page.fileAt(file, basename(file)));
    if (!reply.ok) throw fromAppErrorJson(reply.error);
    return { ...input, sourceId: reply.value.sourceId };
  };
  return {
    transport,
    projectId,
    path,
    jobs,
    links,
    call,
    jobReaches,
    linked: (times) => until(() => links.filter((up) => up).length >= times),
    async done(name, input) {
      const { jobId } = (await call(name, (await withSource(input)) as never)) as { jobId: string };
      const job = await jobReaches(jobId, ({ state }) => isSettled(state));
      if (job.state.type === 'failed') throw fromAppErrorJson(job.state.error);
      if (job.state.type !== 'succeeded') throw new Error(`${name} ended ${job.state.type}`);
      return job;
    },
    stop,
  };
}
