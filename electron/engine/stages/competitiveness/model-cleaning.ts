import { AppError } from '../../../../shared/errors/app-error.ts';
import { because } from '../../../../shared/errors/reasons.ts';
import { adaptedModelSchema, scenarioDataSchema } from '../../../../shared/stages/adaptation/results.ts';
import type { Recipe } from '../../../../shared/stages/demand/clean/recipe.ts';
import { cleanedText, type TextCleaning, textCleaning } from '../../../../shared/stages/demand/clean/text-cleaning.ts';
import { kindOf } from '../../artifacts/kind.ts';
import type { ArtifactRecord } from '../../db/repositories/artifact.ts';
import type { ProjectStore } from '../../project-store.ts';
import { dataSlot } from '../adaptation/data.ts';
import { cleanParamsSchema } from '../demand/clean.ts';
import { required } from './predictions.ts';
import { inputArtifact, type ProjectModel } from './project-model.ts';

/** The rows that a model was made from, as they were then: of an adapted one its scenario's, else those of its own split or of that of the run that it
 *  was compressed from. @throws AppError 'artifact.input-missing' */
export function rowsBehind(store: ProjectStore, artifact: ArtifactRecord, weights: ArtifactRecord): ArtifactRecord {
  if (kindOf(artifact.slot) === 'adaptation.model') {
    return inputArtifact(store, artifact, dataSlot(adaptedModelSchema.parse(artifact.result).scenarioId));
  }
  const has = artifact.inputs.some(({ slot }) => slot === 'competitiveness.split');
  return inputArtifact(store, has ? artifact : weights, 'competitiveness.split');
}

/** The datasets that such rows were taken from, as they were cleaned. @throws AppError 'artifact.input-missing' */
export function cleansBehind(store: ProjectStore, rows: ArtifactRecord): readonly ArtifactRecord[] {
  if (kindOf(rows.slot) === 'adaptation.data') {
    return [inputArtifact(store, rows, `demand.clean:${scenarioDataSchema.parse(rows.result).datasetId}`)];
  }
  return rows.inputs
    .filter(({ slot }) => kindOf(slot) === 'demand.clean')
    .map(({ slot }) => inputArtifact(store, rows, slot));
}

export const recipeOf = (clean: ArtifactRecord): Recipe => cleanParamsSchema.parse(clean.params).recipe;

/** What is done to a text before a model reads it, in the product as in a package: what was done to those of the first dataset that it learnt from.
 *  @throws AppError 'artifact.input-missing' */
export function modelCleaning(store: ProjectStore, { slot, weights }: ProjectModel): TextCleaning {
  return cleaningOfRows(store, rowsBehind(store, required(store, slot), weights));
}

/** That of the first dataset of such rows. @throws AppError 'artifact.input-missing' */
export function cleaningOfRows(store: ProjectStore, rows: ArtifactRecord): TextCleaning {
  const [first] = cleansBehind(store, rows);
  return textCleaning(first === undefined ? undefined : recipeOf(first));
}

/** Texts that somebody gives, as a model reads them. @throws AppError 'request.invalid' for one of which nothing is left */
export function cleanedTexts(texts: readonly string[], cleaning: TextCleaning, request: string): string[] {
  return texts.map((text, at) => {
    const cleaned = cleanedText(text, cleaning);
    if (cleaned !== '') return cleaned;
    throw new AppError('request.invalid', { name: request, path: `texts.${at}`, problem: because('empty', {}) });
  });
}
