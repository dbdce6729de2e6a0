import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packInfo, readPackManifest, verifyPack } from '../../electron/models/translation-pack.ts';
import { openTranslator, type Translated, type Translator } from '../../electron/worker/translation/translator.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { DIRECTIONS, type Direction } from '../../shared/translation/pack.ts';
import { createStoppableWorker } from './stoppable-worker.ts';
import { CREATE, openTestProject, readText, type TestProject } from './testkit.ts';
import { plainScenario, prepareTinyProject, TINY, tinyTraining, writeTinyModels } from './tiny-project.ts';

const refusal = (asked: Promise<unknown>): Promise<AppError | null> =>
  asked.then(
    () => null,
    (error: AppError) => error,
  );

/** A pack of random weights (test/golden/marian.py), held against transformers' own `generate`. */
const PACK = resolve(import.meta.dirname, '../golden/marian');
interface Golden {
  readonly directions: Readonly<
    Record<
      Direction,
      readonly { readonly text: string; readonly answer: readonly number[]; readonly decoded: string }[]
    >
  >;
}
const GOLDEN = JSON.parse(readFileSync(`${PACK}.json`, 'utf8')) as Golden;
/** What the golden answers were cut to. */
const MAX_LENGTH = 24;
const GREEDY = { decoding: 'greedy', seed: 1, maxLength: MAX_LENGTH } as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'translation-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(DIRECTIONS)('%s', (direction) => {
  let translator: Translator;
  const rows = GOLDEN.directions[direction];
  const texts = rows.map(({ text }) => text);
  beforeAll(async () => {
    translator = await openTranslator(PACK, direction, 1);
  });
  afterAll(() => translator.dispose());

  it('answers token by token what transformers answers greedily, alone and in a batch', async () => {
    const together = await translator.translate(texts, GREEDY);
    expect(together.map(({ ids }) => ids)).toEqual(rows.map(({ answer }) => answer));
    expect(together.map(({ cut }) => cut)).toEqual(rows.map(({ answer }) => answer.length === MAX_LENGTH));
    for (const [row, text] of texts.entries()) {
      const [alone] = await translator.translate([text], GREEDY);
      expect(alone!.ids).toEqual(rows[row]!.answer);
    }
  });

  it('puts pieces together as the tokenizer of transformers does', async () => {
    const translated = await translator.translate(texts, GREEDY);
    expect(translated.map(({ text }) => text)).toEqual(rows.map(({ decoded }) => decoded));
  });

  it('goes on behind any batch as if it had not been stopped', async () => {
    const many = Array.from({ length: 70 }, (_, row) => `${texts[row % texts.length]!} ${row}`);
    const sampled = { ...GREEDY, maxLength: 8, decoding: 'sampled', seed: 3 } as const;
    const batches: (readonly Translated[])[] = [];
    const whole = await translator.translate(many, {
      ...sampled,
      onBatch: async (done) => void batches.push([...done]),
    });
    expect(batches.map(({ length }) => length)).toEqual([32, 64, 70]);
    expect(whole.map(({ row }) => row)).toEqual([...many.keys()]);
    for (const done of batches) expect(await translator.translate(many, { ...sampled, done })).toEqual(whole);
  });

  it('draws the same again under the same seed, other words under another, and can be stopped', async () => {
    const drawn = (seed: number) => translator.translate(texts, { ...GREEDY, decoding: 'sampled', seed });
    const first = await drawn(3);
    expect(await drawn(3)).toEqual(first);
    expect(await drawn(4)).not.toEqual(first);
    const stopped = translator.translate(texts, { ...GREEDY, signal: AbortSignal.abort(new Error('stopped')) });
    await expect(stopped).rejects.toThrow('stopped');
  });
});

