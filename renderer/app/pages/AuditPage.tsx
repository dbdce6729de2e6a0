import { Table } from 'antd';
import { useState } from 'react';
import type { Output } from '../../../shared/contract/index.ts';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { timeText } from '../../components/time.ts';
import { useView } from '../../components/use-view.ts';
import { FirstAction } from '../FirstAction.tsx';
import { useLanguage, useT } from '../language.ts';

type Entry = Output<'project.audit'>['entries'][number];

const PAGE_SIZE = 50;
const HASH_SHOWN = 12;

/** Who did what and when, with the state of the chain of checksums. */
export function AuditPage() {
  const t = useT();
  const language = useLanguage();
  const [page, setPage] = useState(1);
  const { value, error, slow } = useView('project.audit', { offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE });
  const column = (name: 'request' | 'actor' | 'outcome') => ({ title: t(`audit.column.${name}`), dataIndex: name });
  return (
    <section className="page" data-testid="audit">
      <PageHeader
        title={t('audit.title')}
        lead={t('audit.lead')}
        action={
          value !== undefined && (
            <span className={value.intact ? 'pill pill-good' : 'pill pill-failed'} data-testid="audit-chain">
              {value.intact ? `✓ ${t('audit.intact')}` : `✕ ${t('audit.broken')}`}
            </span>
          )
        }
      />
      {error !== null && <ErrorNotice error={error} />}
      <Card flush>
        {value?.total === 0 ? (
          <EmptyState title={t('audit.none')} hint={t('audit.noneHint')} action={<FirstAction />} />
        ) : (
          <Table<Entry>
            size="small"
            rowKey="sequence"
            loading={value === undefined && slow}
            dataSource={value?.entries ?? []}
            sticky
            pagination={{
              current: page,
              pageSize: PAGE_SIZE,
              total: value?.total ?? 0,
              onChange: setPage,
              showSizeChanger: false,
              hideOnSinglePage: true,
            }}
            columns={[
              {
                title: t('audit.column.sequence'),
                dataIndex: 'sequence',
                align: 'right',
                className: 'number',
                width: 60,
              },
              {
                title: t('audit.column.at'),
                key: 'at',
                className: 'number',
                width: 92,
                render: (_, { at }) => timeText(language, at),
              },
              { ...column('actor'), width: 90 },
              { ...column('request'), width: 170, ellipsis: true },
              {
                title: t('audit.column.input'),
                key: 'input',
                ellipsis: true,
                render: (_, { input }) => <code title={input}>{input}</code>,
              },
              { ...column('outcome'), width: 92, ellipsis: true },
              {
                title: t('audit.column.hash'),
                key: 'hash',
                width: 116,
                render: (_, { hash }) => <code title={hash}>{hash.slice(0, HASH_SHOWN)}</code>,
              },
            ]}
          />
        )}
      </Card>
    </section>
  );
}
