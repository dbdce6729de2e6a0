import type { PackInfo } from '../../../shared/translation/pack.ts';
import { DIRECTIONS, directionOf } from '../../../shared/translation/pack.ts';
import type { WorkerResults } from '../../../shared/worker/protocol.ts';
import type { CheckTranslationRequest, TranslateRequest } from '../../../shared/worker/translation.ts';
import { packInfo, readPackManifest, verifyPack } from '../../models/translation-pack.ts';
import type { BatchRunOptions } from '../batch-runs.ts';
import { openTranslator } from './translator.ts';

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

/** Texts into the other language and back. @throws AppError 'model.file', 'model.hash'; the reason of the signal */
export async function backTranslate(
  { folder, from, texts, decoding, seed, threads }: TranslateRequest,
  { signal, onProgress }: BatchRunOptions,
): Promise<WorkerResults['backTranslate']> {
  const manifest = await readPackManifest(folder);
  await verifyPack(folder, manifest);
  const total = 2 * texts.length;
  const pass = async (direction: (typeof DIRECTIONS)[number], given: readonly string[], before: number) => {
    const translator = await openTranslator(folder, direction, threads);
    try {
      return await translator.translate(given, {
        decoding,
        seed,
        ...(signal === undefined ? {} : { signal }),
        onProgress: (done) => onProgress?.(before + done, total),
      });
    } finally {
      await translator.dispose();
    }
  };
  const there = await pass(directionOf(from), texts, 0);
  const back = await pass(
    directionOf(from === 'zh' ? 'en' : 'zh'),
    there.map(({ text }) => text),
    texts.length,
  );
  return {
    pack: packInfo(manifest),
    between: there.map(({ text }) => text),
    texts: back.map(({ text }) => text),
    cut: Uint8Array.from(back, ({ cut }, row) => (cut || there[row]!.cut ? 1 : 0)),
  };
}
