import { existsSync } from 'node:fs';
import { z } from 'zod';
import { packStrings } from '../../../../shared/data/string-table.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { NO_PROGRESS } from '../../../../shared/jobs/state.ts';
import {
  type PARAPHRASE,
  type ParaphraseRow,
  type ParaphrasesResult,
  paraphraseOutcome,
  paraphrasesResultSchema,
} from '../../../../shared/stages/competitiveness/paraphrases.ts';
import type { RunConfig } from '../../../../shared/train/run-config.ts';
import {
  DECODINGS,
  type PackInfo,
  TRANSLATION_LANGUAGES,
  translatedFrom,
} from '../../../../shared/translation/pack.ts';
import type { WorkerEvent } from '../../../../shared/worker/protocol.ts';
import { CHECKPOINT_EVERY_MS } from '../../../../shared/worker/training.ts';
import { modelHash, readManifest } from '../../../models/model-folder.ts';
import { modelFolderOf } from '../../../models/model-folders.ts';
import { defineKind, keyOf, type StepContext } from '../../artifacts/kind.ts';
import { asFloat32, asStrings, bytesOf } from '../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { dataSlot, scenarioRows } from '../adaptation/data.ts';
import { labelledTextInputs, labelledTexts } from './labels.ts';
import { inputArtifact } from './project-model.ts';
import { splitRowsOf } from './split.ts';

export const PARAPHRASES = 'competitiveness.paraphrases';
/** Of the training rows of stage 2, or of a scenario. */
export const paraphraseSlot = (scenarioId?: string) =>
  scenarioId === undefined ? PARAPHRASES : `${PARAPHRASES}:${scenarioId}`;
const SAME_TEXT_LENGTH = 256;

const paramsSchema = z.strictObject({
  /** The encoder by whose vectors meaning is compared. */
  modelId: z.string(),
  decoding: z.enum(DECODINGS),
  minSimilarity: z.number().min(0).max(1),
});
type Params = z.output<typeof paramsSchema>;

/** Training rows said in the other language and back: kept, so that every run that uses them sees the same, and a person can look at them. */
export const paraphrasesKind = defineKind<Params, ParaphrasesResult>({
  name: PARAPHRASES,
  stage: 'competitiveness',
  lane: 'infer',
  revision: 1,
  params: paramsSchema,
  result: paraphrasesResultSchema,
  pausable: true,
  training: false,
  inputs: (_params, slots, scenarioId) =>
    scenarioId === '' ? [...labelledTextInputs(slots), 'competitiveness.split'] : [dataSlot(scenarioId)],
  defaultParams: () => null,
  async run(context) {
    const { key: scenarioId, params, input, store, deps, worker, signal, pause, progress } = context;
    if (!existsSync(deps.packFolder)) throw new AppError('translation.no-pack', {});
    const texts =
      scenarioId === ''
        ? trainTexts(store, input('competitiveness.labels'), input('competitiveness.split'))
        : scenarioTrainTexts(store, input(dataSlot(scenarioId)));
    const report = (fraction: number, done: number) =>
      progress({ ...NO_PROGRESS, phase: 'translating', fraction, done, total: texts.length, unit: 'texts' });
    const translation = await translated(context, texts, report);
    if (translation === null) return { type: 'paused' };
    const { answers, pack } = translation;

    const folder = modelFolderOf(deps, params.modelId);
    const hash = modelHash(await readManifest(folder));
    const similarity = new Float32Array(texts.length);
    const asked = [...texts.keys()].filter((row) => answers[row] !== '');
    if (asked.length > 0) {
      const embed = {
        type: 'embed',
        folder,
        hash,
        tuned: null,
        maxLength: SAME_TEXT_LENGTH,
        threads: deps.threads(),
      } as const;
      const given = asked.map((row) => texts[row]!);
      const { vectors, dimensions } = await worker.run(
        { ...embed, texts: [...given, ...asked.map((row) => answers[row]!)] },
        // The translations are kept; what is left is begun again after a pause.
        { signal: AbortSignal.any([signal, pause]) },
      );
      asked.forEach((row, at) => {
        const [a, b] = [at * dimensions, (asked.length + at) * dimensions];
        for (let k = 0; k < dimensions; k++) similarity[row]! += vectors[a + k]! * vectors[b + k]!;
      });
    }
    const outcomes = texts.map((text, row) =>
      paraphraseOutcome(text, answers[row]!, similarity[row]!, params.minSimilarity),
    );
    const count = (wanted: (typeof PARAPHRASE)[number]) => outcomes.filter((outcome) => outcome === wanted).length;
    const table = packStrings(answers);
    return {
      type: 'done',
      result: {
        pack,
        modelId: params.modelId,
        decoding: params.decoding,
        minSimilarity: params.minSimilarity,
        rows: texts.length,
        kept: count('kept'),
        empty: count('empty'),
        same: count('same'),
        changed: count('changed'),
      },
      parts: {
        textBytes: table.bytes,
        textOffsets: bytesOf(table.offsets),
        similarity: bytesOf(similarity),
      },
    };
  },
});

