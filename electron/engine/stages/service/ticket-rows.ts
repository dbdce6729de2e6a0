import { DEFAULT_DATA_CHOICE } from '../../../../shared/stages/adaptation/data-choice.ts';
import type { TicketChoice } from '../../../../shared/stages/adaptation/plan-slots.ts';
import type { Scenario } from '../../../../shared/stages/adaptation/results.ts';
import type { SlotReader } from '../../artifacts/kind.ts';
import { DEFAULT_SEED } from '../../context.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ComputeClient, ComputeOptions } from '../../jobs/compute-client.ts';
import type { ProjectStore } from '../../project-store.ts';
import { partedRows, type ScenarioRows, splitInputs } from '../adaptation/data.ts';
import { takeRows } from '../adaptation/take-rows.ts';
import type { ProjectModel } from '../competitiveness/project-model.ts';
import { datasetName } from '../demand/columns.ts';
import { standing } from '../demand/inputs.ts';
import { corrections } from './triaged-rows.ts';

/** What a scenario that holds these tickets says of its rows. The classes are those of the model that learns on. */
export function ticketData(
  { datasetId, labelColumn }: TicketChoice,
  { labels }: Pick<ProjectModel, 'labels'>,
): Scenario['data'] {
  return { datasetId, labelColumn: labelColumn ?? '', filter: null, corrected: { classes: [...labels] } };
}

/** How a scenario that holds these tickets takes its rows now. */
export const ticketDataParams = (store: ProjectStore, datasetId: string) => ({
  ...DEFAULT_DATA_CHOICE,
  corrections: corrections(store, datasetId),
});

/** What these rows are made of. */
export function ticketInputs(slots: SlotReader, datasetId: string): string[] {
  return [`demand.clean:${datasetId}`, ...standing(slots, [`service.corrections:${datasetId}`]), ...splitInputs(slots)];
}

/** The rows of these tickets as a scenario that holds them would take them now, though none may hold them yet.
 *  @throws AppError 'adaptation.no-rows', 'adaptation.no-test-rows', 'import.column-missing', 'stats.too-few' */
export async function ticketRows(
  store: ProjectStore,
  compute: ComputeClient,
  clean: ArtifactRecord,
  choice: TicketChoice,
  source: Pick<ProjectModel, 'labels'>,
  options: ComputeOptions<never> = {},
): Promise<ScenarioRows> {
  const { datasetId } = choice;
  const { corrections: given, ...shares } = ticketDataParams(store, datasetId);
  const asked = { id: datasetId, name: datasetName(store, datasetId), data: ticketData(choice, source) };
  const taken = { ...asked, corrections: given, choice: shares, seed: DEFAULT_SEED };
  return partedRows(await takeRows(store, compute, clean, taken, options));
}
