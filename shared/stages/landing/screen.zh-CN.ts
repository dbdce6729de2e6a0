/** Texts of the landing screens, one block per step. */
export const landingScreenZhCN = {
  // goals
  // solution
  // package
  // pilot
} as const;
