import { type StringTable, unpackStrings } from '../../../shared/data/string-table.ts';
import {
  analyseTickets,
  type TicketsInput,
  type TicketsOutput,
} from '../../../shared/stages/service/tickets/analyse-tickets.ts';
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
