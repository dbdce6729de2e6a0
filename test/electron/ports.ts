import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

/** What goes through a port; the closing of the other end comes after its last message. */
export type Delivery =
  | { readonly type: 'message'; readonly data: unknown; readonly ports: readonly StandInPort[] }
  | { readonly type: 'close' };

/** Electron's `MessagePortMain`: silent until started, and able to move into another process. */
export class StandInPort extends EventEmitter {
  #peer: StandInPort | null = null;
  #take: ((delivery: Delivery) => void) | null = null;
  #closed = false;
  readonly #waiting: Delivery[] = [];

  static pair(): { readonly port1: StandInPort; readonly port2: StandInPort } {
    const port1 = new StandInPort();
    const port2 = new StandInPort();
    port1.#peer = port2;
    port2.#peer = port1;
    return { port1, port2 };
  }

  postMessage(data: unknown, ports: readonly StandInPort[] = []): void {
    if (!this.#closed) this.#peer?.receive({ type: 'message', data: structuredClone(data), ports });
  }

  start(): void {
    this.moveTo((delivery) => {
      if (delivery.type === 'close') this.emit('close');
      else this.emit('message', { data: delivery.data, ports: delivery.ports });
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#peer?.receive({ type: 'close' });
  }

  /** From now on whatever arrives is given to `take`: the process or page into which this end has moved. */
  moveTo(take: (delivery: Delivery) => void): void {
    this.#take = take;
    setImmediate(() => this.#flush());
  }

  private receive(delivery: Delivery): void {
    this.#waiting.push(delivery);
    setImmediate(() => this.#flush());
  }

  #flush(): void {
    if (this.#take === null) return;
    for (const delivery of this.#waiting.splice(0)) this.#take(delivery);
  }
}

/** The port as a page gets it: a real `MessagePort` of the platform. */
export function pagePortOf(port: StandInPort): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port.moveTo((delivery) => {
    if (delivery.type === 'close') port2.close();
    else port2.postMessage(delivery.data);
  });
  port2.on('message', (data) => port.postMessage(data));
  port2.on('close', () => port.close());
  port2.unref();
  return port1;
}
