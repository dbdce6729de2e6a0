import type { TextShape } from '../i18n/text-shape.ts';
import type { trainingTextsZhCN } from './texts.zh-CN.ts';

export const trainingTextsEn: TextShape<typeof trainingTextsZhCN> = {
  moreSettings: 'More settings',
  moreSettingsLead: 'These can usually stay as they are. Change one at a time, so that you see what it brings.',
  robustness: {
    title: 'Little data, uneven classes, altered texts',
    classWeights: {
      name: 'Class weights',
      when: 'Where classes differ much in size and the small ones matter. Use one of these, focal loss and logit adjustment.',
      options: { none: 'none', balanced: 'balanced by rows', 'effective-number': 'by effective number of rows' },
      beta: 'β (towards 1: more balanced)',
    },
    labelSmoothing: {
      name: 'Label smoothing',
      when: 'Where labels have errors, or the model is too sure of itself; 0.1 is usual.',
      value: 'ε (share given to other classes)',
    },
    focalGamma: {
      name: 'Focal loss',
      when: 'Where most texts are easy and few are hard: what is right already counts less; 2 is usual.',
      value: 'γ (larger: more weight on the hard)',
    },
    logitAdjustment: {
      name: 'Logit adjustment',
      when: 'Where there are many small classes and each should be answered well; mostly better than weights; 1 is usual.',
      value: 'τ (strength)',
    },
    rDrop: {
      name: 'R-Drop',
      when: 'With tens to hundreds of rows a class: each text goes through twice and both answers must agree. About twice the time and memory of a step.',
      value: 'α (weight of agreement)',
      needs: 'Set dropout above 0 first.',
    },
    adversary: {
      name: 'Adversarial training',
      when: 'Where typing errors or other words turn the answer: word vectors are pushed a little to where the model errs, and it learns to answer there too. The perturbation tests of stage 3 show whether it helps.',
      needs: 'Not with “head only” or “frozen lower layers”: they do not look at word vectors.',
      types: { fgm: 'FGM', pgd: 'PGD', freelb: 'FreeLB' },
      cost: 'About {passes} times the time of a step; gradients take memory once more.',
      fields: {
        epsilon: 'ε (how far a text is pushed at most)',
        steps: 'steps K',
        stepSize: 'length of a step',
        initialSize: 'random shift to begin with',
        limit: 'ε (how far a text is pushed at most)',
      },
    },
    augmentation: {
      name: 'Augmentation',
      when: 'With fewer than a few hundred rows a class: copies of training rows with small changes. Only training rows are copied, never dev or test rows; it brings most below 500 rows.',
      techniques: 'Changes',
      copies: 'Copies of a row',
      rate: 'α (share of words changed)',
      cost: 'Up to {times} times the training rows, and as much time an epoch; fewer epochs will do.',
      added: 'Copies added',
      technique: {
        synonyms: 'near words',
        insertion: 'insert near words',
        swap: 'swap words',
        deletion: 'delete words',
        punctuation: 'insert punctuation',
        clauses: 'reorder clauses',
        typos: 'typing errors',
        homophones: 'look-alike characters',
        script: 'traditional characters',
        contractions: 'contractions',
      },
    },
    on: 'Use {name}',
    none: 'none',
  },
};
