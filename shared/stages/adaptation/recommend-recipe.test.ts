import { describe, expect, it } from 'vitest';
import { type Measured, type RecipeFacts, recommendRecipe } from './recommend-recipe.ts';

const measured = (accuracy: number, costPerThousand = 1000 * (1 - accuracy), humanShare = 0): Measured => ({
  accuracy: { value: accuracy, low: accuracy - 0.05, high: Math.min(1, accuracy + 0.05) },
  costPerThousand,
  humanShare,
});

const FACTS: RecipeFacts = {
  labelOverlap: 1,
  allClassesKnown: true,
  trainRows: 300,
  medianTrainRows: 60,
  distance: { auc: 0.52, differs: false },
  accuracyLimit: 0.85,
  humanLook: 0.3,
  reuse: measured(0.9),
  threshold: measured(0.95, 98),
  newHead: measured(0.88),
  sourceIsShared: false,
  sourceIsInt8: false,
  parameters: { all: 12_000_000, head: 1500, lora: 70_000 },
  epochs: { head: 3, lora: 6, continue: 4 },
};
const NEW_CLASSES = { labelOverlap: 0, allClassesKnown: false, reuse: null, threshold: null } as const;
const said = (facts: Partial<RecipeFacts>) => {
  const { recommended, reasons } = recommendRecipe({ ...FACTS, ...facts });
  return [recommended, ...reasons];
};

describe('recommended recipe', () => {
  it.each([
    ['reuse where the source meets the limit', {}, ['reuse', 'meets-limit']],
    [
      'a threshold where handing over saves a twentieth of the cost',
      { threshold: measured(0.97, 90) },
      ['threshold', 'meets-limit', 'reject-saves-cost'],
    ],
    ['reuse where nobody can look', { humanLook: null, threshold: null }, ['reuse', 'meets-limit']],
    ['a new head for other classes where it is enough', NEW_CLASSES, ['new-head', 'other-classes', 'head-is-enough']],
    [
      'a new head for few rows a class though it misses the limit',
      { ...NEW_CLASSES, medianTrainRows: 12, newHead: measured(0.6) },
      ['new-head', 'other-classes', 'few-rows-per-class'],
    ],
    [
      'tuning on where a head misses the limit and rows allow it',
      { ...NEW_CLASSES, newHead: measured(0.7) },
      ['continue', 'other-classes'],
    ],
    [
      'LoRA where the source’s encoder is shared',
      { ...NEW_CLASSES, newHead: measured(0.7), sourceIsShared: true },
      ['lora', 'other-classes', 'shared-encoder'],
    ],
    [
      'tuning on of the same classes below the limit, in a far domain with many rows',
      {
        reuse: measured(0.6),
        newHead: measured(0.7),
        medianTrainRows: 800,
        sourceIsShared: true,
        distance: { auc: 0.9, differs: true },
      },
      ['continue', 'same-classes-below-limit', 'far-domain', 'many-rows'],
    ],
    [
      'a threshold where there is nothing to train on',
      { reuse: measured(0.6), trainRows: 0, medianTrainRows: 0, newHead: null },
      ['threshold', 'no-train-rows'],
    ],
    [
      'a threshold of an int8 source below the limit',
      { reuse: measured(0.6), sourceIsInt8: true, newHead: null },
      ['threshold', 'same-classes-below-limit'],
    ],
  ] as const)('is %s', (_, facts, wanted) => {
    expect(said(facts)).toEqual(wanted);
  });

  it('says of every recipe why it cannot be used', () => {
    const { options } = recommendRecipe({
      ...FACTS,
      ...NEW_CLASSES,
      humanLook: null,
      sourceIsInt8: true,
      newHead: null,
    });
    expect(options.map(({ recipe, applicable, codes }) => [recipe, applicable, codes])).toEqual([
      ['reuse', false, ['no-common-classes']],
      ['threshold', false, ['no-common-classes', 'no-human-look']],
      ['new-head', false, ['int8-source']],
      ['lora', false, ['int8-source']],
      ['continue', false, ['int8-source']],
    ]);
  });
});
