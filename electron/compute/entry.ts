import { toAppErrorJson } from '../../shared/errors/app-error.ts';
import { connectParent } from '../child/parent-port.ts';
import type { ComputeReply, ComputeRequest } from './protocol.ts';
import { runTask } from './tasks.ts';

const parent = connectParent();
const reply = (message: ComputeReply) => parent.send(message);
const waiting = new Map<number, () => void>();

parent.onMessage((message) => {
  const request = message as ComputeRequest;
  if (request.type === 'ack') {
    waiting.get(request.id)?.();
    waiting.delete(request.id);
    return;
  }
  if (request.type === 'ping') {
    reply({ type: 'alive', id: request.id });
    return;
  }
  const { id, task, input } = request;
  runTask(task, input, {
    progress: (progress) => reply({ type: 'progress', id, progress }),
    batch: (batch) =>
      new Promise((resolve) => {
        waiting.set(id, resolve);
        reply({ type: 'batch', id, batch });
      }),
  }).then(
    (output) => reply({ type: 'done', id, output }),
    (error: unknown) => reply({ type: 'failed', id, error: toAppErrorJson(error) }),
  );
});
