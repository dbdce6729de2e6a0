import { Table } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatShare } from '../../../../shared/i18n/number.ts';
import type { RankedStrategy, StrategyResult } from '../../../../shared/stages/competitiveness/strategy/results.ts';
import { useT } from '../../../app/language.ts';
import { heatShade } from '../../../charts/heat.ts';
import { linearScale } from '../../../charts/scale.ts';
import { WeightBar } from '../../../charts/WeightBar.tsx';
import { Card } from '../../../components/Card.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { PointsNumber } from '../../../components/PointsNumber.tsx';
import { Contributions } from './Contributions.tsx';
import { LimitList } from './LimitList.tsx';
import type { StrategyNames } from './names.ts';

interface Props {
  readonly view: ArtifactView<StrategyResult>;
  readonly names: StrategyNames;
}

const POINTS = 100;
const BASIS_TONE = {
  measured: 'tag-accent',
  experiment: 'tag-accent',
  'measured-and-experiment': 'tag-accent',
  assumption: 'tag-attention',
  mixed: 'tag-attention',
} as const;

/** Strategies, best first, each with how sure its place is; a row opens to what each need contributes. */
export function RankedTable({ view, names }: Props) {
  const t = useT();
  const { result, artifact } = view;
  const bounds = result.strategies.flatMap(({ score }) => [score.low * POINTS, score.high * POINTS]);
  const span = [Math.min(0, ...bounds), Math.max(0, ...bounds)] as const;
  const origin = { slot: artifact.slot, seed: artifact.seed, n: result.draws };
  return (
    <Card flush title={t('stage.competitiveness.screen.strategy.ranked')} testId="competitiveness-strategy-ranked">
      <Table<RankedStrategy>
        size="small"
        rowKey="id"
        dataSource={[...result.strategies]}
        pagination={false}
        scroll={{ x: 'max-content' }}
        expandable={{
          columnTitle: <span className="visually-hidden">{t('list.details')}</span>,
          columnWidth: 32,
          expandedRowRender: (strategy) => <Contributions strategy={strategy} view={view} names={names} />,
        }}
        columns={[
          {
            title: t('stage.competitiveness.screen.strategy.strategy'),
            key: 'name',
            render: (_, strategy) => (
              <div className="strategy-name">
                <strong>{names.strategy(strategy.id)}</strong>{' '}
                {strategy.isReference && (
                  <span className="tag">{t('stage.competitiveness.screen.strategy.reference')}</span>
                )}
                {!strategy.isReference && (
                  <span className="tag">{t(`stage.competitiveness.screen.strategy.type.${strategy.type}`)}</span>
                )}
                {strategy.basis !== 'measured' && (
                  <span className={`tag ${BASIS_TONE[strategy.basis]}`}>
                    {BASIS_TONE[strategy.basis] === 'tag-attention' && '▲ '}
                    {t(`stage.competitiveness.screen.strategy.basis.${strategy.basis}`)}
                  </span>
                )}
                {strategy.pareto && (
                  <span className="tag tag-accent" title={t('stage.competitiveness.screen.strategy.pareto')}>
                    ◆ {t('stage.competitiveness.screen.strategy.paretoTag')}
                  </span>
                )}
              </div>
            ),
          },
          {
            title: t('stage.competitiveness.screen.strategy.score'),
            key: 'score',
            width: 225,
            render: (_, { id, score }) => (
              <div className="score-cell">
                <ScoreWhisker
                  value={score.value * POINTS}
                  interval={[score.low * POINTS, score.high * POINTS]}
                  span={span}
                />
                <PointsNumber
                  estimate={score}
                  inspected={{
                    ...origin,
                    title: `${names.strategy(id)} · ${t('stage.competitiveness.screen.strategy.score')}`,
                    method: t('stage.competitiveness.screen.strategy.scoreMethod', { draws: result.draws }),
                  }}
                />
              </div>
            ),
          },
          {
            title: t('stage.competitiveness.screen.strategy.first'),
            key: 'first',
            width: 104,
            render: (_, { id, firstShare }) => (
              <>
                <WeightBar
                  width={76}
                  max={1}
                  interval={null}
                  reference={result.decisionShare}
                  parts={[{ id: 'first', label: formatShare(firstShare), value: firstShare }]}
                  label={formatShare(firstShare)}
                />
                <InspectedNumber
                  value={firstShare}
                  unit="share"
                  decimals={0}
                  inspected={{
                    ...origin,
                    title: `${names.strategy(id)} · ${t('stage.competitiveness.screen.strategy.first')}`,
                    method: t('stage.competitiveness.screen.strategy.firstMethod', { draws: result.draws }),
                  }}
                />
              </>
            ),
          },
          {
            title: t('stage.competitiveness.screen.strategy.ranks'),
            key: 'ranks',
            render: (_, { rankShares }) => <RankHeat shares={rankShares} />,
          },
          ...(result.strategies.some(({ limits, exclusions }) => limits.length + exclusions.length > 0)
            ? [
                {
                  title: t('stage.competitiveness.screen.strategy.limitsColumn'),
                  key: 'limits',
                  render: (_: unknown, strategy: RankedStrategy) => <LimitList strategy={strategy} names={names} />,
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}

interface WhiskerProps {
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly span: readonly [number, number];
}

const WIDTH = 86;

/** A score with its interval against the reference, which is the dashed line at 0. */
function ScoreWhisker({ value, interval, span }: WhiskerProps) {
  const x = linearScale(span, [6, WIDTH - 6]);
  return (
    <svg width={WIDTH} height="20" aria-hidden="true" className={value < 0 ? 'tone-failed' : 'tone-accent'}>
      <line x1="0" x2={WIDTH} y1="10" y2="10" className="chart-rule" />
      <line x1={x(0)} x2={x(0)} y1="1" y2="19" className="chart-floor" />
      <line x1={x(interval[0])} x2={x(interval[1])} y1="10" y2="10" stroke="currentColor" strokeWidth="1.5" />
      <circle cx={x(value)} cy="10" r="4" fill="currentColor" />
    </svg>
  );
}

/** The share of draws at each rank, one cell a rank, darker where likelier. */
function RankHeat({ shares }: { readonly shares: readonly number[] | null }) {
  const t = useT();
  if (shares === null) return <span className="faint">—</span>;
  return (
    <ol className="rank-heat">
      {shares.map((share, index) => {
        const words = t('stage.competitiveness.screen.strategy.rankCell', {
          rank: index + 1,
          share: formatShare(share),
        });
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: the position is the rank.
            key={index}
            title={words}
            aria-label={words}
            className="number"
            style={heatShade(share)}
          >
            {Math.round(share * POINTS)}
          </li>
        );
      })}
    </ol>
  );
}
