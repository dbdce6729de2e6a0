import { z } from 'zod';
import { appliedTemperature } from '../../../../shared/stages/competitiveness/evaluation/temperature.ts';
import { type AppliedTemperature, runRecordSchema } from '../../../../shared/stages/competitiveness/results.ts';
import type { ProjectStore } from '../../project-store.ts';
import { modelSlot, type ProjectModel } from './project-model.ts';

const record = z.object({ temperature: runRecordSchema.shape.temperature });

/** By what the probabilities of a run, a compressed or an adapted model are calibrated; null where nothing applies. */
export function modelTemperature(store: ProjectStore, id: string): AppliedTemperature | null {
  return appliedTemperature(record.parse(store.current(modelSlot(id))?.result).temperature);
}

/** The same of a model that answers as its weights do in float32; left-out zeros are the same weights. What is stored otherwise has other logits. */
export function float32Temperature(
  store: ProjectStore,
  { id, precision }: Pick<ProjectModel, 'id' | 'precision'>,
): AppliedTemperature | null {
  return precision === 'float32' || precision === 'sparse' ? modelTemperature(store, id) : null;
}
