import type { Rng } from '../../shared/rng.ts';
import { createRng } from '../../shared/rng.ts';
import type { SampleLanguage } from './compose.ts';
import { EXPERIMENT_WORDS } from './experiment-words.ts';

const CUSTOMERS = 2400;
/** Customers whom both versions reached: nobody can say which one worked on them. */
const IN_BOTH = 6;
const MISSING_SHARE = 0.02;
/** What each version does: share that understood the decision, mean satisfaction, share that asked again, typical minutes. */
const EXPERIMENT_PLAN = {
  today: { understood: 0.55, satisfaction: 3.25, repeat: 0.22, minutes: 6.4 },
  reasons: { understood: 0.64, satisfaction: 3.5, repeat: 0.19, minutes: 6.4 },
} as const;
type Version = keyof typeof EXPERIMENT_PLAN;

const FASTER_CUSTOMERS = 2600;
/** The log of version A lost this share of its waits above the bound: slow customers vanish, and A looks better than it is. */
const LOST_ABOVE_SECONDS = 40;
const LOST_SHARE = 0.47;

/** An A/B test that works: every decision with its reasons against today. Arms are drawn by a coin, the effect is planted. */
export function makeExperiment(language: SampleLanguage, seed: number) {
  const rng = createRng(seed);
  const words = EXPERIMENT_WORDS[language];
  const rows: string[][] = [];
  const inBoth: string[] = [];
  const row = (id: string, version: Version) => {
    const plan = EXPERIMENT_PLAN[version];
    const satisfaction = Math.min(5, Math.max(1, Math.round(plan.satisfaction + rng.normal())));
    const minutes = plan.minutes * Math.exp(0.35 * rng.normal());
    rows.push([
      id,
      dayOf(rng),
      words.arms[version],
      rng.float() < plan.understood ? '1' : '0',
      rng.float() < MISSING_SHARE ? '' : String(satisfaction),
      rng.float() < plan.repeat ? '1' : '0',
      minutes.toFixed(1),
    ]);
  };
  for (let i = 0; i < CUSTOMERS + IN_BOTH; i++) {
    const id = `C${String(20_000 + 7 * i)}`;
    const version: Version = rng.int(2) === 0 ? 'today' : 'reasons';
    row(id, version);
    if (i % Math.floor(CUSTOMERS / IN_BOTH) !== 3 || inBoth.length === IN_BOTH) continue;
    row(id, version === 'today' ? 'reasons' : 'today');
    inBoth.push(id);
  }
  const { customer, date, arm, understood, satisfaction, repeat, minutes } = words.headers;
  return {
    table: [[customer, date, arm, understood, satisfaction, repeat, minutes], ...byDate(rows)],
    planted: {
      columns: words.headers,
      arms: words.arms,
      rows: rows.length,
      inBothArms: inBoth,
      truth: EXPERIMENT_PLAN,
      effect: { understood: 0.09, direction: 'up', repeatContact: -0.03, minutes: 0 },
    },
  };
}

/** An A/B test that is broken on purpose: drawn by a coin, but the log of one arm loses slow sessions, so the split that arrives is not even. */
export function makeBrokenExperiment(language: SampleLanguage, seed: number) {
  const rng = createRng(seed);
  const words = EXPERIMENT_WORDS[language];
  const rows: string[][] = [];
  const arrived = { today: 0, faster: 0 };
  const drawn = { today: 0, faster: 0 };
  for (let i = 0; i < FASTER_CUSTOMERS; i++) {
    const version = rng.int(2) === 0 ? ('today' as const) : ('faster' as const);
    const seconds = (version === 'today' ? 34 : 24) * Math.exp(0.4 * rng.normal());
    const solved = rng.float() < 0.74 - seconds / 250 ? '1' : '0';
    const day = dayOf(rng);
    drawn[version]++;
    if (version === 'today' && seconds > LOST_ABOVE_SECONDS && rng.float() < LOST_SHARE) continue;
    arrived[version]++;
    rows.push([`C${String(50_000 + 3 * i)}`, day, words.fasterArms[version], solved, seconds.toFixed(0)]);
  }
  const { customer, date, arm, solved, seconds } = words.fasterHeaders;
  return {
    table: [[customer, date, arm, solved, seconds], ...byDate(rows)],
    planted: {
      columns: words.fasterHeaders,
      arms: words.fasterArms,
      rows: rows.length,
      drawn,
      arrived,
      fault: { arm: words.fasterArms.today, lostAboveSeconds: LOST_ABOVE_SECONDS, lostShare: LOST_SHARE },
    },
  };
}

function dayOf(rng: Rng): string {
  return new Date(Date.UTC(2026, 7, 3 + rng.int(26))).toISOString().slice(0, 10);
}

/** Rows by day as a log has them; within a day in the order in which they came. */
function byDate(rows: readonly string[][]): string[][] {
  return rows.toSorted((a, b) => (a[1]! < b[1]! ? -1 : a[1]! > b[1]! ? 1 : 0));
}
