import { Table } from 'antd';
import type { ArtifactInfo } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { DriversResult } from '../../../../shared/stages/demand/results.ts';
import { useT } from '../../../app/language.ts';
import { WeightBar } from '../../../charts/WeightBar.tsx';
import { boundsOf, InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { RankInterval } from '../../../components/RankInterval.tsx';

type Item = DriversResult['items'][number];

/** Variance inflation from which on an item is nearly a combination of the others. */
const HIGH_VIF = 5;

/** Items by their share of what is explained, with interval, sign and collinearity. */
export function DriverTable({ result, artifact }: { readonly result: DriversResult; readonly artifact: ArtifactInfo }) {
  const t = useT();
  const items = [...result.items].sort((a, b) => (b.share ?? -1) - (a.share ?? -1));
  const max = Math.max(0.01, ...items.map(({ share, high }) => Math.max(share ?? 0, high ?? 0)));
  const inspected = { n: result.n, seed: artifact.seed, slot: artifact.slot };
  const weightMethod = t('stage.demand.screen.drivers.weightMethod', {
    outcome: result.outcome.name,
    rSquared: formatNumber(result.rSquared, 2),
    resamples: result.resamples,
  });
  const equalShare = items.length === 0 ? 0 : 1 / items.length;
  return (
    <Table<Item>
      size="small"
      rowKey="columnId"
      dataSource={items}
      pagination={false}
      scroll={{ x: 'max-content' }}
      data-testid="demand-drivers-table"
      columns={[
        {
          title: t('stage.demand.screen.drivers.item'),
          key: 'name',
          sorter: (a, b) => a.name.localeCompare(b.name),
          render: (_, { name }) => (
            <strong className="clamp item-name" title={name}>
              {name}
            </strong>
          ),
        },
        {
          title: t('stage.demand.screen.drivers.share'),
          key: 'bar',
          width: 150,
          render: (_, { name, share, low, high }) =>
            share !== null && (
              <WeightBar
                width={130}
                parts={[{ id: 'share', label: name, value: share }]}
                interval={boundsOf(low, high)}
                max={max}
                reference={equalShare}
                label={t('chart.interval', {
                  value: formatShare(share, 1),
                  low: low === null ? '—' : formatShare(low, 1),
                  high: high === null ? '—' : formatShare(high, 1),
                })}
              />
            ),
        },
        {
          title: t('stage.demand.screen.drivers.shareValue'),
          key: 'share',
          align: 'right',
          className: 'number',
          defaultSortOrder: 'descend',
          sorter: (a, b) => (a.share ?? -1) - (b.share ?? -1),
          render: (_, { name, share, low, high }) => (
            <InspectedNumber
              value={share}
              unit="share"
              decimals={1}
              interval={boundsOf(low, high)}
              inspected={{
                ...inspected,
                title: t('stage.demand.screen.drivers.shareOf', { name }),
                method: weightMethod,
              }}
            />
          ),
        },
        {
          title: t('stage.demand.screen.drivers.sign'),
          key: 'sign',
          className: 'cell-whole',
          render: (_, { sign }) =>
            sign === null ? (
              <span className="faint">—</span>
            ) : (
              <span className={sign === 'positive' ? '' : 'tone-attention'}>
                {t(`stage.demand.screen.sign.${sign}`)}
              </span>
            ),
        },
        {
          title: t('stage.demand.screen.drivers.correlation'),
          key: 'correlation',
          align: 'right',
          className: 'number',
          sorter: (a, b) => (a.correlation ?? 0) - (b.correlation ?? 0),
          render: (_, { name, correlation }) => (
            <InspectedNumber
              value={correlation}
              unit="plain"
              decimals={2}
              inspected={{
                ...inspected,
                title: t('stage.demand.screen.drivers.correlationOf', { name }),
                method: t('stage.demand.screen.drivers.correlationMethod', { outcome: result.outcome.name }),
              }}
            />
          ),
        },
        {
          title: <span title={t('stage.demand.screen.drivers.vifHint')}>VIF</span>,
          key: 'vif',
          align: 'right',
          className: 'number',
          sorter: (a, b) => (a.vif ?? 0) - (b.vif ?? 0),
          render: (_, { name, vif }) => (
            <>
              {vif !== null && vif >= HIGH_VIF && (
                <span className="tone-attention" title={t('stage.demand.screen.drivers.vifHigh')}>
                  ▲{' '}
                </span>
              )}
              <InspectedNumber
                value={vif}
                unit="plain"
                decimals={1}
                inspected={{
                  ...inspected,
                  title: t('stage.demand.screen.drivers.vifOf', { name }),
                  method: t('stage.demand.screen.drivers.vifHint'),
                }}
              />
            </>
          ),
        },
        {
          title: t('stage.demand.screen.drivers.performance'),
          key: 'performance',
          align: 'right',
          className: 'number',
          sorter: (a, b) => (a.performance ?? 0) - (b.performance ?? 0),
          render: (_, { name, performance }) => (
            <InspectedNumber
              value={performance}
              unit="plain"
              decimals={2}
              inspected={{
                ...inspected,
                title: t('stage.demand.screen.drivers.performanceOf', { name }),
                method: t('stage.demand.screen.drivers.meanMethod'),
              }}
            />
          ),
        },
        {
          title: t('stage.demand.screen.rank'),
          key: 'rank',
          align: 'right',
          className: 'number',
          render: (_, { rankLow, rankHigh }) =>
            rankLow === null || rankHigh === null ? (
              <span className="faint">—</span>
            ) : (
              <RankInterval low={rankLow} high={rankHigh} />
            ),
        },
      ]}
    />
  );
}
