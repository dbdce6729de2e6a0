import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ChildPort, PrintPdf } from '../../electron/engine/deps.ts';
import { sweepAbandonedSpool } from '../../electron/engine/jobs/spool.ts';
import { forkEntry } from '../../electron/hosting/fork.ts';
import { createPdfPrinter } from '../../electron/hosting/print-pdf.ts';
import { createSources } from '../../electron/hosting/sources.ts';
import { findChromium } from '../../scripts/chromium.ts';
import { csv, openTestProject, type TestProject } from './testkit.ts';
import { tinyTexts } from './tiny-model.ts';
import { TINY, tinyTraining, writeTinyModels } from './tiny-project.ts';

const PASSWORD = 'nothing to be read';
/** Planted in every place that takes words of a person or of a file. */
const MARKERS = {
  project: 'MARKER-project-并购',
  customer: 'MARKER-customer-某银行',
  column: 'MARKER-column-意见',
  text: 'MARKER-text-不满意',
  label: 'MARKER-label-投诉',
  run: 'MARKER-run',
};
let root: string;
let projects: string;
let temporary: string;
let models: string;
const before = process.env.TMPDIR;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'workbench-readable-'));
  projects = join(root, 'projects');
  temporary = join(root, 'temporary');
  mkdirSync(projects);
  mkdirSync(temporary);
  models = await writeTinyModels(root);
  process.env.TMPDIR = temporary;
});
afterAll(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(root, { recursive: true, force: true });
});

/** Every file in the project's folder and in the temporary folder that shows a marker, in either encoding. */
function readable(): string[] {
  const files = [projects, temporary].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return files.flatMap((file) => {
    const content = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
    const shown = Object.values(MARKERS).filter((marker) =>
      (['utf8', 'utf16le'] as const).some((encoding) => content.includes(Buffer.from(marker, encoding))),
    );
    return shown.length === 0 ? [] : [`${file.slice(root.length)}: ${shown.join()}`];
  });
}

const workers: ChildPort[] = [];
const spawn = (entry: Parameters<typeof forkEntry>[0]): ChildPort => {
  const child = forkEntry(entry);
  if (entry === 'worker') workers.push(child);
  return child;
};

const LOOK_EVERY_MS = 20;
const browser = findChromium();
const printer = createPdfPrinter({ find: () => browser });
const seenWhilePrinting: string[] = [];
/** Prints, and looks all the while at what can be read outside the exports. */
const printing: PrintPdf = async (htmlPath, pdfPath, signal) => {
  const look = () => {
    for (const shown of readable())
      if (!shown.startsWith('/projects/quiet-exports/') && !seenWhilePrinting.includes(shown))
        seenWhilePrinting.push(shown);
  };
  const looking = setInterval(look, LOOK_EVERY_MS);
  try {
    return await printer(htmlPath, pdfPath, signal);
  } finally {
    clearInterval(looking);
  }
};

async function trainUntilCheckpoint(project: TestProject, jobId: string): Promise<string> {
  await project.jobReaches(
    jobId,
    ({ state }) => 'progress' in state && state.progress.phase === 'training' && state.progress.done > 2,
  );
  return join(`${project.engine.path}-spool`, jobId);
}

