import { Table } from 'antd';
import { formatShare } from '../../../../shared/i18n/number.ts';
import type { Sensitivity } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { WeightBar } from '../../../charts/WeightBar.tsx';
import { Card } from '../../../components/Card.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { NumberText } from '../../../components/NumberText.tsx';
import { partName } from './part-name.ts';
import type { ModelRow } from './rows.ts';

const POINTS = 100;
const BAR = 110;

/** How far each part of the model moves the answers when it alone is compressed, most first. */
export function SensitivityCard({ chosen }: { readonly chosen: ModelRow }) {
  const t = useT();
  const sensitivity = chosen.view.result.gate?.sensitivity ?? null;
  const title = t('stage.competitiveness.screen.compression.sensitivity', { id: chosen.id });
  if (sensitivity === null) {
    return (
      <Card title={title}>
        <p className="muted">{t('stage.competitiveness.screen.compression.sensitivityNone')}</p>
      </Card>
    );
  }
  const { rows, groups } = sensitivity;
  const largest = Math.max(1e-9, ...groups.map(({ logitChange }) => logitChange));
  const inspected = (group: string, measure: 'logitChange' | 'accuracyChange') => ({
    title: `${chosen.id} · ${partName(t, group)} · ${t(`stage.competitiveness.screen.compression.${measure}`)}`,
    method: t(`stage.competitiveness.screen.compression.${measure}Method`),
    n: rows,
    slot: chosen.slot,
  });
  return (
    <Card title={title} testId="competitiveness-compression-sensitivity">
      <p className="muted">{t('stage.competitiveness.screen.compression.sensitivityHint', { rows })}</p>
      <Table<Sensitivity['groups'][number]>
        size="small"
        rowKey="group"
        dataSource={[...groups]}
        pagination={false}
        columns={[
          {
            title: t('stage.competitiveness.screen.compression.part'),
            key: 'part',
            render: (_, { group }) => <span className="nowrap">{partName(t, group)}</span>,
          },
          {
            title: t('stage.competitiveness.screen.compression.logitChange'),
            key: 'logits',
            render: (_, { group, logitChange }) => (
              <span className="nowrap sensitivity-cell">
                <WeightBar
                  width={BAR}
                  max={largest}
                  interval={null}
                  parts={[{ id: 'change', label: formatShare(logitChange, 1), value: logitChange }]}
                  label={formatShare(logitChange, 1)}
                />
                <InspectedNumber
                  value={logitChange}
                  unit="share"
                  decimals={1}
                  inspected={inspected(group, 'logitChange')}
                />
              </span>
            ),
          },
          {
            title: t('stage.competitiveness.screen.compression.changedRows'),
            dataIndex: 'changedRows',
            align: 'right',
            render: (changedRows: number) => <NumberText value={changedRows} />,
          },
          {
            title: t('stage.competitiveness.screen.compression.accuracyChange'),
            key: 'accuracy',
            align: 'right',
            render: (_, { group, accuracyChange }) => (
              <InspectedNumber
                value={accuracyChange * POINTS}
                unit="points"
                decimals={1}
                inspected={inspected(group, 'accuracyChange')}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}
