import type { TextShape } from '../../../i18n/text-shape.ts';
import type { encodersScreenZhCN } from './screen.zh-CN.ts';

/** Texts of the screen of encoders tuned for similarity. */
export const encodersScreenEn: TextShape<typeof encodersScreenZhCN> = {
  title: 'Encoders tuned for similarity (no classifier)',
  when: 'When topics and neighbours should follow your labels: texts of one label are brought nearer, those of others apart (supervised contrastive learning). It answers no class, it gives vectors; the topics of stage 1 can be found with it.',
  base: 'Base encoder',
  rounds: 'Turns of each text',
  tune: 'Tune encoder',
  defaultName: '{model} · contrast',
  none: 'No encoder has been tuned yet.',
  encoder: 'Encoder',
  before: 'Recall@1 before',
  after: 'Recall@1 after',
  difference: 'Difference (points)',
  method:
    'Share of locked test rows whose most similar other test row has the same label; only labels with two test rows or more. Wilson’s 95 % interval.',
  differenceMethod: 'The same {rows} test rows, paired bootstrap, {resamples} resamples, 95 %.',
  rows: '{train} training rows, {steps} steps',
  remove: 'Remove',
};
