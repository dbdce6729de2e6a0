import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { OpenProjects } from '../hosting/open-projects.ts';
import type { TokenGate } from './token.ts';

const FIRST_MESSAGE_MS = 5000;
const PING_MS = 30_000;
const FIRST_MESSAGE_BYTES = 4096;
/** A page that does not take its events is let go; on its return it is told the current state first, so it misses nothing. */
const BUFFER_BYTES = 4 * 1024 * 1024;

const CLOSE_NORMAL = 1000;
const CLOSE_GOING_AWAY = 1001;
const CLOSE_POLICY = 1008;
const CLOSE_TRY_AGAIN = 1013;
/** Own code: there is no such open project. */
const CLOSE_NO_PROJECT = 4404;

const helloSchema = z.strictObject({ token: z.string(), projectId: z.string() });

export interface EventSocket {
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** Sends the events of one project to each socket that names it and shows the token in its first message. */
export function createEventSocket(projects: OpenProjects, gate: TokenGate, onRefused: () => void): EventSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: FIRST_MESSAGE_BYTES, perMessageDeflate: false });

  const greet = (socket: WebSocket, data: RawData): void => {
    const hello = helloSchema.safeParse(parseJson(String(data)));
    if (!hello.success || !gate.accepts(hello.data.token)) {
      onRefused();
      socket.close(CLOSE_POLICY);
      return;
    }
    try {
      const stop = projects.subscribe(hello.data.projectId, {
        event(event) {
          if (socket.readyState !== socket.OPEN) return;
          if (socket.bufferedAmount > BUFFER_BYTES) socket.close(CLOSE_TRY_AGAIN);
          else socket.send(JSON.stringify(event));
        },
        closed: () => socket.close(CLOSE_NORMAL),
      });
      socket.on('close', stop);
    } catch {
      socket.close(CLOSE_NO_PROJECT);
    }
  };

  server.on('connection', (socket: WebSocket) => {
    const deadline = setTimeout(() => {
      onRefused();
      socket.close(CLOSE_POLICY);
    }, FIRST_MESSAGE_MS);
    let answered = true;
    const pulse = setInterval(() => {
      if (!answered) socket.terminate();
      answered = false;
      socket.ping();
    }, PING_MS);
    socket.on('pong', () => {
      answered = true;
    });
    socket.once('message', (data) => {
      clearTimeout(deadline);
      greet(socket, data);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      clearTimeout(deadline);
      clearInterval(pulse);
    });
  });

  return {
    accept: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (accepted) => server.emit('connection', accepted, request)),
    close() {
      for (const socket of server.clients) {
        socket.close(CLOSE_GOING_AWAY);
        socket.terminate();
      }
      server.close();
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
