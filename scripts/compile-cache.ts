import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/** Keeps what Node makes of our sources beside the built screens, so that only the first start has to compile them. A folder that cannot be written changes nothing but the time. */
enableCompileCache(join(import.meta.dirname, '..', 'out', 'compile-cache'));
