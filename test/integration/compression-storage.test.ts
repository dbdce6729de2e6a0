import { afterAll, beforeAll, expect, it } from 'vitest';
import type {
  CompressionOptions,
  CompressionTechnique,
} from '../../shared/stages/competitiveness/compression/technique.ts';
import { type CompressProject, openCompressProject } from './compress-project.ts';
import type { TestProject } from './testkit.ts';

let opened: CompressProject;
let project: TestProject;
beforeAll(async () => {
  opened = await openCompressProject();
  project = opened.project;
});
afterAll(() => opened?.close());

async function compress(technique: CompressionTechnique, options: CompressionOptions = {}) {
  await project.done('competitiveness.compress', { name: technique, runId: 'R1', technique, options, tolerance: 0.02 });
  const runs = await project.call('competitiveness.runs', {});
  return runs.at(-1)!.result;
}
const GROUPS = ['embeddings', 'layer.0.attention', 'layer.0.feed-forward', 'layer.1.attention', 'layer.1.feed-forward'];
const groupsOf = (record: Awaited<ReturnType<typeof compress>>) =>
  record.gate!.sensitivity!.groups.map(({ group }) => group).toSorted();

it('halves make a smaller file that answers as before', async () => {
  const half = await compress('float16');
  expect(half.gate).toMatchObject({ verdict: 'accepted', comparison: { broken: 0 } });
  expect(groupsOf(half)).toEqual(GROUPS);
  expect(half.sizeMb!).toBeLessThan(half.original!.sizeMb);
});

it('bytes on scales measured beforehand carry their ranges; parts that are kept are neither changed nor tried', async () => {
  const measured = await compress('int8-static', { keep: ['embeddings', 'layer.0.attention'], calibration: 'min-max' });
  expect(groupsOf(measured)).toEqual(GROUPS.filter((group) => !/embeddings|0\.attention/.test(group)));
  const { ranges } = measured.compression!;
  const name = 'bert.encoder.layer.0.intermediate.dense.weight';
  expect(ranges![name]![0]).toBeLessThan(0);
  expect(ranges![name]![1]).toBeGreaterThan(0);
  expect(measured.test.accuracy.value).toBeGreaterThan(measured.gate!.comparison.accuracyDifference.low);
});

it('four bits are smaller than eight', async () => {
  const [eight, four] = [await compress('int8'), await compress('int4')];
  expect(four.test.rows).toBe(eight.test.rows);
  expect(groupsOf(four)).toEqual(GROUPS);
});

it('zeros are left out of the file', async () => {
  const sparse = await compress('magnitude', { share: 0.9 });
  const blocks = await compress('n-m', { keep: ['embeddings'] });
  for (const record of [sparse, blocks]) expect(record.parameters).toBeGreaterThan(0);
  expect(sparse.compression).toMatchObject({ technique: 'magnitude', options: { share: 0.9 } });
  expect(sparse.gate!.verdict).toBe('refused');
  expect(groupsOf(blocks)).toEqual(GROUPS.slice(1));
});
