import type { TextShape } from '../../../i18n/text-shape.ts';
import type { tasksScreenZhCN } from './screen.zh-CN.ts';

/** Texts of the screens about several labels, ratings and numbers. */
export const tasksScreenEn: TextShape<typeof tasksScreenZhCN> = {
  predicts: 'What is predicted',
  kinds: {
    'single-label': 'One of the classes',
    'multi-label': 'Several labels at once',
    ordinal: 'A rating',
    regression: 'A number',
  },
  when: {
    'single-label':
      'When every text belongs to exactly one class, such as an intent or a topic. Ranking, compression, deployment and the later stages use models of this kind.',
    'multi-label':
      'When a text may name several needs or topics, or none. Each label is answered with yes or no by itself.',
    ordinal:
      'When answers are few and have an order, such as 1–5 stars: 4 in place of 5 is a smaller mistake than 1 (CORAL).',
    regression:
      'When the answer is a number and being far off is worse than being near, such as minutes or 0–100 points. For a scale of a few steps take “A rating”.',
  },
  onlyHere:
    'Such a model ends here: it is trained, compared, answers texts and is explained word by word. It cannot be compressed, ranked by g, adapted to a scenario, packed or monitored: these take models that answer one class, and say so where another is named.',
  from: 'Where it stands',
  columns: 'Columns',
  columnsPlaceholder: 'Choose one column or more',
  columnsMissing: 'Choose a column first',
  testColumnMissing: 'Choose a column of “{dataset}” too: it says what its texts are to be answered with',
  trainColumnMissing: 'Choose a column of another dataset too: nothing is left to train on',
  separator: 'Separator between labels',
  separatorHint: 'Parts the labels in one cell; its full-width form does too.',
  separatorMissing: 'Say what parts the labels in a cell',
  empty: 'An empty cell means',
  emptyUnlabelled: 'nobody has labelled it',
  emptyNone: 'none of the labels',
  prepare: 'Take, split and lock',
  prepareAgain: 'Take and lock again',
  prepareWarning:
    'Taking it again changes the locked test rows: {count} {count, plural:run becomes|runs become} stale.',
  summary: 'The data',
  labelled: 'texts with an answer',
  labelledMethod: 'Rows kept by the cleaning that have a text and an answer in the column.',
  unlabelled: '{count} without an answer are left out',
  labels: '{count} {count, plural:label|labels}',
  levels: '{count} {count, plural:level|levels}',
  perRow: '{mean} labels a text on average, {none} with none',
  scale: 'mean {mean} and deviation {deviation} of the training rows; all between {min} and {max}',
  label: 'Label',
  level: 'Level',
  rows: 'Rows',
  splitMethod: {
    share: 'Drawn in strata by {by}; equal texts stay in one part.',
    dataset:
      'Test rows are those of the test dataset; training rows that repeat one of its texts are left out. Dev rows are drawn in strata by {by}; equal texts stay in one part.',
  },
  by: { 'multi-label': 'the rarest label of a text', ordinal: 'level', regression: 'fifths of the number' },
  noData: 'Nothing to predict yet',
  noDataHint:
    'This will show how many rows each label or level has and which test rows are locked. Choose columns under “Data check” first.',
  lockMeans:
    'The fingerprint (SHA-256) of {rows} test rows. Runs with the same fingerprint can be compared with each other.',
  floor: {
    constant: 'Always the same answer',
    tfidf: 'Word counts + linear head',
    frozen: 'Frozen encoder + linear head',
  },
  floorWhat: {
    constant:
      'Without looking at the text: the labels that more than half of the training rows have (else the most frequent one), the median level, or the mean.',
    tfidf:
      'Counts words (TF-IDF) and fits the same linear head to them; no neural network. The penalty is chosen on the dev rows.',
    frozen:
      'The encoder as it is with a linear head: logistic regression of each label against the rest, ordinal logistic regression, or ridge regression; the penalty is chosen on the dev rows.',
  },
  measure: {
    microF1: 'Micro-F1',
    macroF1: 'Macro-F1',
    exactMatch: 'Texts all right',
    hammingLoss: 'Labels wrong (Hamming loss)',
    quadraticKappa: 'Quadratic kappa',
    mae: 'Mean absolute error',
    accuracy: 'Accuracy',
    withinOne: 'At most one level off',
    r2: 'R²',
    rmse: 'Root mean square error',
    spearman: 'Spearman’s ρ',
  },
  measureWhat: {
    microF1:
      '2·hits / (2·hits + wrong + missed) over all labels together; what is neither there nor named does not count.',
    macroF1: 'Mean of the labels’ F1: a small label counts as much as a large one.',
    exactMatch: 'Share of texts of which every label is right.',
    hammingLoss: 'Share of all text × label cells that are wrong; less is better.',
    quadraticKappa: 'Agreement beyond chance, where being further off costs more; 0 is chance, 1 is perfect.',
    mae: 'How far off answers are on average; less is better.',
    accuracy: 'Share of answers exactly right.',
    withinOne: 'Share of answers at most one level off.',
    r2: 'Share of the variation explained: 1 is all, 0 is the mean as the answer; it can be below 0.',
    rmse: 'Root of the mean squared error: large errors weigh more; less is better.',
    spearman: 'Correlation of ranks: 1 is the same order.',
  },
  interval: '{what} Interval: bootstrap over {rows} test rows, {resamples} resamples, 95 %.',
  floors: 'The simplest methods',
  floorsFirst: 'Measure the simplest methods first',
  form: 'New training ({what})',
  formLead: 'The weights with the best {measure} on the dev rows are kept.',
  formBecause: {
    'multi-label': {
      'few-per-class':
        'Suggested: half of the labels have {middle} training rows or fewer (under 20), so the whole encoder is tuned in small steps for 10 epochs, word vectors kept. {rows} training rows.',
      'some-per-class':
        'Suggested: half of the labels have {middle} training rows or more (20 to 499), so the whole encoder is tuned for 6 epochs, word vectors kept. {rows} training rows.',
      'many-per-class':
        'Suggested: half of the labels have {middle} training rows or more (500 and up), so 3 epochs over the whole encoder are enough. {rows} training rows.',
    },
    ordinal: {
      'few-per-class':
        'Suggested: half of the levels have {middle} training rows or fewer (under 20), so the whole encoder is tuned in small steps for 10 epochs, word vectors kept. {rows} training rows.',
      'some-per-class':
        'Suggested: half of the levels have {middle} training rows or more (20 to 499), so the whole encoder is tuned for 6 epochs, word vectors kept. {rows} training rows.',
      'many-per-class':
        'Suggested: half of the levels have {middle} training rows or more (500 and up), so 3 epochs over the whole encoder are enough. {rows} training rows.',
    },
    regression: {
      'few-per-class':
        'Suggested: fewer than 20 rows, so the whole encoder is tuned in small steps for 10 epochs, word vectors kept. {rows} training rows.',
      'some-per-class':
        'Suggested: fewer than 500 rows, so the whole encoder is tuned for 6 epochs, word vectors kept. {rows} training rows.',
      'many-per-class':
        'Suggested: 500 rows or more, so 3 epochs over the whole encoder are enough. {rows} training rows.',
    },
  },
  noRuns: 'No training yet',
  noRunsHint:
    'Measure the simplest methods, then start a training: every figure comes with its interval and is held against them row by row.',
  difference: 'Against the strongest simple method',
  differenceMethod: '{measure}: both on the same {rows} test rows, paired bootstrap, {resamples} resamples, 95 %.',
  tab: {
    labels: 'Each label',
    confusion: 'Answers',
    compare: 'Row by row',
    texts: 'Try texts',
    explanation: 'Explanation',
    seeds: 'Seeds',
    config: 'Settings',
  },
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
  support: 'Rows',
  predicted: 'Answered',
  supportMethod: 'Locked test rows that have the label.',
  predictedMethod: 'Locked test rows that are answered with the label.',
  threshold: 'Threshold',
  thresholdMethod: 'The label is answered above this probability: where F1 on the dev rows is highest.',
  thresholdUntuned: 'Fewer than 5 dev rows have this label: ½ is used.',
  wilson: 'Wilson’s 95 % interval.',
  bootstrap: 'Bootstrap interval, 95 %.',
  consistent: 'The probability of “above a level” falls from level to level: no answers contradict each other.',
  inconsistent:
    'The probability of “above a level” does not fall from level to level: some answers contradict each other.',
  errors: 'Half of the {rows} test texts are at most {p50} off, nine in ten at most {p90}.',
  reference: 'Held against',
  noLabel: '(no label)',
  certainty: '{label} {share}',
  above: 'above {label}: {share}',
  devScore: '{measure} on dev',
};
