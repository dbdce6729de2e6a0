import { factRisks, type SolutionFacts } from './fact-risks.ts';
import { COMPONENT_KINDS, type SolutionSettings } from './results.ts';

export interface SolutionStart {
  readonly modelId: string;
  readonly scenarioId: string | null;
  readonly facts: SolutionFacts;
  /** Texts of a day that this project knows of: of the scenario, or counted in stage 1; null where neither says. */
  readonly textsPerDay: number | null;
  /** 95 of 100 texts have at most this many characters; null without texts. */
  readonly charactersP95: number | null;
  readonly currency: string;
}

const DAYS_PER_YEAR = 365;
const HOURS_PER_DAY = 24;
/** At least one text a day, so that a range can be drawn. */
const FEWEST_PER_DAY = 1;
/** Bytes of a character in UTF-8 at most, for texts of the languages at hand. */
const BYTES_PER_CHARACTER = 3;
/** Time, answer, confidence and model version beside the text. */
const BYTES_PER_ANSWER = 200;

/** A starting point: the usual components, the known volume without a guessed range, risks from facts. Money, owners and reviews are
 *  left for people to say. */
export function suggestSolution(start: SolutionStart): SolutionSettings {
  const { modelId, scenarioId, facts, textsPerDay, charactersP95, currency } = start;
  const perDay = Math.max(FEWEST_PER_DAY, textsPerDay ?? FEWEST_PER_DAY);
  const rejected = facts.rejected?.share ?? null;
  return {
    modelId,
    scenarioId,
    components: COMPONENT_KINDS.filter((kind) => kind !== 'other').map((kind) => ({
      kind,
      name: '',
      what: '',
      where: '',
      who: '',
    })),
    dataAccess: [],
    integration: { interface: 'http', authentication: 'api-key', note: '' },
    load: {
      textsPerDay: { low: perDay, likely: perDay, high: perDay },
      hoursPerDay: HOURS_PER_DAY,
      daysPerYear: DAYS_PER_YEAR,
      peakFactor: { low: 1, likely: 1, high: 1 },
      utilisationTarget: 0.6,
      spareInstances: facts.spareInstances,
      logDays: 0,
      bytesPerText: Math.ceil((charactersP95 ?? 0) * BYTES_PER_CHARACTER) + BYTES_PER_ANSWER,
      versionsKept: 2,
      reviewShare: rejected === null ? null : { low: rejected, likely: rejected, high: rejected },
    },
    currency,
    costs: [],
    risks: factRisks(facts).map(({ code, likelihood, impact }) => ({
      code,
      name: '',
      likelihood,
      impact,
      mitigation: '',
      owner: '',
    })),
    assumptions: [],
  };
}
