import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SILENT_BROWSER_OPTIONS } from '../../electron/hosting/chromium.ts';
import { createPdfPrinter } from '../../electron/hosting/print-pdf.ts';
import { findChromium } from '../../scripts/chromium.ts';
import type { ReportChoice, ReportDocument } from '../../shared/contract/report.ts';
import { defaultRecipe } from '../../shared/stages/demand/clean/recipe.ts';
import { copyPlantedProject } from './planted-project.ts';
import { deadLinks, pdfCharacters, tablesOf, textOf } from './report-page.ts';
import { openTestProject, type TestProject } from './testkit.ts';

const CHOICE: ReportChoice = {
  language: 'en',
  sections: null,
  title: '',
  author: 'An analyst',
  comments: [],
  pdf: false,
};
const A4 = /\/MediaBox \[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/;

let folder: string;
let finished: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'workbench-report-'));
  finished = join(folder, 'finished.csw');
  await copyPlantedProject('decided', finished);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let open: TestProject | null = null;
afterEach(async () => {
  await open?.engine.dispose();
  open = null;
});

async function copy(name: string, overrides: Parameters<typeof openTestProject>[2] = {}): Promise<TestProject> {
  const path = join(folder, `${name}.csw`);
  copyFileSync(finished, path);
  open = await openTestProject(path, { type: 'open' }, overrides);
  return open;
}

async function build(
  project: TestProject,
  choice: Partial<ReportChoice> = {},
): Promise<ReportDocument & { text: string }> {
  const asked = { ...CHOICE, ...choice };
  await project.done('report.build', asked);
  const documents = await project.call('report.documents', {});
  const document = documents.find(({ result }) => result.language === asked.language);
  if (document === undefined) throw new Error('no report was built');
  return { ...document.result, text: readFileSync(document.result.html.path, 'utf8') };
}

