import { Table } from 'antd';
import type { ArtifactInfo } from '../../../../shared/contract/artifact.ts';
import { formatShare } from '../../../../shared/i18n/number.ts';
import { NEED_PARTS, type NeedsResult } from '../../../../shared/stages/demand/results.ts';
import { useT } from '../../../app/language.ts';
import { Sparkline } from '../../../charts/Sparkline.tsx';
import { WeightBar, WeightLegend } from '../../../charts/WeightBar.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { boundsOf, InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { RankInterval } from '../../../components/RankInterval.tsx';
import { byRank, partContributions } from './need-reading.ts';

type Need = NeedsResult['needs'][number];

const PAGE = 12;

interface Props {
  readonly result: NeedsResult;
  readonly artifact: ArtifactInfo;
  /** How the weights come about, in a sentence. */
  readonly method: string;
  readonly selected: string | null;
  readonly onSelect: (need: Need) => void;
}

/** f1(D): needs by weight, where the weight comes from, how sure it is, its trend and its rows. */
export function NeedTable({ result, artifact, method, selected, onSelect }: Props) {
  const t = useT();
  const needs = byRank(result.needs);
  const max = Math.max(0.01, ...needs.map(({ weight, high }) => Math.max(weight, high ?? 0)));
  const legend = NEED_PARTS.map((id) => ({ id, label: t(`stage.demand.screen.part.${id}`) }));
  const hasTrend = needs.some(({ periods }) => periods.length > 1);
  return (
    <Table<Need>
      size="small"
      rowKey="id"
      dataSource={[...needs]}
      pagination={needs.length > PAGE ? { pageSize: PAGE, size: 'small' } : false}
      rowClassName={({ id }) => (id === selected ? 'row-chosen row-link' : 'row-link')}
      onRow={(need) => ({ onClick: () => onSelect(need) })}
      data-testid="demand-needs-table"
      columns={[
        {
          title: t('stage.demand.screen.needs.need'),
          key: 'name',
          ellipsis: true,
          sorter: (a, b) => a.name.localeCompare(b.name),
          render: (_, need) => (
            <button
              type="button"
              className="link need-name"
              title={need.name}
              onClick={(event) => {
                event.stopPropagation();
                onSelect(need);
              }}
              data-testid={`demand-need-${need.id}`}
            >
              <strong>{need.name}</strong>
            </button>
          ),
        },
        {
          title: <WeightLegend parts={legend} />,
          key: 'bar',
          width: 248,
          render: (_, need) => {
            const parts = partContributions(need, needs);
            return (
              <WeightBar
                width={228}
                parts={legend.map(({ id, label }) => ({
                  id,
                  label: t('stage.demand.screen.needs.partLabel', { part: label, share: formatShare(parts[id], 1) }),
                  value: parts[id],
                }))}
                interval={boundsOf(need.low, need.high)}
                max={max}
                reference={1 / needs.length}
                label={t('stage.demand.screen.needs.barLabel', {
                  name: need.name,
                  weight: formatShare(need.weight, 1),
                  driver: formatShare(parts.driver, 1),
                  mention: formatShare(parts.mention, 1),
                  gap: formatShare(parts.gap, 1),
                })}
              />
            );
          },
        },
        {
          title: t('stage.demand.screen.needs.weight'),
          key: 'weight',
          width: 164,
          className: 'number',
          sorter: (a, b) => a.weight - b.weight,
          render: (_, need) => (
            <InspectedNumber
              value={need.weight}
              unit="share"
              decimals={1}
              interval={boundsOf(need.low, need.high)}
              inspected={{
                title: need.name,
                n: need.volume,
                method,
                seed: artifact.seed,
                slot: artifact.slot,
                ref: { type: 'need', needId: need.id, segment: null },
              }}
            />
          ),
        },
        {
          title: t('stage.demand.screen.rank'),
          key: 'rank',
          width: 66,
          className: 'number',
          render: (_, { rankLow, rankHigh }) => <RankInterval low={rankLow} high={rankHigh} />,
        },
        ...(hasTrend
          ? [
              {
                title: t('stage.demand.screen.needs.trend'),
                key: 'trend',
                width: 78,
                // Everybody answers every item, so only what people write about has a trend.
                render: (_: unknown, { name, periods, topicIds }: Need) =>
                  topicIds.length === 0 ? (
                    '—'
                  ) : (
                    <Sparkline
                      width={58}
                      points={periods.map(({ share }) => share)}
                      label={t('stage.demand.screen.needs.trendLabel', {
                        name,
                        from: periods[0]?.period ?? '',
                        to: periods.at(-1)?.period ?? '',
                      })}
                    />
                  ),
              },
            ]
          : []),
        {
          title: t('stage.demand.screen.needs.evidence'),
          key: 'evidence',
          width: 112,
          align: 'right',
          className: 'number',
          sorter: (a, b) => a.volume - b.volume,
          render: (_, { id, name, volume }) => (
            <EvidenceLink count={volume} evidence={{ type: 'need', needId: id, segment: null }} title={name} />
          ),
        },
      ]}
    />
  );
}
