import { totalmem } from 'node:os';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Progress } from '../../../shared/jobs/state.ts';
import type { TrainingPlan } from '../../../shared/stages/competitiveness/training-plan.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import { memoryFit, trainingTime } from '../../../shared/train/training-cost.ts';
import { CHECKPOINT_EVERY_MS, type MeasureTrainingRequest } from '../../../shared/worker/training.ts';
import type { StepContext } from '../artifacts/kind.ts';
import { createWorkerClient } from './worker-client.ts';

const BYTES_PER_MB = 1_000_000;
/** After so much time of updates no further one is begun: a person waits for the answer. */
const MOST_MS = 15_000;

type Asked = Omit<MeasureTrainingRequest, 'type' | 'config' | 'spool' | 'mostMs' | 'provider' | 'threads'>;
type Context = Pick<StepContext<unknown>, 'deps' | 'spoolFolder' | 'spoolKey' | 'signal' | 'progress'>;

/** Measures recipes one after another, each in a process that has done nothing else, so that its memory is the recipe's own.
 *  @throws AppError of the model, the data or a training; the reason of the signal */
export async function planTraining(
  { deps, spoolFolder, spoolKey, signal, progress }: Context,
  askedOf: (config: RunConfig) => Asked,
  configs: readonly RunConfig[],
): Promise<Omit<TrainingPlan, 'modelId' | 'trainRows' | 'devRows'>> {
  const [threads, provider] = [deps.threads(), deps.provider()];
  const freeMemoryMb = process.availableMemory() / BYTES_PER_MB;
  const recipes: TrainingPlan['recipes'] = [];
  for (const [at, config] of configs.entries()) {
    const tell = (share: number) => progress(progressOf(at + share, configs.length));
    tell(0);
    const worker = createWorkerClient(() => deps.spawn('worker'), deps.quietAfterMs, spoolKey);
    try {
      const cost = await worker.run(
        { type: 'measureTraining', ...askedOf(config), config, spool: spoolFolder, mostMs: MOST_MS, threads, provider },
        { signal, onEvent: (event) => event.type === 'progress' && tell(event.done / Math.max(1, event.total)) },
      );
      const { peakMemoryMb, trainableParameters, updates } = cost;
      const time = trainingTime(cost, CHECKPOINT_EVERY_MS);
      const fit = memoryFit(peakMemoryMb, freeMemoryMb);
      recipes.push({ config, measured: { updates, time, peakMemoryMb, trainableParameters, fit } });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'internal.process-lost' || signal.aborted) throw error;
      recipes.push({ config, measured: null });
    } finally {
      worker.dispose();
    }
  }
  return { threads, provider, freeMemoryMb, totalMemoryMb: totalmem() / BYTES_PER_MB, recipes };
}

function progressOf(done: number, total: number): Progress {
  const fraction = done / total;
  return { fraction, phase: 'measuring', done: Math.floor(done), total, unit: 'recipes', rate: null, etaMs: null };
}
