import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { SILENT_BROWSER_OPTIONS } from '../electron/hosting/chromium.ts';
import { findChromium } from '../scripts/chromium.ts';
import { AppError } from '../shared/errors/app-error.ts';
import type { Bench } from './bench.ts';

const ROOT = join(import.meta.dirname, '..');
const START_MS = 120_000;
const BETWEEN_REQUESTS_MS = 50;

/** `window [--seconds N]`: the sample project in a browser while a model trains. Longest frame and requests' times, idle and during the run, on this machine; with the time from start to the first page. */
export const window: Bench = async (args) => {
  const { values } = parseArgs({ args: [...args], options: { seconds: { type: 'string', default: '20' } } });
  const executablePath = findChromium();
  if (executablePath === null)
    throw new AppError('request.invalid', { name: 'window', path: '', problem: 'no browser' });
  const folder = mkdtempSync(join(tmpdir(), 'bench-window-'));
  const startedAt = performance.now();
  const host = spawn(process.execPath, ['scripts/start.ts', '--no-open', '--folder', join(folder, 'projects')], {
    cwd: ROOT,
    env: { ...process.env, SUCCESS_WORKBENCH_HOME: join(folder, 'user') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const redirect = await new Promise<string>((resolve, reject) => {
      let output = '';
      const timer = setTimeout(() => reject(new Error('the host did not start')), START_MS);
      host.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const path = /(\/\S+\.html)/.exec(output)?.[1];
        if (path === undefined) return;
        clearTimeout(timer);
        resolve(path);
      });
    });
    const browser = await chromium.launch({ executablePath, args: [...SILENT_BROWSER_OPTIONS, '--no-sandbox'] });
    try {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      let token = '';
      page.on('request', (request) => {
        token = request.headers()['authorization'] ?? token;
      });
      await page.goto(`file://${redirect}`);
      await page.waitForURL(/^http:/);
      await page.getByTestId('home').waitFor();
      const usableS = (performance.now() - startedAt) / 1000;
      const session = { page, token: () => token };
      const seconds = Number(values.seconds);
      const projectId = ((await call(session, null, 'app.openSample', { language: 'en' })) as { projectId: string })
        .projectId;
      await page.reload();
      const idle = await observe(session, projectId, seconds);
      await startTraining(session, projectId);
      const training = await observe(session, projectId, seconds);
      return { start_to_usable_s: usableS, seconds, idle, training };
    } finally {
      await browser.close();
    }
  } finally {
    const ended = new Promise((resolve) => host.once('exit', resolve));
    host.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
};

interface Session {
  readonly page: Page;
  readonly token: () => string;
}

async function call(
  { page, token }: Session,
  projectId: string | null,
  name: string,
  input: unknown,
): Promise<unknown> {
  const reply = await page.evaluate(
    async ([authorization, body]) => {
      const response = await fetch('/api/call', {
        method: 'POST',
        headers: { authorization: authorization ?? '', 'content-type': 'application/json' },
        body: body ?? '',
      });
      return (await response.json()) as { ok: boolean; value: unknown; error: unknown };
    },
    [token(), JSON.stringify({ name, input, ...(projectId === null ? {} : { projectId }) })] as const,
  );
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  return reply.value;
}

async function waitFor(session: Session, projectId: string, started: unknown): Promise<void> {
  const { jobId } = started as { jobId: string };
  for (;;) {
    const job = (await call(session, projectId, 'jobs.get', { jobId })) as { state: { type: string } };
    if (job.state.type === 'succeeded') return;
    if (!['queued', 'running'].includes(job.state.type)) throw new Error(`job ${jobId} ${job.state.type}`);
    await session.page.waitForTimeout(BETWEEN_REQUESTS_MS);
  }
}

async function startTraining(session: Session, projectId: string): Promise<void> {
  const datasets = (await call(session, projectId, 'demand.datasets', {})) as {
    id: string;
    columns: { id: string; role: string }[];
  }[];
  const column = datasets.flatMap(({ id, columns }) =>
    columns.filter(({ role }) => role === 'label').map((found) => ({ datasetId: id, columnId: found.id })),
  )[0];
  const labels = { type: 'columns', columns: [column] };
  await waitFor(session, projectId, await call(session, projectId, 'competitiveness.chooseLabels', labels));
  const modelId = 'all-MiniLM-L6-v2';
  const split = { test: { type: 'share', share: 0.2 }, devShare: 0.1, modelId, maxLength: 64, seed: 1 };
  await waitFor(session, projectId, await call(session, projectId, 'competitiveness.prepareData', split));
  const { config } = (await call(session, projectId, 'competitiveness.suggestConfig', { modelId })) as {
    config: object;
  };
  const run = {
    name: 'bench',
    modelId,
    config: { ...config, method: { type: 'full', freezeEmbeddings: true }, epochs: 50 },
  };
  await call(session, projectId, 'competitiveness.train', run);
  await session.page.waitForTimeout(5000);
}

/** Frames by requestAnimationFrame, and requests as the screens send them, one after another. */
async function observe(session: Session, projectId: string, seconds: number): Promise<object> {
  await session.page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const tick = (now: number) => {
      frames.push(now - last);
      last = now;
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
    (globalThis as unknown as { frames: number[] }).frames = frames;
  });
  const times: number[] = [];
  const names = [
    'project.overview',
    'jobs.list',
    'demand.datasets',
    'demand.topics',
    'demand.needs',
    'competitiveness.runs',
  ];
  const until = performance.now() + seconds * 1000;
  for (let i = 0; performance.now() < until; i++) {
    const before = performance.now();
    await call(session, projectId, names[i % names.length] ?? '', {});
    times.push(performance.now() - before);
    await session.page.waitForTimeout(BETWEEN_REQUESTS_MS);
  }
  const frames = await session.page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames.slice(2));
  const at = (values: number[], share: number) =>
    values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? null;
  return {
    requests: times.length,
    request_p50_ms: at(times, 0.5),
    request_p95_ms: at(times, 0.95),
    request_max_ms: at(times, 1),
    frames: frames.length,
    frame_p95_ms: at(frames, 0.95),
    frame_max_ms: at(frames, 1),
  };
}
