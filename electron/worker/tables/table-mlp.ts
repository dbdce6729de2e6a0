import type { Tensor } from 'onnxruntime-node';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createRng, shuffle } from '../../../shared/rng.ts';
import { standardise } from '../../../shared/stages/adaptation/tables/design.ts';
import { adamNumbers } from '../../../shared/train/adamw.ts';
import {
  buildMlpGraph,
  initialMlp,
  MLP_ADAM,
  MLP_TENSORS,
  type MlpParameters,
  type MlpTensor,
  mlpLogits,
  mlpShapes,
} from '../../../shared/train/mlp.ts';
import { gradientOutput } from '../../../shared/train/training-graph.ts';
import type { WorkerResults } from '../../../shared/worker/protocol.ts';
import type { TrainedNetwork, TrainTableRequest } from '../../../shared/worker/training.ts';
import { type AdamTensors, adamw, sumOfSquares } from '../adamw/adamw.ts';
import { letMessagesIn } from '../batch-runs.ts';
import type { Spool } from '../open-model.ts';
import { lowerGraph } from '../ort/lower.ts';
import { OrtSession } from '../ort/session.ts';
import { hashOf } from '../train/checkpoint.ts';
import { unlessPaused } from '../train/train-job.ts';
import { openKeptNetworks } from './kept-networks.ts';

interface Control {
  readonly pause: AbortSignal;
  readonly cancel: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  /** So many networks are kept. */
  readonly onKept: (networks: number) => void;
}

/** Trains one small network per fit on rows of a table, all through one session: weights are inputs of the graph. Each stops once the loss on its
 *  dev rows has not fallen for `patience` epochs, and keeps the weights of the best epoch. Equal input and seed give equal weights. Networks that are
 *  done are kept in the spool folder, and a call with the same request goes on behind them; a pause gives up the one under way.
 *  @throws AppError 'train.diverged', 'train.checkpoint'; the reason of `cancel` */
export async function trainTable(
  request: TrainTableRequest & Pick<Spool, 'spoolKey'>,
  control: Control,
): Promise<WorkerResults['trainTable']> {
  const { features, hidden, fits, threads } = request;
  const session = await OrtSession.create(lowerGraph(buildMlpGraph({ features, hidden })), { threads });
  try {
    const networks = await unlessPaused(control.pause, trainAll(session, request, fits, control));
    return networks === null ? { type: 'paused' } : { type: 'finished', networks };
  } finally {
    await session.dispose();
  }
}

async function trainAll(
  session: OrtSession,
  request: TrainTableRequest & Pick<Spool, 'spoolKey'>,
  fits: TrainTableRequest['fits'],
  { pause, cancel, onProgress, onKept }: Control,
): Promise<readonly TrainedNetwork[]> {
  const { spool, spoolKey, checkpointEveryMs } = request;
  const kept = openKeptNetworks(spool, spoolKey, request, hashOfRequest(request));
  const networks = await kept.load();
  const stop = AbortSignal.any([pause, cancel]);
  let saved = networks.length;
  let savedAt = performance.now();
  const save = async () => {
    await kept.save(networks);
    saved = networks.length;
    savedAt = performance.now();
    onKept(saved);
  };
  try {
    for (const [at, fit] of [...fits.entries()].slice(networks.length)) {
      networks.push(await trainOne(session, request, fit, at, stop));
      onProgress(at + 1, fits.length);
      // The last one too: what is measured with them may be stopped as well.
      if (at === fits.length - 1 || performance.now() - savedAt >= checkpointEveryMs) await save();
    }
  } catch (error) {
    if (pause.aborted && !cancel.aborted && networks.length > saved) await save();
    throw error;
  }
  return networks;
}

/** All that the networks depend on. */
function hashOfRequest({ x, event, fits, features, seed, ...request }: TrainTableRequest): string {
  const { hidden, learningRate, weightDecay, batchSize, epochs, patience } = request;
  return hashOf(
    JSON.stringify([features, hidden, learningRate, weightDecay, batchSize, epochs, patience, seed]),
    x,
    event,
    ...fits.flatMap(({ train, dev, mean, deviation }) => [train, dev, mean, deviation]),
  );
}

