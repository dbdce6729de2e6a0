import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Input, Output, RequestName } from '../shared/contract/index.ts';
import type { Reply } from '../shared/contract/reply.ts';
import { fromAppErrorJson } from '../shared/errors/app-error.ts';
import type { FromHost, HostFigures, ToHost } from './host-process.ts';

/** A loopback host in a process of its own, as a person's is, that says how it fares. */
export interface MeasuredHost {
  /** The folder of its projects. */
  readonly folder: string;
  /** @throws the AppError of a refusal */
  call<N extends RequestName>(name: N, input: Input<N>, projectId?: string): Promise<Output<N>>;
  reply(name: RequestName, input: unknown, projectId?: string): Promise<Reply<unknown>>;
  /** Hands a file to the host; gives the id that requests take. */
  upload(name: string, content: string): Promise<string>;
  /** Since the last time it was asked. */
  measure(how?: 'measure' | 'collect'): Promise<HostFigures>;
  /** Memory of the processes that it has started, in MB; null where the system does not say. */
  childrenMb(): number | null;
  close(): Promise<void>;
}

export async function startMeasuredHost(): Promise<MeasuredHost> {
  const home = mkdtempSync(join(tmpdir(), 'measured-host-'));
  const folder = join(home, 'projects');
  mkdirSync(folder);
  const child = fork(join(import.meta.dirname, 'host-process.ts'), [folder], {
    execArgv: ['--expose-gc'],
    env: { ...process.env, SUCCESS_WORKBENCH_HOME: join(home, 'user'), SUCCESS_WORKBENCH_VERIFY: '' },
  });
  const told = <T extends FromHost['type']>(type: T) =>
    new Promise<Extract<FromHost, { type: T }>>((resolve, reject) => {
      const gone = () => reject(new Error('the host ended'));
      const listen = (message: unknown) => {
        if ((message as FromHost).type !== type) return;
        child.off('message', listen);
        child.off('exit', gone);
        resolve(message as Extract<FromHost, { type: T }>);
      };
      child.on('message', listen);
      child.once('exit', gone);
    });
  const { address } = await told('listening');
  const { origin, hash } = new URL(address);
  const authorization = `Bearer ${hash.slice('#token='.length)}`;

  const reply: MeasuredHost['reply'] = async (name, input, projectId) => {
    const response = await fetch(`${origin}/api/call`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify({ name, input, ...(projectId === undefined ? {} : { projectId }) }),
    });
    return (await response.json()) as Reply<unknown>;
  };
  return {
    folder,
    reply,
    async call(name, input, projectId) {
      const answer = await reply(name, input, projectId);
      if (!answer.ok) throw fromAppErrorJson(answer.error);
      return answer.value as never;
    },
    async upload(name, content) {
      const response = await fetch(`${origin}/api/upload?name=${encodeURIComponent(name)}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/octet-stream' },
        body: content,
      });
      return ((await response.json()) as { value: { sourceId: string } }).value.sourceId;
    },
    async measure(how = 'measure') {
      const figures = told('measured');
      child.send(how satisfies ToHost);
      return (await figures).figures;
    },
    childrenMb: () => (child.pid === undefined ? null : memoryOfChildren(child.pid)),
    async close() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.send('close' satisfies ToHost);
      await gone;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function memoryOfChildren(pid: number): number | null {
  if (process.platform !== 'linux') return null;
  const pids = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
  );
  return pids.reduce((sum, one) => sum + residentMb(one), 0);
}

function residentMb(pid: string): number {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? 0) / 1024;
  } catch {
    // Ended meanwhile.
    return 0;
  }
}
