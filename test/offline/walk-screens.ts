import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, expect } from '@playwright/test';
import { SILENT_BROWSER_OPTIONS } from '../../electron/hosting/chromium.ts';
import { STAGE_IDS } from '../../shared/contract/stage.ts';
import { askHost } from '../e2e/screen.ts';
import { STAGE_STEPS } from '../e2e/stage-steps.ts';
import { startWorkbench } from '../e2e/start-workbench.ts';
import { openStep, runJob } from '../e2e/wizard.ts';

/** `walk-screens.ts BROWSER SECONDS`: the product in a real browser as a person uses it: the sample, every page, an import, a report, the statement.
 *  It stays open until ONNX Runtime has been loaded for the seconds given. Prints one JSON line of what was done. */
const [browserPath = '', seconds = ''] = process.argv.slice(2);
const SAMPLE_MS = 180_000;
const PAGES = ['map', 'data', 'jobs', 'reports', 'audit', 'settings'] as const;
/** Only names that a browser asks for of its own are resolved to nothing: whatever the page asks for reaches the name server of this namespace,
 *  which must hear nothing; what it asks for of these names is counted by the page's own requests. */
const NAMES_OF_THE_BROWSER = ['*.googleapis.com', '*.google.com', '*.gvt1.com'];
const BROWSER_OPTIONS = [
  ...SILENT_BROWSER_OPTIONS.filter((option) => !option.startsWith('--host-resolver-rules')),
  `--host-resolver-rules=${NAMES_OF_THE_BROWSER.map((name) => `MAP ${name} ~NOTFOUND`).join(', ')}`,
];

const folder = mkdtempSync(join(tmpdir(), 'offline-walk-'));
const host = await startWorkbench(join(folder, 'projects'), process.env);
const browser = await chromium.launch({
  executablePath: browserPath,
  args: [...BROWSER_OPTIONS, '--no-sandbox'],
});
const done = {
  steps: 0,
  pages: 0,
  imported: 0,
  reports: [] as string[],
  statement: '',
  printed: '',
  /** Addresses beyond the host that the pages asked for. */
  asked: [] as string[],
  refused: -1,
  foreign: -1,
};
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  page.setDefaultTimeout(SAMPLE_MS);
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (/^(?:https?|wss?):$/.test(protocol) && hostname !== '127.0.0.1') done.asked.push(request.url());
  });
  await page.goto(`file://${host.redirectFile}`);
  await page.getByTestId('open-sample').click();
  await expect(page.getByTestId('project-map')).toBeVisible({ timeout: SAMPLE_MS });
  const embedded = performance.now();
  for (const stage of STAGE_IDS)
    for (const step of STAGE_STEPS[stage]) {
      await openStep(page, stage, step);
      await expect(page.getByTestId(`step-${stage}-${step}`)).toBeVisible({ timeout: SAMPLE_MS });
      done.steps++;
    }
  for (const name of PAGES) {
    await page.getByTestId(`rail-${name}`).click();
    await expect(page.getByTestId('middle').getByRole('heading').first()).toBeVisible();
    done.pages++;
  }
  const sampleDatasets = (await askHost(page, 'demand.datasets', {})).length;
  await openStep(page, 'demand', 'import');
  await page.getByTestId('demand-import-file').setInputFiles({
    name: 'messages.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('id,text,score\n1,https://leak.example/pixel.png,2\n2,Fees went up,1\n'),
  });
  await runJob(page, 'demand.importSource', page.getByTestId('demand-import-start'));
  done.imported = (await askHost(page, 'demand.datasets', {})).length - sampleDatasets;
  await page.getByTestId('rail-reports').click();
  await page.getByTestId('report-filled').click();
  await runJob(page, 'report.build', page.getByTestId('report-build'));
  const [report] = await askHost(page, 'report.documents', {});
  for (const file of [report?.result.html, report?.result.pdf])
    if (file !== undefined && 'path' in file) done.reports.push(readFileSync(file.path, 'latin1').slice(0, 5));

  await page.getByTestId('offline').click();
  const saved = page.waitForEvent('download');
  await page.getByTestId('statement-save').click();
  done.statement = readFileSync(await (await saved).path(), 'utf8').slice(0, 15);
  const savedPdf = page.waitForEvent('download');
  await page.getByTestId('statement-pdf').click();
  done.printed = readFileSync(await (await savedPdf).path(), 'latin1').slice(0, 5);
  await page.getByTestId('statement-print').click();

  const left = Number(seconds) * 1000 - (performance.now() - embedded);
  if (left > 0) await page.waitForTimeout(left);
  const facts = await askHost(page, 'app.offline', {});
  done.refused = facts.refused.total;
  done.foreign = facts.sockets?.foreign.length ?? -1;
} finally {
  await browser.close();
  await host.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(JSON.stringify(done));
