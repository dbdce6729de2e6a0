import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatShare } from '../../../../shared/i18n/number.ts';
import type { Translate } from '../../../../shared/i18n/translate.ts';
import type {
  StrategyAnswer,
  StrategyQuestion,
  StrategyResult,
} from '../../../../shared/stages/competitiveness/strategy/results.ts';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import type { StrategyNames } from './names.ts';

interface Props {
  readonly view: ArtifactView<StrategyResult>;
  readonly names: StrategyNames;
}

/** The answer in one plain sentence, what it rests on, and what would settle it. */
export function AnswerCard({ view, names }: Props) {
  const t = useT();
  const { result, artifact } = view;
  const { answer } = result;
  const remarks = [
    ...(result.unmeasuredNeeds.length === 0
      ? []
      : [t('stage.competitiveness.screen.strategy.unmeasured', { count: result.unmeasuredNeeds.length })]),
    ...(result.unassignedRows === 0
      ? []
      : [t('stage.competitiveness.screen.strategy.unassigned', { count: result.unassignedRows })]),
    ...(result.lostNeeds.length === 0
      ? []
      : [t('stage.competitiveness.screen.strategy.lost', { count: result.lostNeeds.length })]),
  ];
  return (
    <Card title={t('stage.competitiveness.screen.strategy.answer')} testId="competitiveness-strategy-answer">
      <p className="answer" data-answer={answer.type}>
        {answerText(t, answer, names)}
      </p>
      {answer.type === 'decided' && <p>{t(`stage.competitiveness.screen.strategy.basisText.${answer.basis}`)}</p>}
      {answer.type === 'open' && <p className="attention-words">▲ {questionText(t, answer.question, names)}</p>}
      {answer.type === 'not-decidable' && (
        <ul className="measure-list">
          {answer.measure.map(({ needId, missing }) => (
            <li key={needId}>
              ▲ {t(`stage.competitiveness.screen.strategy.measure.${missing}`, { need: names.need(needId) })}
            </li>
          ))}
        </ul>
      )}
      {remarks.length > 0 && <p className="muted">{remarks.join(' · ')}</p>}
      {result.withoutU ? (
        <p className="attention-words" data-testid="competitiveness-strategy-without-u">
          ▲ {t('stage.competitiveness.screen.strategy.withoutU')}
        </p>
      ) : (
        <p className="muted">{t('stage.competitiveness.screen.strategy.oneScale')}</p>
      )}
      {result.links.length > 0 && (
        <ul className="link-list" data-testid="competitiveness-strategy-links">
          {result.links.map(({ strategyId, needId, experimentId, metricId, metric, arm, status }) => (
            <li
              key={`${strategyId} ${needId} ${experimentId} ${metricId} ${arm}`}
              data-status={status}
              className={status === 'used' ? 'muted' : 'attention-words'}
            >
              {status === 'used' ? '✓' : '▲'}{' '}
              {t(`stage.competitiveness.screen.strategy.link.${status}`, {
                experiment: experimentId,
                metric,
                arm,
                strategy: names.strategy(strategyId),
                need: names.need(needId),
              })}
            </li>
          ))}
        </ul>
      )}
      <ArtifactStamp
        artifact={artifact}
        method={t('stage.competitiveness.screen.strategy.draws', {
          draws: result.draws,
          share: formatShare(result.decisionShare),
        })}
      />
    </Card>
  );
}

function answerText(t: Translate, answer: StrategyAnswer, names: StrategyNames): string {
  switch (answer.type) {
    case 'decided':
      return t('stage.competitiveness.screen.strategy.answerText.decided', {
        strategy: names.strategy(answer.strategyId),
        share: formatShare(answer.share),
      });
    case 'open':
      return t(`stage.competitiveness.screen.strategy.answerText.${answer.leading.length === 1 ? 'openOne' : 'open'}`, {
        leading: answer.leading
          .map(({ strategyId, share }) =>
            t('stage.competitiveness.screen.strategy.answerText.leader', {
              strategy: names.strategy(strategyId),
              share: formatShare(share),
            }),
          )
          .join(t('list.separator')),
      });
    default:
      return t(`stage.competitiveness.screen.strategy.answerText.${answer.type}`);
  }
}

function questionText(t: Translate, question: StrategyQuestion, names: StrategyNames): string {
  switch (question.type) {
    case 'gain-not-shown':
      return t('stage.competitiveness.screen.strategy.question.gain-not-shown', {
        strategy: names.strategy(question.strategyId),
      });
    case 'limit-unknown':
      return t('stage.competitiveness.screen.strategy.question.limit-unknown', {
        strategy: names.strategy(question.strategyId),
        limit: t(`stage.competitiveness.screen.strategy.limit.${question.limit}`, {
          need: question.needId === null ? '' : names.need(question.needId),
        }),
      });
    case 'test-rows':
      return t('stage.competitiveness.screen.strategy.question.test-rows', {
        need: names.need(question.needId),
        rows: question.rows,
      });
    case 'weight':
      return t('stage.competitiveness.screen.strategy.question.weight', { need: names.need(question.needId) });
    case 'assumption':
      return t('stage.competitiveness.screen.strategy.question.assumption', {
        strategy: names.strategy(question.strategyId),
        need: names.need(question.needId),
      });
    case 'experiment':
      return t('stage.competitiveness.screen.strategy.question.experiment', {
        strategy: names.strategy(question.strategyId),
        need: names.need(question.needId),
      });
    case 'equal':
      return t('stage.competitiveness.screen.strategy.question.equal', {
        strategies: question.strategyIds.map(names.strategy).join(t('list.separator')),
      });
  }
}
