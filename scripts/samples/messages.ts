import type { Rng } from '../../shared/rng.ts';
import { createRng, shuffle } from '../../shared/rng.ts';
import { composeMessage, drawWeighted, pick, type SampleLanguage } from './compose.ts';
import { MESSAGE_WORDS } from './labels.ts';
import { type PersonalDataKind, personalDataClause } from './personal-data.ts';
import { phrasesEn } from './phrases.en.ts';
import { INTENTS, type Intent } from './phrases.ts';
import { phrasesZhCN } from './phrases.zh-CN.ts';
import { createNeighbourIndex, jaccard, type ShingleKind, shingles } from './similarity.ts';

export const SAMPLE_PHRASES = { 'zh-CN': phrasesZhCN, en: phrasesEn };
export const SHINGLE_KIND: Readonly<Record<SampleLanguage, ShingleKind>> = {
  'zh-CN': 'character-3-gram',
  en: 'word-2-shingle',
};

const FIRST_DAY = Date.UTC(2026, 2, 1);
const DAY_COUNT = 184;
const DAY_MS = 86_400_000;
/** Texts composed independently stay below this similarity, well under the 0.9 of a near duplicate. */
export const INDEPENDENT_BELOW = 0.8;
const NEAR_AT_LEAST = 0.92;

/** Writers to draw from, per message written: some write twice, staff often. */
const PEOPLE_PER_MESSAGE = { customer: 0.4, staff: 0.03 } as const;

/** Share of an intent on the first and on the last day (any common scale), its mean satisfaction, and how many are written by staff. */
export const INTENT_PLAN: Readonly<
  Record<Intent, { first: number; last: number; satisfaction: number; staff: number }>
> = {
  'explain-decline': { first: 11, last: 23, satisfaction: 1.9, staff: 0.35 },
  'score-wrong': { first: 14, last: 15, satisfaction: 2.1, staff: 0.3 },
  'approval-progress': { first: 14, last: 9, satisfaction: 3.1, staff: 0.2 },
  'limit-change': { first: 10, last: 8, satisfaction: 3.3, staff: 0.15 },
  'document-upload': { first: 13, last: 8, satisfaction: 3.2, staff: 0.2 },
  'data-privacy': { first: 7, last: 8, satisfaction: 2.7, staff: 0.25 },
  'interface-integration': { first: 7, last: 7, satisfaction: 2.8, staff: 0.5 },
  fees: { first: 9, last: 8, satisfaction: 2.8, staff: 0.2 },
  'response-speed': { first: 8, last: 8, satisfaction: 2.5, staff: 0.35 },
  'human-handover': { first: 7, last: 6, satisfaction: 2.9, staff: 0.2 },
};

export interface SampleMessage {
  readonly id: string;
  readonly date: string;
  readonly customer: string;
  readonly channel: string;
  readonly segment: string;
  readonly text: string;
  readonly requestType: string;
  readonly satisfaction: string;
}

interface Pair {
  readonly id: string;
  readonly of: string;
}

export interface PlantedInMessages {
  readonly exactDuplicates: readonly Pair[];
  readonly nearDuplicates: readonly Pair[];
  readonly emptyTexts: readonly string[];
  readonly personalData: readonly { readonly id: string; readonly kind: PersonalDataKind }[];
  readonly fullWidth: readonly string[];
  /** Rows whose request type is not the one they were written for, as happens where people assign it in a hurry. */
  readonly mislabelled: readonly { readonly id: string; readonly truth: string }[];
}

type Draft = Omit<SampleMessage, 'id'> & { readonly key: number };

/** Messages of customers and staff to the assistant over six months, with the faults that real exports have.
 *  Exact and near duplicates are 2 % each, empty texts 1 %, wrong request types 2.5 %,
 *  personal data and full-width text (Chinese only) 1.5 % each.
 *  Same arguments, same result. */
export function makeMessages(language: SampleLanguage, rowCount: number, seed: number) {
  const rng = createRng(seed);
  const copies = Math.round(rowCount * 0.02);
  const empties = Math.round(rowCount * 0.01);
  const marked = Math.round(rowCount * 0.015);
  const wrong = Math.round(rowCount * 0.025);
  const originals = composeOriginals(language, rowCount - 2 * copies - empties, rng);

  const personalData = originals.slice(0, marked).map((draft, i) => {
    const [kind, clause] = personalDataClause(language, i);
    const glue = language === 'zh-CN' ? (/[。？！]$/u.test(draft.text) ? '' : '，') : ' ';
    originals[i] = { ...draft, text: draft.text + glue + clause };
    return { key: draft.key, kind };
  });
  const fullWidth: number[] = [];
  for (let i = marked; language === 'zh-CN' && fullWidth.length < marked; i++) {
    const draft = originals[i]!;
    if (!/[0-9A-Za-z]{2}/u.test(draft.text)) continue;
    originals[i] = { ...draft, text: toFullWidth(draft.text) };
    fullWidth.push(draft.key);
  }

  const mislabelled: { key: number; truth: string }[] = [];
  for (let i = originals.length - 1; mislabelled.length < wrong; i--) {
    const draft = originals[i]!;
    const others = Object.values(MESSAGE_WORDS[language].requestTypes).filter((type) => type !== draft.requestType);
    mislabelled.push({ key: draft.key, truth: draft.requestType });
    originals[i] = { ...draft, requestType: pick(others, rng) };
  }

  const drafts = [...originals];
  const untouched = originals.slice(marked, originals.length - wrong).filter((draft) => !fullWidth.includes(draft.key));
  const exact = untouched.slice(0, copies).map((source, i) => {
    const key = originals.length + i;
    // A double submission: the same row in everything but its number.
    drafts.push({ ...source, key });
    return { key, of: source.key };
  });
  const near = nearDuplicates(language, untouched.slice(copies), copies, rng).map(({ source, text }, i) => {
    const key = originals.length + copies + i;
    drafts.push({ ...source, key, text, date: daysLater(source.date, rng.int(4)) });
    return { key, of: source.key };
  });
  const empty = Array.from({ length: empties }, (_, i) => {
    const key = originals.length + 2 * copies + i;
    const model = pick(untouched, rng);
    drafts.push({ ...model, key, text: i % 3 === 0 ? ' ' : '', requestType: '' });
    return key;
  });

  shuffle(drafts, rng);
  drafts.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const idOf = new Map(drafts.map((draft, i) => [draft.key, `M${String(i + 1).padStart(4, '0')}`]));
  const id = (key: number) => idOf.get(key)!;
  const rows: readonly SampleMessage[] = drafts.map(({ key, ...rest }) => ({ id: id(key), ...rest }));
  const planted: PlantedInMessages = {
    exactDuplicates: exact.map(({ key, of }) => ({ id: id(key), of: id(of) })),
    nearDuplicates: near.map(({ key, of }) => ({ id: id(key), of: id(of) })),
    emptyTexts: empty.map(id),
    personalData: personalData.map(({ key, kind }) => ({ id: id(key), kind })),
    fullWidth: fullWidth.map(id),
    mislabelled: mislabelled.map(({ key, truth }) => ({ id: id(key), truth })),
  };
  return { rows, planted };
}

