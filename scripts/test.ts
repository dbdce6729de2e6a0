import { browserTests } from './browser-tests.ts';
import { runChecks } from './checks.ts';
import { vitestStep } from './run-vitest.ts';
import { runStep, summarize } from './step.ts';

/** `npm test`: the checks, the tests with processes and files, then the screens in a browser. Every part runs, whatever an earlier one found. */
const checks = await runChecks();
// Before the tests that run the bundles: those that run side by side must not build the same folder.
const build = await runStep({ name: 'build of screens and window', command: ['node', 'scripts/build-window.ts'] });
const integration = await runStep(vitestStep('integration', true));
const alone = await runStep(vitestStep('alone', true));
summarize([...checks, build, integration, alone, ...(build.failed === 0 ? [await browserTests()] : [])]);