describe('a pack from anybody', () => {
  const copied = (change: (path: string) => void): string => {
    const path = mkdtempSync(join(folder, 'pack-'));
    cpSync(PACK, path, { recursive: true });
    change(path);
    return path;
  };
  const edited = (path: string, name: string, change: (text: string) => string) =>
    writeFileSync(join(path, name), change(readFileSync(join(path, name), 'utf8')));

  it('says what it is and is compared with its checksums', async () => {
    const manifest = await readPackManifest(PACK);
    await verifyPack(PACK, manifest);
    expect(packInfo(manifest)).toMatchObject({ id: 'tiny-marian', licence: 'CC0-1.0', source: 'random weights' });
    const changed = copied((path) => edited(path, 'zh-en/config.json', (text) => text.replace('32', '33')));
    await expect(verifyPack(changed, manifest)).rejects.toMatchObject({
      code: 'model.hash',
      params: { file: 'zh-en/config.json' },
    });
  });

  it.each([
    ['without a licence', (text: string) => text.replace('"LICENSE"', '"README"'), 'licence'],
    ['with a file outside of it', (text: string) => text.replace('"LICENSE"', '"../LICENSE"'), 'files.8.path'],
    ['with a file above its folder', (text: string) => text.replace('zh-en/config.json', 'zh-en/..'), 'files.0.path'],
    [
      'with a direction less',
      (text: string) => text.replace('en-zh/decoder_model', 'en-zh/decoder'),
      'en-zh/decoder_model.onnx',
    ],
    ['of another format', (text: string) => text.replace('translation/1', 'translation/9'), 'format'],
  ])('is refused %s', async (_what, change, named) => {
    const path = copied((at) => edited(at, 'pack.json', change));
    const error = await refusal(readPackManifest(path));
    expect(error).toMatchObject({ code: 'model.file', params: { file: 'pack.json' } });
    expect(readText(error)).toContain(named);
  });

  const onnx = (path: string, change: (bytes: Buffer) => Buffer) => {
    const file = join(path, 'zh-en', 'encoder_model.onnx');
    writeFileSync(file, change(readFileSync(file)));
  };
  /** A field of the protobuf message `ModelProto` behind all others. */
  const behind =
    (...bytes: number[]) =>
    (whole: Buffer) =>
      Buffer.concat([whole, Buffer.from(bytes)]);
  const bytesOf = (text: string) => [...Buffer.from(text)];
  it.each([
    ['cut short', (whole: Buffer) => whole.subarray(0, whole.length - 7), 'cut short'],
    ['that is no model', () => Buffer.from('{}'), 'not an ONNX file'],
    // opset_import (8) { domain (1): "evil" }
    ['with operators of somebody else', behind(0x42, 6, 0x0a, 4, ...bytesOf('evil')), 'evil'],
    // functions (25) { }
    ['with functions of its own', behind(0xca, 0x01, 0), 'functions'],
    ['with a second graph', behind(0x3a, 0), 'two graphs'],
  ])('has no file %s opened', async (_what, change, named) => {
    const path = copied((at) => onnx(at, change));
    const error = await refusal(openTranslator(path, 'zh-en', 1));
    expect(error).toMatchObject({ code: 'model.file', params: { file: 'zh-en/encoder_model.onnx' } });
    expect(readText(error)).toContain(named);
  });

  it('says which file is wrong where its sizes are not those of its config.json', async () => {
    const wider = (text: string) =>
      text.replace(/("d_model": )(\d+)/, (_, key: string, width: string) => `${key}${2 * Number(width)}`);
    const path = copied((at) => edited(at, 'zh-en/config.json', wider));
    const translator = await openTranslator(path, 'zh-en', 1);
    await expect(translator.translate(['a'], GREEDY)).rejects.toMatchObject({
      code: 'model.file',
      params: { file: 'zh-en/encoder_model.onnx' },
    });
    await translator.dispose();
  });

  it('has no file with other ports opened', async () => {
    const path = copied((at) => cpSync(join(at, 'zh-en/decoder_model.onnx'), join(at, 'zh-en/encoder_model.onnx')));
    expect(readText(await refusal(openTranslator(path, 'zh-en', 1)))).toContain('attention_mask');
  });
});

const ROWS = 100;
const TRAIN_ROWS = 80;

