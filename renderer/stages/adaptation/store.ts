import { create } from 'zustand';
import { DEFAULT_DATA_CHOICE } from '../../../shared/stages/adaptation/data-choice.ts';
import type { RecipeId, Scenario } from '../../../shared/stages/adaptation/results.ts';
import type { CASE_ORDERS } from '../../../shared/stages/adaptation/tables/contract.ts';
import type { TableModelType, TableSetup } from '../../../shared/stages/adaptation/tables/results.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import { useSession } from '../../app/session.ts';

/** The scenario in the form: null id for a new one. */
export interface ScenarioDraft {
  readonly id: string | null;
  readonly scenario: Scenario;
}

export type CaseOrder = (typeof CASE_ORDERS)[number];
export type TestFilter = 'all' | 'failed' | 'unclear' | 'passed' | 'no-verdict';

/** Form of an adaptation; null parts are as recommended. */
export interface AdaptDraft {
  readonly recipe: RecipeId | null;
  readonly name: string | null;
  readonly reject: boolean | null;
  /** From how many seeds. */
  readonly seeds: number;
  /** The training settings that were changed, and for what they were suggested. */
  readonly changed: { readonly recipe: RecipeId; readonly sourceId: string; readonly config: RunConfig } | null;
}

interface AdaptationInput {
  readonly draft: ScenarioDraft | null;
  /** The scenario that recipe and tests are about; null: the first with data. */
  readonly scenarioId: string | null;
  /** Source model of the recipe, by scenario. */
  readonly sources: Readonly<Record<string, string>>;
  readonly adapt: Readonly<Record<string, AdaptDraft>>;
  /** The adapted model shown in depth; null: the last one. */
  readonly selectedModel: string | null;
  /** Model under test, by scenario. */
  readonly models: Readonly<Record<string, string>>;
  readonly testFilter: TestFilter;
  readonly testOrder: 'outcome' | 'type';
  /** The scored table that is shown; `new`: a setup that was not run yet; null: the last one. */
  readonly tableId: string | null;
  readonly tableModel: TableModelType | null;
  /** What was changed of the setup of a table, by its id or `new`. */
  readonly tableSetups: Readonly<Record<string, TableSetup>>;
  readonly caseOrder: CaseOrder;
  readonly caseRow: number | null;
  readonly testShare: number;
  readonly devShare: number;
  readonly seed: number;
}

const DEFAULT_SEED = 7;

const NOTHING_ENTERED: AdaptationInput = {
  draft: null,
  scenarioId: null,
  sources: {},
  adapt: {},
  selectedModel: null,
  models: {},
  testFilter: 'all',
  testOrder: 'outcome',
  tableId: null,
  tableModel: null,
  tableSetups: {},
  caseOrder: 'highest',
  caseRow: null,
  ...DEFAULT_DATA_CHOICE,
  seed: DEFAULT_SEED,
};

/** What was entered and chosen in the steps; it outlives leaving a step, and ends with the project. */
export const useAdaptation = create<AdaptationInput>(() => NOTHING_ENTERED);

useSession.subscribe((now, before) => {
  if (now.projectId !== before.projectId) useAdaptation.setState(NOTHING_ENTERED);
});

export function changeScenario(change: Partial<Scenario>): void {
  useAdaptation.setState(({ draft }) => ({
    draft: draft === null ? null : { ...draft, scenario: { ...draft.scenario, ...change } },
  }));
}

export function chooseSource(scenarioId: string, sourceId: string): void {
  useAdaptation.setState(({ sources }) => ({ sources: { ...sources, [scenarioId]: sourceId } }));
}

export const NEW_TABLE = 'new';

export function chooseTable(tableId: string): void {
  useAdaptation.setState({ tableId, tableModel: null, caseRow: null });
}

export function changeTableSetup(tableId: string, setup: TableSetup): void {
  useAdaptation.setState(({ tableSetups }) => ({ tableSetups: { ...tableSetups, [tableId]: setup } }));
}

export function chooseTested(scenarioId: string, modelId: string): void {
  useAdaptation.setState(({ models }) => ({ scenarioId, models: { ...models, [scenarioId]: modelId } }));
}

const EMPTY_ADAPT: AdaptDraft = { recipe: null, name: null, reject: null, seeds: 1, changed: null };

export function changeAdapt(scenarioId: string, change: Partial<AdaptDraft>): void {
  useAdaptation.setState(({ adapt }) => ({
    adapt: { ...adapt, [scenarioId]: { ...(adapt[scenarioId] ?? EMPTY_ADAPT), ...change } },
  }));
}
