import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { expectSilence } from '../offline/expect-silence.ts';
import { offlineRunRefusal, runOffline } from '../offline/run-offline.ts';

const root = path.join(import.meta.dirname, '..', '..');
const csw = path.join(root, 'electron', 'cli', 'csw.ts');
const flow = path.join(root, 'test', 'offline', 'whole-flow.ts');
const refusal = offlineRunRefusal();
/** As in offline.test.ts: reports home were seen to leave within this time. */
const LATE_S = 25;
const SMALL_ROWS = 200;

describe('a project without a network (T1)', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'offline-flow-'));
  beforeEach((context) => context.skip(refusal !== null, refusal ?? ''));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is made and asked from the terminal, and calls nobody', async () => {
    const file = path.join(folder, 'bank.csw');
    const made = await runOffline([process.execPath, csw, 'new', file, '--name', 'A bank'], { folder });
    expect(made.code, made.output).toBe(0);
    expectSilence(made);
    const asked = await runOffline([process.execPath, csw, 'call', file, 'project.overview'], { folder });
    expect(asked.code, asked.output).toBe(0);
    expect(asked.output).toContain('"A bank"');
    expectSilence(asked);
  });

  test(`goes from a file to an evaluated model, then stays open for ${LATE_S} s, and calls nobody`, async () => {
    const source = path.join(folder, 'messages.csv');
    const lines = readFileSync(path.join(root, 'resources', 'samples', 'en', 'messages.csv'), 'utf8').split('\n');
    writeFileSync(source, `${lines.slice(0, SMALL_ROWS + 1).join('\n')}\n`);
    const run = await runOffline([process.execPath, flow, folder, source, String(LATE_S)], { folder: root });
    expect({ code: run.code, output: run.output.trim().split('\n') }).toEqual({
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
    expectSilence(run);
  });
});
