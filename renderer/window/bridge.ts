import type { WindowBridge } from '../../shared/window/bridge.ts';

/** What the preload script gave this page; null in a browser. */
export const windowBridge: WindowBridge | null =
  (window as unknown as { readonly workbench?: WindowBridge }).workbench ?? null;
