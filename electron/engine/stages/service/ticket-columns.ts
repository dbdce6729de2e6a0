import type { Output } from '../../../../shared/contract/index.ts';
import { guessTicketColumns } from '../../../../shared/stages/service/tickets/guess-ticket-columns.ts';
import type { ProjectStore } from '../../project-store.ts';
import { datasetColumns, datasetNumber } from '../demand/columns.ts';

/** Rows by which columns are guessed. */
const SAMPLE_ROWS = 500;
const MOST_PRIORITIES = 30;

/** What each column of a ticket file means, as a proposal; a column that the analyst gave the role `text` is the text. */
export function ticketColumns(store: ProjectStore, datasetId: string): Output<'service.guessTicketColumns'> {
  const columns = datasetColumns(store, datasetId);
  const rows = store.rows
    .page(datasetNumber(datasetId), 0, SAMPLE_ROWS)
    .map(({ cells }) => JSON.parse(cells) as string[]);
  const guessed = guessTicketColumns(columns, rows);
  const text = columns.find(({ role }) => role === 'text')?.id ?? guessed.text;
  const place = columns.findIndex(({ id }) => id === guessed.priority);
  const priorities = new Set(
    place < 0 ? [] : rows.map((row) => (row[place] ?? '').trim()).filter((cell) => cell !== ''),
  );
  return {
    columns: { ...guessed, text },
    all: columns.map(({ id, name }, at) => ({
      columnId: id,
      name,
      example: rows.find((row) => (row[at] ?? '').trim() !== '')?.[at]?.slice(0, 100) ?? '',
    })),
    priorities: priorities.size > MOST_PRIORITIES ? [] : [...priorities],
  };
}
