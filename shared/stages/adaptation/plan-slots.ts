/** Where the cost of trainings that adapt a model is kept. */

/** Tickets whose class people gave: set right in stage 5, over the values of a column where one is named. */
export interface TicketChoice {
  readonly datasetId: string;
  readonly labelColumn: string | null;
}

/** On the rows of a scenario. */
export const trainingPlanSlot = (scenarioId: string) => `adaptation.trainingPlan:${scenarioId}`;

/** On tickets, which no scenario holds before the first training. */
export const ticketPlanSlot = ({ datasetId, labelColumn }: TicketChoice) =>
  `adaptation.trainingPlan:${datasetId}${labelColumn === null ? '' : `.${labelColumn}`}`;

/** The tickets of such a slot's key; null for a scenario. */
export function ticketsOf(key: string): TicketChoice | null {
  const [datasetId = '', labelColumn = null] = key.split('.');
  return datasetId.startsWith('d') ? { datasetId, labelColumn } : null;
}
