import type { Translate } from '../../../shared/i18n/translate.ts';
import type { FloorsResult } from '../../../shared/stages/competitiveness/results.ts';

/** The name of a floor; the given name for anything else. */
export function floorName(t: Translate, floors: FloorsResult | undefined, id: string, otherwise: string): string {
  const floor = floors?.floors.find((candidate) => candidate.id === id);
  return floor === undefined ? otherwise : t(`stage.competitiveness.screen.floor.${floor.type}`);
}
