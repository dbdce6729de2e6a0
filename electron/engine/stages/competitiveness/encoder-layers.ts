import { cutLayers } from '../../../../shared/stages/competitiveness/compression/cut-layers.ts';
import { describeModel } from '../../../models/describe-model.ts';
import type { ProjectStore } from '../../project-store.ts';
import { required } from './predictions.ts';
import { inputArtifact, modelRecord, modelSlot, type ProjectModel } from './project-model.ts';

/** Encoder layers that a model has, and whether its encoder is still the base model's, of which nothing was cut on the way to it.
 *  @throws AppError 'artifact.input-missing', 'model.*' */
export async function encoderLayers(
  store: ProjectStore,
  { slot, folder }: Pick<ProjectModel, 'slot' | 'folder'>,
): Promise<{ readonly layers: number; readonly isWhole: boolean }> {
  let at = required(store, slot);
  const left = cutLayers(modelRecord(at), (id) => {
    at = inputArtifact(store, at, modelSlot(id));
    return modelRecord(at);
  });
  return { layers: left ?? (await describeModel(folder)).layers, isWhole: left === null };
}
