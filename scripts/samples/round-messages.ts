import { createRng } from '../../shared/rng.ts';
import { pick, type SampleLanguage } from './compose.ts';
import { MESSAGE_WORDS } from './labels.ts';
import { createLaterComposer, type LaterIntent, quota } from './later-texts.ts';
import { circumstances, INTENT_PLAN, type SampleMessage } from './messages.ts';
import { REPAYMENT_LABEL } from './phrases-repayment.ts';

/** Weeks after go-live, counted from the first day of the messages of before: September to November 2026. */
const FIRST_DAY = 187;
const DAYS = 84;

/** What is written about after go-live (any common scale): fewer ask why they were declined, and a new kind of request has come up. */
const LATER_MIX: Readonly<Record<LaterIntent, number>> = {
  'explain-decline': 6,
  'score-wrong': 12,
  'approval-progress': 12,
  'limit-change': 9,
  'document-upload': 10,
  'data-privacy': 8,
  'interface-integration': 7,
  fees: 8,
  'response-speed': 6,
  'human-handover': 6,
  repayment: 16,
};
/** Added to the mean satisfaction (1–5) of every kind of request, and of those that ask for reasons. */
export const LATER_SATISFACTION = { all: 0.5, 'explain-decline': 1.1 } as const;
/** The new kind: satisfaction and share of staff as of this kind of request. */
const LIKE = 'limit-change';
const MISLABELLED_SHARE = 0.025;

export interface PlantedInRound {
  readonly newRequestType: string;
  readonly newRequestRows: number;
  readonly requestTypes: Readonly<Record<string, number>>;
  readonly satisfactionAdded: typeof LATER_SATISFACTION;
}

/** Messages of the round after go-live, with the columns of those before. Same arguments, same result. */
export function makeRoundMessages(
  language: SampleLanguage,
  rowCount: number,
  seed: number,
  existing: readonly string[],
): { readonly rows: readonly SampleMessage[]; readonly planted: PlantedInRound } {
  const rng = createRng(seed);
  const compose = createLaterComposer(language, existing);
  const types = { ...MESSAGE_WORDS[language].requestTypes, repayment: REPAYMENT_LABEL[language] };
  const allTypes = Object.values(types);
  const drafts = quota(LATER_MIX, rowCount, rng).map((intent) => {
    const like = intent === 'repayment' ? LIKE : intent;
    const author = rng.float() < INTENT_PLAN[like].staff ? 'staff' : 'customer';
    const around = circumstances(language, like, author, FIRST_DAY + rng.int(DAYS), rowCount, rng);
    const added = intent === 'explain-decline' ? LATER_SATISFACTION['explain-decline'] : LATER_SATISFACTION.all;
    const mean = INTENT_PLAN[like].satisfaction + added;
    const score = String(Math.min(5, Math.max(1, Math.round(mean + rng.normal() * 0.9))));
    const answered = /^[1-5]$/.test(around.satisfaction);
    const isWrong = rng.float() < MISLABELLED_SHARE;
    const requestType = isWrong
      ? pick(
          allTypes.filter((type) => type !== types[intent]),
          rng,
        )
      : types[intent];
    const text = compose(intent, author, rng);
    return { ...around, text, requestType, satisfaction: answered ? score : around.satisfaction };
  });
  drafts.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const rows = drafts.map((draft, i) => ({ id: `N${String(i + 1).padStart(4, '0')}`, ...draft }));
  const requestTypes: Record<string, number> = {};
  for (const { requestType } of rows) requestTypes[requestType] = (requestTypes[requestType] ?? 0) + 1;
  return {
    rows,
    planted: {
      newRequestType: types.repayment,
      newRequestRows: requestTypes[types.repayment] ?? 0,
      requestTypes,
      satisfactionAdded: LATER_SATISFACTION,
    },
  };
}
