import { formatShare } from '../../i18n/number.ts';
import type { Translate } from '../../i18n/translate.ts';
import { floorsResultSchema } from '../../stages/competitiveness/results.ts';
import type { StrategyQuestion, StrategyResult } from '../../stages/competitiveness/strategy/results.ts';
import type { SectionReader } from '../input.ts';
import { sentences, wordOf } from './section.ts';

export interface StrategyNames {
  strategy(id: string): string;
  need(id: string): string;
}

/** Names of the strategies and needs of a decision, as screens give them. */
export function strategyNames({ t, view }: SectionReader, result: StrategyResult): StrategyNames {
  const floors = view('competitiveness.floors', floorsResultSchema)?.result.floors ?? [];
  return {
    strategy(id) {
      const floor = floors.find((candidate) => candidate.id === id);
      if (floor !== undefined) return t(`stage.competitiveness.screen.floor.${floor.type}`);
      const name = result.strategies.find((strategy) => strategy.id === id)?.name;
      return name === undefined ? id : /^[RC]\d+$/.test(id) ? `${id} ${name}` : name;
    },
    need: (id) => result.needs.find(({ needId }) => needId === id)?.name ?? id,
  };
}

/** The answer of g in one sentence. */
export function strategyAnswer(t: Translate, { answer }: StrategyResult, names: StrategyNames): string {
  const key = 'stage.competitiveness.screen.strategy.answerText';
  switch (answer.type) {
    case 'decided':
      return t(`${key}.decided`, { strategy: names.strategy(answer.strategyId), share: formatShare(answer.share) });
    case 'open': {
      const leading = answer.leading.map(({ strategyId, share }) =>
        t(`${key}.leader`, { strategy: names.strategy(strategyId), share: formatShare(share) }),
      );
      return sentences(t, [
        t(`${key}.${leading.length === 1 ? 'openOne' : 'open'}`, { leading: leading.join(t('list.separator')) }),
        questionText(t, answer.question, names),
      ]);
    }
    default:
      return t(`${key}.${answer.type}`);
  }
}

function questionText(t: Translate, question: StrategyQuestion, names: StrategyNames): string {
  const key = 'stage.competitiveness.screen.strategy.question';
  switch (question.type) {
    case 'gain-not-shown':
      return t(`${key}.gain-not-shown`, { strategy: names.strategy(question.strategyId) });
    case 'limit-unknown':
      return t(`${key}.limit-unknown`, {
        strategy: names.strategy(question.strategyId),
        limit: t(`stage.competitiveness.screen.strategy.limit.${question.limit}`, {
          need: question.needId === null ? '' : names.need(question.needId),
        }),
      });
    case 'test-rows':
      return t(`${key}.test-rows`, { need: names.need(question.needId), rows: question.rows });
    case 'weight':
      return t(`${key}.weight`, { need: names.need(question.needId) });
    case 'assumption':
      return t(`${key}.assumption`, {
        strategy: names.strategy(question.strategyId),
        need: names.need(question.needId),
      });
    case 'experiment':
      return wordOf(t, key, 'experiment', {
        strategy: names.strategy(question.strategyId),
        need: names.need(question.needId),
      });
    case 'equal':
      return t(`${key}.equal`, { strategies: question.strategyIds.map(names.strategy).join(t('list.separator')) });
  }
}