describe('back-translation in a project', () => {
  let project: TestProject;
  const worker = createStoppableWorker();
  const runs = async () => (await project.call('competitiveness.runs', {})).map(({ result }) => result);
  const training = (() => {
    const plain = tinyTraining(0.5);
    const augmentation = { techniques: ['backtranslation' as const], copies: 1, rate: 0.1 };
    return { ...plain, config: { ...plain.config, augmentation } };
  })();
  const packFolder = () => join(folder, 'user-pack');
  beforeAll(async () => {
    const modelsFolder = await writeTinyModels(folder);
    const deps = { modelsFolder, packFolder: packFolder(), spawn: worker.spawn, threads: () => 1 };
    project = await openTestProject(join(folder, 'tiny.csw'), CREATE, deps);
    await prepareTinyProject(
      project,
      folder,
      (text, row) => (row % 4 === 0 ? `卡丢了 ${row}` : `${text} ${row}`),
      ROWS,
    );
  });
  afterAll(() => project.engine.dispose());
  const make = (minSimilarity: number) =>
    project.done('competitiveness.makeParaphrases', { modelId: TINY, decoding: 'sampled', minSimilarity, seed: 7 });

  it('says without a pack that none comes along, and does not train on back-translations that nobody made', async () => {
    await expect(make(0.5)).rejects.toMatchObject({ code: 'translation.no-pack' });
    await expect(project.done('competitiveness.train', training)).rejects.toMatchObject({
      code: 'artifact.input-missing',
      params: { slot: 'competitiveness.paraphrases' },
    });
  });

  it('keeps what came back with the same meaning, shows every row, and adds what was kept to the training rows alone', async () => {
    cpSync(PACK, packFolder(), { recursive: true });
    await make(0.2);
    const { result } = (await project.call('competitiveness.paraphrases', {}))!;
    expect(result).toMatchObject({
      pack: { id: 'tiny-marian' },
      rows: TRAIN_ROWS,
      decoding: 'sampled',
      minSimilarity: 0.2,
    });
    expect(result.kept + result.empty + result.same + result.changed).toBe(TRAIN_ROWS);
    expect(result.kept).toBeGreaterThan(10);
    const shown = await project.call('competitiveness.paraphraseRows', { outcome: 'kept', from: 0, count: 200 });
    expect(shown.total).toBe(result.kept);
    expect(shown.rows.every(({ similarity }) => similarity >= 0.2)).toBe(true);

    await project.done('competitiveness.train', training);
    const distinct = new Set<string>();
    for (let from = 0; from < result.kept; from += 200) {
      const page = await project.call('competitiveness.paraphraseRows', { outcome: 'kept', from, count: 200 });
      for (const { paraphrase } of page.rows) distinct.add(paraphrase);
    }
    expect((await runs())[0]).toMatchObject({ addedRows: distinct.size });
  });

  it('killed while it translates, and paused when it went on, ends as if nobody had stopped it', async () => {
    const made = async () => {
      const { artifact, result } = (await project.call('competitiveness.paraphrases', {}))!;
      const rows = ['kept', 'changed'] as const;
      const pages = rows.map((outcome) =>
        project.call('competitiveness.paraphraseRows', { outcome, from: 0, count: 200 }),
      );
      return { artifact, result, rows: await Promise.all(pages) };
    };
    const whole = await made();
    worker.at(
      (_step, checkpoints) => checkpoints === 3,
      (child) => child.kill(),
    );
    const choice = { modelId: TINY, decoding: 'sampled' as const, minSimilarity: 0.2, seed: 7 };
    const { jobId } = await project.call('competitiveness.makeParaphrases', choice);
    const checkpoint = join(`${project.engine.path}-spool`, jobId);
    expect((await project.settled(jobId)).state).toEqual({ type: 'interrupted', checkpoint });

    worker.at(
      (_step, checkpoints) => checkpoints === 1,
      () => void project.call('jobs.pause', { jobId }),
    );
    await project.call('jobs.resume', { jobId });
    expect((await project.settled(jobId)).state).toEqual({ type: 'paused', checkpoint });
    await project.call('jobs.resume', { jobId });
    expect((await project.settled(jobId)).state.type).toBe('succeeded');
    // 32 English rows were there when it was killed, and all when it was paused: nothing of them is translated again.
    const [there = 0] = worker.kept;
    expect(there).toBeGreaterThan(32);
    expect(worker.kept).toEqual([there, there + 32, 2 * there]);
    const resumed = await made();
    expect(resumed.artifact.id).not.toBe(whole.artifact.id);
    expect({ ...resumed, artifact: null }).toEqual({ ...whole, artifact: null });
    expect(existsSync(checkpoint)).toBe(false);
  });

  it('does the same for the training rows of a scenario of stage 3, which are others', async () => {
    await project.call('adaptation.saveScenario', {
      scenarioId: null,
      scenario: plainScenario('Chat', { datasetId: 'd1', labelColumn: 'c1', filter: null }),
    });
    const scenarioId = 'S1';
    await project.done('adaptation.buildData', { scenarioId, testShare: 0.25, devShare: 0.15, seed: 7 });
    const adapting = { scenarioId, sourceId: 'R1', recipe: 'continue' as const, reject: false, seed: 7 };
    const adapt = () => project.done('adaptation.adapt', { ...adapting, name: 'Chat', config: training.config });
    const slot = 'competitiveness.paraphrases:S1';
    await expect(adapt()).rejects.toMatchObject({ code: 'artifact.input-missing', params: { slot } });
    const choice = { scenarioId, modelId: TINY, decoding: 'sampled' as const, minSimilarity: 0.2, seed: 7 };
    await project.done('competitiveness.makeParaphrases', choice);
    const { result } = (await project.call('competitiveness.paraphrases', { scenarioId }))!;
    const data = (await project.call('adaptation.data', { scenarioId }))!.result;
    expect(result.rows).toBe(data.train);
    const kept = { scenarioId, outcome: 'kept' as const, from: 0, count: 200 };
    const { rows, total } = await project.call('competitiveness.paraphraseRows', kept);
    expect(total).toBe(result.kept);
    await project.done('adaptation.planTraining', {
      scenarioId,
      sourceId: 'R1',
      recipe: 'continue',
      configs: [training.config],
    });
    await adapt();
    const models = await project.call('adaptation.models', {});
    expect(models.at(-1)!.result.addedRows).toBe(new Set(rows.map(({ paraphrase }) => paraphrase)).size);
  });

  it('takes none that is too unlike its text', async () => {
    await make(1);
    const { result } = (await project.call('competitiveness.paraphrases', {}))!;
    expect(result.kept).toBe(0);
    expect(result.changed).toBeGreaterThan(10);
  });

  it('does not read a pack that was changed after it was installed', async () => {
    writeFileSync(join(packFolder(), 'zh-en', 'tokenizer.json'), '{}');
    await expect(make(0.5)).rejects.toMatchObject({ code: 'model.hash', params: { file: 'zh-en/tokenizer.json' } });
  });
});
