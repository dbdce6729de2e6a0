import { create } from 'zustand';
import type { Recipe } from '../../../shared/stages/demand/clean/recipe.ts';
import type { DatasetKind } from '../../../shared/stages/demand/contract.ts';
import type { ColumnRole } from '../../../shared/stages/demand/import/column-role.ts';
import type { ImportOverrides } from '../../../shared/stages/demand/import/import-options.ts';
import { useSession } from '../../app/session.ts';

/** A file that was handed over and is not imported yet. */
export interface SourceDraft {
  readonly sourceId: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly overrides: ImportOverrides;
  readonly name: string;
  /** Null: as suggested. */
  readonly kind: DatasetKind | null;
  /** Null: the guessed roles. */
  readonly columns: readonly ColumnRole[] | null;
}

interface DriverChoice {
  readonly outcome: string | null;
  readonly items: readonly string[];
}

interface DemandInput {
  readonly source: SourceDraft | null;
  /** The import under way. */
  readonly importJobId: string | null;
  readonly cleanDataset: string | null;
  /** Recipes changed and not run yet, by dataset. */
  readonly recipes: Readonly<Record<string, Recipe>>;
  /** Null: chosen from the data. */
  readonly topicCount: number | null;
  readonly topicModel: string | null;
  readonly survey: string | null;
  readonly driverChoices: Readonly<Record<string, DriverChoice>>;
  readonly selectedNeed: string | null;
  readonly resamples: number;
  readonly seed: number;
}

const DEFAULT_RESAMPLES = 1000;
const DEFAULT_SEED = 7;

const NOTHING_ENTERED: DemandInput = {
  source: null,
  importJobId: null,
  cleanDataset: null,
  recipes: {},
  topicCount: null,
  topicModel: null,
  survey: null,
  driverChoices: {},
  selectedNeed: null,
  resamples: DEFAULT_RESAMPLES,
  seed: DEFAULT_SEED,
};

/** What was entered and chosen in the steps; it outlives leaving a step, and ends with the project. */
export const useDemand = create<DemandInput>(() => NOTHING_ENTERED);

useSession.subscribe((now, before) => {
  if (now.projectId !== before.projectId) useDemand.setState(NOTHING_ENTERED);
});

export function changeSource(change: Partial<SourceDraft>): void {
  useDemand.setState(({ source }) => ({ source: source === null ? null : { ...source, ...change } }));
}

export function keepRecipe(datasetId: string, recipe: Recipe): void {
  useDemand.setState(({ recipes }) => ({ recipes: { ...recipes, [datasetId]: recipe } }));
}

export function chooseDrivers(datasetId: string, choice: DriverChoice): void {
  useDemand.setState(({ driverChoices }) => ({ driverChoices: { ...driverChoices, [datasetId]: choice } }));
}
