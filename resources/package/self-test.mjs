import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { selfTest } from './lib/self-checks.mjs';

/** `node self-test.mjs`: prints one JSON line and ends with 0 where everything passed, else with 1. Needs no network. */
const result = await selfTest(dirname(fileURLToPath(import.meta.url)));
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exit(result.passed ? 0 : 1);