async function trainOne(
  session: OrtSession,
  request: TrainTableRequest,
  fit: TrainTableRequest['fits'][number],
  index: number,
  stop: AbortSignal,
): Promise<TrainedNetwork> {
  const { features, hidden, event, batchSize, epochs, patience, seed } = request;
  const rng = createRng((seed + index) >>> 0);
  const x = standardise(request.x, fit.train, fit);
  const dev = standardise(request.x, fit.dev, fit);
  const update = createUpdate(session, request, initialMlp({ features, hidden }, rng));
  const order = Int32Array.from(fit.train.keys());
  let best = { loss: Number.POSITIVE_INFINITY, epoch: 0, parameters: update.parameters() };
  for (let epoch = 1; epoch <= epochs && epoch - best.epoch <= patience; epoch++) {
    await letMessagesIn();
    stop.throwIfAborted();
    shuffle(order, rng);
    for (let from = 0; from < order.length; from += batchSize) {
      const rows = order.subarray(from, from + batchSize);
      const batch = new Float32Array(rows.length * features);
      rows.forEach((row, i) => {
        batch.set(x.subarray(row * features, (row + 1) * features), i * features);
      });
      await update.step(
        batch,
        Float32Array.from(rows, (row) => event[fit.train[row]!]!),
      );
    }
    const loss = meanLoss(mlpLogits(update.parameters(), dev), fit.dev, event);
    if (loss < best.loss) best = { loss, epoch, parameters: update.parameters() };
  }
  return { parameters: best.parameters, epochs: best.epoch, devLoss: best.loss };
}

/** Parameters and moments, and the AdamW that updates them in place; biases are not decayed. */
function createUpdate(session: OrtSession, request: TrainTableRequest, initial: MlpParameters) {
  const { features, hidden, learningRate, weightDecay } = request;
  const shapes = mlpShapes({ features, hidden });
  const zeros = (tensor: MlpTensor) => new Float32Array(initial[tensor].length);
  const state = new Map<MlpTensor, AdamTensors>(
    MLP_TENSORS.map((tensor) => [tensor, [initial[tensor].slice(), zeros(tensor), zeros(tensor)]]),
  );
  const gradients = new Map(MLP_TENSORS.map((tensor) => [tensor, zeros(tensor)]));
  let step = 0;
  return {
    parameters: () =>
      Object.fromEntries(
        [...state].map(([tensor, [parameter]]) => [tensor, parameter.slice()]),
      ) as unknown as MlpParameters,
    async step(batch: Float32Array, targets: Float32Array): Promise<void> {
      step++;
      const feeds: Record<string, Tensor> = {
        x: session.tensor(batch, [targets.length, features]),
        targets: session.tensor(targets, [targets.length, 1]),
        loss_weight: session.tensor(Float32Array.of(1 / targets.length), []),
      };
      const loss = new Float32Array(1);
      const fetches: Record<string, Tensor> = { loss: session.tensor(loss, []) };
      for (const [tensor, [parameter]] of state) {
        feeds[tensor] = session.tensor(parameter, shapes[tensor]);
        fetches[gradientOutput(tensor)] = session.tensor(gradients.get(tensor)!, shapes[tensor]);
      }
      await session.run(feeds, fetches);
      const areFinite = [...gradients.values()].every((gradient) => Number.isFinite(sumOfSquares(gradient)));
      if (!Number.isFinite(loss[0]!) || !areFinite) throw new AppError('train.diverged', { step });
      for (const [tensor, tensors] of state) {
        const decayed = shapes[tensor].length > 1;
        const numbers = adamNumbers({ ...MLP_ADAM, weightDecay: decayed ? weightDecay : 0 }, learningRate, step);
        adamw(tensors, gradients.get(tensor)!, { ...MLP_ADAM, clip: 1, ...numbers });
      }
    },
  };
}

function meanLoss(logits: Float64Array, rows: Int32Array, event: Uint8Array): number {
  return (
    logits.reduce((sum, z, i) => {
      const signed = event[rows[i]!] === 1 ? -z : z;
      return sum + Math.max(signed, 0) + Math.log1p(Math.exp(-Math.abs(signed)));
    }, 0) / rows.length
  );
}
