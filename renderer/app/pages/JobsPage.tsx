import { Table } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import type { JobRecord } from '../../../shared/contract/project.ts';
import { formatShare, formatShort } from '../../../shared/i18n/number.ts';
import { isActive } from '../../../shared/jobs/state.ts';
import { LineCurve } from '../../charts/LineCurve.tsx';
import { slotName } from '../../components/artifact-name.ts';
import { Card } from '../../components/Card.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { JobControls, JobProgress } from '../../components/JobProgress.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { durationText, rateText, timeText } from '../../components/time.ts';
import { useLanguage, useT } from '../language.ts';
import { loadSeries, useSession } from '../session.ts';

function JobCurves({ job }: { readonly job: JobRecord }) {
  const t = useT();
  const series = useSession((state) => state.series[job.id]);
  useEffect(() => {
    loadSeries(job.id).catch(() => undefined);
  }, [job.id]);
  if (series === undefined || series.steps.length === 0) return null;
  const lastLoss = series.steps.at(-1)?.loss;
  const lastAccuracy = series.evaluations.at(-1)?.accuracy;
  return (
    <Card title={`${slotName(t, job.slot)} · ${t('jobs.curve')}`} extra={<JobControls job={job} />} testId="job-curves">
      <LineCurve
        left={{
          label: t('jobs.loss'),
          points: series.steps.map(({ step, loss }) => ({ x: step, y: loss })),
          format: formatShort,
          last: lastLoss === undefined ? '' : formatShort(lastLoss),
        }}
        right={{
          label: t('jobs.accuracy'),
          points: series.evaluations.map(({ step, accuracy }) => ({ x: step, y: accuracy })),
          format: (value) => formatShare(value),
          last: lastAccuracy === undefined ? '' : formatShare(lastAccuracy, 1),
        }}
        floors={[]}
        xLabel={t('jobs.step')}
        xMax={series.totalSteps}
      />
      <p className="muted number">
        {[
          ...(series.rowsPerSecond === null ? [] : [rateText(t, series.rowsPerSecond, 'rows')]),
          ...(series.memoryMb === null ? [] : [t('jobs.memory', { megabytes: series.memoryMb })]),
        ].join(' · ')}
      </p>
    </Card>
  );
}

function tookMs(job: JobRecord): number | null {
  return job.startedAt === null ? null : Date.parse(job.updatedAt) - Date.parse(job.startedAt);
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
      {shown !== undefined && shown.lane === 'train' && <JobCurves key={shown.id} job={shown} />}
      <Card flush>
        {rows.length === 0 ? (
          <EmptyState title={t('jobs.none')} hint={t('jobs.noneHint')} />
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
                render: (_, job) =>
                  isActive(job.state) ? (
                    <JobProgress job={job} brief />
                  ) : (
                    <span className={`job-state job-state-${job.state.type}`}>{t(`jobs.state.${job.state.type}`)}</span>
                  ),
              },
              { title: t('jobs.column.lane'), key: 'lane', render: (_, { lane }) => t(`jobs.lane.${lane}`) },
              {
                title: t('jobs.column.started'),
                key: 'started',
                className: 'number',
                render: (_, { startedAt }) => (startedAt === null ? '—' : timeText(language, startedAt)),
              },
              {
                title: t('jobs.column.took'),
                key: 'took',
                className: 'number',
                render: (_, job) => {
                  const took = tookMs(job);
                  return took === null ? '—' : durationText(t, took);
                },
              },
              { title: t('jobs.column.controls'), key: 'controls', render: (_, job) => <JobControls job={job} /> },
            ]}
          />
        )}
      </Card>
    </section>
  );
}
