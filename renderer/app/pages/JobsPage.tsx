import { Table } from 'antd';
import { useMemo, useState } from 'react';
import type { JobRecord } from '../../../shared/contract/project.ts';
import { isActive } from '../../../shared/jobs/state.ts';
import { slotName } from '../../components/artifact-name.ts';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { JobControls, JobProgress, QuietTag } from '../../components/JobProgress.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { TrainingCurves } from '../../components/TrainingCurves.tsx';
import { durationText, timeText } from '../../components/time.ts';
import { FirstAction } from '../FirstAction.tsx';
import { useLanguage, useT } from '../language.ts';
import { useSession } from '../session.ts';

/** Null until it is over: how long it still takes is said by its progress. */
function tookMs(job: JobRecord): number | null {
  return job.startedAt === null || isActive(job.state) ? null : Date.parse(job.updatedAt) - Date.parse(job.startedAt);
}

/** Running, waiting and finished jobs, with the curves of the one that is chosen. */
export function JobsPage() {
  const t = useT();
  const language = useLanguage();
  const jobs = useSession((state) => state.jobs);
  const [chosen, setChosen] = useState<string | null>(null);
  const rows = useMemo(() => Object.values(jobs).sort((a, b) => b.createdAt.localeCompare(a.createdAt)), [jobs]);
  const shown =
    rows.find(({ id }) => id === chosen) ??
    rows.find(({ lane, state }) => lane === 'train' && isActive(state)) ??
    rows.find(({ lane }) => lane === 'train');
  return (
    <section className="page" data-testid="jobs">
      <PageHeader title={t('jobs.title')} lead={t('jobs.lead')} />
      {shown !== undefined && shown.lane === 'train' && <TrainingCurves key={shown.id} job={shown} />}
      <Card flush>
        {rows.length === 0 ? (
          <EmptyState title={t('jobs.none')} hint={t('jobs.noneHint')} action={<FirstAction />} />
        ) : (
          <Table<JobRecord>
            size="small"
            rowKey="id"
            dataSource={rows}
            sticky
            pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
            onRow={(job) => ({ onClick: () => setChosen(job.id) })}
            rowClassName={(job) => (job.id === shown?.id ? 'row-chosen' : '')}
            expandable={{
              columnTitle: <span className="visually-hidden">{t('list.details')}</span>,
              showExpandColumn: false,
              expandedRowKeys: rows.filter(({ state }) => state.type === 'failed').map(({ id }) => id),
              expandedRowRender: ({ state }) => (state.type === 'failed' ? <ErrorNotice error={state.error} /> : null),
            }}
            columns={[
              {
                title: t('jobs.column.job'),
                key: 'job',
                render: (_, { slot }) => <strong>{slotName(t, slot)}</strong>,
              },
              {
                title: t('jobs.column.state'),
                key: 'state',
                width: 190,
                render: (_, job) =>
                  isActive(job.state) ? (
                    <>
                      <JobProgress job={job} brief />
                      <QuietTag job={job} />
                    </>
                  ) : (
                    <span className={`job-state job-state-${job.state.type}`}>{t(`jobs.state.${job.state.type}`)}</span>
                  ),
              },
              { title: t('jobs.column.lane'), key: 'lane', width: 90, render: (_, { lane }) => t(`jobs.lane.${lane}`) },
              {
                title: t('jobs.column.started'),
                key: 'started',
                width: 112,
                className: 'number',
                render: (_, { startedAt }) => (startedAt === null ? '—' : timeText(language, startedAt)),
              },
              {
                title: t('jobs.column.took'),
                key: 'took',
                width: 100,
                className: 'number',
                render: (_, job) => {
                  const took = tookMs(job);
                  return took === null ? '—' : durationText(t, took);
                },
              },
              {
                title: t('jobs.column.controls'),
                key: 'controls',
                width: 140,
                render: (_, job) => <JobControls job={job} />,
              },
            ]}
          />
        )}
      </Card>
    </section>
  );
}
