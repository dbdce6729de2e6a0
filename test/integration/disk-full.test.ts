import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { DiskFullReport } from '../faults/disk-full.ts';
import { mountRefusal, runMounted } from '../faults/mounts.ts';

const MEGABYTES = 12;

let disk: string;
beforeAll(() => {
  disk = mkdtempSync(join(tmpdir(), 'workbench-full-'));
});
afterAll(() => rmSync(disk, { recursive: true, force: true }));

describe('a full disk (T8)', () => {
  const refusal = mountRefusal();
  beforeEach((context) => context.skip(refusal !== null, refusal ?? ''));

  it('fails import, training, copy and report by name, keeps what was there readable, and all go on once there is room', async () => {
    const found = await runMounted<DiskFullReport>(
      'disk-full.ts',
      [{ type: 'disk', at: disk, megabytes: MEGABYTES }],
      [disk],
    );
    const sound = { datasets: 1, rows: 240, intact: true };
    expect(found).toEqual({
      whileImporting: 'project.disk-full',
      afterImport: sound,
      whileTraining: 'project.disk-full',
      whileCopying: 'project.disk-full',
      whileReporting: 'project.disk-full',
      // A change of one page finds its room in the journal that is there.
      whileRenaming: expect.stringMatching(/^(done|project\.disk-full)$/),
      whileFull: sound,
      leftovers: [],
      readOnly: 'disk-full',
      reopened: sound,
      withRoom: {
        resumed: ['competitiveness.run:R2 succeeded', 'report.document:en succeeded'],
        imported: 'succeeded',
        copied: 'done',
        reported: 'succeeded',
        intact: true,
      },
      spool: false,
    });
  });
});
