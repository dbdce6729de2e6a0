import type { Translate } from '../../../../shared/i18n/translate.ts';
import type { FloorsResult } from '../../../../shared/stages/competitiveness/results.ts';
import type { StrategyResult } from '../../../../shared/stages/competitiveness/strategy/results.ts';
import { floorName } from '../floor-name.ts';

/** Names of the strategies and needs of a decision. */
export interface StrategyNames {
  readonly strategy: (id: string) => string;
  readonly need: (id: string) => string;
}

export function namesOf(t: Translate, result: StrategyResult, floors: FloorsResult | undefined): StrategyNames {
  return {
    strategy: (id) => {
      const ranked = result.strategies.find((strategy) => strategy.id === id);
      const isRun = /^[RC]\d+$/.test(id) && ranked !== undefined;
      if (isRun) return t('stage.competitiveness.screen.models.detail', { id, name: ranked.name });
      return floorName(t, floors, id, ranked?.name ?? id);
    },
    need: (id) => result.needs.find(({ needId }) => needId === id)?.name ?? id,
  };
}
