import { packageScreenZhCN } from './package/screen.zh-CN.ts';

/** Texts of the landing screens, one block per step. */
export const landingScreenZhCN = {
  // goals
  // solution
  // package
  package: packageScreenZhCN,
  // pilot
} as const;
