import { runChecks } from './checks.ts';
import { summarize } from './step.ts';

/** `npm run check` */
summarize(await runChecks());
