import type { TextShape } from '../../../i18n/text-shape.ts';
import type { explanationScreenZhCN } from './screen.zh-CN.ts';

export const explanationScreenEn: TextShape<typeof explanationScreenZhCN> = {
  lead: 'Choose a test text or write one, and see which words make the model answer as it does.',
  from: { testRow: 'A test text', text: 'Your own text' },
  fromLabel: 'Which text to explain',
  show: { all: 'All', wrong: 'Answered wrong', right: 'Answered right' },
  showLabel: 'Which test texts',
  search: 'Find in the texts',
  listNote: {
    'single-label': 'Least sure first · {total} in all',
    'multi-label': 'Most labels wrong first · {total} in all',
    ordinal: 'Furthest off first · {total} in all',
    regression: 'Furthest off first · {total} in all',
  },
  listNone: 'There is no such test text.',
  rowAnswer: 'actual “{actual}” · answered “{predicted}” · {confidence} sure',
  rowSaid: 'actual {actual} · answered {predicted}',
  wrongMark: 'wrong',
  rightMark: 'right',
  previous: 'Previous',
  next: 'Next',
  own: 'Text',
  ownHint: 'Something a customer would say; what is too long for the model to read is not explained',
  target: {
    'single-label': {
      label: 'Class to explain',
      hint: 'The answered class unless you choose another, to ask why it was not that one',
      likeliest: 'the answered class',
    },
    'multi-label': {
      label: 'Label to explain',
      hint: 'The likeliest label unless you choose another, to ask why it is or is not there',
      likeliest: 'the likeliest label',
    },
  },
  explain: 'Explain',
  chooseRow: 'Choose a test text first',
  enterText: 'Write a text first',
  none: 'No explanation yet',
  noneHint: 'Choose a text and press Explain: every word shows which way it pushes the answer, with its number.',
  answer: 'The model answers “{label}” with probability {probability}.',
  answerOther: 'The model answers “{predicted}”; explained here is “{label}”, probability {probability}.',
  calibrated:
    'Calibrated, as “Try texts” and a package answer, that probability is {probability} (T = {temperature}, {rows} dev rows).',
  answerLabel: 'The model answers {predicted}; explained here is “{label}”, probability {probability}.',
  answerSelf: 'The model answers {predicted}.',
  actual: {
    'single-label': 'Actual class: “{actual}”.',
    'multi-label': 'Actual labels: {actual}.',
    ordinal: 'Actual rating: {actual}.',
    regression: 'Actual number: {actual}.',
  },
  ofOriginal:
    'A compressed model has no gradients: what is explained here is its float32 original, and the probability is the original’s too.',
  measureLabel: 'Which explanation',
  measure: { attribution: 'Integrated gradients', scoreFall: 'Occlusion' },
  measureHint: {
    attribution:
      'On the way from an empty text to this one, what each word pushes the score is added up; the words’ sum is the change of the score.',
    scoreFall: 'One word at a time is masked and the model asked again: how far the score falls.',
  },
  supports: 'speaks for “{label}”',
  opposes: 'speaks against “{label}”',
  up: { ordinal: 'pushes the rating up', regression: 'pushes the number up' },
  down: { ordinal: 'pushes the rating down', regression: 'pushes the number down' },
  wordTitle: '{word}: {value}',
  numbers: 'Number of every word',
  column: {
    word: 'Word',
    attribution: 'Integrated gradients',
    scoreFall: 'Occlusion: fall of the score',
    probabilityFall: 'Occlusion: fall of the probability',
  },
  score: {
    'single-label':
      'Score = the class’s logit less the mean of all logits; {score} for this text, {baseline} for an empty one.',
    'multi-label':
      'Score = the label’s logit, of which 0 is a probability of 50 %; {score} for this text, {baseline} for an empty one.',
    ordinal:
      'Score = the one figure that the model gives a text; the thresholds between the levels turn it into a rating. {score} for this text, {baseline} for an empty one. Thresholds: {thresholds}.',
    regression:
      'Score = the predicted number, in the unit of the data; {score} for this text, {baseline} for an empty one.',
  },
  threshold: '{level} or more above {above}',
  gap: 'Completeness gap {gap} ({steps} steps): how far the words’ sum is from the change of the score.',
  gapNone: 'The score is that of an empty text: there is no change to divide among the words.',
  gapWide: 'The gap is above 5 %: rely on occlusion, or take another text.',
  truncated: 'The text is too long: the model reads its beginning, and words that it does not read are left out.',
  faithfulness: {
    noProbability:
      'Which explanation to trust is measured by how far a probability falls without the words named first, so for classes and labels only. A rating or a number has none: look at the completeness gap, and at whether both explanations agree.',
    ofLabel: 'The answer that is looked at is the likeliest label of each text.',
    title: 'Which explanation to trust',
    lead: 'Take away the words that an explanation names first, and the model should become unsure quickly; keep those alone, and it should stay sure. What counts is the difference to a random order.',
    texts: 'Test texts drawn',
    textsHint: 'More make the intervals narrower and take longer',
    measure: 'Measure',
    again: 'Measure again',
    none: 'Not measured yet',
    noneHint:
      'This holds both explanations against a random order on locked test texts, and says which to trust for this model.',
    verdict: {
      integratedGradients: 'Trust integrated gradients for this model.',
      occlusion: 'Trust occlusion for this model.',
      either: 'Both explanations can be trusted; neither is clearly better.',
      neither: 'Neither explanation beats a random order: decide nothing on a single explanation.',
    },
    because: {
      integratedGradients:
        'Without the words that it names first the probability falls {above} points more than in random order.',
      occlusion:
        'Without the words that it names first the probability falls {above} points more than in random order.',
      either: 'Both fall further than random order; they differ by {difference} points, an interval across 0.',
      neither: 'Neither interval of the difference to random order lies wholly above 0.',
    },
    order: { integratedGradients: 'Integrated gradients', occlusion: 'Occlusion', random: 'Random order' },
    deleted: 'Without the words named first',
    kept: 'The words named first alone',
    xLabel: 'share of the words',
    yLabel: 'mean probability of the answer',
    column: {
      order: 'Order by',
      comprehensiveness: 'Fall without them (large is good)',
      sufficiency: 'Fall with them alone (small is good)',
      aboveRandom: 'Without them, beyond random',
    },
    method:
      'n = {texts} locked test texts ({tooShort} more were too short); words are taken out, not masked; mean over shares of 10 % to 70 % (AOPC); 95 % intervals: texts resampled {resamples} times, differences to random in pairs. Completeness gap of the integrated gradients: mean {gap}, widest {widest}.',
    valueMethod:
      'Mean fall of the probability over the shares and texts (AOPC); 95 % percentile interval, texts resampled {resamples} times',
  },
};
