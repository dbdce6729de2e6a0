import { expect } from 'vitest';
import { CONTROL_NAME, type OfflineRun } from './run-offline.ts';

/** The sink saw the control and nothing else, and no device id was left behind. */
export function expectSilence(run: OfflineRun): void {
  expect(
    run.control.filter((line) => line.startsWith('dns')),
    'positive control',
  ).toContain(`dns ${CONTROL_NAME}`);
  expect(
    run.control.some((line) => line.startsWith('tcp') && line.endsWith(':443')),
    'positive control',
  ).toBe(true);
  expect(run.contacts).toEqual([]);
  expect({ opened: run.connectionsOpened, sent: run.datagramsSent }).toEqual({ opened: 0, sent: 0 });
  expect(run.homeEntries.filter((entry) => entry.includes('DeveloperTools'))).toEqual([]);
}
