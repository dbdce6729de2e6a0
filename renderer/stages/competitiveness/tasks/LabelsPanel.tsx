import { Table } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { LabelMetrics, TaskRun } from '../../../../shared/stages/competitiveness/tasks/results.ts';
import { useT } from '../../../app/language.ts';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { NumberText } from '../../../components/NumberText.tsx';

const PAGE = 15;
const METRICS = ['precision', 'recall', 'f1'] as const;

/** Precision, recall and F1 of each label with intervals, and the threshold that it is answered above; worst first. */
export function LabelsPanel({
  view,
  rows,
}: {
  readonly view: ArtifactView<TaskRun>;
  readonly rows: readonly LabelMetrics[];
}) {
  const t = useT();
  const { result, artifact } = view;
  const thresholdOf = (label: string) => result.thresholds?.[result.labels.indexOf(label)] ?? null;
  return (
    <Table<LabelMetrics>
      size="small"
      rowKey="label"
      dataSource={[...rows]}
      pagination={{ pageSize: PAGE, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          title: t('stage.competitiveness.screen.tasks.label'),
          dataIndex: 'label',
          sorter: (a, b) => a.label.localeCompare(b.label),
        },
        ...METRICS.map((metric) => ({
          title: t(`stage.competitiveness.screen.tasks.${metric}`),
          key: metric,
          ...(metric === 'f1' ? { defaultSortOrder: 'ascend' as const } : {}),
          sorter: (a: LabelMetrics, b: LabelMetrics) => (a[metric]?.value ?? -1) - (b[metric]?.value ?? -1),
          render: (_: unknown, row: LabelMetrics) => {
            const estimate = row[metric];
            if (estimate === null) return <NumberText value={null} />;
            return (
              <InspectedNumber
                value={estimate.value}
                unit="share"
                interval={[estimate.low, estimate.high]}
                inspected={{
                  title: t('stage.competitiveness.screen.models.classValue', {
                    label: row.label,
                    metric: t(`stage.competitiveness.screen.tasks.${metric}`),
                  }),
                  method: `${t(`stage.competitiveness.screen.models.${metric}Method`)} ${t(
                    `stage.competitiveness.screen.tasks.${metric === 'f1' ? 'bootstrap' : 'wilson'}`,
                  )}`,
                  n: metric === 'precision' ? row.predicted : metric === 'recall' ? row.support : result.test.rows,
                  slot: artifact.slot,
                  seed: artifact.seed,
                }}
              />
            );
          },
        })),
        ...(['support', 'predicted'] as const).map((counted) => ({
          title: t(`stage.competitiveness.screen.tasks.${counted}`),
          key: counted,
          align: 'right' as const,
          render: (_: unknown, row: LabelMetrics) => (
            <InspectedNumber
              value={row[counted]}
              inspected={{
                title: `${row.label} · ${t(`stage.competitiveness.screen.tasks.${counted}`)}`,
                method: t(`stage.competitiveness.screen.tasks.${counted}Method`),
                n: result.test.rows,
                slot: artifact.slot,
              }}
            />
          ),
        })),
        {
          title: t('stage.competitiveness.screen.tasks.threshold'),
          key: 'threshold',
          align: 'right',
          render: (_, { label }) => {
            const threshold = thresholdOf(label);
            return (
              <InspectedNumber
                value={threshold?.probability ?? null}
                unit="plain"
                decimals={2}
                inspected={{
                  title: `${label} · ${t('stage.competitiveness.screen.tasks.threshold')}`,
                  method: t(
                    `stage.competitiveness.screen.tasks.${threshold?.tuned === false ? 'thresholdUntuned' : 'thresholdMethod'}`,
                  ),
                  ...(result.dev === null ? {} : { n: result.dev.rows }),
                  slot: artifact.slot,
                }}
              />
            );
          },
        },
      ]}
    />
  );
}
