import type { BaseModel } from '../../../../shared/stages/competitiveness/contract.ts';
import type { useT } from '../../../app/language.ts';

/** Why a training cannot begin from this base model under this name (null: none is asked for), in words; null where it can. */
export function trainingMissing(
  t: ReturnType<typeof useT>,
  model: BaseModel | undefined,
  name: string | null,
): string | null {
  if (model?.trainable === false) return t('stage.competitiveness.screen.models.import.notTrainable');
  return name?.trim() === '' ? t('stage.competitiveness.screen.models.nameMissing') : null;
}
