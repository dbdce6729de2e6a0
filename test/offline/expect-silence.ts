import { expect } from 'vitest';
import { CONTROL_NAME, type OfflineRun } from './run-offline.ts';

/** The sink saw the control and nothing else, and no device id was left behind. A product with a loopback host opens connections to it:
 *  then every connection must have been taken, and the sink, which takes those to elsewhere, must have taken none. */
export function expectSilence(run: OfflineRun, hasHost = false): void {
  expect(
    run.control.filter((line) => line.startsWith('dns')),
    'positive control',
  ).toContain(`dns ${CONTROL_NAME}`);
  expect(
    run.control.some((line) => line.startsWith('tcp') && line.endsWith(':443')),
    'positive control',
  ).toBe(true);
  expect(run.contacts).toEqual([]);
  const opened = hasHost ? run.connectionsOpened - run.connectionsAccepted : run.connectionsOpened;
  expect({ opened, sent: run.datagramsSent }).toEqual({ opened: 0, sent: 0 });
  expect(run.homeEntries.filter((entry) => entry.includes('DeveloperTools'))).toEqual([]);
}
