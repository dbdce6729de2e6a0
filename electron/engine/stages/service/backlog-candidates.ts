import { testsResultSchema } from '../../../../shared/stages/adaptation/results.ts';
import type { NeedsResult } from '../../../../shared/stages/demand/results.ts';
import {
  estimatedFactor,
  givenFactor,
  meanFactor,
  shareFactor,
} from '../../../../shared/stages/service/backlog/factors.ts';
import type { BacklogCandidate } from '../../../../shared/stages/service/backlog/rank-backlog.ts';
import type { ServiceNotice } from '../../../../shared/stages/service/notices.ts';
import { driftResultSchema, roundsComputedSchema } from '../../../../shared/stages/service/results.ts';
import { holmAdjusted } from '../../../../shared/statistics/holm.ts';
import { keyOf, type SlotReader } from '../../artifacts/kind.ts';
import { asInt32 } from '../../artifacts/parts.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { currentChoices } from '../adaptation/choice.ts';
import { suiteOf } from '../adaptation/tests.ts';
import { needsOfTestRows } from '../competitiveness/demand-weighted.ts';
import { lockedTest } from '../competitiveness/predictions.ts';
import { inputArtifact } from '../competitiveness/project-model.ts';
import { cleanedRows, satisfactionValues } from '../demand/cleaned-rows.ts';
import type { NeedShare } from './label-needs.ts';
import { triagedRows } from './triaged-rows.ts';

type Needs = NeedsResult['needs'];
/** A candidate before anybody's effort is known. */
export type Candidate = Omit<BacklogCandidate, 'effort'>;
export type LabelNeeds = ReadonlyMap<string, readonly NeedShare[]>;

const OVERALL_ROLES = ['csat', 'rating', 'outcome'] as const;
/** Texts farther from the reference than 95 % of it: so many are there where nothing changed. */
const EXPECTED_UNLIKE = 0.05;

/** What tickets ask for: each label by how many tickets have it and how dissatisfied they are. */
export function requestCandidates(
  store: ProjectStore,
  datasetId: string,
  labelNeeds: LabelNeeds,
  needs: Needs,
  notices: ServiceNotice[],
): Candidate[] {
  const triaged = triagedRows(store, datasetId);
  const triage = store.current(`service.triage:${datasetId}`);
  if (triaged === null || triage === undefined) return [];
  const satisfaction = satisfactionOfRows(store, datasetId, triage);
  const byLabel = Map.groupBy(triaged.rows, ({ effective }) => effective);
  return [...byLabel].flatMap(([label, tickets]): Candidate[] => {
    const shares = labelNeeds.get(label);
    if (shares === undefined) {
      notices.push({ code: 'label-without-need', severity: 'warning', params: { label, rows: tickets.length } });
      return [];
    }
    const rated = tickets.flatMap(({ row }) => {
      const value = satisfaction.get(row);
      return value === undefined || Number.isNaN(value) ? [] : [1 - value];
    });
    const severity = meanFactor(rated) ?? dissatisfaction(shares, needs);
    if (severity === null) {
      notices.push({ code: 'severity-unknown', severity: 'info', params: { item: label } });
      return [];
    }
    return [
      {
        id: `request:${datasetId}:${label}`,
        type: 'request',
        subject: label,
        detail: datasetId,
        needs: shares,
        affected: shareFactor(tickets.length, triaged.rows.length),
        severity,
        evidence: [{ type: 'triage', datasetId, label, show: 'all' }],
        slots: [`service.triage:${datasetId}`, 'demand.needs'],
      },
    ];
  });
}

function satisfactionOfRows(
  store: ProjectStore,
  datasetId: string,
  triage: ArtifactRecord,
): ReadonlyMap<number, number> {
  const cleaned = cleanedRows(store, datasetId, inputArtifact(store, triage, `demand.clean:${datasetId}`));
  const column = OVERALL_ROLES.flatMap((role) => cleaned.columnsOf(role)).find(({ scale }) => scale !== undefined);
  if (column === undefined) return new Map();
  const values = satisfactionValues(cleaned, column);
  return new Map(Array.from(cleaned.rows, (row, at) => [row, values[at]!] as const));
}

