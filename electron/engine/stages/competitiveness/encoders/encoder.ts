import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../../../shared/errors/app-error.ts';
import { createRng, shuffle } from '../../../../../shared/rng.ts';
import {
  type TunedEncoder,
  tunedEncoderSchema,
} from '../../../../../shared/stages/competitiveness/encoders/contract.ts';
import { labelsResultSchema } from '../../../../../shared/stages/competitiveness/results.ts';
import { contrastiveSchema } from '../../../../../shared/train/contrastive-config.ts';
import { CHECKPOINT_EVERY_MS } from '../../../../../shared/worker/training.ts';
import { readUnderKey } from '../../../../files/sealed-file.ts';
import { modelHash, readManifest } from '../../../../models/model-folder.ts';
import { modelFolderOf } from '../../../../models/model-folders.ts';
import { defineKind } from '../../../artifacts/kind.ts';
import { labelledTextInputs, labelledTexts } from '../labels.ts';
import { splitRowsOf } from '../split.ts';
import { updateProgress } from '../training-curve.ts';

export const encoderSlot = (id: string) => `competitiveness.encoder:${id}`;

/** Every pair of test rows is compared: beyond these their number would take minutes and tell no more. Drawn at random, as a file may be in order of
 *  its labels. */
const MOST_TEST_ROWS = 2000;
const FEWEST_CLASSES = 2;
/** Share of the time that tuning takes. */
const TUNING_SHARE = 0.9;

/** A base encoder that was taught by the training rows which texts belong together. */
export const encoderKind = defineKind({
  name: 'competitiveness.encoder',
  stage: 'competitiveness',
  lane: 'train',
  revision: 1,
  params: z.strictObject({
    name: z.string(),
    modelId: z.string(),
    contrastive: contrastiveSchema,
    batchSize: z.int(),
    maxLength: z.int(),
  }),
  result: tunedEncoderSchema,
  pausable: true,
  outsideHash: ['tookMs'],
  training: true,
  inputs: (_params, slots) => [...labelledTextInputs(slots), 'competitiveness.split'],
  defaultParams: () => null,
  async run({
    key,
    params,
    seed,
    input,
    store,
    worker,
    compute,
    deps,
    spoolFolder,
    spoolKey,
    signal,
    pause,
    progress,
  }) {
    const { name, modelId, contrastive, batchSize, maxLength } = params;
    const labels = input('competitiveness.labels');
    const { classes } = labelsResultSchema.parse(labels.result);
    if (classes.length < FEWEST_CLASSES) {
      throw new AppError('stats.too-few', { what: 'classes', n: classes.length, needed: FEWEST_CLASSES });
    }
    const { rows, train, test } = splitRowsOf(store, labels, input('competitiveness.split'));
    const texts = labelledTexts(store, rows);
    const pick = (places: Int32Array) => ({
      texts: Array.from(places, (place) => texts[place] ?? ''),
      labels: places.map((place) => rows.label[place]!),
    });
    const folder = modelFolderOf(deps, modelId);
    const hash = modelHash(await readManifest(folder));
    const model = { folder, hash, maxLength, threads: deps.threads() };
    const file = join(spoolFolder, 'encoder.safetensors');
    const tuned = await worker.run(
      {
        type: 'tuneEncoder',
        ...model,
        tuned: null,
        contrastive,
        train: pick(train),
        classes: classes.length,
        batchSize,
        seed,
        file,
        spool: spoolFolder,
        resume: true,
        checkpointEveryMs: CHECKPOINT_EVERY_MS,
      },
      {
        signal,
        pause,
        onEvent(event) {
          if (event.type === 'contrasted') progress(updateProgress('contrast', TUNING_SHARE, event.tick));
        },
      },
    );
    if (tuned.type === 'paused') return { type: 'paused' };
    const { steps, trainMs } = tuned;
    // What is left is begun again after a pause.
    const stop = AbortSignal.any([signal, pause]);
    const held = pick(
      test.length <= MOST_TEST_ROWS ? test : shuffle(test.slice(), createRng(seed)).slice(0, MOST_TEST_ROWS),
    );
    const vectorsOf = async (tuned: string | null) =>
      (await worker.run({ type: 'embed', ...model, tuned, texts: held.texts }, { signal: stop })).vectors;
    const recall = await compute.run(
      'competitiveness.recall',
      { before: await vectorsOf(null), after: await vectorsOf(file), labels: held.labels, seed },
      { signal: stop },
    );
    const result: TunedEncoder = {
      id: key,
      name,
      modelId,
      modelHash: hash,
      contrastive,
      batchSize,
      maxLength,
      classes: classes.length,
      trainRows: train.length,
      steps,
      recall,
      tookMs: trainMs,
    };
    return { type: 'done', result, parts: { weights: await readUnderKey(file, spoolKey) } };
  },
});
