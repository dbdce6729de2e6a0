import { constants, setPriority } from 'node:os';
import { connectParent } from '../child/parent-port.ts';
import { serveWorker } from './serve.ts';

// ONNX Runtime is loaded by the first request, after this: its telemetry, which newer versions have, stays off.
process.env.ORT_DISABLE_TELEMETRY = '1';
try {
  // Before any thread is made, because threads inherit it: the screen stays quick while a model trains.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
} catch {
  // Not allowed in some containers; the work is the same, only less polite.
}
serveWorker(connectParent());
