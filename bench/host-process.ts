import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startLoopbackHost } from '../electron/host/loopback-host.ts';
import { createNodeWorkbench } from '../electron/hosting/node-workbench.ts';
import { onlyInside } from '../electron/hosting/project-paths.ts';

/** How the process of host and engine fares. Delays are what a timer of 10 ms is late by. */
export interface HostFigures {
  readonly residentMb: number;
  readonly heapMb: number;
  /** What is still reachable, counted after a collection: heap and what lies outside of it. Null where none was asked for. */
  readonly liveMb: number | null;
  readonly loopDelayP95Ms: number;
  readonly loopDelayMaxMs: number;
}
/** `collect`: measured after a collection of garbage, for which everything waits. */
export type ToHost = 'measure' | 'collect' | 'close';
export type FromHost =
  | { readonly type: 'listening'; readonly address: string }
  | { readonly type: 'measured'; readonly figures: HostFigures };

const MB = 1024 ** 2;
const RESOLUTION_MS = 10;
const NANOSECONDS = 1e6;

const [folder = ''] = process.argv.slice(2);
const tell = (message: FromHost) => process.send?.(message);
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
const host = await startLoopbackHost({
  // No page is asked for here.
  rendererFolder: folder,
  workbench: (protection) => createNodeWorkbench({ host: 'loopback', paths: onlyInside(folder), protection }),
});
process.on('message', (message: ToHost) => {
  if (message === 'close') {
    void host.close().then(() => process.disconnect());
    return;
  }
  if (message === 'collect') globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const late = (nanoseconds: number) => Math.max(0, nanoseconds / NANOSECONDS - RESOLUTION_MS);
  tell({
    type: 'measured',
    figures: {
      residentMb: rss / MB,
      heapMb: heapUsed / MB,
      liveMb: message === 'collect' ? (heapUsed + external) / MB : null,
      loopDelayP95Ms: late(delay.percentile(95)),
      loopDelayMaxMs: late(delay.max),
    },
  });
  delay.reset();
});
tell({ type: 'listening', address: host.address });
