import { afterAll, beforeAll, expect, it } from 'vitest';
import type { EvidenceRef } from '../../shared/contract/evidence.ts';
import { type CompressProject, MODEL, openCompressProject, splitAgain } from './compress-project.ts';
import type { TestProject } from './testkit.ts';

let opened: CompressProject;
let project: TestProject;
beforeAll(async () => {
  opened = await openCompressProject();
  project = opened.project;
});
afterAll(() => opened?.close());

const compress = (tolerance: number) =>
  project.done('competitiveness.compress', { name: 'Tiny int8', runId: 'R1', technique: 'int8', tolerance });
const result = async (runId: string) => {
  const view = await project.call('competitiveness.run', { runId });
  if (view === null) throw new Error(`no ${runId}`);
  return view.result;
};
const total = async (ref: EvidenceRef) => (await project.call('project.rows', { ref, offset: 0, limit: 1 })).total;

it('a compressed run is measured like a run, beside its original and row by row against it', async () => {
  await compress(0.02);
  const [original, small] = [await result('R1'), await result('C1')];
  expect(small).toMatchObject({ id: 'C1', name: 'Tiny int8', kind: 'compressed', modelId: MODEL });
  expect(small.compression).toMatchObject({ parentId: 'R1', technique: 'int8' });
  expect(small.testLock).toBe(original.testLock);
  expect(small.test.rows).toBe(original.test.rows);
  // Tiny weights are small beside the graph itself; the sizes are those of the files.
  expect(small.sizeMb!).toBeGreaterThan(0);
  expect(small.sizeMb!).toBeLessThan(small.original!.sizeMb);
  expect(small.latency!.repeats).toBe(small.original!.latency.repeats);
  expect(small.peakMemoryMb!).toBeGreaterThan(0);

  const gate = small.gate!;
  const direct = await project.call('competitiveness.compare', { runId: 'C1', referenceId: 'R1' });
  expect(gate.comparison.rows).toBe(small.test.rows);
  expect(gate.comparison.accuracyDifference.value).toBeCloseTo(
    small.test.accuracy.value - original.test.accuracy.value,
    12,
  );
  expect(gate.comparison).toEqual(direct);
  for (const change of ['fixed', 'broken'] as const) {
    expect(await total({ type: 'difference', runId: 'C1', referenceId: 'R1', change })).toBe(gate.comparison[change]);
  }
  expect(gate.sensitivity!.groups.map(({ group }) => group).toSorted()).toEqual([
    'embeddings',
    'layer.0.attention',
    'layer.0.feed-forward',
    'layer.1.attention',
    'layer.1.feed-forward',
  ]);
  const changes = gate.sensitivity!.groups.map(({ logitChange }) => logitChange);
  expect(changes).toEqual(changes.toSorted((a, b) => b - a));
  expect(changes.at(-1)!).toBeGreaterThan(0);
});

it('stands in every list that a run stands in, and its step is done', async () => {
  const runs = await project.call('competitiveness.runs', {});
  expect(runs.map(({ result: { id } }) => id)).toEqual(['R1', 'C1']);
  const found = await project.call('project.search', { text: 'Tiny int8', limit: 5 });
  expect(found).toEqual([{ type: 'run', id: 'C1', title: 'Tiny int8' }]);
  const { stages } = await project.call('project.overview', {});
  const steps = stages.find(({ id }) => id === 'competitiveness')!.steps;
  expect(steps.find(({ id }) => id === 'compression')!.status).toBe('done');
});

it('repeated it is the same: what a clock decides is outside its hash', async () => {
  await compress(0.02);
  const strip = ({
    latency: _l,
    peakMemoryMb: _m,
    original: _o,
    id: _i,
    gate,
    ...rest
  }: Awaited<ReturnType<typeof result>>) => ({
    ...rest,
    gate: { ...gate, comparison: { ...gate!.comparison, runId: '' } },
  });
  expect(strip(await result('C2'))).toEqual(strip(await result('C1')));
});

it('is stale once its original is trained anew, and is refused for a run that is not there', async () => {
  const missing = { name: 'x', runId: 'R9', technique: 'int8', tolerance: 0.005 } as const;
  expect((await project.refusal('competitiveness.compress', missing)).code).toBe('artifact.input-missing');
  await project.call('competitiveness.removeRun', { runId: 'C2' });
  await splitAgain(project, 8);
  const { staleSlots } = await project.call('project.overview', {});
  expect(staleSlots).toContain('competitiveness.run:R1');
  expect(staleSlots).toContain('competitiveness.compressed:C1');
  await project.done('project.recompute', { includeTraining: true });
  expect((await project.call('project.overview', {})).staleSlots).toEqual([]);
  const again = await result('C1');
  expect(again.testLock).toBe((await result('R1')).testLock);
  expect(again.gate!.comparison.testLock).toBe(again.testLock);
});
