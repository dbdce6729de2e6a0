import type { TextShape } from '../../i18n/text-shape.ts';
import type { reportTermsZhCN } from './terms.zh-CN.ts';

export const reportTermsEn: TextShape<typeof reportTermsZhCN> = {
  interval: {
    name: '95 % interval',
    what: 'Made in the same way from many samples, it would hold the true value in 95 % of them; where two intervals overlap much, neither is shown to be better.',
  },
  bootstrap: {
    name: 'Bootstrap (resampling)',
    what: 'The rows at hand are drawn again with replacement many times and everything is recomputed, to see how far results swing; by respondent, all rows of a person come and go together.',
  },
  relativeWeights: {
    name: 'Johnson relative weights',
    what: 'What a regression explains (R²) shared out among items that overlap, summing to R²; an association, no proof of cause.',
  },
  f1: {
    name: 'Weights of needs, f1(D)',
    what: 'Driver, share of mentions and satisfaction gap joined into one weight that sums to 1; its interval comes from resampled respondents.',
  },
  nps: { name: 'NPS', what: 'Share of promoters (9–10) minus share of detractors (0–6), times 100.' },
  csat: { name: 'CSAT', what: 'Share of answers in the top two boxes, with a Wilson interval.' },
  wilson: { name: 'Wilson interval', what: 'An interval of a share that holds for small samples and near 0 and 1.' },
  rand: { name: 'Adjusted Rand index', what: 'How far two groupings agree: 1 is identical, 0 is chance.' },
  accuracy: {
    name: 'Accuracy and macro-F1',
    what: 'Accuracy is the share answered right; macro-F1 averages the F1 of the classes, so that a small class counts like a large one.',
  },
  tableModels: {
    name: 'Scored tables: AUC, Brier, WOE',
    what: 'AUC (DeLong) is how often of two cases the right one comes first, Brier the mean square of probability minus outcome; models are compared on the same test parts with the Nadeau–Bengio correction. WOE is the logarithm of the shares without and with the event.',
  },
  calibration: {
    name: 'Calibration error (ECE)',
    what: 'How far stated confidence lies from the share answered right; 0 is perfect.',
  },
  floor: {
    name: 'Simplest methods',
    what: 'Always the largest class, word counts with logistic regression, a frozen encoder with logistic regression; a trained model must beat them.',
  },
  g: {
    name: 'Ranking of strategies, g',
    what: 'Gains on needs times f1 weights, summed; weights and gains are drawn together with their uncertainty, and it is counted how often each strategy ranks first.',
  },
  pareto: { name: 'Pareto', what: 'No other feasible strategy is at least as good in every way and better in one.' },
  newcombe: {
    name: 'Newcombe interval',
    what: 'An interval of the difference of two shares, joined from two Wilson intervals.',
  },
  srm: {
    name: 'Sample ratio check (SRM)',
    what: 'Where the numbers in the arms do not fit the planned ratio (p < 0.001) the assignment is broken, and no verdict is given.',
  },
  sus: { name: 'SUS', what: 'A usability questionnaire of ten items, 0–100; about 68 is usual.' },
  noninferiority: {
    name: 'Non-inferiority',
    what: 'Only where the whole interval of the new way lies above the largest loss one would accept is it called no worse than the old.',
  },
  did: {
    name: 'Difference in differences',
    what: 'The change in the pilot group minus the change in the control group, which takes out the trend that all share.',
  },
  drift: {
    name: 'Drift (AUC of a domain classifier)',
    what: 'A classifier is trained to tell new texts from training texts: 0.5 means it cannot; only above the band of random permutations have texts changed.',
  },
  kappa: { name: 'Cohen’s κ', what: 'Agreement of two judges beyond chance; 1 is full agreement, 0 is chance.' },
};