function composeOriginals(language: SampleLanguage, count: number, rng: Rng): Draft[] {
  const phrases = SAMPLE_PHRASES[language];
  const index = createNeighbourIndex(INDEPENDENT_BELOW);
  const drafts: Draft[] = [];
  while (drafts.length < count) {
    const day = rng.int(DAY_COUNT);
    const intent =
      INTENTS[
        drawWeighted(
          INTENTS.map((name) => shareOnDay(name, day)),
          rng,
        )
      ]!;
    const author = rng.float() < INTENT_PLAN[intent].staff ? 'staff' : 'customer';
    const set = new Set<string>();
    let text = '';
    for (let attempt = 0; text === ''; attempt++) {
      if (attempt > 200) throw new Error(`The phrases of ${intent} in ${language} do not carry ${count} messages`);
      const candidate = composeMessage(phrases, language, intent, author, rng);
      const candidateSet = shingles(candidate, SHINGLE_KIND[language]);
      if (index.neighbours(candidateSet).length > 0) continue;
      text = candidate;
      for (const shingle of candidateSet) set.add(shingle);
    }
    index.add(set);
    drafts.push({ key: drafts.length, text, ...circumstances(language, intent, author, day, count, rng) });
  }
  return drafts;
}

function shareOnDay(intent: Intent, day: number): number {
  const { first, last } = INTENT_PLAN[intent];
  return first + ((last - first) * day) / (DAY_COUNT - 1);
}

export function circumstances(
  language: SampleLanguage,
  intent: Intent,
  author: 'staff' | 'customer',
  day: number,
  count: number,
  rng: Rng,
) {
  const words = MESSAGE_WORDS[language];
  const corporate = intent === 'interface-integration' ? [0, 0.2, 0.8] : [0.55, 0.3, 0.15];
  const place = author === 'staff' ? words.customerSegments.length : drawWeighted(corporate, rng);
  const segment = words.customerSegments[place] ?? words.staffSegment;
  const people = Math.ceil(count * PEOPLE_PER_MESSAGE[author]);
  const customer = String((place + 1) * 100_000 + rng.int(people) + 1);
  const score = Math.min(5, Math.max(1, Math.round(INTENT_PLAN[intent].satisfaction + rng.normal() * 0.9)));
  const missing = rng.float();
  return {
    date: isoDay(day),
    customer,
    channel: pick(words.channels[segment] ?? [], rng),
    segment,
    requestType: words.requestTypes[intent],
    satisfaction: missing < 0.05 ? '' : missing < 0.09 ? '-2' : String(score),
  };
}

/** Copies of long texts with a word or two added at the end: above 0.92, below 1, near nothing but their source. */
function nearDuplicates(language: SampleLanguage, sources: readonly Draft[], count: number, rng: Rng) {
  const additions = language === 'zh-CN' ? ['谢谢', '急', '吧', '呢', '哦'] : ['thanks', 'please', 'ok?', 'asap'];
  const kind = SHINGLE_KIND[language];
  const found: { source: Draft; text: string }[] = [];
  for (const source of sources) {
    if (found.length === count) break;
    const added = pick(additions, rng);
    const text = language === 'zh-CN' ? source.text + added : `${source.text} ${added}`;
    if (source.text.endsWith(added)) continue;
    if (jaccard(shingles(source.text, kind), shingles(text, kind)) >= NEAR_AT_LEAST) found.push({ source, text });
  }
  if (found.length < count) throw new Error(`Only ${found.length} of ${count} near duplicates could be planted`);
  return found;
}

function toFullWidth(text: string): string {
  return text.replace(/[0-9A-Za-z%.]/gu, (ascii) => String.fromCodePoint(ascii.codePointAt(0)! + 0xfee0));
}

function isoDay(day: number): string {
  return new Date(FIRST_DAY + day * DAY_MS).toISOString().slice(0, 10);
}

function daysLater(date: string, days: number): string {
  const day = (Date.parse(date) - FIRST_DAY) / DAY_MS;
  return isoDay(Math.min(DAY_COUNT - 1, day + days));
}
