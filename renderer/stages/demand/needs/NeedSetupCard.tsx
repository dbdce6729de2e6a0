import { Button, Input, Segmented, Table } from 'antd';
import { useState } from 'react';
import type { NeedsSetup } from '../../../../shared/stages/demand/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { columnName, type Dataset } from '../../../components/use-datasets.ts';
import { EditableName } from '../EditableName.tsx';
import { mergeNeeds, renameNeed, takeApart } from './need-setup.ts';

type Need = NeedsSetup['needs'][number];

interface Props {
  readonly needs: NeedsSetup['needs'];
  readonly grouping: NeedsSetup['grouping'];
  readonly topicNames: ReadonlyMap<string, string>;
  readonly datasets: readonly Dataset[];
  readonly busy: boolean;
  readonly onSave: (needs: NeedsSetup['needs']) => Promise<boolean>;
  readonly onGroup: (grouping: NeedsSetup['grouping']) => void;
}

const PAGE = 10;
/** How the engine names a class that a file gives. */
const CLASS_PREFIX = 'l-';

/** Which topics and items make which need: merge, rename, take apart. */
export function NeedSetupCard({ needs, grouping, topicNames, datasets, busy, onSave, onGroup }: Props) {
  const t = useT();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [name, setName] = useState('');
  const [filter, setFilter] = useState('');
  const hasClasses =
    grouping === 'labels' ||
    datasets.some(({ columns }) => ['text', 'label'].every((role) => columns.some((column) => column.role === role)));
  const shown = needs.filter((need) => need.name.toLowerCase().includes(filter.trim().toLowerCase()));
  const merge = async () => {
    const done = await onSave(mergeNeeds(needs, chosen, name.trim() || null));
    if (!done) return;
    setChosen([]);
    setName('');
  };
  return (
    <Card
      flush
      title={t('stage.demand.screen.needs.setup', { count: needs.length })}
      extra={
        chosen.length < 2 ? (
          <Input
            size="small"
            allowClear
            value={filter}
            onChange={({ target }) => setFilter(target.value)}
            placeholder={t('stage.demand.screen.needs.filter')}
            data-testid="demand-needs-filter"
          />
        ) : (
          <span className="actions">
            <Input
              size="small"
              value={name}
              onChange={({ target }) => setName(target.value)}
              placeholder={t('stage.demand.screen.needs.mergeName')}
              data-testid="demand-needs-merge-name"
            />
            <Button size="small" disabled={busy} onClick={() => void merge()} data-testid="demand-needs-merge">
              {t('stage.demand.screen.needs.merge', { count: chosen.length })}
            </Button>
          </span>
        )
      }
      testId="demand-needs-setup"
    >
      <p className="muted">{t('stage.demand.screen.needs.setupHint')}</p>
      {hasClasses && (
        <p className="field">
          <span className="reading-label">{t('stage.demand.screen.needs.groupBy')}</span>{' '}
          <Segmented
            size="small"
            disabled={busy}
            value={grouping}
            options={(['topics', 'labels'] as const).map((value) => ({
              value,
              label: t(`stage.demand.screen.needs.grouping.${value}`),
            }))}
            onChange={onGroup}
            data-testid="demand-needs-grouping"
          />{' '}
          <span className="muted">{t('stage.demand.screen.needs.groupHint')}</span>
        </p>
      )}
      <Table<Need>
        size="small"
        rowKey="id"
        dataSource={shown}
        pagination={shown.length > PAGE ? { pageSize: PAGE, size: 'small' } : false}
        rowSelection={{
          selectedRowKeys: [...chosen],
          onChange: (keys) => setChosen(keys.map(String)),
          columnWidth: 36,
        }}
        columns={[
          {
            title: t('stage.demand.screen.needs.need'),
            key: 'name',
            width: '36%',
            render: (_, need) => (
              <EditableName
                name={need.name}
                label={t('stage.demand.screen.needs.renameLabel', { name: need.name })}
                onRename={(wanted) => void onSave(renameNeed(needs, need.id, wanted))}
                testId={`demand-need-name-${need.id}`}
              />
            ),
          },
          {
            title: t('stage.demand.screen.needs.madeOf'),
            key: 'parts',
            render: (_, { topicIds, items }) => (
              <span className="tags">
                {topicIds.map((id) => (
                  <span key={id} className="tag">
                    {id.startsWith(CLASS_PREFIX)
                      ? t('stage.demand.screen.needs.classPart', { name: id.slice(CLASS_PREFIX.length) })
                      : t('stage.demand.screen.needs.topicPart', { name: topicNames.get(id) ?? id })}
                  </span>
                ))}
                {items.map(({ datasetId, columnId }) => (
                  <span key={`${datasetId} ${columnId}`} className="tag">
                    {t('stage.demand.screen.needs.itemPart', { name: columnName(datasets, datasetId, columnId) })}
                  </span>
                ))}
              </span>
            ),
          },
          {
            title: <span className="visually-hidden">{t('list.actions')}</span>,
            key: 'actions',
            align: 'right',
            className: 'cell-whole',
            render: (_, { id, topicIds, items }) =>
              topicIds.length + items.length > 1 && (
                <Button type="link" size="small" disabled={busy} onClick={() => void onSave(takeApart(needs, id))}>
                  {t('stage.demand.screen.needs.takeApart')}
                </Button>
              ),
          },
        ]}
      />
    </Card>
  );
}
