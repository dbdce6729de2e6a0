import { Button, Table } from 'antd';
import type { ArtifactInfo } from '../../../shared/contract/artifact.ts';
import { ownerName } from '../../../shared/i18n/slot-name.ts';
import { slotName } from '../../components/artifact-name.ts';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { timeText } from '../../components/time.ts';
import { useView } from '../../components/use-view.ts';
import { inspect } from '../inspector.ts';
import { useLanguage, useT } from '../language.ts';
import { goToStep } from '../navigation.ts';
import { RemovedCard } from './RemovedCard.tsx';

const isDataset = (slot: string) => slot.startsWith('demand.dataset:');

/** Every result of the project with version, time and state. */
export function DataPage() {
  const t = useT();
  const language = useLanguage();
  const { value, error, slow } = useView('project.artifacts', {});
  return (
    <section className="page" data-testid="data">
      <PageHeader title={t('data.title')} lead={t('data.lead')} />
      {error !== null && <ErrorNotice error={error} />}
      <Card flush>
        {value?.length === 0 ? (
          <EmptyState
            title={t('data.none')}
            hint={t('data.noneHint')}
            action={
              <Button type="primary" onClick={() => goToStep('demand', 'import')}>
                {t('data.noneAction')}
              </Button>
            }
          />
        ) : (
          <Table<ArtifactInfo>
            size="small"
            rowKey="id"
            loading={value === undefined && slow}
            dataSource={value ?? []}
            pagination={false}
            sticky
            columns={[
              {
                title: t('data.column.name'),
                key: 'name',
                sorter: (a, b) => a.slot.localeCompare(b.slot),
                render: (_, { slot, seed }) => {
                  const title = slotName(t, slot);
                  const dataset = slot.slice('demand.dataset:'.length);
                  return (
                    <button
                      type="button"
                      className="link"
                      onClick={() =>
                        inspect({
                          title,
                          slot,
                          seed,
                          ...(isDataset(slot) ? { ref: { type: 'dataset' as const, datasetId: dataset } } : {}),
                        })
                      }
                    >
                      {title}
                    </button>
                  );
                },
              },
              {
                title: t('data.column.stage'),
                key: 'stage',
                width: 150,
                render: (_, { stage }) => ownerName(t, stage),
              },
              {
                title: t('data.column.version'),
                dataIndex: 'version',
                width: 96,
                align: 'right',
                className: 'number',
                sorter: (a, b) => a.version - b.version,
              },
              {
                title: t('data.column.made'),
                key: 'made',
                width: 150,
                className: 'number',
                defaultSortOrder: 'descend',
                sorter: (a, b) => a.createdAt.localeCompare(b.createdAt),
                render: (_, { createdAt }) => timeText(language, createdAt),
              },
              { title: t('data.column.seed'), dataIndex: 'seed', width: 80, align: 'right', className: 'number' },
              {
                title: t('data.column.state'),
                key: 'state',
                width: 130,
                render: (_, { stale }) =>
                  stale.length > 0 ? <span className="tag tag-attention">▲ {t('stamp.stale')}</span> : t('data.fresh'),
              },
            ]}
          />
        )}
      </Card>
      <RemovedCard />
    </section>
  );
}
