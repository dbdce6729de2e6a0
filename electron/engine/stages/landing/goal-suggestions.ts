import { correctness } from '../../../../shared/stages/competitiveness/evaluation/changes.ts';
import { runRecordSchema } from '../../../../shared/stages/competitiveness/results.ts';
import { NEED_PARTS, type NeedsResult, needsResultSchema } from '../../../../shared/stages/demand/results.ts';
import type { GoalSuggestion } from '../../../../shared/stages/landing/goals/results.ts';
import { wilsonInterval } from '../../../../shared/statistics/wilson.ts';
import { asInt32 } from '../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { needsOfTestRows } from '../competitiveness/demand-weighted.ts';
import { measuredRun, testOf } from '../competitiveness/predictions.ts';
import { cleanedRows } from '../demand/cleaned-rows.ts';

/** Needs for which goals are suggested, heaviest first. */
const SUGGESTED_NEEDS = 3;
/** The part of f1 that speaks for each template: how unhappy people are, what moves them, how often they ask. */
const PART_OF = { 'need-satisfaction': 'gap', 'model-accuracy': 'driver', 'repeat-contacts': 'mention' } as const;

type Need = NeedsResult['needs'][number];
type Baseline = GoalSuggestion['baseline'];

/** Goals that the heaviest needs speak for. Baselines are counted from this project or absent; no target is ever suggested. */
export function goalSuggestions(store: ProjectStore): GoalSuggestion[] {
  const artifact = store.current('demand.needs');
  if (artifact === undefined) return [];
  const { needs } = needsResultSchema.parse(artifact.result);
  const heaviest = needs.toSorted((a, b) => a.rank - b.rank).slice(0, SUGGESTED_NEEDS);
  return heaviest.flatMap((need) => {
    const index = needs.indexOf(need);
    const all: Omit<GoalSuggestion, 'part' | 'partShare' | 'needId' | 'needName' | 'weight' | 'rank'>[] = [
      {
        template: 'need-satisfaction',
        unit: 'share',
        direction: 'increase',
        baseline: satisfactionBaseline(need),
      },
      {
        template: 'model-accuracy',
        unit: 'share',
        direction: 'increase',
        baseline: accuracyBaseline(store, artifact, index),
      },
      {
        template: 'repeat-contacts',
        unit: 'share',
        direction: 'decrease',
        baseline: repeatBaseline(store, artifact, index),
      },
    ];
    const weightOf = (part: (typeof NEED_PARTS)[number]) => {
      const found = need.parts[part];
      return found === null ? null : found.value * found.partWeight;
    };
    const whole = NEED_PARTS.reduce((sum, part) => sum + (weightOf(part) ?? 0), 0);
    return (
      all
        .map((suggestion) => {
          const part = PART_OF[suggestion.template];
          const own = weightOf(part);
          const { id: needId, name: needName, weight, rank } = need;
          return {
            ...suggestion,
            needId,
            needName,
            weight,
            rank,
            part,
            partShare: own === null || whole === 0 ? null : own / whole,
          };
        })
        // Without its part in f1 or a figure of today, a template says nothing of this need.
        .filter(({ partShare, baseline }) => partShare !== null || baseline !== null)
        .sort((a, b) => (b.partShare ?? -1) - (a.partShare ?? -1))
    );
  });
}

function satisfactionBaseline({ satisfaction, volume }: Need): Baseline {
  return satisfaction === null ? null : { value: satisfaction, low: null, high: null, n: volume, slot: 'demand.needs' };
}

/** Accuracy of the best run on the locked test rows of the need. */
function accuracyBaseline(store: ProjectStore, needs: ArtifactRecord, index: number): Baseline {
  const best = store
    .slotsOf('competitiveness.run')
    .flatMap((slot) => store.current(slot) ?? [])
    .map((artifact) => runRecordSchema.parse(artifact.result))
    .toSorted((a, b) => b.test.accuracy.value - a.test.accuracy.value)[0];
  if (best === undefined) return null;
  const run = measuredRun(store, best.id);
  const test = testOf(store, run);
  const right = correctness(test.actual, run.predictions);
  let n = 0;
  let successes = 0;
  needsOfTestRows(store, needs, test).forEach((need, at) => {
    if (need !== index) return;
    n++;
    if (right[at] === 1) successes++;
  });
  return shareBaseline(successes, n, run.artifact.slot);
}

/** Of the people who spoke of the need, the share who did so more than once. */
function repeatBaseline(store: ProjectStore, needs: ArtifactRecord, index: number): Baseline {
  const dataset = asInt32(store.part(needs, 'dataset'));
  const row = asInt32(store.part(needs, 'row'));
  const contacts = new Map<string, number>();
  const respondents = new Map<number, ReadonlyMap<number, string | null> | null>();
  asInt32(store.part(needs, 'need')).forEach((need, at) => {
    if (need !== index) return;
    const number = dataset[at]!;
    if (!respondents.has(number)) respondents.set(number, respondentsOf(store, `d${number}`));
    const id = respondents.get(number)?.get(row[at]!) ?? null;
    if (id !== null) contacts.set(`${number} ${id}`, (contacts.get(`${number} ${id}`) ?? 0) + 1);
  });
  const repeated = [...contacts.values()].filter((count) => count > 1).length;
  return shareBaseline(repeated, contacts.size, needs.slot);
}

function respondentsOf(store: ProjectStore, datasetId: string): ReadonlyMap<number, string | null> | null {
  const clean = store.current(`demand.clean:${datasetId}`);
  if (clean === undefined) return null;
  const cleaned = cleanedRows(store, datasetId, clean);
  const ids = cleaned.respondentIds();
  return ids === null ? null : new Map(Array.from(cleaned.rows, (row, at) => [row, ids[at] ?? null]));
}

function shareBaseline(successes: number, n: number, slot: string): Baseline {
  const interval = wilsonInterval(successes, n);
  return interval === null ? null : { value: successes / n, low: interval[0], high: interval[1], n, slot };
}
