import type { ProjectEvent } from '../contract/events.ts';
import type { Reply } from '../contract/reply.ts';
import { AppError, toAppErrorJson } from '../errors/app-error.ts';
import {
  EVENTS_NOT_TAKEN,
  type FromEngine,
  type LinePort,
  REQUEST_LIMIT_CHARACTERS,
  REQUEST_LIMIT_MB,
  REQUESTS_AT_ONCE,
  toEngineSchema,
} from './line.ts';
import { parseCall } from './parse-call.ts';

/** What a line serves. */
export interface Served {
  call(name: string, input: unknown): Promise<Reply<unknown>>;
  subscribe(listener: (event: ProjectEvent) => void): () => void;
}

/** The answering end of a line. Nothing that comes in is trusted: it may be a page that somebody has taken over. */
export function serveLine(port: LinePort, served: Served): void {
  let answering = 0;
  let notTaken = 0;
  let stop: (() => void) | null = null;
  let ended = false;

  const send = (message: FromEngine) => port.send(message);
  const reply = (id: number, answer: Reply<unknown>) => send({ type: 'reply', id, body: JSON.stringify(answer) });
  const end = () => {
    ended = true;
    stop?.();
    stop = null;
  };
  const letGo = () => {
    end();
    port.close();
  };

  const answer = async (body: string): Promise<Reply<unknown>> => {
    try {
      if (body.length > REQUEST_LIMIT_CHARACTERS) {
        throw new AppError('request.too-large', { limitMb: REQUEST_LIMIT_MB });
      }
      const { name, input } = parseCall(body, 'line');
      return await served.call(name, input);
    } catch (error) {
      return { ok: false, error: toAppErrorJson(error) };
    }
  };
  const call = async (id: number, body: string): Promise<void> => {
    if (answering >= REQUESTS_AT_ONCE) {
      reply(id, { ok: false, error: new AppError('request.too-many', { limit: REQUESTS_AT_ONCE }).toJSON() });
      return;
    }
    answering++;
    try {
      reply(id, await answer(body));
    } finally {
      answering--;
    }
  };
  const tell = (event: ProjectEvent) => {
    if (ended) return;
    const body = JSON.stringify(event);
    notTaken += body.length;
    if (notTaken > EVENTS_NOT_TAKEN) letGo();
    else send({ type: 'event', body });
  };

  port.onClose(end);
  port.onMessage((data) => {
    const message = toEngineSchema.safeParse(data);
    if (!message.success) {
      letGo();
      return;
    }
    switch (message.data.type) {
      case 'call':
        void call(message.data.id, message.data.body);
        break;
      case 'follow':
        stop ??= served.subscribe(tell);
        break;
      case 'taken':
        notTaken = Math.max(0, notTaken - message.data.characters);
        break;
    }
  });
}
