import type { TextShape } from '../../i18n/text-shape.ts';
import { packageScreenEn } from './package/screen.en.ts';
import type { landingScreenZhCN } from './screen.zh-CN.ts';

export const landingScreenEn: TextShape<typeof landingScreenZhCN> = {
  // goals
  // solution
  // package
  package: packageScreenEn,
  // pilot
};
