import { z } from 'zod';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { needsResultSchema } from '../../../../shared/stages/demand/results.ts';
import type { ServiceNotice } from '../../../../shared/stages/service/notices.ts';
import {
  backlogEffortsSchema,
  backlogNotesSchema,
  backlogResultSchema,
} from '../../../../shared/stages/service/results.ts';
import { defineKind, keyOf } from '../../artifacts/kind.ts';
import { asFloat32 } from '../../artifacts/parts.ts';
import { standing } from '../demand/inputs.ts';
import {
  type Candidate,
  countedSuites,
  declineCandidates,
  driftCandidates,
  requestCandidates,
  testCandidates,
  unmeasuredCandidates,
} from './backlog-candidates.ts';
import { needsOfLabels } from './label-needs.ts';

const backlogParamsSchema = z.strictObject({ draws: z.int().min(1) });
const ASSUMED_EFFORT = 3;
const LEVEL = 0.95;

/** What should be improved, from everything that was measured, ranked by f1. Inputs are taken as they stand: whoever asks for a list does not ask
 *  for models to be trained. */
export const backlogKind = defineKind({
  name: 'service.backlog',
  stage: 'service',
  lane: 'compute',
  revision: 1,
  params: backlogParamsSchema,
  result: backlogResultSchema,
  takesStale: true,
  pausable: false,
  training: false,
  inputs: (_params, slots) => [
    'demand.needs',
    ...standing(slots, [
      'competitiveness.labels',
      'competitiveness.split',
      'service.backlogEfforts',
      'service.rounds',
      'adaptation.choice',
      ...slots.slotsOf('service.triage'),
      ...slots.slotsOf('service.corrections'),
      ...slots.slotsOf('service.drift'),
      ...countedSuites(slots),
    ]),
  ],
  defaultParams: () => ({ draws: 1000 }),
  async run({ params, seed, store, input, compute, signal }) {
    const f1 = store.current('demand.needs');
    if (f1 === undefined) throw new AppError('service.no-needs', {});
    const { needs } = needsResultSchema.parse(input('demand.needs').result);
    const labels = store.current('competitiveness.labels');
    const labelNeeds = labels === undefined ? new Map() : needsOfLabels(store, labels, f1);
    const notices: ServiceNotice[] = [];
    const triages = store.slotsOf('service.triage');
    const suites = countedSuites(store);
    const drifts = store.slotsOf('service.drift');
    const rounds = store.current('service.rounds');
    if (triages.length === 0) notices.push({ code: 'no-tickets', severity: 'info', params: {} });
    if (suites.length === 0) notices.push({ code: 'no-scenario-tests', severity: 'info', params: {} });
    if (drifts.length === 0) notices.push({ code: 'no-drift', severity: 'info', params: {} });
    if (rounds === undefined) notices.push({ code: 'no-rounds', severity: 'info', params: {} });
    const candidates: Candidate[] = [
      ...triages.flatMap((slot) => requestCandidates(store, keyOf(slot), labelNeeds, needs, notices)),
      ...suites.flatMap((slot) => testCandidates(input(slot), labelNeeds, needs)),
      ...drifts.flatMap((slot) => driftCandidates(store, input(slot), labelNeeds)),
      ...(rounds === undefined ? [] : declineCandidates(rounds, needs)),
      ...unmeasuredCandidates(store, f1, needs),
    ];
    if (candidates.length === 0) throw new AppError('service.nothing-to-improve', {});
    const efforts = store.current('service.backlogEfforts');
    const decided = new Map(
      (efforts === undefined ? [] : backlogEffortsSchema.parse(efforts.params).efforts).map(({ id, effort }) => [
        id,
        effort,
      ]),
    );
    const items = await compute.run(
      'service.backlog',
      {
        candidates: candidates.map((candidate) => {
          const value = decided.get(candidate.id);
          const effort =
            value === undefined
              ? ({ value: ASSUMED_EFFORT, origin: 'assumed' } as const)
              : ({ value, origin: 'decided' } as const);
          return { ...candidate, effort };
        }),
        needs: needs.map(({ id, name, weight }) => ({ id, name, weight })),
        weightDraws: asFloat32(store.part(f1, 'draws')),
        draws: params.draws,
        seed,
      },
      { signal },
    );
    return {
      type: 'done',
      result: { level: LEVEL, draws: params.draws, assumedEffort: ASSUMED_EFFORT, items, notices },
    };
  },
});

/** Effort of each item, as a person judged it; part of the score. */
export const backlogEffortsKind = defineKind({
  name: 'service.backlogEfforts',
  stage: 'service',
  lane: 'compute',
  revision: 1,
  params: backlogEffortsSchema,
  result: backlogEffortsSchema,
  pausable: false,
  training: false,
  inputs: () => [],
  defaultParams: () => null,
  run: async ({ params }) => ({ type: 'done', result: params }),
});

/** Status, owner and note of each item; nothing is computed from them. */
export const backlogNotesKind = defineKind({
  name: 'service.backlogNotes',
  stage: 'service',
  lane: 'compute',
  revision: 1,
  params: backlogNotesSchema,
  result: backlogNotesSchema,
  pausable: false,
  training: false,
  inputs: () => [],
  defaultParams: () => null,
  run: async ({ params }) => ({ type: 'done', result: params }),
});
