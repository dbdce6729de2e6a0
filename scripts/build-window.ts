import { buildMain } from './build-main.ts';
import { buildRenderer } from './build-renderer.ts';

/** `npm run build`: screens, window and its processes, each where its sources changed. */
await buildRenderer();
await buildMain();
