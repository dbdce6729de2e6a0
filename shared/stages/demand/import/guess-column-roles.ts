import { missingCodeSet, PRESET_MISSING_CODES } from '../clean/missing-codes.ts';
import { type ColumnProfile, profileColumn } from './column-profile.ts';
import type { ColumnRole, Role, RoleReason, Scale } from './column-role.ts';
import { guessScales } from './guess-scale.ts';
import type { Column } from './import-options.ts';

export interface RoleGuess extends ColumnRole {
  readonly reason: RoleReason;
}

/** Names, Chinese and English. A word stands alone or beside a digit or separator, so that `sat1` is one and `saturday` is none. */
const NAMES = {
  respondent:
    /^(id|uid|.*_id|user ?id|respondent.*|customer ?(id|no)|序号|编号|答卷编号|用户(id|编号)?|客户(号|编号|id)|工号|会员号)$/i,
  weight: /^(weight|weights|wt|权重|加权)$/i,
  date: /(date|time|日期|时间)/i,
  nps: /(\bnps\b|recommend|推荐)/i,
  ces: /(\bces\b|effort|费力|省力|容易程度)/i,
  csat: /(csat|satisf|满意)/i,
  overall: /^(sat[_ ]?1|satisfaction|sat|overall.*|总体.*|整体.*|总满意.*|综合满意.*)$/i,
  label: /^(label|labels|category|class|intent|target|sentiment|tag|标签|类别|分类|意图|情感|.*_(risk|label|class))$/i,
  rating: /(score|rating|stars?|grade|评分|打分|得分|星级)/i,
  segment:
    /(gender|sex|\bage\b|age_|年龄|性别|region|city|province|地区|城市|省份|部门|department|channel|渠道|segment|客群|客户类型|职业|学历|收入|education|occupation|branch|网点$|行业|industry)/i,
  text: /(text|comment|content|review|feedback|utterance|message|suggestion|评论|内容|反馈|意见|建议|留言|文本|原因|描述|请说明)/i,
} as const;

const CHOICE_SEPARATORS = ['┋', ';', '；', '|', '、', ',', '，'] as const;
const NPS_SCALE: Scale = { min: 0, max: 10, direction: 'higher-better' };
/** From this mean length on, values that hardly repeat are texts. */
const TEXT_LENGTH = 6;
const MAX_CATEGORIES = 30;
/** Rated columns from which on they are the items of a questionnaire. */
const QUESTIONNAIRE_ITEMS = 3;

/** A role for every column, from its name and the sampled rows. The analyst confirms or changes it. */
export function guessColumnRoles(columns: readonly Column[], sampleRows: readonly (readonly string[])[]): RoleGuess[] {
  const codes = missingCodeSet(PRESET_MISSING_CODES);
  const profiles = columns.map((column, place) => profileColumn(column, place, sampleRows, codes));
  const scales = guessScales(profiles.filter((profile) => !NAMES.label.test(profile.column.name)));
  const scored = profiles.filter((profile) => scales.has(profile.column.id) && !isNamedOtherwise(profile));
  const isQuestionnaire = scored.length >= QUESTIONNAIRE_ITEMS;
  const outcome = isQuestionnaire ? scored.find((profile) => NAMES.overall.test(profile.column.name)) : undefined;
  let hasRespondent = false;
  return profiles.map((profile) => {
    const scale = scales.get(profile.column.id);
    const guess = roleOf(profile, scale, isQuestionnaire, profile === outcome, hasRespondent);
    hasRespondent ||= guess.role === 'respondentId';
    return { id: profile.column.id, name: profile.column.name, ...guess };
  });
}

function isNamedOtherwise({ column: { name } }: ColumnProfile): boolean {
  return NAMES.respondent.test(name) || NAMES.weight.test(name) || NAMES.segment.test(name);
}

type Guess = Pick<RoleGuess, 'role' | 'reason' | 'scale' | 'delimiter'>;

function roleOf(
  profile: ColumnProfile,
  scale: Scale | undefined,
  isQuestionnaire: boolean,
  isOutcome: boolean,
  hasRespondent: boolean,
): Guess {
  const { values, distinct } = profile;
  const { name } = profile.column;
  if (values.length === 0) return { role: 'ignore', reason: 'empty' };
  const mostlyUnique = distinct.size >= values.length * 0.95;
  if (NAMES.weight.test(name) && profile.allNumeric && profile.min >= 0)
    return { role: 'weight', reason: 'name-and-values' };
  if (!hasRespondent && NAMES.respondent.test(name) && (mostlyUnique || distinct.size > MAX_CATEGORIES)) {
    return { role: 'respondentId', reason: 'name-and-values' };
  }
  if (profile.dates >= values.length * 0.9 && (!profile.allNumeric || NAMES.date.test(name)))
    return { role: 'date', reason: 'dates' };
  if (NAMES.label.test(name) && distinct.size <= Math.max(2, values.length / 2))
    return { role: 'label', reason: 'name-and-values' };
  if (NAMES.segment.test(name) && distinct.size <= MAX_CATEGORIES) return { role: 'segment', reason: 'name' };
  if (scale !== undefined) return scoreGuess(name, scale, isQuestionnaire, isOutcome);
  if (profile.allNumeric) return { role: 'ignore', reason: 'other-numbers' };
  return NAMES.text.test(name) && distinct.size > 2
    ? { role: 'text', reason: 'name' }
    : wordsGuess(profile, mostlyUnique);
}

function scoreGuess(name: string, scale: Scale, isQuestionnaire: boolean, isOutcome: boolean): Guess {
  const reason: RoleReason = scale.labels === undefined ? 'scale-values' : 'scale-words';
  const named = (role: Role): Guess => ({ role, reason: 'name-and-values', scale });
  if (isOutcome) return named('outcome');
  if (NAMES.nps.test(name) && scale.max === 10) return { ...named('nps'), scale: NPS_SCALE };
  if (NAMES.ces.test(name)) return named('ces');
  if (isQuestionnaire) return { role: 'item', reason, scale };
  if (NAMES.csat.test(name)) return named('csat');
  return NAMES.rating.test(name) ? named('rating') : { role: 'rating', reason, scale };
}

function wordsGuess(profile: ColumnProfile, mostlyUnique: boolean): Guess {
  const { values, distinct, averageLength } = profile;
  const delimiter = choiceDelimiter(values);
  if (delimiter !== null) return { role: 'multi-choice', reason: 'repeated-separators', delimiter };
  const fewValues = distinct.size <= MAX_CATEGORIES && distinct.size <= Math.max(2, values.length / 4);
  if (fewValues) return { role: 'choice', reason: 'few-values' };
  if (averageLength >= TEXT_LENGTH) return { role: 'text', reason: 'long-texts' };
  return mostlyUnique ? { role: 'ignore', reason: 'unique-values' } : { role: 'ignore', reason: 'other-values' };
}

/** The separator that parts a fifth of the cells into parts which are few and come again and again; null when none does. */
function choiceDelimiter(values: readonly string[]): string | null {
  for (const separator of CHOICE_SEPARATORS) {
    const split = values.filter((value) => value.includes(separator));
    if (split.length < 2 || split.length < values.length * 0.2) continue;
    const parts = new Set<string>();
    let all = 0;
    for (const value of values) {
      for (const part of value.split(separator)) {
        parts.add(part.trim());
        all++;
      }
    }
    if (parts.size <= MAX_CATEGORIES && all >= parts.size * 2) return separator;
  }
  return null;
}
