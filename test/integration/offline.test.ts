import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium } from '../../scripts/chromium.ts';
import { STAGE_STEPS } from '../e2e/stage-steps.ts';
import { expectSilence } from '../offline/expect-silence.ts';
import { type OfflineRun, offlineRunRefusal, runOffline } from '../offline/run-offline.ts';
import type { Outcome, Plan } from '../offline/whole-product.ts';

const refusal = offlineRunRefusal();
const browser = findChromium();
const noBrowser = browser === null ? 'no browser of the Chromium family is installed' : null;

const root = path.join(import.meta.dirname, '..', '..');
const script = (name: string) => path.join(root, 'test', 'offline', name);
const csw = path.join(root, 'electron', 'cli', 'csw.ts');
/** Releases of ONNX Runtime that report home were seen to do so within this time, and not before 6 s. */
const LATE_S = 25;
const SMALL_ROWS = 200;

describe('without a network (T1)', () => {
  beforeEach((context) => context.skip(refusal !== null, refusal ?? ''));

  test('the harness catches a lookup, a connection to an address and a datagram to any port', async () => {
    const calls = `
      fetch('https://leak.example/').catch(() => {});
      require('node:net').connect(80, '192.0.2.7').on('error', () => {});
      require('node:net').connect(4318, '192.0.2.8').on('error', () => {});
      const socket = require('node:dgram').createSocket('udp4');
      socket.send('x', 514, '192.0.2.9', () => socket.close());`;
    const run = await runOffline([process.execPath, '-e', calls]);
    expect(run.contacts).toContain('dns leak.example');
    expect(run.contacts).toContain('tcp ::ffff:192.0.2.7:80');
    expect(run.connectionsOpened).toBe(3);
    // Only the one to the port on which nobody listens was not taken.
    expect(run.connectionsAccepted).toBe(2);
    expect(run.datagramsSent).toBeGreaterThan(1);
  });
});

describe(`the whole product, alive for ${LATE_S} s after ONNX Runtime was loaded (T1)`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'offline-product-'));
  const project = path.join(folder, 'bank.csw');
  let run: OfflineRun;
  let outcome: Outcome;
  const lines = (part: string, at = 0) => outcome[part]?.[at]?.output.trim().split('\n');

  beforeAll(async () => {
    if (refusal !== null) return;
    const source = path.join(folder, 'messages.csv');
    const rows = readFileSync(path.join(root, 'resources', 'samples', 'en', 'messages.csv'), 'utf8').split('\n');
    writeFileSync(source, `${rows.slice(0, SMALL_ROWS + 1).join('\n')}\n`);
    const node = process.execPath;
    const plan: Plan = {
      runtime: [[node, script('hold-onnxruntime.ts'), String(LATE_S)]],
      terminal: [
        [node, csw, 'new', project, '--name', 'A bank'],
        [node, csw, 'call', project, 'project.overview'],
        [node, csw, 'offline-statement', project, '--out', folder],
      ],
      flow: [[node, script('whole-flow.ts'), folder, source, String(LATE_S)]],
      ...(browser === null
        ? {}
        : {
            print: [[node, script('print-report.ts'), folder]],
            screens: [[node, script('walk-screens.ts'), browser, String(LATE_S)]],
          }),
    };
    run = await runOffline([node, script('whole-product.ts'), JSON.stringify(plan)], {
      folder: root,
      env: { CHROMIUM_PATH: browser ?? '' },
    });
    expect(run.code, run.output).toBe(0);
    outcome = JSON.parse(run.output);
  });
  beforeEach((context) => context.skip(refusal !== null, refusal ?? ''));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('calls nobody, and leaves no device id', () => {
    expectSilence(run, true);
  });

  test('has ONNX Runtime run with nothing set to silence it', () => {
    expect(outcome.runtime).toEqual([{ code: 0, output: '2 4\n2 4\n' }]);
  });

  test('makes a project, answers and states from the terminal', () => {
    expect(outcome.terminal?.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(lines('terminal', 1)?.join('')).toContain('"A bank"');
    expect(readdirSync(folder).filter((name) => name.startsWith('offline-statement-'))).toHaveLength(1);
  });

  test('goes from a file to an evaluated model', () => {
    expect({ code: outcome.flow?.[0]?.code, output: lines('flow') }).toEqual({
      code: 0,
      output: [
        'demand.dataset succeeded',
        'demand.clean succeeded',
        'demand.topics succeeded',
        'competitiveness.labels succeeded',
        'competitiveness.split succeeded',
        'competitiveness.run succeeded',
        '1 run',
      ],
    });
  });

  test('prints a page that asks for a picture from elsewhere', (context) => {
    context.skip(noBrowser !== null, noBrowser ?? '');
    expect(outcome.print).toEqual([{ code: 0, output: '{"type":"written"}\n' }]);
    expect(existsSync(path.join(folder, 'page.pdf'))).toBe(true);
  });

  test('is walked in a real browser: the sample, every page, an import, a report as HTML and PDF, the statement', (context) => {
    context.skip(noBrowser !== null, noBrowser ?? '');
    const [screens] = outcome.screens ?? [];
    expect(screens?.code, screens?.output).toBe(0);
    expect(JSON.parse(lines('screens')?.at(-1) ?? '')).toEqual({
      steps: Object.values(STAGE_STEPS).flat().length,
      pages: 6,
      imported: 1,
      reports: ['<!doc', '%PDF-'],
      statement: '<!doctype html>',
      printed: '%PDF-',
      asked: [],
      refused: 0,
      foreign: 0,
    });
  });
});
