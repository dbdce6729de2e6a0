import { type ProjectEvent, projectEventSchema } from '../shared/contract/events.ts';
import type { Reply } from '../shared/contract/reply.ts';
import { toAppErrorJson } from '../shared/errors/app-error.ts';
import type { Transport, UploadedSource } from './engine.ts';

const TOKEN_KEY = 'workbench.token';
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 8_000;

/** The launch token: from the address fragment at the first load, then from this tab's memory. It leaves the address bar at once. */
export function takeToken(): string {
  const fromAddress = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (fromAddress !== null) {
    window.sessionStorage.setItem(TOKEN_KEY, fromAddress);
    window.history.replaceState(window.history.state, '', window.location.pathname);
    return fromAddress;
  }
  return window.sessionStorage.getItem(TOKEN_KEY) ?? '';
}

const lost = (error: unknown): Reply<never> => ({
  ok: false,
  error: { code: 'internal.process-lost', params: { process: 'host' }, detail: toAppErrorJson(error).detail ?? '' },
});

function openEvents(
  token: string,
  projectId: string,
  onEvent: (event: ProjectEvent) => void,
  onLink: (up: boolean) => void,
): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let waitMs = FIRST_RETRY_MS;
  let closed = false;

  const open = () => {
    const address = new URL('/api/events', window.location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    socket = new WebSocket(address);
    socket.onopen = () => {
      socket?.send(JSON.stringify({ token, projectId }));
      waitMs = FIRST_RETRY_MS;
      onLink(true);
    };
    socket.onmessage = (message) => {
      const event = projectEventSchema.safeParse(JSON.parse(String(message.data)));
      if (event.success) onEvent(event.data);
    };
    socket.onclose = () => {
      if (closed) return;
      onLink(false);
      timer = setTimeout(open, waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_RETRY_MS);
    };
  };
  open();
  return () => {
    closed = true;
    if (timer !== null) clearTimeout(timer);
    socket?.close();
  };
}

/** Requests over HTTP and events over a WebSocket, to the host that served this page. */
export function createLoopbackTransport(token: string): Transport {
  const post = async (path: string, body: BodyInit, contentType: string): Promise<Reply<unknown>> => {
    try {
      const response = await fetch(path, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': contentType },
        body,
      });
      return (await response.json()) as Reply<unknown>;
    } catch (error) {
      return lost(error);
    }
  };
  return {
    call: (name, input, projectId) =>
      post(
        '/api/call',
        JSON.stringify({ name, input, ...(projectId === null ? {} : { projectId }) }),
        'application/json',
      ),
    subscribe: (projectId, onEvent, onLink) => openEvents(token, projectId, onEvent, onLink),
    upload: async (file) =>
      (await post(
        `/api/upload?name=${encodeURIComponent(file.name)}`,
        file,
        'application/octet-stream',
      )) as Reply<UploadedSource>,
  };
}
