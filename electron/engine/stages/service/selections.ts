import { z } from 'zod';
import type { EvidenceRef } from '../../../../shared/contract/evidence.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { stateOf } from '../../../../shared/stages/service/tickets/measure-tickets.ts';
import { asFloat64 } from '../../artifacts/parts.ts';
import type { EngineContext } from '../../context.ts';
import { listSelection, type SelectedRow, type Selection } from '../../project/evidence.ts';
import { required } from '../competitiveness/predictions.ts';
import { datasetNumber } from '../demand/columns.ts';

const valuesSchema = z.array(z.nullable(z.string()));
const unreadableSchema = z.array(z.strictObject({ columnId: z.string(), rows: z.array(z.int()) }));

function json(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(bytes));
}

type Ref<T extends EvidenceRef['type']> = Extract<EvidenceRef, { type: T }>;

/** Tickets of a measure in a state, of one group or all: exactly those that a bar counts. */
export function ticketSelection({ store }: EngineContext, ref: Ref<'ticket'>): Selection {
  const artifact = required(store, `service.tickets:${ref.datasetId}`);
  const dataset = datasetNumber(ref.datasetId);
  if (ref.state === 'unreadable') {
    const columns = unreadableSchema.parse(json(store.part(artifact, 'unreadable')));
    const rows = columns.find(({ columnId }) => columnId === ref.value)?.rows ?? [];
    return listSelection(rows.map((row) => ({ dataset, row, notes: [] })));
  }
  if (artifact.parts[`${ref.measure}.minutes`] === undefined)
    throw new AppError('artifact.not-found', { id: ref.measure });
  const measured = {
    measure: ref.measure,
    minutes: asFloat64(store.part(artifact, `${ref.measure}.minutes`)),
    target: asFloat64(store.part(artifact, `${ref.measure}.target`)),
    done: store.part(artifact, `${ref.measure}.done`),
  };
  const values = ref.by === null ? null : valuesSchema.parse(json(store.part(artifact, `group.${ref.by}`)));
  const found: SelectedRow[] = [];
  measured.minutes.forEach((minutes, row) => {
    if (Number.isNaN(minutes) || (values !== null && (values[row] ?? null) !== ref.value)) return;
    const isDone = measured.done[row] === 1;
    const state = stateOf(measured, row);
    const isWanted =
      ref.state === 'all' ||
      (ref.state === 'done' && isDone) ||
      (ref.state === 'open' && !isDone) ||
      ref.state === state;
    if (!isWanted) return;
    const target = measured.target[row]!;
    found.push({
      dataset,
      row,
      notes: [
        { id: isDone ? 'minutes' : 'minutesSoFar', value: String(Math.round(minutes)) },
        ...(Number.isNaN(target) ? [] : [{ id: 'targetMinutes', value: String(target) }]),
      ],
    });
  });
  return listSelection(found);
}

export function triageSelection(_context: EngineContext, ref: Ref<'triage'>): Selection {
  throw new AppError('artifact.not-found', { id: ref.datasetId });
}

export function roundScoreSelection(_context: EngineContext, ref: Ref<'roundScore'>): Selection {
  throw new AppError('artifact.not-found', { id: ref.roundId });
}

export function driftSelection(_context: EngineContext, ref: Ref<'drift'>): Selection {
  throw new AppError('artifact.not-found', { id: ref.datasetId });
}
