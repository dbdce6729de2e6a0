import type { Settings } from '../../shared/contract/app.ts';
import type { Input, Output, ProjectRequestName } from '../../shared/contract/index.ts';

interface Bounds {
  readonly low: number | null;
  readonly high: number | null;
}

/** What the demonstration found, as `summary.json` has it. Shares are on 0–1; `low` and `high` bound 95 % intervals. */
export interface DemoFindings {
  readonly language: Settings['language'];
  readonly f1: readonly ({
    readonly need: string;
    readonly weight: number;
    readonly rankLow: number;
    readonly rankHigh: number;
    /** Share of resamples in which it is the heaviest. */
    readonly firstShare: number;
  } & Bounds)[];
  /** Survey items by their relative weights, heaviest first. */
  readonly drivers: readonly ({ readonly item: string; readonly share: number | null } & Bounds)[];
  readonly runs: readonly {
    readonly name: string;
    readonly accuracy: number;
    readonly macroF1: number;
    readonly low: number;
    readonly high: number;
    /** Accuracy of the simplest methods on the same locked test rows. */
    readonly floors: Readonly<Record<string, number>>;
    /** Accuracy minus that of the strongest of them, row by row, with a paired bootstrap's interval; null where the test rows differ. */
    readonly aboveFloor:
      | ({ readonly floor: string; readonly value: number; readonly n: number; readonly resamples: number } & Bounds)
      | null;
    readonly p95Ms: number | null;
    readonly sizeMb: number | null;
  }[];
  readonly f2: readonly {
    readonly strategy: string;
    readonly score: number;
    readonly low: number;
    readonly high: number;
    readonly firstShare: number;
  }[];
  readonly experiments: readonly {
    readonly name: string;
    readonly metric: string;
    /** Treatment minus control; null where it may not be read, as after a wrong sample ratio. */
    readonly effect: number | null;
    readonly low: number | null;
    readonly high: number | null;
    readonly blocked: boolean;
  }[];
  readonly tests: readonly {
    readonly name: string;
    readonly passed: boolean | null;
    readonly value: number | null;
    readonly limit: number | null;
    readonly verdict: string;
  }[];
  /** Models of scored tables; `strongest` is the column that matters most. */
  readonly tables: readonly {
    readonly name: string;
    readonly model: string;
    readonly auc: number;
    readonly low: number;
    readonly high: number;
    readonly costPerCase: number;
    readonly costWithoutModel: number;
    readonly strongest: string;
  }[];
  /** Null until a pilot was evaluated. */
  readonly pilot: {
    readonly effect: number | null;
    readonly low: number | null;
    readonly high: number | null;
    readonly verdict: string;
  } | null;
  /** Null until a package was built. */
  readonly package: { readonly files: number; readonly bytes: number; readonly selfTest: boolean } | null;
  readonly service: {
    readonly tickets: readonly ({
      readonly measure: string;
      readonly slaMet: number | null;
      readonly n: number;
    } & Bounds)[];
    /** Satisfaction of each round, and its difference to the one before. */
    readonly rounds: readonly {
      readonly score: string;
      readonly round: string;
      readonly n: number;
      readonly value: number | null;
      readonly difference: number | null;
      readonly low: number | null;
      readonly high: number | null;
    }[];
    readonly drift: readonly {
      readonly dataset: string;
      readonly kind: string;
      readonly auc: number | null;
      readonly band: number | null;
      readonly flagged: boolean | null;
    }[];
    /** f1 before and after the new round became D. */
    readonly change: readonly { readonly need: string; readonly before: number | null; readonly now: number | null }[];
    /** Decisions that name a need which moved. */
    readonly noLongerHolds: number;
    readonly backlog: readonly { readonly item: string; readonly score: number }[];
  };
}

/** Asks the project. */
export type Ask = <N extends ProjectRequestName>(name: N, input: Input<N>) => Promise<Output<N>>;

const BACKLOG_SHOWN = 5;

/** Reads from the project what was found; a part that was not reached is an empty list. */
export async function findingsOf(ask: Ask, language: Settings['language']): Promise<DemoFindings> {
  return {
    language,
    f1: await needsFound(ask),
    drivers: await driversFound(ask),
    ...(await modelsFound(ask)),
    experiments: await experimentsFound(ask),
    tests: await testsFound(ask),
    tables: await tablesFound(ask),
    ...(await landingFound(ask)),
    service: await serviceFound(ask),
  };
}

async function needsFound(ask: Ask): Promise<DemoFindings['f1']> {
  const needs = (await ask('demand.needs', {}))?.result.needs ?? [];
  return [...needs]
    .sort((a, b) => a.rank - b.rank)
    .map(({ name, weight, low, high, rankLow, rankHigh, firstShare }) => ({
      need: name,
      weight,
      low,
      high,
      rankLow,
      rankHigh,
      firstShare,
    }));
}

async function driversFound(ask: Ask): Promise<DemoFindings['drivers']> {
  const items = (await ask('demand.drivers', { datasetId: 'd2' }))?.result.items ?? [];
  return [...items]
    .sort((a, b) => (a.rank ?? items.length) - (b.rank ?? items.length))
    .map(({ name, share, low, high }) => ({ item: name, share, low, high }));
}

