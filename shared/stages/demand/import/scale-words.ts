import type { Scale } from './column-role.ts';

/** Wordings of five-point scales, worst first. */
const FIVE_POINT_WORDS: readonly (readonly string[])[] = [
  ['非常不满意', '不满意', '一般', '满意', '非常满意'],
  ['很不满意', '不满意', '一般', '满意', '很满意'],
  ['非常不同意', '不同意', '一般', '同意', '非常同意'],
  ['完全不同意', '不同意', '中立', '同意', '完全同意'],
  ['很差', '差', '一般', '好', '很好'],
  ['非常不重要', '不重要', '一般', '重要', '非常重要'],
  ['very dissatisfied', 'dissatisfied', 'neutral', 'satisfied', 'very satisfied'],
  ['very unsatisfied', 'unsatisfied', 'neutral', 'satisfied', 'very satisfied'],
  ['strongly disagree', 'disagree', 'neutral', 'agree', 'strongly agree'],
  ['strongly disagree', 'disagree', 'neither agree nor disagree', 'agree', 'strongly agree'],
  ['very poor', 'poor', 'fair', 'good', 'very good'],
  ['not at all important', 'slightly important', 'moderately important', 'very important', 'extremely important'],
];

/** The scale whose words are the values of a column, at least three of them met; null when there is none. */
export function scaleOfWords(distinct: ReadonlySet<string>): Scale | null {
  const values = [...distinct].map((value) => value.toLowerCase());
  if (values.length < 3 || values.length > 5) return null;
  const words = FIVE_POINT_WORDS.find((candidate) => values.every((value) => candidate.includes(value)));
  return words === undefined ? null : { min: 1, max: 5, direction: 'higher-better', labels: [...words] };
}
