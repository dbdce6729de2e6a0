import { z } from 'zod';
import { storageFormatSchema } from '../../../train/storage.ts';
import { notice } from '../notices.ts';

const rows = z.int().min(0);
const precision = storageFormatSchema;

/** What whoever installs a package should know although it was built. */
export const packageNoticeSchema = z.discriminatedUnion('code', [
  notice('package-gate-refused', { modelId: z.string() }),
  notice('package-gate-unproven', { modelId: z.string(), tolerance: z.number() }),
  notice('package-tests-missing', { modelId: z.string() }),
  notice('package-tests-failed', { failed: rows, unclear: rows, passed: rows }),
  notice('package-stale', { slots: z.string() }),
  notice('package-below-floor', { floor: z.enum(['majority', 'tfidf', 'frozen']), difference: z.number() }),
  notice('package-precision-unmeasured', { measured: precision, packed: precision }),
  notice('package-calibration-no-better', { devRows: rows, before: z.number(), after: z.number() }),
  notice('package-few-samples', { rows, needed: rows }),
  notice('package-other-platform', { platform: z.string() }),
  notice('package-cleaned-apart', { datasets: z.string(), taken: z.string() }),
  notice('package-samples-masked', { rows }),
]);
export type PackageNotice = z.output<typeof packageNoticeSchema>;
