import { createRng } from '../../shared/rng.ts';
import { drawWeighted, type SampleLanguage } from './compose.ts';
import { MESSAGE_WORDS } from './labels.ts';

export const PILOT_WORDS = {
  'zh-CN': {
    headers: ['客户编号', '日期', '组别', '客户类型', '首次联系解决', '投诉', '满意度'],
    control: '原流程',
    treatment: '助手',
  },
  en: {
    headers: ['customer_id', 'date', 'arm', 'segment', 'resolved_first_contact', 'complaint', 'satisfaction'],
    control: 'as today',
    treatment: 'assistant',
  },
} as const satisfies Readonly<Record<SampleLanguage, unknown>>;

/** Of both languages: the same people are in the same arms, and by chance the arms complain alike. */
const PILOT_SEED = 4903;
const UNITS = 1600;
const DAYS = 42;
/** Share resolved at the first contact without the assistant, and how much it adds. */
const RESOLVED = 0.58;
const PILOT_EFFECT = 0.09;
/** The same in both arms. */
const COMPLAINTS = 0.04;
const MISSING = 0.012;
const SATISFACTION = { base: 3.1, ifResolved: 0.7, spread: 0.85 };

/** A pilot in a bank's branches over six weeks: customers assigned to an arm by chance, each one row. Resolved at the first contact more
 *  often with the assistant, complaints as often; some outcomes were not recorded. Same argument, same result. */
export function makePilot(language: SampleLanguage) {
  const rng = createRng(PILOT_SEED);
  const words = PILOT_WORDS[language];
  const { customerSegments } = MESSAGE_WORDS[language];
  const counts = { control: 0, treatment: 0 };
  const missing: string[] = [];
  const rows = Array.from({ length: UNITS }, (_, index) => {
    const id = `P${String(index + 1).padStart(5, '0')}`;
    const day = Math.floor((index * DAYS) / UNITS);
    const date = new Date(Date.UTC(2026, 8, 7 + day)).toISOString().slice(0, 10);
    const arm = rng.int(2) === 0 ? 'control' : 'treatment';
    counts[arm]++;
    const segment = customerSegments[drawWeighted([0.55, 0.3, 0.15], rng)]!;
    const resolved = rng.float() < RESOLVED + (arm === 'treatment' ? PILOT_EFFECT : 0);
    const complaint = rng.float() < COMPLAINTS;
    const answer = SATISFACTION.base + (resolved ? SATISFACTION.ifResolved : 0) + SATISFACTION.spread * rng.normal();
    const satisfaction = String(Math.min(5, Math.max(1, Math.round(answer))));
    const isMissing = rng.float() < MISSING;
    if (isMissing) missing.push(id);
    return [id, date, words[arm], segment, isMissing ? '' : resolved ? '1' : '0', complaint ? '1' : '0', satisfaction];
  });
  return {
    table: [[...words.headers], ...rows],
    planted: {
      seed: PILOT_SEED,
      columns: words.headers,
      units: UNITS,
      arms: { [words.control]: counts.control, [words.treatment]: counts.treatment },
      outcome: { column: words.headers[4], control: RESOLVED, effect: PILOT_EFFECT },
      complaint: { column: words.headers[5], share: COMPLAINTS, effect: 0 },
      missingOutcome: missing,
    },
  };
}
