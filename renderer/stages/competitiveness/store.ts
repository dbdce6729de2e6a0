import { create } from 'zustand';
import { DEFAULT_TOLERANCE } from '../../../shared/stages/competitiveness/compression/gate.ts';
import type {
  CompressionOptions,
  CompressionTechnique,
} from '../../../shared/stages/competitiveness/compression/technique.ts';
import type { LabelChoice } from '../../../shared/stages/competitiveness/contract.ts';
import type { RunRecord } from '../../../shared/stages/competitiveness/results.ts';
import type { SplitChoice } from '../../../shared/stages/competitiveness/split-choice.ts';
import type { StrategyChoice } from '../../../shared/stages/competitiveness/strategy/choice.ts';
import type { TaskChoice } from '../../../shared/stages/competitiveness/tasks/contract.ts';
import type { UsabilityChoice } from '../../../shared/stages/competitiveness/usability/results.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import type { TextTask } from '../../../shared/train/text-task.ts';
import { useSession } from '../../app/session.ts';
import type { CountsDraft, RowsDraft } from './experiments/drafts.ts';

/** The form of a new run. */
export interface RunDraft {
  /** Null: the first base model that fits the language. */
  readonly modelId: string | null;
  /** Null: as suggested for the data and the base model. */
  readonly config: RunConfig | null;
  /** Null: made of model and method. */
  readonly name: string | null;
  /** From how many seeds. */
  readonly seeds: number;
}

/** The form of a compression. */
export interface CompressDraft {
  /** A run or what was cut from one; null: the first run. */
  readonly runId: string | null;
  readonly technique: CompressionTechnique;
  /** What was changed of the technique's usual options. */
  readonly options: CompressionOptions;
  /** Null: made of the run's name and the technique. */
  readonly name: string | null;
  readonly tolerance: number;
}

/** What is to be explained of a model's answers. */
interface ExplainDraft {
  readonly from: 'testRow' | 'text';
  readonly show: 'all' | 'right' | 'wrong';
  readonly search: string;
  /** A test row, and the lock of the rows that it is one of. */
  readonly row: { readonly testLock: string; readonly datasetId: string; readonly row: number } | null;
  readonly text: string;
  /** Null: the class that the model answers. */
  readonly label: string | null;
  readonly measure: 'attribution' | 'scoreFall';
}

/** What was entered to read an experiment; null: as the columns suggest. */
interface ExperimentForm {
  readonly mode: 'rows' | 'counts' | 'usability';
  /** Null: the newest file of this kind. */
  readonly datasetId: string | null;
  /** The experiment that is read again; null for a new one. */
  readonly editing: string | null;
  readonly rows: RowsDraft | null;
  readonly counts: CountsDraft | null;
  readonly usability: UsabilityChoice | null;
}

type TaskDraft = Partial<TaskChoice & { readonly seed: number }>;

interface CompetitivenessInput {
  /** What is predicted; null: classes, unless there are rows of something else alone. */
  readonly predicted: 'single-label' | TextTask | null;
  /** Changes to the rows of each task that were not run yet. */
  readonly taskDraft: Readonly<Record<TextTask, TaskDraft>>;
  /** Null: the present labels' source, else the columns that have the role of a label. */
  readonly labels: LabelChoice | null;
  /** Changes to the split that were not run yet. */
  readonly split: Partial<SplitChoice> & { readonly seed?: number };
  readonly floorModel: string | null;
  readonly runFormOpen: boolean;
  readonly runDraft: RunDraft;
  readonly selectedRun: string | null;
  /** What the chosen run is compared with; null: the strongest floor. */
  readonly comparedWith: string | null;
  readonly explainDraft: ExplainDraft;
  readonly compressDraft: CompressDraft;
  /** Null: the newest. */
  readonly selectedCompressed: string | null;
  readonly experimentForm: ExperimentForm;
  /** Settings of g that were changed and not applied yet. */
  readonly strategies: StrategyChoice | null;
  readonly draws: number;
  readonly seed: number;
}

const DEFAULT_SEED = 7;
const DEFAULT_DRAWS = 2000;
const EMPTY_DRAFT: RunDraft = { modelId: null, config: null, name: null, seeds: 1 };

const EMPTY_FORM: ExperimentForm = {
  mode: 'rows',
  datasetId: null,
  editing: null,
  rows: null,
  counts: null,
  usability: null,
};

const NOTHING_ENTERED: CompetitivenessInput = {
  predicted: null,
  taskDraft: { 'multi-label': {}, ordinal: {}, regression: {} },
  labels: null,
  split: {},
  floorModel: null,
  runFormOpen: false,
  runDraft: EMPTY_DRAFT,
  selectedRun: null,
  comparedWith: null,
  explainDraft: {
    from: 'testRow',
    show: 'wrong',
    search: '',
    row: null,
    text: '',
    label: null,
    measure: 'attribution',
  },
  compressDraft: { runId: null, technique: 'int8', options: {}, name: null, tolerance: DEFAULT_TOLERANCE },
  selectedCompressed: null,
  experimentForm: EMPTY_FORM,
  strategies: null,
  draws: DEFAULT_DRAWS,
  seed: DEFAULT_SEED,
};

/** What was entered and chosen in the steps; it outlives leaving a step, and ends with the project. */
export const useCompetitiveness = create<CompetitivenessInput>(() => NOTHING_ENTERED);

useSession.subscribe((now, before) => {
  if (now.projectId !== before.projectId) useCompetitiveness.setState(NOTHING_ENTERED);
});

export function changeSplit(change: CompetitivenessInput['split']): void {
  useCompetitiveness.setState(({ split }) => ({ split: { ...split, ...change } }));
}

/** What was entered of a task's rows; null once it is run. */
export function changeTask(task: TextTask, change: TaskDraft | null): void {
  useCompetitiveness.setState(({ taskDraft }) => ({
    taskDraft: { ...taskDraft, [task]: change === null ? {} : { ...taskDraft[task], ...change } },
  }));
}

/** Shows the rows and models of what is predicted; forms begin anew. */
export function showPredicted(predicted: 'single-label' | TextTask): void {
  useCompetitiveness.setState({
    predicted,
    selectedRun: null,
    comparedWith: null,
    runFormOpen: false,
    runDraft: EMPTY_DRAFT,
  });
}

export function changeExperimentForm(change: Partial<ExperimentForm>): void {
  useCompetitiveness.setState(({ experimentForm }) => ({ experimentForm: { ...experimentForm, ...change } }));
}

export function changeRunDraft(change: Partial<RunDraft>): void {
  useCompetitiveness.setState(({ runDraft }) => ({ runDraft: { ...runDraft, ...change } }));
}

export function changeCompressDraft(change: Partial<CompressDraft>): void {
  useCompetitiveness.setState(({ compressDraft }) => ({ compressDraft: { ...compressDraft, ...change } }));
}

export function changeExplainDraft(change: Partial<ExplainDraft>): void {
  useCompetitiveness.setState(({ explainDraft }) => ({ explainDraft: { ...explainDraft, ...change } }));
}

/** Opens the form of a new run with the configuration of an older one. */
export function repeatRun({
  modelId,
  config,
  name,
  seeds,
}: Pick<RunRecord, 'modelId' | 'config' | 'name'> & {
  readonly seeds?: { readonly runs: readonly unknown[] } | undefined;
}): void {
  const runDraft = { modelId, config, name, seeds: seeds?.runs.length ?? 1 };
  useCompetitiveness.setState({ runFormOpen: true, runDraft });
}