it('of an encrypted project nothing can be read outside what was exported: import, clean, topics, a training paused, killed and locked away, report', async () => {
  const path = join(projects, 'quiet.csw');
  const sources = createSources();
  const overrides = {
    printPdf: printing,
    spawn,
    modelsFolder: models,
    resolveSource: async (id: string) => sources.resolve(id),
  };
  const create = {
    type: 'create',
    name: MARKERS.project,
    customer: MARKERS.customer,
    period: '',
    sample: false,
  } as const;
  let project = await openTestProject(path, { ...create, password: PASSWORD }, overrides);

  const { texts, labels } = tinyTexts(400, 4, 1);
  const table = csv(
    [MARKERS.column, 'class'],
    texts.map((text, row) => [`${text} ${MARKERS.text} ${row}`, `${MARKERS.label} ${labels[row]}`]),
  );
  const upload = await sources.fromStream('feedback.csv', Readable.from([Buffer.from(table)]));
  expect(readable()).toEqual([]);
  await project.done('demand.importSource', {
    sourceId: upload.sourceId,
    name: 'Tiny',
    kind: 'feedback',
    overrides: {},
    columns: [
      { id: 'c0', name: MARKERS.column, role: 'text' },
      { id: 'c1', name: 'class', role: 'label' },
    ],
  });
  const { recipe } = await project.call('demand.cleaning', { datasetId: 'd1' });
  await project.done('demand.clean', { datasetId: 'd1', recipe });
  await project.done('demand.discoverTopics', { topics: 4, modelId: TINY, seed: 7 });
  await project.done('competitiveness.chooseLabels', {
    type: 'columns',
    columns: [{ datasetId: 'd1', columnId: 'c1' }],
  });
  await project.done('competitiveness.prepareData', {
    test: { type: 'share', share: 0.1 },
    devShare: 0.1,
    modelId: TINY,
    maxLength: 32,
    seed: 7,
  });
  expect(readable()).toEqual([]);

  // Paused: the checkpoint lies beside the project.
  const training = tinyTraining(12);
  const { jobId } = await project.call('competitiveness.train', { ...training, name: MARKERS.run });
  const spool = await trainUntilCheckpoint(project, jobId);
  await project.call('jobs.pause', { jobId });
  expect((await project.settled(jobId)).state.type).toBe('paused');
  const kept = readdirSync(spool);
  expect(kept).toContain('checkpoint.json');
  for (const name of kept) expect(readFileSync(join(spool, name)).toString('latin1', 0, 8)).toBe('CSWS0001');
  expect(readable()).toEqual([]);

  // A job that died without a checkpoint may have left a package half built.
  mkdirSync(join(`${path}-spool`, 'gone', 'build'), { recursive: true });
  writeFileSync(join(`${path}-spool`, 'gone', 'build', 'samples.json'), MARKERS.text);

  // While the project is open, the start of another program leaves its folder alone; once it is closed, not.
  sweepAbandonedSpool(path);
  expect(readable()).not.toEqual([]);

  // Closed and opened again, then killed in the middle: it goes on from what was sealed.
  await project.engine.dispose();
  expect(readable()).not.toEqual([]);
  sweepAbandonedSpool(path);
  expect(readable()).toEqual([]);
  expect(existsSync(join(spool, 'checkpoint.json'))).toBe(true);
  mkdirSync(join(`${path}-spool`, 'gone', 'build'), { recursive: true });
  writeFileSync(join(`${path}-spool`, 'gone', 'build', 'samples.json'), MARKERS.text);
  project = await openTestProject(path, { type: 'open', password: PASSWORD }, overrides);
  expect(readable()).toEqual([]);
  await project.call('jobs.resume', { jobId });
  await trainUntilCheckpoint(project, jobId);
  workers.at(-1)?.kill();
  expect((await project.settled(jobId)).state).toMatchObject({ type: 'interrupted', checkpoint: spool });
  expect(readable()).toEqual([]);
  // Locked: it trains on to its end, and then nothing is left to do.
  await project.call('jobs.resume', { jobId });
  await project.engine.lock();
  expect((await project.refusal('project.overview', {})).code).toBe('project.screen-locked');
  expect(await project.engine.opens('wrong')).toBe(false);
  project.engine.unlock();
  expect((await project.call('jobs.get', { jobId })).state.type).toBe('succeeded');
  expect(existsSync(spool)).toBe(false);

  await project.done('report.build', {
    language: 'en',
    title: MARKERS.project,
    author: '',
    comments: [],
    sections: null,
    pdf: true,
  });
  const [document] = await project.call('report.documents', {});
  expect(document?.result.pdf.status).toBe(browser === null ? 'unavailable' : 'written');
  // The profile of the browser that prints, looked at all the while: its own history takes the title, and nothing takes more.
  const title = new RegExp(
    `^/temporary/success-workbench-print-\\d+-\\w+/Default/(History|Sessions).*: ${MARKERS.project}$`,
  );
  expect(seenWhilePrinting.filter((shown) => !title.test(shown))).toEqual([]);
  expect(readdirSync(temporary)).toEqual(sources.folder() === null ? [] : [basename(sources.folder() ?? '')]);
  // What was exported on purpose is readable, and is the only thing that is.
  expect(readable()).not.toEqual([]);
  expect(readable().every((shown) => shown.startsWith('/projects/quiet-exports/'))).toBe(true);
  await project.engine.dispose();
  sources.close();
  expect(readable().every((shown) => shown.startsWith('/projects/quiet-exports/'))).toBe(true);
}, 180_000);
