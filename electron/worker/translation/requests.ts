import type { PackInfo } from '../../../shared/translation/pack.ts';
import { DIRECTIONS, directionOf } from '../../../shared/translation/pack.ts';
import type { WorkerResults } from '../../../shared/worker/protocol.ts';
import type { CheckTranslationRequest, TranslateRequest } from '../../../shared/worker/translation.ts';
import { packInfo, readPackManifest, verifyPack } from '../../models/translation-pack.ts';
import type { BatchRunOptions } from '../batch-runs.ts';
import type { Spool } from '../open-model.ts';
import { hashOf } from '../train/checkpoint.ts';
import { unlessPaused } from '../train/train-job.ts';
import { openKeptTranslations, type Passes } from './kept-translations.ts';
import { openTranslator, type Translated } from './translator.ts';

const PROBE = { 'zh-en': '好', 'en-zh': 'good' } as const;
const PROBE_LENGTH = 6;

/** Compares a pack with its checksums and has each direction translate a word. @throws AppError 'model.file', 'model.hash' */
export async function checkTranslation({ folder, threads }: CheckTranslationRequest): Promise<PackInfo> {
  const manifest = await readPackManifest(folder);
  await verifyPack(folder, manifest);
  for (const direction of DIRECTIONS) {
    const translator = await openTranslator(folder, direction, threads);
    try {
      await translator.translate([PROBE[direction]], { decoding: 'greedy', seed: 0, maxLength: PROBE_LENGTH });
    } finally {
      await translator.dispose();
    }
  }
  return packInfo(manifest);
}

interface Control extends BatchRunOptions {
  readonly pause: AbortSignal;
  /** So many of the two translations of each text are kept. */
  readonly onKept: (done: number) => void;
}

/** Texts into the other language and back. What is done is kept in the spool folder, and a call with the same request goes on from there.
 *  @throws AppError 'model.file', 'model.hash', 'train.checkpoint'; the reason of the signal */
export async function backTranslate(
  request: TranslateRequest & Spool,
  control: Control,
): Promise<WorkerResults['backTranslate']> {
  const result = await unlessPaused(control.pause, thereAndBack(request, control));
  return result ?? { type: 'paused' };
}

async function thereAndBack(
  { folder, from, texts, decoding, seed, threads, spool, spoolKey, checkpointEveryMs }: TranslateRequest & Spool,
  { signal, pause, onProgress, onKept }: Control,
): Promise<WorkerResults['backTranslate']> {
  const manifest = await readPackManifest(folder);
  await verifyPack(folder, manifest);
  const total = 2 * texts.length;
  const of = hashOf(JSON.stringify([texts, decoding, seed, manifest]));
  const kept = openKeptTranslations(spool, spoolKey, from, of);
  let done = await kept.load();
  let keptAt = performance.now();
  const pass = async (name: keyof Passes, given: readonly string[], before: number): Promise<readonly Translated[]> => {
    if (done[name].length === given.length) return [...done[name]].sort((a, b) => a.row - b.row);
    const direction = directionOf((name === 'there') === (from === 'zh') ? 'zh' : 'en');
    const translator = await openTranslator(folder, direction, threads);
    try {
      return await translator.translate(given, {
        decoding,
        seed,
        signal,
        onProgress: (rows) => onProgress?.(before + rows, total),
        done: done[name],
        async onBatch(rows) {
          done = { ...done, [name]: [...rows] };
          if (performance.now() - keptAt < checkpointEveryMs && !pause.aborted && rows.length < given.length) return;
          await kept.save(done);
          keptAt = performance.now();
          onKept(before + rows.length);
          pause.throwIfAborted();
        },
      });
    } finally {
      await translator.dispose();
    }
  };
  const there = await pass('there', texts, 0);
  const back = await pass(
    'back',
    there.map(({ text }) => text),
    texts.length,
  );
  return {
    type: 'finished',
    pack: packInfo(manifest),
    between: there.map(({ text }) => text),
    texts: back.map(({ text }) => text),
    cut: Uint8Array.from(back, ({ cut }, row) => (cut || there[row]!.cut ? 1 : 0)),
  };
}