function trainTexts(store: ProjectStore, labels: ArtifactRecord, split: ArtifactRecord): string[] {
  const { rows, train } = splitRowsOf(store, labels, split);
  const all = labelledTexts(store, rows);
  return Array.from(train, (index) => all[index] ?? '');
}

function scenarioTrainTexts(store: ProjectStore, data: ArtifactRecord): string[] {
  const { texts, train } = scenarioRows(store, data);
  return Array.from(train, (at) => texts[at]!);
}

/** Each text as it came back; '' where it, or what came between, had to be cut. Null where a pause was asked for. */
async function translated(
  { params, seed, deps, worker, signal, pause, spoolFolder }: StepContext<Params>,
  texts: readonly string[],
  report: (fraction: number, done: number) => void,
): Promise<{ readonly answers: readonly string[]; readonly pack: PackInfo } | null> {
  const answers: string[] = texts.map(() => '');
  let pack: PackInfo | null = null;
  let before = 0;
  for (const from of TRANSLATION_LANGUAGES) {
    const rows = [...texts.keys()].filter((row) => translatedFrom(texts[row]!) === from);
    if (rows.length === 0) continue;
    const onEvent = (event: WorkerEvent) => {
      if (event.type !== 'progress') return;
      const done = before + rows.length * (event.done / Math.max(1, event.total));
      report(done / texts.length, Math.floor(done));
    };
    const answered = await worker.run(
      {
        type: 'backTranslate',
        folder: deps.packFolder,
        from,
        texts: rows.map((row) => texts[row]!),
        decoding: params.decoding,
        seed,
        threads: deps.threads(),
        spool: spoolFolder,
        checkpointEveryMs: CHECKPOINT_EVERY_MS,
      },
      { signal, pause, onEvent },
    );
    if (answered.type === 'paused') return null;
    pack = answered.pack;
    rows.forEach((row, at) => {
      if (answered.cut[at] === 0) answers[row] = answered.texts[at]!;
    });
    before += rows.length;
  }
  if (pack === null) throw new AppError('stats.too-few', { what: 'rows', n: 0, needed: 1 });
  return { answers, pack };
}

interface ReadParaphrases {
  readonly answers: readonly string[];
  readonly similarity: Float32Array;
}

function readParaphrases(store: ProjectStore, artifact: ArtifactRecord): ReadParaphrases {
  return {
    answers: asStrings(store.part(artifact, 'textBytes'), store.part(artifact, 'textOffsets')),
    similarity: asFloat32(store.part(artifact, 'similarity')),
  };
}

const usesParaphrases = ({ augmentation }: RunConfig) => augmentation?.techniques.includes('backtranslation') === true;

/** The slot that a training of this recipe reads besides its rows. */
export const paraphraseInputs = (config: RunConfig, scenarioId?: string): readonly string[] =>
  usesParaphrases(config) ? [paraphraseSlot(scenarioId)] : [];

/** What augmentation may use of each training text, null elsewhere; nothing for a recipe that asks for none. */
export function paraphrasesFor(
  { store, input }: Pick<StepContext<unknown>, 'store' | 'input'>,
  config: RunConfig,
  texts: readonly string[],
  {
    scenarioId,
    shown = (text) => text,
  }: { readonly scenarioId?: string; readonly shown?: (text: string) => string } = {},
): { readonly paraphrases?: (string | null)[] } {
  if (!usesParaphrases(config)) return {};
  const artifact = input(paraphraseSlot(scenarioId));
  const { minSimilarity } = paraphrasesResultSchema.parse(artifact.result);
  const { answers, similarity } = readParaphrases(store, artifact);
  const paraphrases = texts.map((text, row) => {
    const answer = answers[row] ?? '';
    return paraphraseOutcome(text, answer, similarity[row] ?? 0, minSimilarity) === 'kept' ? shown(answer) : null;
  });
  return { paraphrases };
}

/** Every training row with what came back, as they were made. */
export function paraphraseRows(store: ProjectStore, artifact: ArtifactRecord): ParaphraseRow[] {
  const { minSimilarity } = paraphrasesResultSchema.parse(artifact.result);
  const scenarioId = keyOf(artifact.slot);
  const of = (slot: string) => inputArtifact(store, artifact, slot);
  const texts =
    scenarioId === ''
      ? trainTexts(store, of('competitiveness.labels'), of('competitiveness.split'))
      : scenarioTrainTexts(store, of(dataSlot(scenarioId)));
  const { answers, similarity } = readParaphrases(store, artifact);
  return texts.map((text, row) => {
    const paraphrase = answers[row] ?? '';
    const outcome = paraphraseOutcome(text, paraphrase, similarity[row] ?? 0, minSimilarity);
    return { text, paraphrase, similarity: similarity[row] ?? 0, outcome };
  });
}
