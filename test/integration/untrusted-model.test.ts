import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChildPort } from '../../electron/engine/deps.ts';
import { createWorkerClient, type WorkerClient } from '../../electron/engine/jobs/worker-client.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import { MANIFEST_FILE, MOST_FILE_BYTES, type ModelManifest } from '../../electron/models/model-folder.ts';
import type { AppError } from '../../shared/errors/app-error.ts';
import { readText } from './testkit.ts';
import { writeTinyModel } from './tiny-model.ts';

/** T22. A model folder that somebody made to harm, its manifest agreeing with it. Each is refused before anything of it is run, well inside this bound, and the same process serves the next request. */
const LONGEST_REFUSAL_MS = 10_000;

const WEIGHTS = 'model.safetensors';
const CONFIG = 'config.json';
const TOKENIZER = 'tokenizer.json';
const TENSOR = 'encoder.layer.0.attention.self.query.weight';

let home: string;
let good: string;
let child: ChildPort;
let started = 0;
let client: WorkerClient;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'untrusted-model-'));
  good = join(home, 'good');
  await writeTinyModel(good);
  client = createWorkerClient(() => {
    started++;
    child = forkEntry('worker');
    return child;
  });
  await embed(good);
});
afterAll(() => {
  client?.dispose();
  rmSync(home, { recursive: true, force: true });
});

const embed = (folder: string) =>
  client.run({ type: 'embed', folder, hash: null, tuned: null, texts: ['card lost'], maxLength: 32, threads: 1 });

type Header = Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>;

/** The weights taken apart, changed and put together again. */
function weights(change: (header: Header, data: Buffer) => { header: object | string; data?: Buffer }): Buffer {
  const bytes = readFileSync(join(good, WEIGHTS));
  const length = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.subarray(8, 8 + length).toString('utf8')) as Header;
  const data = Buffer.from(bytes.subarray(8 + length));
  const changed = change(header, data);
  const text = Buffer.from(typeof changed.header === 'string' ? changed.header : JSON.stringify(changed.header));
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([size, text, changed.data ?? data]);
}
const tensorName = (header: Header) => Object.keys(header).find((name) => name.endsWith(TENSOR))!;
const withValue = (value: number) =>
  weights((header, data) => {
    data.writeFloatLE(value, header[tensorName(header)]!.data_offsets[0]);
    return { header, data };
  });
const json = (file: string, change: (value: Record<string, unknown>) => unknown) =>
  JSON.stringify(change(JSON.parse(readFileSync(join(good, file), 'utf8'))));

type Content = string | Buffer | { readonly sparseBytes: number };
interface Case {
  readonly file: string;
  readonly content: () => Content;
  readonly code: string;
  /** What the error says besides the file. */
  readonly says: RegExp;
}
const file = (name: string, content: () => Content, says: RegExp, code = 'model.file'): Case => ({
  file: name,
  content,
  code,
  says,
});
const HOSTILE = '^(a+)+$';

