import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRequests } from '../../shared/contract/index.ts';
import { openTestProject } from '../integration/testkit.ts';

/** Opens a project that may not be written, tries everything on it and saves a copy elsewhere: `open-read-only.ts PROJECT FOLDER_OF_COPY asked|plain`. */
const [path = '', elsewhere = '', how] = process.argv.slice(2);

export interface ReadOnlyReport {
  readonly readOnly: string | null;
  readonly datasets: number;
  readonly rows: number;
  /** What requests that change the project are answered with, each code once. */
  readonly refusals: readonly string[];
  readonly refused: number;
  readonly intact: boolean;
  /** The copy, opened: writable, and renamed. */
  readonly copy: { readonly readOnly: string | null; readonly name: string };
  readonly untouched: boolean;
}

const state = () => ({
  names: readdirSync(dirname(path)).sort(),
  sha256: createHash('sha256').update(readFileSync(path)).digest('hex'),
});

const before = state();
const project = await openTestProject(path, { type: 'open', readOnly: how === 'asked' });
const overview = await project.call('project.overview', {});
const datasets = await project.call('demand.datasets', {});
const { total } = await project.call('project.rows', {
  ref: { type: 'dataset', datasetId: 'd1' },
  offset: 0,
  limit: 1,
});
const changing = Object.entries(projectRequests).filter(([, { effect }]) => effect === 'command' || effect === 'job');
const refusals = new Set<string>();
for (const [name] of changing) {
  const reply = await project.engine.call(name, {}, 'test');
  refusals.add(reply.ok ? 'done' : reply.error.code);
}
const verified = await project.call('project.verify', {});
const during = state();
const copy = await project.call('project.saveCopy', { path: join(elsewhere, 'copy.csw') });
await project.engine.dispose();
const after = state();

const copied = await openTestProject(copy.path, { type: 'open' });
await copied.call('project.rename', { name: 'Changed', customer: '', period: '' });
const { project: named } = await copied.call('project.overview', {});
await copied.engine.dispose();

const report: ReadOnlyReport = {
  readOnly: overview.project.readOnly,
  datasets: datasets.length,
  rows: total,
  refusals: [...refusals],
  refused: changing.length,
  intact: verified.intact,
  copy: { readOnly: named.readOnly, name: named.name },
  untouched: JSON.stringify([during, after]) === JSON.stringify([before, before]),
};
console.log(JSON.stringify(report));
