import { STAGE_IDS } from '../../shared/contract/stage.ts';
import { isI18nKey, type Translate } from '../../shared/i18n/translate.ts';

/** The name of what stands in a slot, e.g. `demand.clean:d1` → “Cleaning d1”; the slot itself where no name is known. */
export function slotName(t: Translate, slot: string): string {
  const [kind = slot, key] = slot.split(':', 2);
  const [stage, ...rest] = kind.split('.');
  const isStage = STAGE_IDS.some((id) => id === stage);
  const name = `stage.${stage}.artifact.${rest.join('.')}`;
  if (!isStage || !isI18nKey(name)) return slot;
  return key === undefined || key === '' ? t(name) : `${t(name)} ${key}`;
}
