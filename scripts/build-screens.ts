import { buildRenderer } from './build-renderer.ts';

/** Builds the screens where their sources changed. */
await buildRenderer();
