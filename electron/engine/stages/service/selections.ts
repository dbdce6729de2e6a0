import { z } from 'zod';
import type { EvidenceRef } from '../../../../shared/contract/evidence.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import {
  driftResultSchema,
  roundsComputedSchema,
  type TriagedTicket,
} from '../../../../shared/stages/service/results.ts';
import { stateOf } from '../../../../shared/stages/service/tickets/measure-tickets.ts';
import { asFloat32, asFloat64, asInt32 } from '../../artifacts/parts.ts';
import type { EngineContext } from '../../context.ts';
import { listSelection, type SelectedRow, type Selection } from '../../project/evidence.ts';
import { required } from '../competitiveness/predictions.ts';
import { inputArtifact } from '../competitiveness/project-model.ts';
import { cleanedRows } from '../demand/cleaned-rows.ts';
import { datasetNumber } from '../demand/columns.ts';
import { disagrees, triagedRows } from './triaged-rows.ts';

const valuesSchema = z.array(z.nullable(z.string()));
const wordTextsSchema = z.array(
  z.strictObject({ word: z.string(), reference: z.array(z.int()), current: z.array(z.int()) }),
);
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

/** Triaged rows: `predicted` and `low-confidence` by the model's label, as its counts are; the others by the label that counts. */
export function triageSelection({ store }: EngineContext, ref: Ref<'triage'>): Selection {
  const triaged = triagedRows(store, ref.datasetId);
  if (triaged === null) throw new AppError('artifact.input-missing', { slot: `service.triage:${ref.datasetId}` });
  const byModel = ref.show === 'predicted' || ref.show === 'low-confidence';
  const isWanted = (ticket: TriagedTicket): boolean => {
    if (ref.label !== null && (byModel ? ticket.label : ticket.effective) !== ref.label) return false;
    if (ref.show === 'low-confidence') return ticket.confidence < triaged.confidenceBelow;
    if (ref.show === 'corrected') return ticket.corrected;
    if (ref.show === 'agreeing') return ticket.truth === ticket.label;
    return ref.show !== 'disagreeing' || (disagrees(ticket) && triaged.labels.includes(ticket.truth ?? ''));
  };
  const dataset = datasetNumber(ref.datasetId);
  const found = triaged.rows.filter(isWanted).map(
    (ticket): SelectedRow => ({
      dataset,
      row: ticket.row,
      notes: [
        { id: 'predicted', value: ticket.label },
        { id: 'confidence', value: ticket.confidence.toFixed(2) },
        ...(ticket.corrected ? [{ id: 'corrected', value: ticket.effective }] : []),
      ],
    }),
  );
  return listSelection(found);
}

/** Rows of a round that answered a question, all or with one answer. */
export function roundScoreSelection({ store }: EngineContext, ref: Ref<'roundScore'>): Selection {
  const rounds = required(store, 'service.rounds');
  const series = roundsComputedSchema.parse(rounds.result).series.find(({ id }) => id === ref.seriesId);
  const scored = series?.rounds.find(({ roundId }) => roundId === ref.roundId);
  if (series === undefined || scored === undefined) throw new AppError('artifact.not-found', { id: ref.seriesId });
  const found = scored.columns.flatMap(({ datasetId, columnId }) => {
    const cleaned = cleanedRows(store, datasetId, inputArtifact(store, rounds, `demand.clean:${datasetId}`));
    const answers = cleaned.numbers(columnId);
    return Array.from(cleaned.rows).flatMap((row, at): SelectedRow[] => {
      const answer = answers[at]!;
      const isAnswer = answer >= series.scale.low && answer <= series.scale.high;
      if (!isAnswer || (ref.answer !== null && answer !== ref.answer)) return [];
      return [{ dataset: datasetNumber(datasetId), row, notes: [{ id: 'answer', value: String(answer) }] }];
    });
  });
  return listSelection(found);
}

/** Texts of a drift test. `unlike` are the new ones beyond the bound; new texts come farthest from the reference first. */
export function driftSelection({ store }: EngineContext, ref: Ref<'drift'>): Selection {
  const drift = required(store, `service.drift:${ref.datasetId}`);
  const words = wordTextsSchema.parse(json(store.part(drift, 'words'))).find(({ word }) => word === ref.word);
  if (ref.word !== null && words === undefined) throw new AppError('artifact.not-found', { id: ref.word });
  if (ref.side === 'reference') {
    const dataset = asInt32(store.part(drift, 'referenceDataset'));
    const row = asInt32(store.part(drift, 'referenceRow'));
    const rows = words === undefined ? Array.from(row.keys()) : words.reference;
    return listSelection(rows.map((at) => ({ dataset: dataset[at]!, row: row[at]!, notes: [] })));
  }
  const { labelShift } = driftResultSchema.parse(drift.result);
  const labels = labelShift?.labels.map(({ label }) => label) ?? [];
  const row = asInt32(store.part(drift, 'row'));
  const label = asInt32(store.part(drift, 'label'));
  const nearest = asFloat32(store.part(drift, 'nearest'));
  const slice = valuesSchema.parse(json(store.part(drift, 'slice')));
  const unlike = new Set(asInt32(store.part(drift, 'unlike')));
  const having = words === undefined ? null : new Set(words.current);
  const dataset = datasetNumber(ref.datasetId);
  const found = Array.from(row.keys())
    .filter(
      (at) =>
        (ref.side !== 'unlike' || unlike.has(at)) &&
        (ref.slice === null || slice[at] === ref.slice) &&
        (ref.label === null || labels[label[at]!] === ref.label) &&
        (having === null || having.has(at)),
    )
    .sort((a, b) => nearest[a]! - nearest[b]! || a - b)
    .map(
      (at): SelectedRow => ({
        dataset,
        row: row[at]!,
        notes: [
          { id: 'nearest', value: nearest[at]!.toFixed(2) },
          ...(labels[label[at]!] === undefined ? [] : [{ id: 'predicted', value: labels[label[at]!] ?? '' }]),
        ],
      }),
    );
  return listSelection(found);
}