/** 1 − satisfaction of the needs, by their shares; null where none was rated. */
function dissatisfaction(shares: readonly NeedShare[], needs: Needs) {
  const rated = shares.filter(({ need }) => needs[need]!.satisfaction !== null);
  const total = rated.reduce((sum, { share }) => sum + share, 0);
  if (total === 0) return null;
  return givenFactor(
    rated.reduce((sum, { need, share }) => sum + (share / total) * (1 - needs[need]!.satisfaction!), 0),
  );
}

/** The suite of each scenario that counts: that of the model chosen for it, else the first. */
export function countedSuites(slots: SlotReader): string[] {
  const chosen = new Map(currentChoices(slots).map(({ scenarioId, modelId }) => [scenarioId, modelId]));
  const byScenario = Map.groupBy(slots.slotsOf('adaptation.tests'), (slot) => suiteOf(keyOf(slot)).scenarioId);
  return [...byScenario].flatMap(([scenarioId, suites]) => {
    const wanted = suites.find((slot) => suiteOf(keyOf(slot)).modelId === chosen.get(scenarioId));
    return wanted ?? suites[0] ?? [];
  });
}

/** Scenario tests that failed, or whose interval holds the limit. Severity: how far the value falls short of its limit, as a share of it. */
export function testCandidates(suite: ArtifactRecord, labelNeeds: LabelNeeds, needs: Needs): Candidate[] {
  const { scenarioId, modelId, modelName, rows, tests } = testsResultSchema.parse(suite.result);
  return tests.flatMap((test): Candidate[] => {
    const { id, verdict, value, low, high, limit, direction, subject, n } = test;
    if ((verdict !== 'failed' && verdict !== 'unclear') || value === null || limit === null || limit === 0) return [];
    const shortfall = (at: number) =>
      Math.max(0, direction === 'at-most' ? (at - limit) / limit : (limit - at) / limit);
    const bounds = [low, high].flatMap((bound) => (bound === null ? [] : [shortfall(bound)])).sort((a, b) => a - b);
    const need = needs.findIndex((candidate) => candidate.id === subject.needId);
    const ofLabel = subject.label === null ? undefined : labelNeeds.get(subject.label);
    const isPart = subject.label !== null || subject.slice !== null || subject.needId !== null;
    return [
      {
        id: `scenario-test:${scenarioId}:${id}`,
        type: 'scenario-test',
        subject: id,
        detail: `${scenarioId} ${modelId} ${modelName}`,
        needs: need >= 0 ? [{ need, share: 1 }] : (ofLabel ?? null),
        affected: isPart ? shareFactor(Math.min(n, rows), rows) : givenFactor(1),
        severity: estimatedFactor(shortfall(value), bounds[0] ?? null, bounds.at(-1) ?? null, n),
        evidence: [{ type: 'scenarioTest', scenarioId, modelId, testId: id, outcome: 'failed' }],
        slots: [suite.slot, 'demand.needs'],
      },
    ];
  });
}

/** Texts that a model was not trained for. Needs by the labels that it gives to the texts most unlike its own; severity 2 × AUC − 1. */
export function driftCandidates(store: ProjectStore, drift: ArtifactRecord, labelNeeds: LabelNeeds): Candidate[] {
  const { datasetId, modelId, overall, unlike, labelShift } = driftResultSchema.parse(drift.result);
  if (overall.flagged !== true || overall.auc === null || unlike === null || unlike.value === null) return [];
  const labels = labelShift?.labels.map(({ label }) => label) ?? [];
  const predicted = asInt32(store.part(drift, 'label'));
  const shares = new Map<number, number>();
  const rows = asInt32(store.part(drift, 'unlike'));
  for (const at of rows) {
    for (const { need, share } of labelNeeds.get(labels[predicted[at]!] ?? '') ?? []) {
      shares.set(need, (shares.get(need) ?? 0) + share / rows.length);
    }
  }
  const beyond = (value: number | null) => (value === null ? null : Math.max(0, value - EXPECTED_UNLIKE));
  return [
    {
      id: `drift:${datasetId}`,
      type: 'drift',
      subject: datasetId,
      detail: modelId,
      needs:
        shares.size === 0
          ? null
          : [...shares].map(([need, share]) => ({ need, share })).sort((a, b) => b.share - a.share),
      affected: estimatedFactor(unlike.value - EXPECTED_UNLIKE, beyond(unlike.low), beyond(unlike.high), unlike.n),
      severity: givenFactor(2 * overall.auc - 1),
      evidence: [{ type: 'drift', datasetId, side: 'unlike', slice: null, word: null, label: null }],
      slots: [drift.slot, 'demand.needs'],
    },
  ];
}

