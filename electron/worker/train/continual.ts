import { AppError } from '../../../shared/errors/app-error.ts';
import { pickRows } from '../../../shared/train/batches.ts';
import type { Consolidation } from '../../../shared/train/consolidation.ts';
import { fillMemory } from '../../../shared/train/replay.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import type { NamedTensors, TrainSpec } from '../../../shared/train/spec.ts';
import { trainableNames } from '../../../shared/train/trainable.ts';
import { letMessagesIn, runInBatches } from '../batch-runs.ts';
import { createEncoder } from '../ort/encoder.ts';
import { diagonalFisher } from '../ort/fisher.ts';
import type { LabelledTokens } from './loop.ts';

interface Earlier {
  readonly config: RunConfig;
  readonly spec: TrainSpec;
  /** The model as the earlier training left it. */
  readonly weights: NamedTensors;
  /** Its classifier answers the classes of this training. */
  readonly keepsHead: boolean;
  readonly train: LabelledTokens;
  readonly earlier: LabelledTokens | null;
  readonly padId: number;
  readonly threads: number;
  readonly cancel: AbortSignal;
}

interface CarriedOver {
  /** The training's own rows. */
  readonly train: LabelledTokens;
  /** Rows that come again; null for none. */
  readonly memory: LabelledTokens | null;
  readonly consolidation: Consolidation | null;
}

/** Seeds of the rows that are kept and of those that weights are judged by. */
const MEMORY_STREAM = 0x6d656d6f;
const FISHER_STREAM = 0x66697368;

/** What a training takes from the one before it. Made of the seed and the rows alone: a run that is resumed makes the same again.
 *  @throws AppError 'train.continual' */
export async function carriedOver(from: Earlier): Promise<CarriedOver> {
  const { config, spec, weights, keepsHead, train, earlier, padId, threads, cancel } = from;
  const { replay, lwf, ewc } = config.continual ?? {};
  const rowsFor = (part: string, mayUse: boolean) => {
    if (earlier === null || earlier.labels.length === 0 || !mayUse) throw new AppError('train.continual', { part });
    return earlier;
  };
  const kept = (rows: LabelledTokens, places: Int32Array) => ({
    tokens: pickRows(rows.tokens, places),
    labels: places.map((place) => rows.labels[place]!),
  });
  const seed = (stream: number) => (config.seed ^ stream) >>> 0;
  let memory: LabelledTokens | null = null;
  if (replay !== undefined) {
    const rows = rowsFor('replay', true);
    memory = kept(rows, fillMemory(rows.labels, replay, seed(MEMORY_STREAM)));
  }
  const known = { train, memory };
  if (lwf !== undefined) {
    if (!keepsHead) throw new AppError('train.continual', { part: 'LwF' });
    known.train = await withAnswers(from, train);
    known.memory = memory === null ? null : await withAnswers(from, memory);
  }
  if (ewc === undefined) return { ...known, consolidation: null };
  const rows = rowsFor('EWC', keepsHead);
  const judged = fillMemory(rows.labels, { rows: ewc.rows, memory: 'reservoir' }, seed(FISHER_STREAM));
  const onRow = async () => {
    await letMessagesIn();
    cancel.throwIfAborted();
  };
  const fisher = await diagonalFisher(spec, weights, { ...kept(rows, judged), padId, onRow }, { threads });
  const anchor = new Map([...weights].filter(([name]) => trainableNames(spec).has(name)));
  return { ...known, consolidation: { fisher, anchor, strength: ewc.strength } };
}

/** The rows with what the model answers to them before the training. */
async function withAnswers(
  { spec, weights, padId, threads, cancel }: Earlier,
  rows: LabelledTokens,
): Promise<LabelledTokens> {
  const { encoder: config, pooling, head, labels } = spec;
  const encoder = await createEncoder({ encoder: config, pooling, head, labels }, weights, { threads });
  try {
    const run = async (batch: Parameters<typeof encoder.run>[0]) => (await encoder.run(batch)).logits;
    return { ...rows, earlier: await runInBatches(rows.tokens, padId, labels, run, { signal: cancel }) };
  } finally {
    await encoder.dispose();
  }
}
