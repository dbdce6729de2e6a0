import type { MessagePortMain } from 'electron';
import { fromAppErrorJson, toAppErrorJson } from '../../shared/errors/app-error.ts';
import { serveLine } from '../../shared/line/server.ts';
import type { EngineDeps, PrintOutcome } from '../engine/deps.ts';
import { type Engine, openEngine } from '../engine/engine.ts';
import type { EngineConfig, EngineUser, FromEngineProcess, ToEngineProcess } from './engine-messages.ts';
import { createFarChild, type FarChild } from './far-child.ts';
import { linePortOf } from './line-port.ts';

/** Process entry: the engine of one project, in a utility process. It starts no process and opens no window itself but asks the main process to. */
const parent = process.parentPort;
const send = (message: FromEngineProcess) => parent.postMessage(message);

const children = new Map<number, FarChild>();
const asked = new Map<number, PromiseWithResolvers<unknown>>();
const prints = new Map<number, (outcome: PrintOutcome) => void>();
let nextId = 1;
let user: EngineUser = { actor: '', threads: 1, provider: 'cpu' };
let engine: Engine | null = null;

process.on('unhandledRejection', (reason) => {
  console.error(reason);
  process.exit(1);
});

/** Only the main process knows what the person chose. @throws AppError what it refused with */
function ask(about: 'source' | 'target', value: string): Promise<unknown> {
  const id = nextId++;
  const question = Promise.withResolvers<unknown>();
  asked.set(id, question);
  send({ type: 'ask', id, about, value });
  return question.promise;
}

function depsOf(config: EngineConfig): EngineDeps {
  return {
    ...config,
    spawn(entry) {
      const id = nextId++;
      const child = createFarChild(() => send({ type: 'kill', id }));
      children.set(id, child);
      send({ type: 'spawn', id, entry });
      return child.port;
    },
    resolveSource: (sourceId) => ask('source', sourceId) as ReturnType<EngineDeps['resolveSource']>,
    resolveTarget: (path) => ask('target', path) as Promise<string>,
    async printPdf(htmlPath, pdfPath, signal) {
      signal.throwIfAborted();
      const id = nextId++;
      const stop = () => send({ type: 'stopPrint', id });
      signal.addEventListener('abort', stop);
      try {
        const outcome = await new Promise<PrintOutcome>((resolve) => {
          prints.set(id, resolve);
          send({ type: 'print', id, htmlPath, pdfPath });
        });
        signal.throwIfAborted();
        return outcome;
      } finally {
        signal.removeEventListener('abort', stop);
        prints.delete(id);
      }
    },
    now: () => new Date(),
    monotonicMs: () => performance.now(),
    threads: () => user.threads,
    provider: () => user.provider,
    log: (entry) => send({ type: 'log', entry }),
  };
}

function serve(opened: Engine, port: MessagePortMain): void {
  serveLine(linePortOf(port), {
    async call(name, input) {
      const reply = await opened.call(name, input, user.actor);
      if (name === 'project.rename') send({ type: 'named', name: opened.name });
      return reply;
    },
    subscribe: (listener) => opened.subscribe(listener),
  });
}

async function close(): Promise<void> {
  await engine?.dispose();
  send({ type: 'closed' });
}

parent.on('message', ({ data, ports }) => {
  const message = data as ToEngineProcess;
  const [port] = ports;
  switch (message.type) {
    case 'open':
      user = message.user;
      openEngine(depsOf(message.config), message.path, message.mode).then(
        (opened) => {
          engine = opened;
          const { projectId, name, encrypted, originalOverwritten } = opened;
          send({ type: 'opened', projectId, name, encrypted, originalOverwritten });
        },
        (error: unknown) => send({ type: 'refused', error: toAppErrorJson(error) }),
      );
      break;
    case 'ping':
      send({ type: 'pong' });
      break;
    case 'user':
      user = message.user;
      break;
    case 'line':
      if (engine !== null && port !== undefined) serve(engine, port);
      send({ type: 'serving', id: message.id });
      break;
    case 'child':
      if (port !== undefined) children.get(message.id)?.connect(port);
      break;
    case 'childExit':
      children.get(message.id)?.ended(message.code);
      children.delete(message.id);
      break;
    case 'answer':
      if (message.reply.ok) asked.get(message.id)?.resolve(message.reply.value);
      else asked.get(message.id)?.reject(fromAppErrorJson(message.reply.error));
      asked.delete(message.id);
      break;
    case 'tryPassword':
      void engine?.opens(message.password).then((opens) => send({ type: 'passwordTried', id: message.id, opens }));
      break;
    case 'lock':
      void engine?.lock().then(() => send({ type: 'idle' }));
      break;
    case 'unlock':
      engine?.unlock();
      break;
    case 'printed':
      prints.get(message.id)?.(message.outcome);
      break;
    case 'close':
      void close();
      break;
  }
});
