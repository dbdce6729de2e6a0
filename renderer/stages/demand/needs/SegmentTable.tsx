import { Table } from 'antd';
import type { ArtifactInfo } from '../../../../shared/contract/artifact.ts';
import type { NeedsResult } from '../../../../shared/stages/demand/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { boundsOf, InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { byRank } from './need-reading.ts';

type Need = NeedsResult['needs'][number];

const PAGE = 12;

/** Weights of the needs in each segment; segments with few respondents say so and have no interval. */
export function SegmentTable({ result, artifact }: { readonly result: NeedsResult; readonly artifact: ArtifactInfo }) {
  const t = useT();
  if (result.segments.length === 0) return null;
  return (
    <Card flush title={t('stage.demand.screen.needs.segments')} testId="demand-needs-segments">
      <Table<Need>
        size="small"
        rowKey="id"
        dataSource={[...byRank(result.needs)]}
        pagination={result.needs.length > PAGE ? { pageSize: PAGE, size: 'small' } : false}
        scroll={{ x: 'max-content' }}
        columns={[
          {
            title: t('stage.demand.screen.needs.need'),
            key: 'name',
            fixed: 'left',
            width: 180,
            ellipsis: true,
            render: (_, { name }) => <strong title={name}>{name}</strong>,
          },
          ...result.segments.map(({ segment, respondents, lowBase, needs }) => ({
            title: (
              <>
                {segment} <span className="muted number">{t('stamp.n', { count: respondents })}</span>
                {lowBase && (
                  <span className="tag tag-attention" title={t('stage.demand.screen.needs.lowBaseHint')}>
                    ▲ {t('stage.demand.screen.needs.lowBase')}
                  </span>
                )}
              </>
            ),
            key: segment,
            className: 'number',
            render: (_: unknown, need: Need) => {
              const found = needs.find(({ needId }) => needId === need.id);
              // Nobody of this segment was heard on it: unknown rather than of no weight.
              const figures = found?.volume === 0 && found.satisfaction === null ? undefined : found;
              return (
                <InspectedNumber
                  value={figures?.weight ?? null}
                  unit="share"
                  decimals={0}
                  interval={figures === undefined ? null : boundsOf(figures.low, figures.high)}
                  inspected={{
                    title: t('stage.demand.screen.needs.inSegment', { name: need.name, segment }),
                    n: respondents,
                    method: t('stage.demand.screen.needs.segmentMethod'),
                    seed: artifact.seed,
                    slot: artifact.slot,
                    ref: { type: 'need', needId: need.id, segment },
                  }}
                />
              );
            },
          })),
        ]}
      />
    </Card>
  );
}