/** Scores that fell from one round to the next, beyond chance among the questions of their kind (Holm). */
export function declineCandidates(rounds: ArtifactRecord, needs: Needs): Candidate[] {
  const { series } = roundsComputedSchema.parse(rounds.result);
  const last = series.flatMap((of) => {
    const difference = of.differences.at(-1);
    return difference === undefined ? [] : [{ of, difference }];
  });
  const adjusted = new Map(
    [...Map.groupBy(last, ({ of }) => of.type).values()].flatMap((group) => {
      const p = holmAdjusted(group.map(({ difference }) => difference.p));
      return group.map((entry, at) => [entry.of.id, p[at] ?? 1] as const);
    }),
  );
  return last.flatMap(({ of, difference }): Candidate[] => {
    if (difference.verdict !== 'worse' || (adjusted.get(of.id) ?? 1) > 0.05) return [];
    const range = of.type === 'csat' ? 1 : of.type === 'nps' ? 200 : of.scale.high - of.scale.low;
    const size = (value: number | null) => (value === null ? null : Math.abs(value) / range);
    const bounds = [size(difference.low), size(difference.high)]
      .filter((bound) => bound !== null)
      .sort((a, b) => a - b);
    const columns = new Set(
      of.rounds.flatMap(({ columns: asked }) => asked.map((at) => `${at.datasetId}/${at.columnId}`)),
    );
    const need = needs.findIndex(({ items }) =>
      items.some((item) => columns.has(`${item.datasetId}/${item.columnId}`)),
    );
    return [
      {
        id: `decline:${of.id}`,
        type: 'decline',
        subject: of.name,
        detail: of.type,
        needs: need >= 0 ? [{ need, share: 1 }] : null,
        affected: givenFactor(1),
        severity: estimatedFactor(
          size(difference.difference) ?? 0,
          bounds[0] ?? null,
          bounds.at(-1) ?? null,
          difference.toN,
        ),
        evidence: [{ type: 'roundScore', roundId: difference.toRoundId, seriesId: of.id, answer: null }],
        slots: [rounds.slot, 'demand.needs'],
      },
    ];
  });
}

/** Needs heavier than an even share on which no model can be measured: none of the locked test rows speaks of them. */
export function unmeasuredCandidates(store: ProjectStore, f1: ArtifactRecord, needs: Needs): Candidate[] {
  if (store.current('competitiveness.split') === undefined) return [];
  const measured = new Set(needsOfTestRows(store, f1, lockedTest(store)));
  return needs.flatMap((need, index): Candidate[] => {
    if (measured.has(index) || need.weight < 1 / needs.length) return [];
    const severity = need.satisfaction === null ? need.gap : 1 - need.satisfaction;
    if (severity === null) return [];
    return [
      {
        id: `unmeasured-need:${need.id}`,
        type: 'unmeasured-need',
        subject: need.name,
        detail: null,
        needs: [{ need: index, share: 1 }],
        affected: givenFactor(need.mentionShare ?? 1),
        severity: givenFactor(severity),
        evidence: [{ type: 'need', needId: need.id, segment: null }],
        slots: [f1.slot, 'competitiveness.split'],
      },
    ];
  });
}
