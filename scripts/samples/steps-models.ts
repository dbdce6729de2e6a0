import { suggestConfig } from '../../shared/train/run-config.ts';
import type { SampleLanguage } from './compose.ts';
import { type SampleStep, step } from './step.ts';

const WORDS = {
  'zh-CN': { modelId: 'bge-small-zh-v1.5', run: '信贷助手分类模型', compressed: '信贷助手分类模型 · int8' },
  en: {
    modelId: 'all-MiniLM-L6-v2',
    run: 'Credit assistant classifier',
    compressed: 'Credit assistant classifier · int8',
  },
} as const;

/** Roughly what stage 2 finds in the training rows: about this many of each kind of request. */
const ROWS_PER_CLASS = Array.from({ length: 10 }, () => 140);
const MAX_LENGTH = 64;
const EPOCHS = 3;
/** With about 400 test rows half a point cannot be shown: two rows are half a point. */
const TOLERANCE = 0.02;

/** Trains R1 by the recipe that the product suggests, for fewer epochs, and makes C1 of it. */
export function modelSteps(language: SampleLanguage, seed: number): SampleStep[] {
  const { modelId, run, compressed } = WORDS[language];
  const { config } = suggestConfig({ rowsPerClass: ROWS_PER_CLASS, maxLength: MAX_LENGTH, seed });
  return [
    step('competitiveness.train', { name: run, modelId, config: { ...config, epochs: EPOCHS } }),
    step('competitiveness.compress', { name: compressed, runId: 'R1', technique: 'int8', tolerance: TOLERANCE }),
  ];
}