const CASES: Readonly<Record<string, Case>> = {
  'weights cut short': file(WEIGHTS, () => readFileSync(join(good, WEIGHTS)).subarray(0, -100), /tensor \S+ ends at/),
  'weights of random bytes': file(WEIGHTS, () => Buffer.alloc(4096, 0xa5), /header of \d+ bytes/),
  'a header of 2^63 bytes': file(
    WEIGHTS,
    () => Buffer.concat([Buffer.from([0, 0, 0, 0, 0, 0, 0, 0x80]), Buffer.from('{}')]),
    /header of 9223372036854775808 bytes/,
  ),
  'a header nested a million deep': file(
    WEIGHTS,
    () => weights(() => ({ header: `{"a":${'['.repeat(1e6)}` })),
    /not JSON/,
  ),
  'a name of nine million characters': file(
    WEIGHTS,
    () => weights((header) => ({ header: { ['n'.repeat(9e6)]: header[tensorName(header)] } })),
    /name has 9000000 characters|not JSON/,
  ),
  'overlapping offsets': file(
    WEIGHTS,
    () =>
      weights((header) => {
        header[tensorName(header)]!.data_offsets =
          header[Object.keys(header).find((name) => /key.weight/.test(name))!]!.data_offsets;
        return { header };
      }),
    /tensor \S+ begins at [\d\u202f]+, not [\d\u202f]+/,
  ),
  'a tensor twice': file(
    WEIGHTS,
    () =>
      weights((header) => {
        const name = tensorName(header);
        return {
          header: JSON.stringify(header).replace('{', `{${JSON.stringify(name)}:${JSON.stringify(header[name])},`),
        };
      }),
    /attention\.self\.query\.weight appears twice/,
  ),
  'a weight that is not a number': file(
    WEIGHTS,
    () => withValue(Number.NaN),
    /query\.weight holds a value that is not finite/,
  ),
  'an infinite weight': file(
    WEIGHTS,
    () => withValue(Number.NEGATIVE_INFINITY),
    /query\.weight holds a value that is not finite/,
  ),
  'over 10 000 tensors': file(
    WEIGHTS,
    () =>
      weights((header) => {
        const empty = { dtype: 'F32', shape: [0], data_offsets: [0, 0] };
        return {
          header: { ...Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`t${i}`, empty])), ...header },
        };
      }),
    /tensors are over the limit/,
  ),
  'a name of 257 characters': file(
    WEIGHTS,
    () =>
      weights((header) => ({
        header: { ...header, ['n'.repeat(257)]: { dtype: 'F32', shape: [0], data_offsets: [0, 0] } },
      })),
    /name has 257 characters/,
  ),
  'a shape of 4·10^11 elements': file(
    WEIGHTS,
    () =>
      weights((header) => {
        header[tensorName(header)]!.shape = [400_000, 1_000_000];
        return { header };
      }),
    /query\.weight has [\d\u202f]+ bytes for shape/,
  ),
  'weights of 3 GB': file(WEIGHTS, () => ({ sparseBytes: 3e9 }), /over the limit/),
  'weights of another size than config.json says': file(
    CONFIG,
    () => json(CONFIG, (config) => ({ ...config, intermediate_size: 128 })),
    /intermediate/,
    'model.tensor-shape',
  ),
  'fewer layers than config.json says': file(
    CONFIG,
    () => json(CONFIG, (config) => ({ ...config, num_hidden_layers: 3 })),
    /layer\.2\./,
    'model.tensor-missing',
  ),
  'a million layers': file(
    CONFIG,
    () => json(CONFIG, (config) => ({ ...config, num_hidden_layers: 1e6 })),
    /num_hidden_layers/,
  ),
  'a config.json of 2 MB': file(
    CONFIG,
    () => json(CONFIG, (config) => ({ ...config, note: 'x'.repeat(2e6) })),
    /larger than 1 MB/,
  ),
  'a tokenizer.json of 200 MB': file(TOKENIZER, () => ({ sparseBytes: 2e8 }), /larger than 64 MB/),
  'a tokenizer.json that is no JSON': file(TOKENIZER, () => '{"model":', /not valid JSON/),
  'a tokenizer that splits by an expression of its own': file(
    TOKENIZER,
    () =>
      json(TOKENIZER, (tokenizer) => ({ ...tokenizer, pre_tokenizer: { type: 'Split', pattern: { Regex: HOSTILE } } })),
    /pre_tokenizer is of the unknown type Split/,
  ),
  'a tokenizer that hides an expression in a sequence': file(
    TOKENIZER,
    () =>
      json(TOKENIZER, (tokenizer) => ({
        ...tokenizer,
        normalizer: {
          type: 'Sequence',
          normalizers: [{ type: 'NFC' }, { type: 'Replace', pattern: { Regex: HOSTILE }, content: '' }],
        },
      })),
    /normalizer has an expression of its own: \^\(a\+\)\+\$/,
  ),
  'a tokenizer of an unknown kind': file(
    TOKENIZER,
    () => json(TOKENIZER, (tokenizer) => ({ ...tokenizer, model: { type: 'constructor' } })),
    /model is of the unknown type constructor/,
  ),
  'a tokenizer with 10 001 added tokens': file(
    TOKENIZER,
    () =>
      json(TOKENIZER, (tokenizer) => ({
        ...tokenizer,
        added_tokens: Array.from({ length: 10_001 }, (_, id) => ({ id, content: `t${id}` })),
      })),
    /added_tokens/,
  ),
};

/** The good model with one file replaced, and a manifest that vouches for it. */
function tamperedModel(name: string, replaced: string, content: Content): string {
  const folder = join(home, name.replaceAll(/\W/g, '-'));
  cpSync(good, folder, { recursive: true });
  const path = join(folder, replaced);
  if (typeof content === 'object' && 'sparseBytes' in content) {
    writeFileSync(path, '');
    truncateSync(path, content.sparseBytes);
  } else writeFileSync(path, content);
  const manifest = JSON.parse(readFileSync(join(folder, MANIFEST_FILE), 'utf8')) as ModelManifest;
  const files = manifest.files.map((entry) =>
    entry.path === replaced ? { ...entry, ...named(path, content) } : entry,
  );
  writeFileSync(join(folder, MANIFEST_FILE), JSON.stringify({ ...manifest, files }));
  return folder;
}

function named(path: string, content: Content): { bytes: number; sha256: string } {
  // What is refused for its size is refused before it is read.
  if (typeof content === 'object' && 'sparseBytes' in content && content.sparseBytes > MOST_FILE_BYTES) {
    return { bytes: content.sparseBytes, sha256: 'f'.repeat(64) };
  }
  const bytes = readFileSync(path);
  return { bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

it.each(Object.entries(CASES))('%s is refused by file and place, and the process lives on', async (name, bad) => {
  const folder = tamperedModel(name, bad.file, bad.content());
  const askedAt = performance.now();
  const error = await embed(folder).then(
    () => null,
    (refusal: AppError) => refusal,
  );
  const tookMs = performance.now() - askedAt;
  rmSync(folder, { recursive: true });
  expect(error).toMatchObject({ code: bad.code });
  expect(error).toMatchObject({ params: { file: bad.code === 'model.file' ? bad.file : WEIGHTS } });
  expect(readText(error)).toMatch(bad.says);
  expect(tookMs).toBeLessThan(LONGEST_REFUSAL_MS);
  expect((await embed(good)).dimensions).toBe(32);
  expect(started).toBe(1);
});
