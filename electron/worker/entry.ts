import { connectParent } from '../child/parent-port.ts';
import { serveWorker } from './serve.ts';

// ONNX Runtime is loaded by the first request, after this: its telemetry, which newer versions have, stays off.
process.env.ORT_DISABLE_TELEMETRY = '1';
serveWorker(connectParent());
