import type { TextShape } from '../../i18n/text-shape.ts';
import type { landingScreenZhCN } from './screen.zh-CN.ts';

export const landingScreenEn: TextShape<typeof landingScreenZhCN> = {
  // goals
  // solution
  // package
  // pilot
};
