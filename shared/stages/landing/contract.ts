import { defineStage } from '../../contract/stage.ts';

// ---- goals ----

// ---- solution ----

// ---- package ----

// ---- pilot ----

export const landing = defineStage('landing', ['goals', 'solution', 'package', 'pilot'], {
  // goals
  // solution
  // package
  // pilot
});
