import { Button, Input, Table } from 'antd';
import { useState } from 'react';
import type { NeedsSetup } from '../../../../shared/stages/demand/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { EditableName } from '../EditableName.tsx';
import { columnName, type Dataset } from '../use-datasets.ts';
import { mergeNeeds, renameNeed, takeApart } from './need-setup.ts';

type Need = NeedsSetup['needs'][number];

interface Props {
  readonly needs: NeedsSetup['needs'];
  readonly topicNames: ReadonlyMap<string, string>;
  readonly datasets: readonly Dataset[];
  readonly busy: boolean;
  readonly onSave: (needs: NeedsSetup['needs']) => Promise<boolean>;
}

const PAGE = 10;

/** Which topics and items make which need: merge, rename, take apart. */
export function NeedSetupCard({ needs, topicNames, datasets, busy, onSave }: Props) {
  const t = useT();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [name, setName] = useState('');
  const [filter, setFilter] = useState('');
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
                    {t('stage.demand.screen.needs.topicPart', { name: topicNames.get(id) ?? id })}
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
