import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { CREATE, csv, openTestProject, type TestProject } from './testkit.ts';

const folder = mkdtempSync(join(tmpdir(), 'workbench-language-'));
let open: TestProject | null = null;
afterEach(async () => {
  await open?.engine.dispose();
  open = null;
  rmSync(folder, { recursive: true, force: true });
});

const SUBJECTS = ['放款', '审批', '额度', '客服', '利率', '合同'];
const texts = Array.from({ length: 60 }, (_, i) => [
  `${SUBJECTS[i % SUBJECTS.length]}的问题已经反映了${i}次`,
  (i % 5) + 1,
]);

it('Chinese texts that nobody has cleaned yet are embedded by the Chinese encoder, by whatever route', async () => {
  const path = join(folder, 'texts.csv');
  writeFileSync(path, csv(['内容', '评分'], texts));
  open = await openTestProject(join(folder, 'language.csw'), CREATE);
  for (const name of ['first', 'second'])
    await open.done('demand.importSource', {
      sourceId: `file:${path}`,
      name,
      kind: 'feedback',
      overrides: {},
      columns: null,
    });
  await open.done('demand.computeSatisfaction', {});
  await open.done('demand.discoverTopics', { topics: 3, modelId: null, seed: 7 });
  const artifacts = await open.call('project.artifacts', {});
  const models = await Promise.all(
    artifacts
      .filter(({ kind }) => kind === 'demand.embeddings')
      .map(async ({ id }) => (await open!.call('project.artifact', { artifactId: id })).result),
  );
  expect(models).toMatchObject([{ modelId: 'bge-small-zh-v1.5' }, { modelId: 'bge-small-zh-v1.5' }]);
  expect((await open.call('demand.topics', {}))?.result.modelId).toBe('bge-small-zh-v1.5');
}, 60_000);
