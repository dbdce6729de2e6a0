import { formatNumber, formatShare } from '../../../i18n/number.ts';
import type { Translate } from '../../../i18n/translate.ts';
import type { PackageNotice } from './notices.ts';

/** A finding about a package in words. */
export function packageNoticeText(t: Translate, notice: PackageNotice): string {
  switch (notice.code) {
    case 'package-below-floor':
      return t('stage.landing.screen.package.notice.package-below-floor', {
        floor: t(`stage.competitiveness.screen.floor.${notice.params.floor}`),
        difference: formatNumber(notice.params.difference, 1),
      });
    case 'package-calibration-no-better':
      return t('stage.landing.screen.package.notice.package-calibration-no-better', {
        devRows: notice.params.devRows,
        before: formatShare(notice.params.before, 1),
        after: formatShare(notice.params.after, 1),
      });
    case 'package-gate-unproven':
      return t('stage.landing.screen.package.notice.package-gate-unproven', {
        ...notice.params,
        tolerance: formatNumber(notice.params.tolerance, 1),
      });
    default:
      return t(`stage.landing.screen.package.notice.${notice.code}`, notice.params);
  }
}
