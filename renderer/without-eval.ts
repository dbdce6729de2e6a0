import { z } from 'zod';

/** The validator would otherwise try whether it may generate code. The policy of this page forbids it, and every try would count as refused.
 *  Imported first: the setting is read when a schema is made. */
z.config({ jitless: true });
