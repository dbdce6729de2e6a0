import type { ProjectEvent } from '../shared/contract/events.ts';
import type { Reply } from '../shared/contract/reply.ts';
import { toAppErrorJson } from '../shared/errors/app-error.ts';
import { createLineClient, engineLost, type LineClient } from '../shared/line/client.ts';
import type { LinePort } from '../shared/line/line.ts';
import { LINE_PORT, type LinePortMessage, type WindowBridge } from '../shared/window/bridge.ts';
import type { Transport } from './engine.ts';

/** Hears of the ports that the preload script hands over. */
type OnPort = (listener: (message: LinePortMessage, port: MessagePort) => void) => void;

export const portsOfWindow: OnPort = (listener) => {
  window.addEventListener('message', ({ source, data, ports: [port] }) => {
    // A message from a frame has another source.
    if (source !== window || (data as { readonly type?: unknown } | null)?.type !== LINE_PORT) return;
    if (port !== undefined) listener(data as LinePortMessage, port);
  });
};

function linePortOf(port: MessagePort): LinePort {
  return {
    send: (message) => port.postMessage(message),
    onMessage(listener) {
      port.addEventListener('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => port.addEventListener('close', listener),
    close: () => port.close(),
  };
}

/** Requests of a project straight to its engine over a port, `app.*` to the window; for the page of a window. */
export function createPortTransport(bridge: WindowBridge, onPort: OnPort): Transport {
  const expected = new Map<number, (port: MessagePort) => void>();
  const clients = new Map<number, LineClient>();
  let nextLine = 1;
  let line: { readonly projectId: string; readonly client: Promise<LineClient> } | null = null;

  onPort(({ lineId }, port) => {
    expected.get(lineId)?.(port);
    expected.delete(lineId);
  });

  bridge.onLost((lineId) => clients.get(lineId)?.close());

  /** Waits while the engine is started again. @throws the refusal as a `Refused` */
  const connect = async (projectId: string): Promise<LineClient> => {
    const lineId = nextLine++;
    const arrived = new Promise<LineClient>((resolve) => {
      expected.set(lineId, (port) => {
        // Made as the port arrives, so that what is told of it later finds it.
        const client = createLineClient(linePortOf(port));
        clients.set(lineId, client);
        client.onLost(() => clients.delete(lineId));
        resolve(client);
      });
    });
    const reply = await settled(bridge.connect(projectId, lineId));
    if (!reply.ok) {
      expected.delete(lineId);
      throw new Refused(reply);
    }
    return arrived;
  };

  const leave = (): void => {
    void line?.client.then((client) => client.close()).catch(() => undefined);
    line = null;
  };

  const lineTo = (projectId: string): Promise<LineClient> => {
    if (line?.projectId === projectId) return line.client;
    leave();
    const client = connect(projectId);
    const opened = { projectId, client };
    const forget = () => {
      if (line === opened) line = null;
    };
    line = opened;
    client.then((connected) => connected.onLost(forget), forget);
    return client;
  };

  const follow = (projectId: string, onEvent: (event: ProjectEvent) => void, onLink: (up: boolean) => void) => {
    let stopped = false;
    const open = (): void => {
      lineTo(projectId).then(
        (client) => {
          if (stopped) return;
          client.onLost(() => {
            if (stopped) return;
            onLink(false);
            open();
          });
          client.follow((event) => {
            if (!stopped) onEvent(event);
          });
          onLink(true);
        },
        () => {
          if (!stopped) onLink(false);
        },
      );
    };
    open();
    return () => {
      stopped = true;
    };
  };

  return {
    async call(name, input, projectId) {
      if (projectId === null) {
        const reply = await settled(bridge.call(name, input));
        // Its engine has ended, though this side may not have heard of it yet.
        if (name === 'app.closeProject' && reply.ok) leave();
        return reply;
      }
      try {
        const client = await lineTo(projectId);
        return await client.call(name, input);
      } catch (error) {
        return error instanceof Refused ? error.reply : { ok: false, error: toAppErrorJson(error) };
      }
    },
    subscribe: follow,
    upload: (file) => settled(bridge.source(file)),
  };
}

class Refused extends Error {
  readonly reply: Reply<never>;

  constructor(reply: Reply<never>) {
    super('refused');
    this.reply = reply;
  }
}

/** A call of the bridge never rejects on this side: a window that does not answer is one that was lost. */
async function settled<T>(answer: Promise<Reply<T>>): Promise<Reply<T>> {
  try {
    return await answer;
  } catch {
    return engineLost();
  }
}
