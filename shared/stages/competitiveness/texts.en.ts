import type { TextShape } from '../../i18n/text-shape.ts';
import { competitivenessScreenEn } from './screen.en.ts';
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
      lead: 'A/B tests and usability scores: the difference that users really feel.',
    },
    strategy: {
      title: 'Strategy f2',
      lead: 'How often each strategy comes first, within the limits of latency, size and budget.',
    },
  },
  figure: {
    accuracy: 'accuracy: {text}',
    aboveFloor: 'points against the strongest simple method',
    latency: 'p95 latency',
  },
  next: {
    labels: 'Set the labels to train on',
    split: 'Split the data and lock the test set',
    floors: 'Measure the simplest methods',
    train: 'Train a first candidate model',
    decide: 'Rank the strategies',
  },
  artifact: {
    labels: 'Labels',
    split: 'Split',
    floors: 'Simplest methods',
    trainingPlan: 'Cost of trainings',
    run: 'Training run',
    compressed: 'Compressed model',
    hubExport: 'Hugging Face export',
    jobExport: 'Training for another engine',
    importedModel: 'Imported base model',
    paraphrases: 'Back-translations',
    classified: 'Answers to tried texts',
    explanation: 'Explanation',
    faithfulness: 'Faithfulness of explanations',
    experiment: 'Experiment',
    usability: 'Usability',
    encoder: 'Similarity encoder',
    taskData: 'What is predicted',
    taskFloors: 'Simplest methods',
    taskRun: 'Training run',
    taskAnswers: 'Answers to texts',
    strategies: 'List of strategies',
    decision: 'Strategy f2',
  },
  screen: competitivenessScreenEn,
};
