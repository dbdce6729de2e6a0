import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkerClient, type WorkerClient } from '../../electron/engine/jobs/worker-client.ts';
import { resolveFileSources } from '../../electron/hosting/file-sources.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import { createSources } from '../../electron/hosting/sources.ts';
import { readOnnxConfig } from '../../electron/models/onnx-only.ts';
import { ENCODER_RULES } from '../../electron/worker/onnx-only/operators.ts';
import { checkOnnx } from '../../electron/worker/ort/check-onnx.ts';
import { readSafetensors } from '../../electron/worker/ort/safetensors.ts';
import type { Input } from '../../shared/contract/index.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { because } from '../../shared/errors/reasons.ts';
import { CREATE, openTestProject, readText, type TestProject } from './testkit.ts';
import { prepareTinyProject, tinyTraining, writeTinyModels } from './tiny-project.ts';

/** An encoder that is an ONNX file alone (MPNet, which no family here is): its vectors are those of transformers (test/golden/onnx-encoder.py); what
 *  takes weights by name is refused with a reason; a file made to harm is refused before ONNX Runtime sees it. */

const GOLDEN = resolve(import.meta.dirname, '../golden/onnx-encoder');
const SENTENCES = resolve(import.meta.dirname, '../golden/families/roberta/sentences.json');
let home: string;
let project: TestProject;
let client: WorkerClient;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'onnx-only-'));
  const deps = { modelsFolder: await writeTinyModels(home), ownModelsFolder: join(home, 'own') };
  project = await openTestProject(join(home, 'p.csw'), CREATE, { ...deps, threads: () => 1, log: () => undefined });
  await prepareTinyProject(project, home);
  await project.done('competitiveness.importModel', from(GOLDEN, 'mpnet'));
  client = createWorkerClient(() => forkEntry('worker'));
});
afterAll(async () => {
  client.dispose();
  await project.engine.dispose();
  rmSync(home, { recursive: true, force: true });
});

function from(folder: string, id: string): Input<'competitiveness.importModel'> {
  const input = { id, name: id, languages: ['en'], files: `folder:${folder}` };
  return resolveFileSources(input, '/', createSources({ pathsAsIds: true })) as Input<'competitiveness.importModel'>;
}

it('says what it is, and gives the vectors that transformers gives, whatever stands beside a text in its batch', async () => {
  const { result } = (await project.call('competitiveness.importedModel', { modelId: 'mpnet' }))!;
  expect(result).toMatchObject({
    ...{ family: 'mpnet', layers: 2, hiddenSize: 16, heads: null, maxLength: 40, tokenizer: 'BPE' },
    ...{ storedAs: ['ONNX'], trainable: false },
  });
  const { sentences } = JSON.parse(readFileSync(SENTENCES, 'utf8')) as { sentences: string[] };
  const ask = (texts: string[]) =>
    client.run({
      type: 'embed',
      folder: join(home, 'own/mpnet'),
      hash: null,
      tuned: null,
      texts,
      maxLength: 40,
      threads: 1,
    });
  const expected = (await readSafetensors(join(GOLDEN, 'expected.safetensors'))).get('mean')!.data;
  const together = (await ask(sentences)).vectors;
  const alone = await Promise.all(sentences.map((text) => ask([text])));
  for (const vectors of [together, Float32Array.from(alone.flatMap((answer) => [...answer.vectors]))]) {
    expect(vectors).toHaveLength(expected.length);
    expect(Math.max(...vectors.map((value, i) => Math.abs(value - expected[i]!)))).toBeLessThan(1e-4);
  }
});

it('serves as the frozen encoder of the simplest methods and finds topics', async () => {
  await project.done('competitiveness.measureFloors', { modelId: 'mpnet', seed: 1 });
  const floors = (await project.call('competitiveness.floors', {}))!.result.floors;
  expect(floors.find(({ type }) => type === 'frozen')).toMatchObject({ modelId: 'mpnet' });
  await project.done('demand.discoverTopics', { topics: 3, modelId: 'mpnet', seed: 1 });
  expect((await project.call('demand.topics', {}))!.result.topics).toHaveLength(3);
});

it('what takes weights by name is refused, and says why and what to do', async () => {
  const refused = { code: 'model.onnx-only', params: { model: 'mpnet' } };
  const training = tinyTraining(1);
  for (const request of ['competitiveness.train', 'competitiveness.exportJob'] as const)
    expect(await project.refusal(request, { ...training, modelId: 'mpnet' })).toMatchObject(refused);
  const folder = join(home, 'own/mpnet');
  const ref = { folder, hash: null, tuned: null, classes: 2, texts: ['a'], maxLength: 8, threads: 1 };
  await expect(client.run({ type: 'classify', ...ref })).rejects.toMatchObject(refused);
  await expect(client.run({ type: 'sensitivity', ...ref })).rejects.toMatchObject(refused);
});

