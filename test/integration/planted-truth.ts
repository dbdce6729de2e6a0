import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { DemoFindings } from '../../electron/cli/demo-summary.ts';

const SAMPLES = join(import.meta.dirname, '..', '..', 'resources', 'samples');
/** Least share of resamples in which the planted need must come first. */
const FIRST_SHARE = 0.9;
/** Items planted with effects far enough apart that this survey can tell their order. */
const CLEAR_DRIVERS = 4;

const plantedSchema = z.object({
  questionnaire: z.object({ driverOrder: z.array(z.object({ column: z.string() })) }),
  experiment: z.object({
    columns: z.object({ understood: z.string() }),
    effect: z.object({ understood: z.number() }),
  }),
  experimentSrm: z.object({ columns: z.object({ solved: z.string() }) }),
  pilot: z.object({ outcome: z.object({ effect: z.number() }) }),
  loans: z.object({ strongest: z.string() }),
  roundQuestionnaire: z.object({ added: z.object({ overall: z.number() }) }),
});

interface Interval {
  readonly low: number | null;
  readonly high: number | null;
}

/** A planted effect is found where the interval holds it and leaves out zero. */
function isFound(planted: number, interval: Interval | null | undefined): boolean {
  const low = interval?.low ?? Number.NaN;
  const high = interval?.high ?? Number.NaN;
  return low <= planted && planted <= high && (low > 0 || high < 0);
}

/** Whether the demonstration found what `planted.json` says is hidden in the sample, by name of the check. */
export function plantedTruth(findings: DemoFindings): Readonly<Record<string, boolean>> {
  const planted = plantedSchema.parse(
    JSON.parse(readFileSync(join(SAMPLES, findings.language, 'planted.json'), 'utf8')),
  );
  const order = planted.questionnaire.driverOrder.map(({ column }) => column);
  const top = findings.f1[0];
  const metric = (name: string) => findings.experiments.find((found) => found.metric === name);
  const csat = findings.service.rounds.filter(
    ({ score, difference }) => score.startsWith('csat') && difference !== null,
  );
  const drift = (kind: string) => findings.service.drift.find((found) => found.kind === kind)?.flagged;
  return {
    'the planted need is heaviest, and first in nine of ten resamples':
      top !== undefined && top.need === order[0]?.replaceAll('_', ' ') && top.firstShare >= FIRST_SHARE,
    'the survey’s drivers stand in the planted order':
      findings.drivers.length === order.length &&
      order.slice(0, CLEAR_DRIVERS).every((item, rank) => findings.drivers[rank]?.item === item),
    'the A/B test’s planted effect lies in an interval that leaves out zero': isFound(
      planted.experiment.effect.understood,
      metric(planted.experiment.columns.understood),
    ),
    'the A/B test with the logging fault is blocked': metric(planted.experimentSrm.columns.solved)?.blocked === true,
    'the pilot’s planted effect lies in an interval that leaves out zero': isFound(
      planted.pilot.outcome.effect,
      findings.pilot,
    ),
    'the pilot’s verdict is to go': findings.pilot?.verdict === 'go',
    'defaults are predicted better than by guessing, and mostly from the planted column':
      findings.tables.length > 0 &&
      findings.tables.every(({ low, strongest }) => low > 0.5 && strongest === planted.loans.strongest),
    'customers of the second round are shown to be more satisfied':
      csat.length > 0 && csat.every(({ low }) => low !== null && low > 0),
    'drift is flagged in the second round': drift('round') === true,
    'drift is not flagged in the tickets': drift('tickets') === false,
  };
}
