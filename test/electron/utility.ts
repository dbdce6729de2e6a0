import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { StandInPort } from './ports.ts';

const SHIM = join(import.meta.dirname, 'utility-shim.ts');

interface ForkOptions {
  readonly env: Record<string, string>;
  readonly serviceName: string;
}

type FromChild =
  | { readonly type: 'parent'; readonly data: unknown }
  | { readonly type: 'port' | 'portClose'; readonly id: number; readonly data?: unknown };

/** Electron's `UtilityProcess`: a real process that runs the real bundle. */
export class StandInUtility extends EventEmitter {
  readonly entry: string;
  readonly options: ForkOptions;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  readonly #child: ChildProcess;
  readonly #ports = new Map<number, StandInPort>();
  #nextPort = 1;

  constructor(modulePath: string, options: ForkOptions) {
    super();
    this.entry = basename(modulePath, '.cjs');
    this.options = options;
    this.#child = fork(SHIM, [modulePath], {
      serialization: 'advanced',
      env: options.env,
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.stdout = this.#child.stdout;
    this.stderr = this.#child.stderr;
    this.#child.on('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message) => this.#take(message as FromChild));
    let ended = false;
    const end = (code: number | null) => {
      if (ended) return;
      ended = true;
      for (const port of this.#ports.values()) port.close();
      this.emit('exit', code ?? 1);
    };
    this.#child.on('exit', (code) => {
      // Messages already on the way are delivered before the channel says that it is closed.
      if (this.#child.connected) this.#child.once('disconnect', () => end(code));
      else setImmediate(end, code);
    });
  }

  get pid(): number | undefined {
    return this.#child.exitCode === null && this.#child.signalCode === null ? this.#child.pid : undefined;
  }

  postMessage(data: unknown, ports: readonly StandInPort[] = []): void {
    const ids = ports.map((port) => {
      const id = this.#nextPort++;
      this.#ports.set(id, port);
      port.moveTo((delivery) =>
        this.#send(delivery.type === 'close' ? { type: 'portClose', id } : { type: 'port', id, data: delivery.data }),
      );
      return id;
    });
    this.#send({ type: 'parent', data, ports: ids });
  }

  /** From now on its one thread stands still, as in an endless step. */
  block(): void {
    this.#send({ type: 'block' });
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }

  #send(message: object): void {
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #take(message: FromChild): void {
    if (message.type === 'parent') this.emit('message', message.data);
    else if (message.type === 'port') this.#ports.get(message.id)?.postMessage(message.data);
    else this.#ports.get(message.id)?.close();
  }
}
