import { join } from 'node:path';
import { NO_PROGRESS } from '../../../../../shared/jobs/state.ts';
import {
  type CompressionOptions,
  formatOf,
  pruningOf,
} from '../../../../../shared/stages/competitiveness/compression/technique.ts';
import type { RunRecord } from '../../../../../shared/stages/competitiveness/results.ts';
import type { Pruning } from '../../../../../shared/train/pruning.ts';
import type { Ranges } from '../../../../../shared/train/storage.ts';
import type { WorkerEvent } from '../../../../../shared/worker/protocol.ts';
import type { StepContext } from '../../../artifacts/kind.ts';
import type { CompressionParams } from './compress.ts';
import { distil, trainingFields } from './distil.ts';
import { type Cut, keepCut, keptCut } from './kept-cut.ts';
import type { ModelRequest } from './measure-export.ts';
import { type CompressionRows, joinRows, spreadRows, type TextRows } from './rows.ts';

/** `signal` is aborted by a pause too, `cancel` is not. */
export type MakeContext = StepContext<CompressionParams> & { readonly cancel: AbortSignal };

/** Rows on which gradients and losses are taken: more change the order of what is worth least but little. */
const DECIDING_ROWS = 512;
const PROBE_ROWS = 64;
const CALIBRATION_ROWS = 128;
const PERCENTILE = 99.99;

/** A model made smaller, and what was seen while it was made. */
export interface Made {
  readonly request: ModelRequest;
  /** The file of its weights; null where they are those of its source, stored otherwise. */
  readonly weights: string | null;
  /** Null where nothing was cut. */
  readonly parameters: number | null;
  readonly change: NonNullable<RunRecord['compression']>['change'] | null;
  /** Dev rows that were asked, the scores on them as before, and with one part of what was done alone. */
  readonly probe: TextRows;
  readonly reference: Float32Array;
  readonly groups: readonly { readonly group: string; readonly logits: Float32Array }[];
  /** Fields of the record that tell of a training. */
  readonly training: Pick<
    RunRecord,
    'trainableParameters' | 'steps' | 'bestStep' | 'stoppedEarly' | 'dev' | 'trainDurationMs' | 'provider' | 'notices'
  >;
}

const UNTRAINED: Made['training'] = {
  trainableParameters: 0,
  steps: 0,
  bestStep: null,
  stoppedEarly: false,
  dev: null,
  trainDurationMs: 0,
  notices: [],
};

interface Asked {
  readonly source: ModelRequest;
  /** The run that everything is held against, and how it was trained. */
  readonly original: ModelRequest;
  readonly config: RunRecord['config'];
  readonly options: CompressionOptions;
  readonly rows: CompressionRows;
}

/** Applies the technique to the source model; null where a pause was asked for and a checkpoint is kept. */
export async function makeSmaller(context: MakeContext, asked: Asked): Promise<Made | null> {
  const pruning = pruningOf(context.params.technique, asked.options);
  return pruning === null ? stored(context, asked) : cut(context, asked, pruning);
}

/** The same weights, kept otherwise. */
async function stored(context: MakeContext, { source, rows, options }: Asked): Promise<Made> {
  const { params, worker, signal, progress } = context;
  const precision = formatOf(params.technique);
  const { keep = [] } = options;
  const ranges = precision === 'int8-static' ? await rangesOf(context, source, rows, options) : {};
  const request = { ...source, precision, keep, ranges };
  const probe = spreadRows(rows.dev, PROBE_ROWS);
  const { reference, groups } =
    probe.texts.length === 0
      ? { reference: new Float32Array(), groups: [] }
      : await worker.run(
          { type: 'sensitivity', ...request, texts: probe.texts },
          { signal, onEvent: partsProgress(progress) },
        );
  return { request, weights: null, parameters: null, change: null, probe, reference, groups, training: UNTRAINED };
}

/** Between which values activations lie on training rows. */
async function rangesOf(
  { worker, signal, progress }: MakeContext,
  source: ModelRequest,
  { train }: CompressionRows,
  { calibration }: CompressionOptions,
): Promise<Ranges> {
  progress({ ...NO_PROGRESS, phase: 'calibrating', fraction: 0 });
  const { texts } = spreadRows(train, CALIBRATION_ROWS);
  const percentile = calibration === 'min-max' ? null : PERCENTILE;
  const { ranges } = await worker.run({ type: 'calibrate', ...source, texts, percentile }, { signal });
  return ranges;
}

async function cut(context: MakeContext, asked: Asked, pruning: Pruning): Promise<Made | null> {
  const { source, config, rows, options } = asked;
  const probe = spreadRows(rows.dev, PROBE_ROWS);
  const file = join(context.spoolFolder, 'cut.safetensors');
  const trains = (options.epochs ?? 0) > 0;
  const made = (await keptCut(context, asked)) ?? (await cutNow(context, asked, { pruning, probe, file, trains }));
  const { parameters, before, after, reference, groups, teacher } = made;
  const precision = formatOf(context.params.technique);
  const student = { ...source, tuned: file, precision, keep: options.keep ?? [] };
  const trained = trains ? await distil(context, { student, teacher, config, options, rows }) : null;
  if (trains && trained === null) return null;
  const weights = trained?.tunedFile ?? file;
  return {
    request: { ...student, tuned: weights },
    weights,
    parameters,
    change: precision === 'sparse' ? null : { before, after },
    probe,
    reference,
    groups,
    training: trained === null ? UNTRAINED : trainingFields(trained, rows.dev.texts.length),
  };
}

interface ToCut {
  readonly pruning: Pruning;
  readonly probe: TextRows;
  readonly file: string;
  /** Whether what is left learns the original's answers. */
  readonly trains: boolean;
}

/** Cuts, and where a training follows has the original answer all training rows and keeps what was found. */
async function cutNow(context: MakeContext, asked: Asked, { pruning, probe, file, trains }: ToCut): Promise<Cut> {
  const { worker, signal, progress } = context;
  const { source, original, rows } = asked;
  // Words are kept of every text that is no test row; a layer's worth shows on some.
  const data =
    pruning.technique === 'vocabulary' ? joinRows(rows.train, rows.dev) : spreadRows(rows.train, DECIDING_ROWS);
  progress({ ...NO_PROGRESS, phase: 'cutting', fraction: 0 });
  const { bytes: _bytes, ...pruned } = await worker.run(
    { type: 'prune', ...source, pruning, data, probe: probe.texts, file },
    { signal, onEvent: partsProgress(progress) },
  );
  if (!trains) return { ...pruned, teacher: new Float32Array() };
  const { logits } = await worker.run({ type: 'classify', ...original, texts: rows.train.texts }, { signal });
  const found = { ...pruned, teacher: logits };
  await keepCut(context, asked, found);
  return found;
}

const PARTS_SHARE = 0.5;

function partsProgress(progress: MakeContext['progress']): (event: WorkerEvent) => void {
  return (event) => {
    if (event.type !== 'progress') return;
    const { done, total } = event;
    const fraction = PARTS_SHARE * (done / Math.max(1, total));
    progress({ ...NO_PROGRESS, phase: 'sensitivity', fraction, done, total, unit: 'parts' });
  };
}
