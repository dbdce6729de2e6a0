import type { TextShape } from '../../i18n/text-shape.ts';
import type { competitivenessTextsZhCN } from './texts.zh-CN.ts';

export const competitivenessTextsEn: TextShape<typeof competitivenessTextsZhCN> = {
  name: 'Competitiveness',
  about:
    'Tunes and compresses models for the needs, compares them on a locked test set, and ranks strategies under limits: f2 = g(f1(D), P, U).',
  step: {
    data: {
      title: 'Data check',
      lead: 'Check class counts, duplicates and leaks before training, then lock the test set.',
    },
    models: {
      title: 'Models and training',
      lead: 'Candidates compared on the locked test set; the dashed line is the simplest method, and below it a model is not worth using.',
    },
    compression: {
      title: 'Compression',
      lead: 'Smaller, faster versions compared row by row with their original; refused when the loss exceeds the tolerance.',
    },
    experiments: {
      title: 'Experiments U',
      lead: 'A/B tests, interviews and usability scores: the difference that users really feel.',
    },
    strategy: {
      title: 'Strategy f2',
      lead: 'How often each strategy comes first, within the limits of latency, size and budget.',
    },
  },
  figure: {
    accuracy: 'accuracy',
    gain: 'points above baseline',
    size: 'model size',
  },
  next: {
    checkData: 'Check training data and lock the test set',
    trainModel: 'Train a first candidate model',
    waitForRun: 'Compare row by row when the run ends',
    compressModel: 'Compress the candidate model',
    addExperiment: 'Import an A/B test or interviews',
    chooseStrategy: 'Rank the strategies',
  },
  artifact: {
    data: 'Data check',
    split: 'Split',
    run: 'Training run',
    baseline: 'Baseline',
    evaluation: 'Evaluation',
    compression: 'Compression',
    experiment: 'Experiment',
    strategy: 'Strategy f2',
  },
};
