import type { ColumnProfile } from './column-profile.ts';
import type { Scale } from './column-role.ts';
import { scaleOfWords } from './scale-words.ts';

/** Ends of the scales in use. */
const SCALE_MAXIMA = [5, 7, 10] as const;
/** A name that says "score" also allows percentages. */
const SCORE_NAME = /(score|rating|stars?|grade|csat|nps|satisf|recommend|评分|打分|得分|星级|满意|推荐)/i;

/** Scales by column id. Columns of one stem (`imag1`, `imag2`) share theirs, and where one 10-point column shows a 0 all do:
 *  a questionnaire seldom mixes 0–10 with 1–10. */
export function guessScales(profiles: readonly ColumnProfile[]): Map<string, Scale> {
  const scales = new Map<string, Scale>();
  const stems = new Map<string, ColumnProfile[]>();
  for (const profile of profiles) {
    const words = scaleOfWords(profile.distinct);
    if (words !== null) scales.set(profile.column.id, words);
    else if (looksRated(profile)) {
      const stem = stemOf(profile.column.name) || profile.column.id;
      stems.set(stem, [...(stems.get(stem) ?? []), profile]);
    }
  }
  const zeroBased = [...stems.values()].flat().some(({ min, max }) => min === 0 && max === 10);
  for (const group of stems.values()) {
    const min = Math.min(...group.map((profile) => profile.min));
    const max = Math.max(...group.map((profile) => profile.max));
    const named = group.some(({ column }) => SCORE_NAME.test(column.name));
    const top =
      SCALE_MAXIMA.find((end) => (named ? max <= end : max === end)) ?? (named && max <= 100 ? 100 : undefined);
    if (top === undefined) continue;
    const bottom = min === 0 || (top === 10 && zeroBased) || top === 100 ? 0 : 1;
    for (const { column } of group) scales.set(column.id, { min: bottom, max: top, direction: 'higher-better' });
  }
  return scales;
}

function looksRated({ allNumeric, allIntegers, min, max, distinct, column }: ColumnProfile): boolean {
  if (!allNumeric || min < 0) return false;
  return SCORE_NAME.test(column.name) ? max <= 100 : allIntegers && max <= 10 && distinct.size >= 3;
}

/** The name without its number: `imag1` → `imag`, `Q3_2` → `q`, `3. 服务态度` keeps its words. */
function stemOf(name: string): string {
  return name.replace(/[\s_.-]*\d+([_.-]\d+)*$/, '').toLowerCase();
}
