import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { LATEST_VERSION } from '../../../electron/engine/db/migrate.ts';
import { csv, openTestProject } from '../../integration/testkit.ts';

/** Makes the golden file of the present version of the format, once, when it is released: `node test/golden/projects/make.ts`. Files of earlier versions are never made anew. */
const folder = mkdtempSync(join(tmpdir(), 'workbench-golden-'));
const path = join(folder, 'golden.csw');
const file = join(folder, '留言.csv');
const rows = [
  [1, '登录总是失败'],
  [2, '手续费没有说明'],
  [3, '客服很有耐心'],
];
writeFileSync(file, csv(['编号', '内容'], rows));
const project = await openTestProject(path, {
  type: 'create',
  name: '某银行',
  customer: '某银行',
  period: '2026',
  sample: false,
});
await project.done('demand.importSource', {
  sourceId: `file:${file}`,
  name: '留言',
  kind: 'feedback',
  overrides: {},
  columns: null,
});
await project.engine.dispose();
writeFileSync(join(import.meta.dirname, `v${LATEST_VERSION}.csw.gz`), gzipSync(readFileSync(path), { level: 9 }));
rmSync(folder, { recursive: true });