async function modelsFound(ask: Ask): Promise<Pick<DemoFindings, 'runs' | 'f2'>> {
  const measured = (await ask('competitiveness.floors', {}))?.result;
  const floors = measured?.floors ?? [];
  const floorAccuracy = Object.fromEntries(floors.map(({ id, evaluation }) => [id, evaluation.accuracy.value]));
  const runs = await ask('competitiveness.runs', {});
  const decision = await ask('competitiveness.decision', {});
  const againstStrongest = async (runId: string, testLock: string) => {
    if (measured === undefined || measured.testLock !== testLock) return null;
    const { accuracyDifference, rows, resamples } = await ask('competitiveness.compare', {
      runId,
      referenceId: measured.strongestId,
    });
    return { floor: measured.strongestId, ...accuracyDifference, n: rows, resamples };
  };
  const differences = await Promise.all(runs.map(({ result }) => againstStrongest(result.id, result.testLock)));
  return {
    runs: runs.map(({ result }, index) => ({
      name: result.name,
      accuracy: result.test.accuracy.value,
      macroF1: result.test.macroF1.value,
      low: result.test.accuracy.low,
      high: result.test.accuracy.high,
      floors: floorAccuracy,
      aboveFloor: differences[index] ?? null,
      p95Ms: result.latency?.p95Ms ?? null,
      sizeMb: result.sizeMb,
    })),
    f2: (decision?.result.strategies ?? []).map(({ name, score, firstShare }) => ({
      strategy: name,
      score: score.value,
      low: score.low,
      high: score.high,
      firstShare,
    })),
  };
}

async function testsFound(ask: Ask): Promise<DemoFindings['tests']> {
  const { cells } = await ask('adaptation.matrix', {});
  const tested = cells.filter(({ tests }) => tests !== null);
  const views = await Promise.all(
    tested.map(({ scenarioId, modelId }) => ask('adaptation.tests', { scenarioId, modelId })),
  );
  return views.flatMap((view) =>
    view === null
      ? []
      : [...view.result.tests, ...view.result.machineTests].map(({ id, passed, value, limit, verdict }) => ({
          name: `${view.result.scenarioId}.${view.result.modelId} ${id}`,
          passed,
          value,
          limit,
          verdict,
        })),
  );
}

async function tablesFound(ask: Ask): Promise<DemoFindings['tables']> {
  return (await ask('adaptation.tables', {})).flatMap(({ view: { result } }) =>
    result.models.map(({ model, evaluation: { auc, cost }, importance }) => ({
      name: result.name,
      model,
      auc: auc.value,
      low: auc.low,
      high: auc.high,
      costPerCase: cost.perCase.value,
      costWithoutModel: result.majority.costPerCase,
      strongest: importance[0]?.name ?? '',
    })),
  );
}

async function experimentsFound(ask: Ask): Promise<DemoFindings['experiments']> {
  return (await ask('competitiveness.experiments', {})).flatMap(({ result }) =>
    result.metrics.flatMap((metric) =>
      metric.effects.map(({ difference }) => {
        const { blocked } = result.sampleRatio;
        const read = blocked ? null : difference;
        return {
          name: result.name,
          metric: metric.name,
          effect: read?.value ?? null,
          low: read?.low ?? null,
          high: read?.high ?? null,
          blocked,
        };
      }),
    ),
  );
}

async function landingFound(ask: Ask): Promise<Pick<DemoFindings, 'pilot' | 'package'>> {
  const pilot = (await ask('landing.pilot', {}))?.result;
  const built = (await ask('landing.packages', {}))[0]?.built.result;
  return {
    pilot:
      pilot === undefined
        ? null
        : {
            effect: pilot.effect?.value ?? null,
            low: pilot.effect?.low ?? null,
            high: pilot.effect?.high ?? null,
            verdict: pilot.verdict,
          },
    package:
      built === undefined
        ? null
        : { files: built.files.length, bytes: built.totalBytes, selfTest: built.selfTest.passed },
  };
}

async function serviceFound(ask: Ask): Promise<DemoFindings['service']> {
  const datasets = await ask('demand.datasets', {});
  const nameOf = (datasetId: string) => datasets.find(({ id }) => id === datasetId)?.dataset.name ?? datasetId;
  const ticketDatasets = datasets.filter(({ dataset }) => dataset.kind === 'tickets');
  const tickets = await Promise.all(ticketDatasets.map(({ id }) => ask('service.tickets', { datasetId: id })));
  const rounds = (await ask('service.rounds', {}))?.result;
  const drifts = await ask('service.drifts', {});
  const change = await ask('service.demandChange', {});
  const backlog = await ask('service.backlog', {});
  return {
    tickets: tickets.flatMap((view) =>
      (view?.result.measures ?? []).map(({ measure, sla }) => ({
        measure,
        slaMet: sla?.share.value ?? null,
        low: sla?.share.low ?? null,
        high: sla?.share.high ?? null,
        n: sla?.share.n ?? 0,
      })),
    ),
    rounds: (rounds?.series ?? [])
      .filter(({ type }) => type !== 'item')
      .flatMap((series) =>
        series.rounds.map(({ roundId, score }) => {
          const difference = series.differences.find(({ toRoundId }) => toRoundId === roundId);
          return {
            score: `${series.type} ${series.name}`,
            round: rounds?.rounds.find(({ id }) => id === roundId)?.name ?? roundId,
            n: score.n,
            value: score.value,
            difference: difference?.difference ?? null,
            low: difference?.low ?? null,
            high: difference?.high ?? null,
          };
        }),
      ),
    drift: drifts.map(({ result }) => ({
      dataset: nameOf(result.datasetId),
      kind: datasets.find(({ id }) => id === result.datasetId)?.dataset.kind ?? '',
      auc: result.overall.auc,
      band: result.overall.band,
      flagged: result.overall.flagged,
    })),
    change: change.needs.map(({ before, now }) => ({
      need: now?.name ?? before?.name ?? '',
      before: before?.weight ?? null,
      now: now?.weight ?? null,
    })),
    noLongerHolds: change.premises.length,
    backlog: (backlog?.view?.result.items ?? [])
      .slice(0, BACKLOG_SHOWN)
      .map(({ type, subject, score }) => ({ item: `${type} ${subject}`, score: score.value })),
  };
}
