import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { SILENT_BROWSER_OPTIONS } from '../electron/hosting/chromium.ts';
import { findChromium } from '../scripts/chromium.ts';
import { AppError } from '../shared/errors/app-error.ts';
import { because } from '../shared/errors/reasons.ts';

const ROOT = join(import.meta.dirname, '..');
const START_MS = 120_000;

export interface WorkbenchPage {
  readonly page: Page;
  readonly projectsFolder: string;
  /** From the start of the command to an address that a browser can open. */
  readonly readyS: number;
  /** From the start of the command to a start page that can be used; the browser was running. */
  readonly usableS: number;
  /** A request to the host as the screens send it. @throws Error with what was refused */
  call(projectId: string | null, name: string, input: unknown): Promise<unknown>;
}

/** The product as a person starts it, in a browser that is open already; ended when the work is done. */
export async function withWorkbench<T>(name: string, work: (workbench: WorkbenchPage) => Promise<T>): Promise<T> {
  const executablePath = findChromium();
  if (executablePath === null)
    throw new AppError('request.invalid', { name, path: '', problem: because('no-browser', {}) });
  const folder = mkdtempSync(join(tmpdir(), 'bench-window-'));
  const projectsFolder = join(folder, 'projects');
  mkdirSync(projectsFolder);
  const browser = await chromium.launch({ executablePath, args: [...SILENT_BROWSER_OPTIONS, '--no-sandbox'] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  let token = '';
  page.on('request', (request) => {
    token = request.headers().authorization ?? token;
  });
  const startedAt = performance.now();
  const elapsedS = () => (performance.now() - startedAt) / 1000;
  const host = spawn(process.execPath, ['scripts/start.ts', '--no-open', '--folder', projectsFolder], {
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
    const readyS = elapsedS();
    await page.goto(`file://${redirect}`);
    await page.waitForURL(/^http:/);
    await page.getByTestId('home').waitFor();
    const usableS = elapsedS();
    const call = async (projectId: string | null, request: string, input: unknown): Promise<unknown> => {
      const reply = await page.evaluate(
        async ([authorization, body]) => {
          const response = await fetch('/api/call', {
            method: 'POST',
            headers: { authorization: authorization ?? '', 'content-type': 'application/json' },
            body: body ?? '',
          });
          return (await response.json()) as { ok: boolean; value: unknown; error: unknown };
        },
        [token, JSON.stringify({ name: request, input, ...(projectId === null ? {} : { projectId }) })] as const,
      );
      if (!reply.ok) throw new Error(JSON.stringify(reply.error));
      return reply.value;
    };
    return await work({ page, projectsFolder, readyS, usableS, call });
  } finally {
    await browser.close();
    const ended = new Promise((resolve) => host.once('exit', resolve));
    host.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Times between frames in milliseconds, from now until the given function is called. */
export async function watchFrames(page: Page): Promise<() => Promise<readonly number[]>> {
  await page.evaluate(() => {
    const frames: number[] = [];
    let last = performance.now();
    const tick = (now: number) => {
      frames.push(now - last);
      last = now;
      if ((globalThis as unknown as { frames: number[] }).frames === frames) requestAnimationFrame(tick);
    };
    (globalThis as unknown as { frames: number[] }).frames = frames;
    requestAnimationFrame(tick);
  });
  return () =>
    page.evaluate(() => {
      const { frames } = globalThis as unknown as { frames: number[] };
      (globalThis as unknown as { frames: number[] }).frames = [];
      return frames.slice(2);
    });
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? null;
}

const FRAME_MS = 1000 / 60;
const FROZEN_MS = 50;

/** Frames in figures: a late one took more than one and a half times its sixtieth of a second. */
export function frameFigures(frames: readonly number[]) {
  return {
    frames: frames.length,
    frame_p50_ms: quantile(frames, 0.5),
    frame_p95_ms: quantile(frames, 0.95),
    frame_max_ms: quantile(frames, 1),
    frames_late: frames.filter((ms) => ms > FRAME_MS * 1.5).length,
    frames_over_50_ms: frames.filter((ms) => ms > FROZEN_MS).length,
  };
}
