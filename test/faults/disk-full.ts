import { existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobRecord } from '../../shared/contract/project.ts';
import { type AppError, toAppErrorJson } from '../../shared/errors/app-error.ts';
import { tinyProject } from '../integration/package-project.ts';
import { csv, openTestProject, type TestProject } from '../integration/testkit.ts';

/** Works on a project until its disk is full, and goes on once there is room: `disk-full.ts SMALL_DISK`. */
const [disk = ''] = process.argv.slice(2);
const filler = join(disk, 'filler');

/** Takes all room but `kept` bytes. */
function fillUp(kept: number): void {
  const block = Buffer.alloc(64 * 1024);
  for (let size = block.length; size > 0; ) {
    try {
      writeFileSync(filler, block.subarray(0, size), { flag: 'a' });
    } catch {
      size = Math.floor(size / 2);
    }
  }
  if (kept === 0) return;
  const bytes = statSync(filler).size;
  rmSync(filler);
  writeFileSync(filler, Buffer.alloc(Math.max(0, bytes - kept)));
}

const importOf = (rows: number) => {
  const file = join(disk, `rows-${rows}.csv`);
  writeFileSync(
    file,
    csv(
      ['id', 'text'],
      Array.from({ length: rows }, (_, i) => [i, `a message of some length about fees and waiting times, number ${i}`]),
    ),
  );
  return { sourceId: `file:${file}`, name: `${rows} rows`, kind: 'feedback', overrides: {}, columns: null } as const;
};
const errorOf = ({ state }: JobRecord) => (state.type === 'failed' ? state.error.code : state.type);
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'done',
    (error: AppError) => toAppErrorJson(error).code,
  );
const report = { language: 'en' as const, sections: null, title: '', author: '', comments: [], pdf: false };
/** What was there before the disk was full is there, as it was. */
async function soundness(project: TestProject): Promise<unknown> {
  const rows = await project.call('project.rows', { ref: { type: 'dataset', datasetId: 'd1' }, offset: 0, limit: 1 });
  const { intact } = await project.call('project.verify', {});
  return { datasets: (await project.call('demand.datasets', {})).length, rows: rows.total, intact };
}

const models = { modelsFolder: join(disk, 'models') };
let project = await tinyProject(disk);
const { path } = project.engine;
const config = (await project.call('competitiveness.run', { runId: 'R1' }))?.result.config ?? null;
if (config === null) throw new Error('the run does not say how it was made');
const big = importOf(30_000);

fillUp(1_000_000);
const whileImporting = errorOf(await project.settle('demand.importSource', big));
const afterImport = await soundness(project);

rmSync(filler);
fillUp(0);
const training = await project.settle('competitiveness.train', {
  name: 'Second',
  modelId: 'tiny',
  config,
});
const whileTraining = errorOf(training);
const whileCopying = await codeOf(project.call('project.saveCopy', { path: join(disk, 'copy.csw') }));
const whileReporting = await project.call('report.build', report).then(
  async ({ jobId }) => errorOf(await project.settled(jobId)),
  (error: AppError) => toAppErrorJson(error).code,
);
const whileRenaming = await codeOf(
  project.call('project.rename', { name: `renamed ${'x'.repeat(180)}`, customer: '', period: '' }),
);
const whileFull = await soundness(project);
await project.engine.dispose();
// The journal's room came free with it.
fillUp(0);
const leftovers = readdirSync(disk).filter((name) => name.includes('partial') || name === 'copy.csw');

// Opened anew on the full disk: what is there can be read.
project = await openTestProject(path, { type: 'open' }, models);
const { readOnly } = (await project.call('project.overview', {})).project;
const reopened = await soundness(project);
await project.engine.dispose();

rmSync(filler);
project = await openTestProject(path, { type: 'open' }, models);
const resumed: string[] = [];
for (const { id, slot, state } of (await project.call('jobs.list', {})).reverse()) {
  if (state.type === 'succeeded' || slot.startsWith('demand.')) continue;
  await project.call('jobs.resume', { jobId: id });
  resumed.push(`${slot} ${errorOf(await project.settled(id))}`);
}
const withRoom = {
  resumed,
  imported: errorOf(await project.settle('demand.importSource', importOf(2000))),
  copied: await codeOf(project.call('project.saveCopy', { path: join(disk, 'copy.csw') })),
  reported: errorOf(await project.settle('report.build', report)),
  intact: (await project.call('project.verify', {})).intact,
};
await project.engine.dispose();

const outcome = {
  whileImporting,
  afterImport,
  whileTraining,
  whileCopying,
  whileReporting,
  whileRenaming,
  whileFull,
  leftovers,
  readOnly,
  reopened,
  withRoom,
  spool: existsSync(`${path}-spool`),
};
export type DiskFullReport = typeof outcome;
console.log(JSON.stringify(outcome));
