import type { Rng } from '../../shared/rng.ts';
import { createRng } from '../../shared/rng.ts';
import { drawWeighted, pick, type SampleLanguage } from './compose.ts';
import { MESSAGE_WORDS, QUESTIONNAIRE_ITEMS, type QuestionnaireItem } from './labels.ts';

/** Mean answer of an item (1–5) and how much a standard deviation of it moves overall satisfaction: the planted driver order. */
export const ITEM_PLAN: Readonly<Record<QuestionnaireItem, { readonly mean: number; readonly effect: number }>> = {
  explainability: { mean: 2.5, effect: 0.5 },
  accuracy: { mean: 2.9, effect: 0.36 },
  speed: { mean: 3.4, effect: 0.22 },
  integrationCost: { mean: 3.1, effect: 0.15 },
  privacy: { mean: 3.7, effect: 0.07 },
  service: { mean: 3.8, effect: 0.04 },
  price: { mean: 3.3, effect: 0.02 },
};
/** Share of an item's variance that all items have in common (people who are content are content with everything). */
const COMMON_SHARE = 0.2;
const MISSING_SHARE = 0.02;
/** Credit officers, who must explain results to others, are less content with explanations. */
const STAFF_EXPLAINABILITY_SHIFT = -0.4;

export interface SampleResponse {
  readonly id: string;
  readonly date: string;
  readonly segment: string;
  readonly answers: Readonly<Record<QuestionnaireItem | 'overall' | 'recommend', string>>;
}

/** What differs between the surveys of two rounds: when, whose numbers, and how much better people answer. */
export interface SurveyRound {
  readonly firstDay: number;
  readonly prefix: string;
  /** Added to the mean answer of the item on explanations, and to overall satisfaction, both on 1–5. */
  readonly explainability: number;
  readonly overall: number;
}

const FIRST_ROUND: SurveyRound = { firstDay: Date.UTC(2026, 7, 3), prefix: 'R', explainability: 0, overall: 0 };
const DAY_MS = 86_400_000;

/** Answers of a survey: items and overall satisfaction 1–5, recommendation 0–10, some missing ("" or "-2").
 *  Four per cent answer every item alike; their overall answer is the same number. Same arguments, same result. */
export function makeQuestionnaire(
  language: SampleLanguage,
  respondentCount: number,
  seed: number,
  round: SurveyRound = FIRST_ROUND,
) {
  const rng = createRng(seed);
  const words = MESSAGE_WORDS[language];
  const segments = [...words.customerSegments, words.staffSegment];
  const straightLiners: string[] = [];
  const missingCells: { id: string; item: QuestionnaireItem; code: '' | '-2' }[] = [];
  const straightStep = Math.round(1 / 0.04);
  const rows: SampleResponse[] = [];
  for (let i = 0; i < respondentCount; i++) {
    const id = `${round.prefix}${String(i + 1).padStart(4, '0')}`;
    const segment = segments[drawWeighted([0.38, 0.24, 0.14, 0.24], rng)]!;
    const date = new Date(round.firstDay + rng.int(26) * DAY_MS).toISOString().slice(0, 10);
    if (i % straightStep === straightStep - 2) {
      straightLiners.push(id);
      rows.push({ id, date, segment, answers: straightAnswers(pick([3, 3, 4, 5], rng)) });
      continue;
    }
    let answers = drawAnswers(segment === words.staffSegment, round, rng);
    while (isStraight(answers)) answers = drawAnswers(segment === words.staffSegment, round, rng);
    for (const item of QUESTIONNAIRE_ITEMS) {
      if (rng.float() >= MISSING_SHARE) continue;
      const code = rng.int(2) === 0 ? '' : '-2';
      answers[item] = code;
      missingCells.push({ id, item, code });
    }
    rows.push({ id, date, segment, answers });
  }
  return { rows, planted: { straightLiners, missingCells } };
}

type Answers = Record<QuestionnaireItem | 'overall' | 'recommend', string>;

function drawAnswers(staff: boolean, round: SurveyRound, rng: Rng): Answers {
  const common = rng.normal();
  let latent = 3 + round.overall + rng.normal() * 0.4;
  const items = QUESTIONNAIRE_ITEMS.map((item) => {
    const { mean, effect } = ITEM_PLAN[item];
    const deviate = Math.sqrt(COMMON_SHARE) * common + Math.sqrt(1 - COMMON_SHARE) * rng.normal();
    latent += effect * deviate;
    const ofStaff = item === 'explainability' && staff ? STAFF_EXPLAINABILITY_SHIFT : 0;
    const ofRound = item === 'explainability' ? round.explainability : 0;
    return [item, String(clampRound(mean + ofStaff + ofRound + deviate, 1, 5))] as const;
  });
  return {
    ...(Object.fromEntries(items) as Record<QuestionnaireItem, string>),
    overall: String(clampRound(latent, 1, 5)),
    recommend: String(clampRound(latent * 2.1 - 0.3 + rng.normal(), 0, 10)),
  };
}

function isStraight(answers: Answers): boolean {
  return QUESTIONNAIRE_ITEMS.every((item) => answers[item] === answers.overall);
}

function straightAnswers(answer: number): SampleResponse['answers'] {
  const items = QUESTIONNAIRE_ITEMS.map((item) => [item, String(answer)] as const);
  return {
    ...(Object.fromEntries(items) as Record<QuestionnaireItem, string>),
    overall: String(answer),
    recommend: String(answer * 2),
  };
}

function clampRound(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, Math.round(value)));
}
