import { Table } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { RunRecord } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { NumberText } from '../../../components/NumberText.tsx';

type ClassRow = RunRecord['test']['perClass'][number];

const METRICS = ['precision', 'recall', 'f1'] as const;
const PAGE = 15;

/** Precision, recall and F1 of each class on the locked test rows, worst first. */
export function ClassesPanel({ view }: { readonly view: ArtifactView<RunRecord> }) {
  const t = useT();
  // Rows of a class are those of the present split: a run of an older one, and a model of a scenario, have counts only.
  const opens = view.artifact.stale.length === 0 && view.artifact.stage === 'competitiveness';
  return (
    <Table<ClassRow>
      size="small"
      rowKey="label"
      dataSource={[...view.result.test.perClass]}
      pagination={{ pageSize: PAGE, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
      columns={[
        {
          title: t('stage.competitiveness.screen.models.label'),
          dataIndex: 'label',
          sorter: (a, b) => a.label.localeCompare(b.label),
        },
        ...METRICS.map((metric) => ({
          title: t(`stage.competitiveness.screen.models.${metric}`),
          key: metric,
          align: 'right' as const,
          ...(metric === 'f1' ? { defaultSortOrder: 'ascend' as const } : {}),
          sorter: (a: ClassRow, b: ClassRow) => (a[metric] ?? -1) - (b[metric] ?? -1),
          render: (_: unknown, row: ClassRow) => (
            <InspectedNumber
              value={row[metric]}
              unit="share"
              inspected={{
                title: t('stage.competitiveness.screen.models.classValue', {
                  label: row.label,
                  metric: t(`stage.competitiveness.screen.models.${metric}`),
                }),
                method: t(`stage.competitiveness.screen.models.${metric}Method`),
                n: metric === 'precision' ? row.predicted : row.support,
                slot: view.artifact.slot,
                ...(metric === 'recall' && opens
                  ? { ref: { type: 'label', label: row.label, part: 'test' } as const }
                  : {}),
                seed: view.artifact.seed,
              }}
            />
          ),
        })),
        {
          title: t('stage.competitiveness.screen.models.support'),
          key: 'support',
          align: 'right',
          sorter: (a, b) => a.support - b.support,
          render: (_, { label, support }) =>
            !opens ? (
              <NumberText value={support} />
            ) : (
              <EvidenceLink count={support} evidence={{ type: 'label', label, part: 'test' }} title={label} />
            ),
        },
        {
          title: t('stage.competitiveness.screen.models.predicted'),
          key: 'predicted',
          align: 'right',
          render: (_, { predicted }) => <NumberText value={predicted} />,
        },
      ]}
    />
  );
}
