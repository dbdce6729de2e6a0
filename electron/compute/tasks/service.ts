import { type StringTable, unpackStrings } from '../../../shared/data/string-table.ts';
import type { RoundsComputed } from '../../../shared/stages/service/results.ts';
import { computeRounds, type RoundInput } from '../../../shared/stages/service/rounds/compute-rounds.ts';
import {
  analyseTickets,
  type TicketsInput,
  type TicketsOutput,
} from '../../../shared/stages/service/tickets/analyse-tickets.ts';
import {
  summariseTriage,
  type TriageInput,
  type TriageOutput,
} from '../../../shared/stages/service/triage/summarise-triage.ts';
import type { ComputeTask } from '../task.ts';

export const ticketsTask: ComputeTask<
  Omit<TicketsInput, 'cells'> & {
    readonly cells: Readonly<Record<string, { readonly name: string; readonly values: StringTable }>>;
  },
  TicketsOutput
> = {
  run({ cells, ...rest }) {
    const unpacked = Object.entries(cells).map(
      ([id, { name, values }]) => [id, { name, values: unpackStrings(values) }] as const,
    );
    return analyseTickets({ ...rest, cells: Object.fromEntries(unpacked) });
  },
};

export const triageTask: ComputeTask<TriageInput, TriageOutput> = { run: summariseTriage };

export const roundsTask: ComputeTask<readonly RoundInput[], RoundsComputed> = { run: computeRounds };