describe('a report', () => {
  it('prints the numbers of its artifacts, each with a link to where it comes from', async () => {
    const project = await copy('numbers');
    const { text, html } = await build(project);
    expect(html.path).toBe(join(folder, 'numbers-exports', 'report-en.html'));
    const tables = tablesOf(text);
    const needs = await project.call('demand.needs', {});
    const f1 = tables.find(({ columns }) => columns.includes('Evidence rows'));
    const ranked = needs?.result.needs.toSorted((a, b) => a.rank - b.rank) ?? [];
    expect(f1?.rows.map((cells) => [cells[1]?.text, cells[2]?.number?.value, cells[5]?.number?.value])).toEqual(
      ranked.map(({ name, weight, volume }) => [name, weight, volume]),
    );
    expect(f1?.rows[0]?.[2]?.number?.artifactId).toBe(needs?.artifact.id);
    const drivers = await project.call('demand.drivers', { datasetId: 'd2' });
    const shares = tables.find(({ columns }) => columns.includes('Share of R²'));
    expect(shares?.rows.map((cells) => cells[2]?.number?.value)).toEqual(
      drivers?.result.items.toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0)).map(({ share }) => share),
    );
    const runs = await project.call('competitiveness.runs', {});
    const models = tables.find(({ columns }) => columns.includes('Macro-F1'));
    const row = models?.rows.find(([name]) => name?.text === 'R1 Head');
    const test = runs[0]?.result.test;
    const floors = (await project.call('competitiveness.floors', {}))?.result;
    const against = await project.call('competitiveness.compare', {
      runId: 'R1',
      referenceId: floors?.strongestId ?? '',
    });
    const { value, low, high } = against.accuracyDifference;
    expect([row?.[1]?.number, row?.[2]?.number?.value, row?.[3]?.number?.value]).toEqual([
      { value: test?.accuracy.value, artifactId: runs[0]?.artifact.id },
      value,
      test?.macroF1.value,
    ]);
    // The map says the same, with the same interval.
    const stage = (await project.call('project.overview', {})).stages.find(({ id }) => id === 'competitiveness');
    expect(stage?.figures.find(({ id }) => id === 'aboveFloor')).toMatchObject({
      value: value * 100,
      low: low * 100,
      high: high * 100,
      basis: { method: 'paired-bootstrap', n: against.rows, resamples: against.resamples },
    });
    const decision = await project.call('competitiveness.decision', {});
    const strategies = tables.find(({ columns }) => columns.includes('Ranks first in'));
    expect(strategies?.rows.map((cells) => cells[2]?.number?.value)).toEqual(
      decision?.result.strategies.map(({ score }) => score.value),
    );
  });

  it('lists in its appendix everything that its numbers were made from, linked up and down', async () => {
    const project = await copy('chain');
    const { text } = await build(project);
    const chain = await project.call('project.chain', { slot: 'competitiveness.decision' });
    const listed = new Set([...text.matchAll(/<article class="artifact" id="a-([^"]+)"/g)].map(([, id]) => id));
    expect(chain.filter(({ depth }) => depth <= 0).filter(({ artifact }) => !listed.has(artifact.id))).toEqual([]);
    expect(deadLinks(text)).toEqual([]);
    const { artifact } = (await project.call('demand.needs', {}))!;
    const entry =
      new RegExp(`<article class="artifact" id="a-${artifact.id}">.*?</article>`, 's').exec(text)?.[0] ?? '';
    const links = [...entry.matchAll(/href="#a-([^"]+)"/g)].map(([, id]) => id);
    expect(links).toEqual(expect.arrayContaining(artifact.inputs.map(({ artifactId }) => artifactId)));
    expect(links).toContain((await project.call('competitiveness.decision', {}))?.artifact.id);
    expect(textOf(entry)).toContain(artifact.hash);
    const every = [...text.matchAll(/<p class="basis">(.*?)<\/p>/gs)].map(([, line = '']) => textOf(line));
    expect(every.length).toBeGreaterThan(10);
    for (const line of every) {
      expect(line).toMatch(/^(n = |nothing counted)/);
      for (const part of ['Interval: ', 'Method: ', ' version ', 'seed ', '(UTC)', 'data version D'])
        expect(line).toContain(part);
    }
  });

  it('names the artifacts that it read, and is stale once one of them changes', async () => {
    const project = await copy('inputs');
    await build(project, { sections: ['demand.drivers'] });
    const [document] = await project.call('report.documents', {});
    expect(document?.artifact.inputs.map(({ slot }) => slot).sort()).toEqual([
      'demand.clean:d1',
      'demand.clean:d2',
      'demand.dataset:d1',
      'demand.dataset:d2',
      'demand.drivers:d2',
      'demand.embeddings:d1',
      'demand.satisfaction',
      'demand.scores',
    ]);
    expect(document?.artifact.stage).toBe('report');
    await project.call('competitiveness.setStrategies', await project.call('competitiveness.strategies', {}));
    expect((await project.call('report.documents', {}))[0]?.artifact.stale).toEqual([]);
    await project.done('demand.clean', {
      datasetId: 'd2',
      recipe: { ...defaultRecipe, straightLiners: { enabled: true, minItems: 3 } },
    });
    expect((await project.call('report.documents', {}))[0]?.artifact.stale).not.toEqual([]);
  });

  it('prints stale results with a mark and computes nothing anew; a fresh project has none', async () => {
    const project = await copy('stale');
    const fresh = await build(project);
    expect([fresh.staleSlots, fresh.text.includes('class="stale"')]).toEqual([[], false]);
    await project.done('demand.clean', {
      datasetId: 'd2',
      recipe: { ...defaultRecipe, straightLiners: { enabled: true, minItems: 3 } },
    });
    const before = await project.call('demand.needs', {});
    const stale = await build(project);
    expect((await project.call('demand.needs', {}))?.artifact.id).toBe(before?.artifact.id);
    expect(stale.staleSlots.toSorted()).toEqual([
      'competitiveness.decision',
      'demand.drivers:d2',
      'demand.needs',
      'demand.satisfaction',
      'demand.scores',
    ]);
    expect(stale.warnings.filter(({ code }) => code === 'stale')).toHaveLength(5);
    const captions = [...stale.text.matchAll(/<figcaption>(.*?)<\/figcaption>/gs)].map(([, caption = '']) => caption);
    const marked = captions.filter((caption) => caption.includes('class="stale"')).map(textOf);
    expect(marked.some((caption) => caption.includes('Weights of needs, f1'))).toBe(true);
    expect(marked.some((caption) => caption.includes('Topics in the texts'))).toBe(false);
    expect(textOf(stale.text)).toContain('▲ 5 results are stale and marked where printed');
  });

  it('says in one line what is not done yet', async () => {
    const project = await copy('missing');
    const { text, sections } = await build(project, { sections: ['service.tickets', 'demand.import'] });
    expect(sections.map(({ id, state }) => [id, state])).toEqual([
      ['demand.import', 'full'],
      ['service.tickets', 'missing'],
    ]);
    expect(textOf(/<section class="part" id="s-service-tickets">.*?<\/section>/s.exec(text)?.[0] ?? '')).toMatch(
      /Not done yet/,
    );
    expect(text).not.toContain('id="s-landing');
  });

  it('holds its comments as words, whatever they look like', async () => {
    const project = await copy('comments');
    const sly = '<script>alert(1)</script> & "quotes"';
    const { text } = await build(project, {
      title: '<b>Bank</b>',
      comments: [
        { section: 'summary', text: sly },
        { section: 'demand.needs', text: '<img src=x onerror=alert(1)>' },
      ],
    });
    expect(text).not.toMatch(/<(script|img|b)\b/);
    expect(textOf(text)).toContain(sly);
    expect(textOf(text)).toContain('<img src=x onerror=alert(1)>');
  });

  it('is whole in both languages: no key, no slot name in place of words', async () => {
    const project = await copy('languages');
    const zh = await build(project, { language: 'zh-CN' });
    const en = await build(project);
    for (const { text } of [zh, en]) {
      const words = textOf(text.replace(/<code>.*?<\/code>|<style>.*?<\/style>/gs, '')).replace(/\w+\.\w+@\d+/g, '');
      expect(words.match(/\b(report|stage|demand|competitiveness|adaptation|landing|service)\.[a-zA-Z]+/g)).toBeNull();
      expect(words).not.toMatch(/undefined|NaN|\[object/);
    }
    const chinese = /[\u4e00-\u9fff]/;
    expect(chinese.test(textOf(en.text.replace(/<code>.*?<\/code>|<style>.*?<\/style>/gs, '')))).toBe(false);
    expect(zh.sections.map(({ id, figures }) => [id, figures])).toEqual(
      en.sections.map(({ id, figures }) => [id, figures]),
    );
    expect(textOf(zh.text)).toContain('需求模型 f1');
  });

  it('is the same content again from the same project', async () => {
    const project = await copy('again');
    const first = await build(project);
    const [one] = await project.call('report.documents', {});
    const second = await build(project);
    const [two] = await project.call('report.documents', {});
    expect(second.contentSha256).toBe(first.contentSha256);
    expect(two?.artifact.hash).toBe(one?.artifact.hash);
    expect(readdirSync(join(folder, 'again-exports'))).toEqual(['report-en.html']);
    expect((await project.call('report.html', { language: 'en' }))?.html).toBe(second.text);
  });

  it('says why there is no PDF', async () => {
    const project = await copy('no-browser', { printPdf: createPdfPrinter({ find: () => null }) });
    const { pdf, warnings } = await build(project, { pdf: true });
    expect(pdf).toEqual({ status: 'unavailable', reason: 'no-browser' });
    expect(warnings).toContainEqual({ code: 'pdf-unavailable', params: { reason: 'no-browser' } });
    const broken = await copy('broken-browser', {
      printPdf: createPdfPrinter({ find: () => process.execPath }),
      log: () => undefined,
    });
    expect((await build(broken, { pdf: true })).pdf).toEqual({ status: 'failed', reason: 'browser-failed' });
    expect(existsSync(join(folder, 'broken-browser-exports', 'report-en.pdf'))).toBe(false);
  });
});

