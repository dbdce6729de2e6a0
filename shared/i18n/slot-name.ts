import { type ArtifactOwner, STAGE_IDS } from '../contract/stage.ts';
import { isI18nKey, type Translate } from './translate.ts';

/** A report is named by its language, each in its own words. */
const LANGUAGE_NAMES: Readonly<Record<string, string>> = { en: 'English', 'zh-CN': '中文' };

/** The name of what stands in a slot, e.g. `demand.clean:d1` → “Cleaning d1”; the slot itself where no name is known. */
export function slotName(t: Translate, slot: string): string {
  const [kind = slot, key] = slot.split(':', 2);
  const [owner, ...rest] = kind.split('.');
  const isStage = STAGE_IDS.some((id) => id === owner);
  const name = `${isStage ? 'stage.' : ''}${owner}.artifact.${rest.join('.')}`;
  if (!isI18nKey(name)) return slot;
  if (key === undefined || key === '') return t(name);
  return kind === 'report.document' ? `${t(name)} (${LANGUAGE_NAMES[key] ?? key})` : `${t(name)} ${key}`;
}

/** The name of the stage that an artifact belongs to. */
export function ownerName(t: Translate, owner: ArtifactOwner): string {
  return owner === 'report' ? t('report.name') : t(`stage.${owner}.name`);
}
