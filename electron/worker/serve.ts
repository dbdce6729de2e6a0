import { join } from 'node:path';
import { BugError, toAppErrorJson } from '../../shared/errors/app-error.ts';
import { rowLengths } from '../../shared/train/batches.ts';
import {
  type FromWorker,
  toWorkerSchema,
  type WorkerEvent,
  type WorkerRequest,
  type WorkerResults,
} from '../../shared/worker/protocol.ts';
import { asDiskFailure } from '../child/disk-failure.ts';
import type { ParentPort } from '../child/parent-port.ts';
import type { SealKey } from '../files/sealed-file.ts';
import { calibrate } from './compress/calibrate.ts';
import { pruneModel } from './compress/prune.ts';
import { explain } from './explain/explain.ts';
import { measureFaithfulness } from './explain/faithfulness.ts';
import { exportModel } from './export.ts';
import { exportHub } from './hub/export-hub.ts';
import { createInference } from './infer.ts';
import { inspectModel } from './inspect.ts';
import { measureFile } from './measure-file.ts';
import { exportJob } from './portable/export-job.ts';
import { importResult } from './portable/import-result.ts';
import { measureGemm } from './probe.ts';
import { selectHead } from './select-head.ts';
import { measureSensitivity } from './sensitivity.ts';
import { trainTable } from './tables/table-mlp.ts';
import { openTokenizer } from './tokenizer.ts';
import { measureTraining } from './train/measure-training.ts';
import { runTrainJob } from './train/train-job.ts';
import { tuneEncoder } from './train/tune-encoder.ts';
import { backTranslate, checkTranslation } from './translation/requests.ts';
import { tryProvider } from './try-provider.ts';

const PROGRESS_EVERY_MS = 200;

interface Running {
  readonly id: number;
  readonly pause: AbortController;
  readonly cancel: AbortController;
}

/** Thrown inside the worker when the engine cancels; it never leaves it. */
class Cancelled extends Error {}

/** Answers the engine, one request at a time. */
export function serveWorker(parent: ParentPort): void {
  const inference = createInference();
  let running: Running | null = null;
  const send = (message: FromWorker) => parent.send(message);

  const run = (
    asked: WorkerRequest,
    { pause, cancel }: Running,
    spoolKey: SealKey,
    emit: (event: WorkerEvent) => void,
  ): Promise<Result> => {
    const onProgress = throttled((done, total) => emit({ type: 'progress', done, total }));
    const options = { signal: cancel.signal, onProgress };
    const request = { ...asked, spoolKey };
    switch (request.type) {
      case 'train':
        return runTrainJob(request, { pause: pause.signal, cancel: cancel.signal, emit });
      case 'measureTraining':
        return measureTraining(request, options);
      case 'embed':
        return inference.embed(request, options);
      case 'classify':
        return inference.classify(request, options);
      case 'latency':
        return inference.latency(request, options);
      case 'export':
        return exportModel(request);
      case 'inspectModel':
        return inspectModel(request, inference, options);
      case 'exportHub':
        return exportHub(request);
      case 'exportJob':
        return exportJob(request, cancel.signal);
      case 'importResult':
        return importResult(request);
      case 'measureFile':
        return measureFile(request, options);
      case 'sensitivity':
        return measureSensitivity(request, options);
      case 'explain':
        return explain(request, options);
      case 'faithfulness':
        return measureFaithfulness(request, options);
      case 'calibrate':
        return calibrate(request, options);
      case 'prune':
        return pruneModel(request, options);
      case 'selectHead':
        return selectHead(request);
      case 'trainTable':
        return trainTable(request, {
          pause: pause.signal,
          cancel: cancel.signal,
          onProgress,
          onKept: (step) => emit({ type: 'checkpointed', step }),
        });
      case 'tuneEncoder':
        return tuneEncoder(request, { pause: pause.signal, cancel: cancel.signal, emit });
      case 'memory':
        return Promise.resolve({ residentMb: process.memoryUsage.rss() / 1e6 });
      case 'countTokens':
        return openTokenizer(join(request.folder, 'tokenizer.json')).then((tokenizer) => ({
          lengths: rowLengths(tokenizer.encode(request.texts, Number.MAX_SAFE_INTEGER).tokens),
        }));
      case 'tryProvider':
        return tryProvider(request.provider, request.threads);
      case 'checkTranslation':
        return checkTranslation(request);
      case 'backTranslate':
        return backTranslate(request, {
          ...options,
          pause: pause.signal,
          onKept: (step) => emit({ type: 'checkpointed', step }),
        });
      case 'probe':
        return measureGemm(request.threads).then((gemmGflops) => ({
          gemmGflops,
          provider: 'cpu',
          threads: request.threads,
        }));
    }
  };

  parent.onMessage((message) => {
    const checked = toWorkerSchema.safeParse(message);
    if (!checked.success) {
      const error = toAppErrorJson(new BugError(`not a message of this worker: ${checked.error.message}`));
      send({ type: 'failed', id: idOf(message), error });
      return;
    }
    const parsed = checked.data;
    if (parsed.type === 'ping') {
      send({ type: 'alive', id: parsed.id });
      return;
    }
    if (parsed.type !== 'run') {
      if (running?.id === parsed.id) (parsed.type === 'pause' ? running.pause : running.cancel).abort(new Cancelled());
      return;
    }
    const { id, request, spoolKey } = parsed;
    if (running !== null) {
      send({ type: 'failed', id, error: toAppErrorJson(new BugError('the worker is busy')) });
      return;
    }
    const control: Running = { id, pause: new AbortController(), cancel: new AbortController() };
    running = control;
    run(request, control, spoolKey, (event) => send({ type: 'event', id, event }))
      .then(
        (result): FromWorker => ({ type: 'done', id, result }),
        (error: unknown): FromWorker =>
          error instanceof Cancelled
            ? { type: 'cancelled', id }
            : { type: 'failed', id, error: toAppErrorJson(asDiskFailure(error)) },
      )
      .then((reply) => {
        running = null;
        send(reply);
      });
  });
}

type Result = WorkerResults[WorkerRequest['type']];

/** The id of a message that is otherwise wrong, so that its sender hears of it; -1 where it has none. */
function idOf(message: unknown): number {
  const { id } = (message ?? {}) as { id?: unknown };
  return typeof id === 'number' ? id : -1;
}

function throttled(report: (done: number, total: number) => void): (done: number, total: number) => void {
  let reportedAt = Number.NEGATIVE_INFINITY;
  return (done, total) => {
    const now = performance.now();
    if (now - reportedAt < PROGRESS_EVERY_MS && done < total) return;
    reportedAt = now;
    report(done, total);
  };
}