describe('a report on its own', () => {
  const browser = findChromium();

  it('refers to nothing outside itself and runs nothing', async () => {
    const { text } = await build(await copy('alone'));
    expect(text).not.toMatch(/https?:/);
    expect(text).not.toMatch(/<(script|link|iframe|object|embed|form|base)\b| src=|@import|url\(/i);
    expect(text).not.toMatch(/ on[a-z]+=/i);
    expect(text).toContain('default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; img-src data:');
  });

  it('opens from disk with one request, for itself', async (context) => {
    context.skip(browser === null, 'no browser of the Chromium family');
    const { html } = await build(await copy('disk'));
    const running = await chromium.launch({
      executablePath: browser ?? '',
      args: [...SILENT_BROWSER_OPTIONS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    });
    try {
      const page = await running.newPage();
      const requests: string[] = [];
      const problems: string[] = [];
      page.on('request', (request) => requests.push(request.url()));
      page.on('console', (message) => problems.push(message.text()));
      page.on('pageerror', (error) => problems.push(error.message));
      await page.goto(pathToFileURL(html.path).href);
      await page.locator('a.number').first().click();
      const place = new URL(page.url()).hash;
      expect(place).toMatch(/^#a-a\d+$/);
      expect(await page.locator(place).count()).toBe(1);
      expect(await page.locator('figure.chart svg').count()).toBeGreaterThan(3);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
      expect({ requests, problems }).toEqual({ requests: [pathToFileURL(html.path).href], problems: [] });
    } finally {
      await running.close();
    }
  });

  it('is printed on A4 with its fonts, its Chinese searchable', async (context) => {
    context.skip(browser === null, 'no browser of the Chromium family');
    const project = await copy('print', { printPdf: createPdfPrinter({ find: () => browser }) });
    const { pdf } = await build(project, { language: 'zh-CN', pdf: true });
    if (pdf.status !== 'written') throw new Error(`the PDF was not written: ${pdf.reason}`);
    const bytes = readFileSync(pdf.path);
    expect([bytes.length, bytes.subarray(0, 5).toString()]).toEqual([pdf.bytes, '%PDF-']);
    expect(bytes.toString('latin1')).toMatch(A4);
    const characters = pdfCharacters(bytes);
    expect([...'结论需求模型产物与链路'].filter((sign) => !characters.has(sign))).toEqual([]);
    expect(readdirSync(join(folder, 'print-exports')).sort()).toEqual(['report-zh-CN.html', 'report-zh-CN.pdf']);
  });
});
