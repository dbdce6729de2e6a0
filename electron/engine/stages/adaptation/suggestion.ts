import type { Input, Output } from '../../../../shared/contract/index.ts';
import { AppError } from '../../../../shared/errors/app-error.ts';
import { adaptConfig, continuedRate } from '../../../../shared/stages/adaptation/adapt-config.ts';
import { trainingPlanSlot } from '../../../../shared/stages/adaptation/plan-slots.ts';
import type { ScenarioData } from '../../../../shared/stages/adaptation/results.ts';
import { DEFAULT_SEED, type EngineContext } from '../../context.ts';
import { encoderLayers } from '../competitiveness/encoder-layers.ts';
import { fittedHere } from '../competitiveness/suggestion.ts';
import { sourceModel } from './candidates.ts';
import { dataSlot } from './data.ts';

/** How a recipe would train on a scenario's rows, on this machine. @throws AppError 'artifact.input-missing', 'artifact.not-found', 'model.*' */
export async function adaptSuggestion(
  context: EngineContext,
  { scenarioId, sourceId, recipe }: Input<'adaptation.suggestConfig'>,
): Promise<Output<'adaptation.suggestConfig'>> {
  const data = context.view<ScenarioData>(dataSlot(scenarioId));
  if (data === null) throw new AppError('artifact.input-missing', { slot: dataSlot(scenarioId) });
  const rowsPerClass = data.result.classes.map(({ train }) => train);
  const source = sourceModel(context, sourceId);
  const { maxLength, modelId } = source;
  const { layers, isWhole } = await encoderLayers(context.store, source);
  const trainRows = rowsPerClass.reduce((sum, rows) => sum + rows, 0);
  const filled = rowsPerClass.filter((rows) => rows > 0);
  const facts = { trainRows, smallestClass: filled.length === 0 ? 0 : Math.min(...filled), layers, modelId };
  const config = adaptConfig(recipe, rowsPerClass, maxLength, DEFAULT_SEED);
  if (config === null) return { config, machine: null, ...facts };
  const fitted = fittedHere(context, config, {
    modelId: isWhole ? modelId : null,
    layers,
    rows: trainRows,
    plan: { slot: trainingPlanSlot(scenarioId), modelId: sourceId },
    rate: continuedRate,
  });
  return { ...fitted, ...facts };
}
