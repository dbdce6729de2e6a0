import { formatNumber } from '../i18n/number.ts';
import type { Translate } from '../i18n/translate.ts';

const BYTES_PER_KB = 1000;
const BYTES_PER_MB = 1_000_000;

/** A size on the disk in words. */
export function sizeText(t: Translate, bytes: number): string {
  if (bytes >= BYTES_PER_MB) return t('offline.megabytes', { size: formatNumber(bytes / BYTES_PER_MB, 1) });
  if (bytes >= BYTES_PER_KB) return t('offline.kilobytes', { size: formatNumber(bytes / BYTES_PER_KB) });
  return t('offline.bytes', { size: formatNumber(bytes) });
}
