import { create } from 'zustand';
import type { TicketAnalysis, TriageChoice } from '../../../shared/stages/service/contract.ts';
import type { DriftSlices, Round, TicketGroup, TicketMeasure } from '../../../shared/stages/service/results.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import { useSession } from '../../app/session.ts';

export type TriageShow = 'all' | 'low-confidence' | 'corrected' | 'disagreeing';

/** Of a training on tickets, as far as it was changed. */
interface TrainingInput {
  readonly sourceId?: string;
  readonly labelColumn?: string | null;
  /** Null: as suggested. */
  readonly name?: string | null;
  readonly seeds?: number;
  /** Settings, and the model for which they were made; null: as suggested. */
  readonly changed?: { readonly sourceId: string; readonly config: RunConfig } | null;
}

interface ServiceInput {
  readonly ticketDataset: string | null;
  /** Columns, targets and hours that were changed and not run yet, by dataset. */
  readonly analyses: Readonly<Record<string, TicketAnalysis>>;
  readonly measure: TicketMeasure;
  readonly group: TicketGroup | null;
  readonly triage: Readonly<Record<string, Partial<TriageChoice>>>;
  readonly training: Readonly<Record<string, TrainingInput>>;
  readonly triageShow: TriageShow;
  readonly triageOrder: 'row' | 'confidence';
  readonly triageLabel: string | null;
  readonly triagePage: number;
  /** Rounds that were changed and not saved yet; null: as saved. */
  readonly rounds: readonly Round[] | null;
  readonly series: string | null;
  readonly driftDataset: string | null;
  readonly driftModel: string | null;
  /** Undefined: as monitored last. */
  readonly driftSlices: DriftSlices | undefined;
  readonly permutations: number;
  readonly draws: number;
  readonly seed: number;
  readonly backlogOpenOnly: boolean;
}

const DEFAULT_SEED = 7;
const DEFAULT_PERMUTATIONS = 199;
const DEFAULT_DRAWS = 2000;

const NOTHING_ENTERED: ServiceInput = {
  ticketDataset: null,
  analyses: {},
  measure: 'firstResponse',
  group: null,
  triage: {},
  training: {},
  triageShow: 'low-confidence',
  triageOrder: 'confidence',
  triageLabel: null,
  triagePage: 0,
  rounds: null,
  series: null,
  driftDataset: null,
  driftModel: null,
  driftSlices: undefined,
  permutations: DEFAULT_PERMUTATIONS,
  draws: DEFAULT_DRAWS,
  seed: DEFAULT_SEED,
  backlogOpenOnly: false,
};

/** What was entered and chosen in the steps; it outlives leaving a step, and ends with the project. */
export const useService = create<ServiceInput>(() => NOTHING_ENTERED);

useSession.subscribe((now, before) => {
  if (now.projectId !== before.projectId) useService.setState(NOTHING_ENTERED);
});

export function keepAnalysis(datasetId: string, analysis: TicketAnalysis): void {
  useService.setState(({ analyses }) => ({ analyses: { ...analyses, [datasetId]: analysis } }));
}

export function forgetAnalysis(datasetId: string): void {
  useService.setState(({ analyses: { [datasetId]: _, ...analyses } }) => ({ analyses }));
}

export function changeTriage(datasetId: string, change: Partial<TriageChoice>): void {
  useService.setState(({ triage }) => ({ triage: { ...triage, [datasetId]: { ...triage[datasetId], ...change } } }));
}

export function changeTraining(datasetId: string, change: TrainingInput): void {
  useService.setState(({ training }) => ({
    training: { ...training, [datasetId]: { ...training[datasetId], ...change } },
  }));
}
