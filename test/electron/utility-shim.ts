import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';

/** Runs a bundle as Electron runs it in a utility process: with `process.parentPort`, whose messages may bring ports. */
type FromMain =
  | { readonly type: 'parent'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly type: 'port'; readonly id: number; readonly data: unknown }
  | { readonly type: 'portClose'; readonly id: number }
  /** Never comes back from it. */
  | { readonly type: 'block' };

const ports = new Map<number, Port>();

function send(message: object): void {
  if (process.connected) process.send?.(message);
}

class Port extends EventEmitter {
  readonly #id: number;
  readonly #waiting: (() => void)[] = [];
  #started = false;

  constructor(id: number) {
    super();
    this.#id = id;
  }

  postMessage(data: unknown): void {
    send({ type: 'port', id: this.#id, data });
  }

  start(): void {
    this.#started = true;
    for (const arrive of this.#waiting.splice(0)) arrive();
  }

  close(): void {
    send({ type: 'portClose', id: this.#id });
  }

  arrive(event: 'message' | 'close', value?: object): void {
    if (this.#started) this.emit(event, value);
    else this.#waiting.push(() => this.emit(event, value));
  }
}

const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (data: unknown) => send({ type: 'parent', data }),
});

process.on('message', (value) => {
  const message = value as FromMain;
  if (message.type === 'parent') {
    const arrived = message.ports.map((id) => {
      const port = new Port(id);
      ports.set(id, port);
      return port;
    });
    parentPort.emit('message', { data: message.data, ports: arrived });
  } else if (message.type === 'port') ports.get(message.id)?.arrive('message', { data: message.data, ports: [] });
  else if (message.type === 'block') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  else ports.get(message.id)?.arrive('close');
});
// The main process has gone: so do all that it has started.
process.on('disconnect', () => process.exit(0));
Object.assign(process, { parentPort });

createRequire(import.meta.url)(process.argv[2] ?? '');
