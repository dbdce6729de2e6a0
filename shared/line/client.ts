import { type ProjectEvent, projectEventSchema } from '../contract/events.ts';
import type { Reply } from '../contract/reply.ts';
import { AppError } from '../errors/app-error.ts';
import { type FromEngine, type LinePort, REQUEST_LIMIT_CHARACTERS, REQUEST_LIMIT_MB, type ToEngine } from './line.ts';

/** The asking end of a line to an engine. */
export interface LineClient {
  /** Never rejects: a line that is or gets lost answers `internal.process-lost`. */
  call(name: string, input: unknown): Promise<Reply<unknown>>;
  /** Hears of the project's events, the current jobs first. At most once a line. */
  follow(onEvent: (event: ProjectEvent) => void): void;
  onLost(listener: () => void): void;
  close(): void;
}

const refusal = (error: AppError): Reply<never> => ({ ok: false, error: error.toJSON() });

export const engineLost = (): Reply<never> => refusal(new AppError('internal.process-lost', { process: 'engine' }));

export function createLineClient(port: LinePort): LineClient {
  const waiting = new Map<number, (reply: Reply<unknown>) => void>();
  const lostListeners: (() => void)[] = [];
  let onEvent: (event: ProjectEvent) => void = () => undefined;
  let nextId = 1;
  let lost = false;

  const send = (message: ToEngine) => port.send(message);
  const lose = () => {
    if (lost) return;
    lost = true;
    for (const answer of waiting.values()) answer(engineLost());
    waiting.clear();
    for (const listener of lostListeners) listener();
  };

  port.onMessage((data) => {
    const message = data as FromEngine;
    if (message.type === 'reply') {
      waiting.get(message.id)?.(JSON.parse(message.body) as Reply<unknown>);
      waiting.delete(message.id);
      return;
    }
    send({ type: 'taken', characters: message.body.length });
    const event = projectEventSchema.safeParse(JSON.parse(message.body));
    if (event.success) onEvent(event.data);
  });
  port.onClose(lose);

  return {
    call(name, input) {
      if (lost) return Promise.resolve(engineLost());
      const body = JSON.stringify({ name, input });
      if (body.length > REQUEST_LIMIT_CHARACTERS) {
        return Promise.resolve(refusal(new AppError('request.too-large', { limitMb: REQUEST_LIMIT_MB })));
      }
      const id = nextId++;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        send({ type: 'call', id, body });
      });
    },
    follow(listener) {
      onEvent = listener;
      send({ type: 'follow' });
    },
    onLost(listener) {
      if (lost) listener();
      else lostListeners.push(listener);
    },
    close() {
      port.close();
      lose();
    },
  };
}