it('a folder that does not say how wide the model is, is refused for that', async () => {
  const folder = mkdtempSync(join(home, 'narrow-'));
  const { hidden_size: _width, ...config } = JSON.parse(readFileSync(join(GOLDEN, 'config.json'), 'utf8'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
  const problem = because('no-width', {});
  await expect(readOnnxConfig(folder)).rejects.toMatchObject({ code: 'model.file', params: { problem } });
});

describe('a file made to harm', () => {
  const good = readFileSync(join(GOLDEN, 'model.onnx'));
  const message = (field: number, write: (writer: BinaryWriter) => void, into = new BinaryWriter()) => {
    into.tag(field, WireType.LengthDelimited).fork();
    write(into);
    return into.join();
  };
  /** The good file with more in its graph: repeated messages of protobuf are merged by their readers, so it is put inside. */
  const withInGraph = (write: (writer: BinaryWriter) => void) => message(7, write).finish();
  const node = (operator: string, more: (writer: BinaryWriter) => void = () => undefined) =>
    withInGraph((graph) =>
      message(
        1,
        (w) => {
          w.tag(3, WireType.LengthDelimited).string('bad');
          w.tag(4, WireType.LengthDelimited).string(operator);
          more(w);
        },
        graph,
      ),
    );
  const tensor = (write: (writer: BinaryWriter) => void) =>
    withInGraph((graph) =>
      message(
        5,
        (w) => {
          write(w);
          w.tag(8, WireType.LengthDelimited).string('weights');
        },
        graph,
      ),
    );

  it.each<readonly [string, Uint8Array, RegExp]>([
    ['random bytes', Buffer.alloc(5_000, 0xa5), /not an ONNX file/],
    ['nothing', Buffer.alloc(0), /no graph/],
    ['the good one cut short', good.subarray(0, good.length >> 1), /not an ONNX file/],
    ['an operator that runs other graphs', node('Loop'), /operator Loop .*node “bad”/],
    [
      'an operator of another maker',
      node('Add', (w) => w.tag(7, WireType.LengthDelimited).string('com.evil')),
      /com\.evil\.Add/,
    ],
    ['a graph inside a node', node('Add', (w) => message(5, (a) => message(6, () => undefined, a), w)), /graph inside/],
    ['weights in another file', tensor((w) => w.tag(14, WireType.Varint).int32(1)), /weights lies in another file/],
    [
      'weights in another file, not said twice',
      tensor((w) => message(13, () => undefined, w)),
      /weights lies in another file/,
    ],
    [
      '10^12 numbers in a few bytes',
      tensor((w) => w.tag(1, WireType.Varint).int64(1e12)),
      /weights.*1\u202f000\u202f000\u202f000\u202f000 numbers/,
    ],
    ['a negative size', tensor((w) => w.tag(1, WireType.Varint).int64(-1)), /no valid shape/],
    ['functions of its own', message(25, () => undefined).finish(), /functions/],
    [
      'sparse weights of a constant',
      node('Constant', (w) => message(5, (a) => message(22, () => undefined, a), w)),
      /sparse tensors/,
    ],
    [
      'a graph in what is given as a number',
      // Taken for a length, the number would hide the graph behind it.
      (() => {
        const hidden = node('Loop');
        const number = new BinaryWriter().tag(7, WireType.Varint).uint32(hidden.length).finish();
        return Buffer.concat([number, hidden]);
      })(),
      /not an ONNX file/,
    ],
    ['two graphs', Buffer.concat([good, node('Add')]), /two graphs/],
  ])('%s', (_, bytes, says) => {
    let error: AppError | null = null;
    try {
      checkOnnx(bytes, 'model.onnx', ENCODER_RULES);
    } catch (refusal) {
      error = refusal as AppError;
    }
    expect(error).toMatchObject({ code: 'model.file', params: { file: 'model.onnx' } });
    expect(readText(error)).toMatch(says);
  });

  it('is not kept, and the same process goes on', async () => {
    const folder = join(home, 'bad');
    cpSync(GOLDEN, folder, { recursive: true });
    writeFileSync(join(folder, 'model.onnx'), node('Loop'));
    await expect(project.done('competitiveness.importModel', from(folder, 'bad'))).rejects.toMatchObject({
      code: 'model.file',
    });
    const config = JSON.parse(readFileSync(join(GOLDEN, 'config.json'), 'utf8')) as object;
    cpSync(join(GOLDEN, 'model.onnx'), join(folder, 'model.onnx'));
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ ...config, hidden_size: 24 }));
    await expect(project.done('competitiveness.importModel', from(folder, 'bad'))).rejects.toMatchObject({
      code: 'model.file',
    });
    const listed = await project.call('competitiveness.baseModels', {});
    expect(listed.map(({ id, trainable }) => [id, trainable])).toEqual([
      ['tiny', true],
      ['mpnet', false],
    ]);
  });
});
