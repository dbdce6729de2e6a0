import type { Output } from '../../../../shared/contract/index.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { PreparedData } from '../../../../shared/stages/competitiveness/contract.ts';
import type { FloorsResult } from '../../../../shared/stages/competitiveness/results.ts';
import { sameCost, type TrainingPlan } from '../../../../shared/stages/competitiveness/training-plan.ts';
import { completeConfig, type Suggested } from '../../../../shared/train/complete-config.ts';
import { fitToMachine, type MachineFacts, type MachineFit } from '../../../../shared/train/fit-machine.ts';
import {
  type RunConfig,
  type RunConfigDraft,
  runConfigSchema,
  suggestConfig,
} from '../../../../shared/train/run-config.ts';
import { describeModel, requireTrainable } from '../../../models/describe-model.ts';
import { modelFolderOf } from '../../../models/model-folders.ts';
import { DEFAULT_SEED, type EngineContext } from '../../context.ts';
import { TRAINING_PLAN_SLOT } from './training-plan.ts';

const SUGGESTED_MAX_LENGTH = 128;

/** The recipe that fits the project's rows and this machine. @throws AppError 'artifact.input-missing', 'model.*' */
export async function suggestion(
  context: EngineContext,
  modelId: string,
): Promise<Output<'competitiveness.suggestConfig'>> {
  const view = context.view<PreparedData>('competitiveness.split');
  if (view === null) throw new AppError('artifact.input-missing', { slot: 'competitiveness.split' });
  const train = view.result.split.parts.find(({ part }) => part === 'train');
  const rowsPerClass = train?.classes.map(({ rows }) => rows) ?? [];
  const rows = train?.rows ?? 0;
  const maxLength = Math.min(SUGGESTED_MAX_LENGTH, view.result.check.lengths?.max ?? SUGGESTED_MAX_LENGTH);
  const { config, reason } = suggestConfig({ rowsPerClass, maxLength, seed: DEFAULT_SEED });
  const { layers } = await describeModel(modelFolderOf(context.deps, modelId));
  const plan = { slot: TRAINING_PLAN_SLOT, modelId };
  return {
    ...fittedHere(context, config, { modelId, layers, rows, plan }),
    because: reason,
    smallestClass: Math.min(...rowsPerClass),
    trainRows: rows,
  };
}

interface Here {
  /** Base model whose encoder it is; null where it has been cut. */
  readonly modelId: string | null;
  /** Of its encoder. */
  readonly layers: number;
  /** Training rows. */
  readonly rows: number;
  /** Where the costs of such trainings are planned, and of which model. */
  readonly plan: { readonly slot: string; readonly modelId: string };
  /** The learning rate of the quick form; that of a fresh encoder where left out. */
  readonly rate?: (method: RunConfig['method']['type']) => number;
}

/** A recipe in the form in which this machine can train it, with what it takes. */
export function fittedHere(
  context: EngineContext,
  config: RunConfig,
  { modelId, layers, rows, plan, rate }: Here,
): { readonly config: RunConfig; readonly machine: MachineFit } {
  const encodedTextsPerSecond = readingSpeed(context, modelId);
  const planned = plannedOf(context, plan, config);
  const fitted = fitToMachine(config, { rows, layers, encodedTextsPerSecond, planned }, rate);
  const { because, minutes, fullMinutes } = fitted;
  return { config: fitted.config, machine: { because, minutes, fullMinutes } };
}

/** The recipe of a training of which somebody set all, a part or nothing: a whole one stays as it is, what is left out of another is as suggested.
 *  @throws AppError 'request.invalid', 'artifact.input-missing', 'model.*' */
export async function wholeConfig(
  { deps }: EngineContext,
  { modelId, config }: { readonly modelId: string; readonly config?: RunConfigDraft | null | undefined },
  request: string,
  suggest: () => RunConfig | Promise<RunConfig>,
): Promise<RunConfig> {
  const folder = modelFolderOf(deps, modelId);
  // Known beforehand: better refused at once than after a queue.
  await requireTrainable(folder);
  const whole = runConfigSchema.safeParse(config);
  // The start of the head has a value for files from before it was a choice; where it is left out here, it is as suggested.
  if (whole.success && config?.headStart !== undefined) return whole.data;
  const suggested: Suggested = { config: await suggest(), layers: (await describeModel(folder)).layers };
  return completeConfig(config ?? {}, suggested, request);
}

/** Texts a second of the frozen encoder, as the floors found it; null where they were not measured with this model. */
function readingSpeed(context: EngineContext, modelId: string | null): number | null {
  const encoder = context.view<FloorsResult>('competitiveness.floors')?.result.encoder;
  return encoder?.modelId === modelId ? encoder.textsPerSecond : null;
}

function plannedOf(
  context: EngineContext,
  { slot, modelId }: Here['plan'],
  config: RunConfig,
): MachineFacts['planned'] {
  const view = context.view<TrainingPlan>(slot);
  if (view === null || view.artifact.stale.length > 0 || view.result.modelId !== modelId) return null;
  const recipe = view.result.recipes.find((found) => sameCost(found.config, config));
  if (recipe === undefined) return null;
  if (recipe.measured === null) return 'lost';
  return { minutes: recipe.measured.time.value / 60, fit: recipe.measured.fit };
}
