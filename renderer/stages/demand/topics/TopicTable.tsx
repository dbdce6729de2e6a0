import { Table } from 'antd';
import type { ArtifactInfo } from '../../../../shared/contract/artifact.ts';
import { formatShare } from '../../../../shared/i18n/number.ts';
import type { TopicsResult } from '../../../../shared/stages/demand/results.ts';
import { useT } from '../../../app/language.ts';
import { WeightBar } from '../../../charts/WeightBar.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { EditableName } from '../EditableName.tsx';
import type { TopicRow } from './topic-rows.ts';

const TERMS = 5;
const PAGE = 15;

interface Props {
  readonly rows: readonly TopicRow[];
  readonly found: TopicsResult;
  readonly artifact: ArtifactInfo;
  /** Texts outside every topic. */
  readonly outliers: number;
  readonly chosen: readonly string[];
  readonly onChoose: (ids: readonly string[]) => void;
  readonly onRename: (topicId: string, name: string) => void;
}

/** Topics, largest first: name, terms, size with its rows, a text that stands for it, and how alike its texts are. */
export function TopicTable({ rows, found, artifact, outliers, chosen, onChoose, onRename }: Props) {
  const t = useT();
  const largest = Math.max(1, ...rows.map(({ size }) => size), outliers);
  const method = t('stage.demand.screen.topics.method', {
    vectors: t(`stage.demand.screen.vectors.${found.vectors}`),
    model: found.modelId ?? '—',
    segmenter: found.segmenter,
  });
  const inspected = { n: found.texts, method, seed: artifact.seed, slot: artifact.slot };
  return (
    <Table<TopicRow>
      size="small"
      rowKey="id"
      dataSource={[...rows]}
      pagination={rows.length > PAGE ? { pageSize: PAGE, size: 'small' } : false}
      data-testid="demand-topics-table"
      rowSelection={{ selectedRowKeys: [...chosen], onChange: (keys) => onChoose(keys.map(String)), columnWidth: 36 }}
      columns={[
        {
          title: t('stage.demand.screen.topics.name'),
          key: 'name',
          width: '34%',
          sorter: (a, b) => a.name.localeCompare(b.name),
          render: (_, { id, name, terms, mergedFrom, renamed }) => (
            <div className="topic-name">
              <EditableName
                name={name}
                label={t('stage.demand.screen.topics.renameLabel', { name })}
                onRename={(wanted) => onRename(id, wanted)}
                testId={`demand-topic-name-${id}`}
              />
              {mergedFrom.length > 1 && (
                <span className="tag">{t('stage.demand.screen.topics.mergedFrom', { count: mergedFrom.length })}</span>
              )}
              {renamed && <span className="tag">{t('stage.demand.screen.topics.renamed')}</span>}
              <div className="muted small">{terms.slice(0, TERMS).join(' · ')}</div>
            </div>
          ),
        },
        {
          title: t('stage.demand.screen.topics.texts'),
          key: 'size',
          width: 190,
          sorter: (a, b) => a.size - b.size,
          render: (_, { id, name, size, share }) => (
            <span className="bar-cell">
              <WeightBar
                width={84}
                parts={[{ id, label: name, value: size }]}
                interval={null}
                max={largest}
                label={t('stage.demand.screen.topics.sizeLabel', { name, count: size, share: formatShare(share, 1) })}
              />
              <EvidenceLink count={size} evidence={{ type: 'topic', topicId: id }} title={name} />
              <span className="muted number">{formatShare(share, 1)}</span>
            </span>
          ),
        },
        {
          title: t('stage.demand.screen.topics.representative'),
          key: 'text',
          render: (_, { representative }) => (
            <span className="clamp" title={representative?.text}>
              {representative?.text ?? '—'}
            </span>
          ),
        },
        {
          title: (
            <span title={t('stage.demand.screen.topics.cohesionHint')}>{t('stage.demand.screen.topics.cohesion')}</span>
          ),
          key: 'cohesion',
          width: 92,
          align: 'right',
          className: 'number',
          sorter: (a, b) => (a.cohesion ?? -1) - (b.cohesion ?? -1),
          render: (_, { id, name, cohesion, size }) => (
            <InspectedNumber
              value={cohesion}
              unit="plain"
              decimals={2}
              inspected={{
                ...inspected,
                n: size,
                title: t('stage.demand.screen.topics.cohesionOf', { name }),
                method: t('stage.demand.screen.topics.cohesionHint'),
                ref: { type: 'topic', topicId: id },
              }}
            />
          ),
        },
      ]}
      summary={() => (
        <Table.Summary.Row>
          <Table.Summary.Cell index={0} />
          <Table.Summary.Cell index={1}>
            <span className="muted">{t('stage.demand.screen.topics.outliers')}</span>
          </Table.Summary.Cell>
          <Table.Summary.Cell index={2}>
            <span className="bar-cell">
              <WeightBar
                width={84}
                parts={[{ id: 'outliers', label: t('stage.demand.screen.topics.outliers'), value: outliers }]}
                interval={null}
                max={largest}
                label={t('stage.demand.screen.topics.outliers')}
              />
              <EvidenceLink
                count={outliers}
                evidence={{ type: 'topic', topicId: 'outliers' }}
                title={t('stage.demand.screen.topics.outliers')}
              />
              <span className="muted number">{formatShare(found.texts === 0 ? 0 : outliers / found.texts, 1)}</span>
            </span>
          </Table.Summary.Cell>
          <Table.Summary.Cell index={3} colSpan={2}>
            <span className="muted">
              {t('stage.demand.screen.topics.outliersHint', { cosine: found.outliers.minimumCosine.toFixed(2) })}
            </span>
          </Table.Summary.Cell>
        </Table.Summary.Row>
      )}
    />
  );
}
