import type { Output } from '../../../../shared/contract/index.ts';
import { type TicketAnalysis, ticketAnalysisSchema } from '../../../../shared/stages/service/contract.ts';

type Guess = Output<'service.guessTicketColumns'>;

/** Columns, targets and hours as entered, else as analysed last, else as guessed with no targets and around the clock. */
export function analysisOf(
  entered: TicketAnalysis | undefined,
  heldParams: unknown,
  guess: Guess | undefined,
): TicketAnalysis | null {
  if (entered !== undefined) return entered;
  const held = ticketAnalysisSchema.safeParse(pick(heldParams));
  if (held.success) return held.data;
  if (guess === undefined) return null;
  return {
    columns: { ...guess.columns, createdAt: guess.columns.createdAt ?? '' },
    sla: [],
    calendar: null,
    asOf: null,
  };
}

function pick(params: unknown): unknown {
  if (typeof params !== 'object' || params === null) return null;
  const { columns, sla, calendar, asOf } = params as Record<string, unknown>;
  return { columns, sla, calendar, asOf };
}
