import { Input, InputNumber, Select, Table } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import {
  BACKLOG_STATUSES,
  type BacklogItem,
  type BacklogNote,
  type BacklogResult,
} from '../../../../shared/stages/service/results.ts';
import { useInspector } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { WeightBar } from '../../../charts/WeightBar.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { RankInterval } from '../../../components/RankInterval.tsx';
import { BacklogDetail } from './BacklogDetail.tsx';
import { itemText } from './item-words.ts';

interface Props {
  readonly view: ArtifactView<BacklogResult>;
  readonly items: readonly BacklogItem[];
  readonly notes: readonly BacklogNote[];
  readonly names: ReadonlyMap<string, string>;
  readonly onNote: (item: BacklogItem, change: Partial<BacklogNote>) => void;
  readonly onEffort: (item: BacklogItem, effort: number | null) => void;
}

export const EMPTY_NOTE = { status: 'open', owner: '', note: '' } as const;

/** What to improve, best first, with score and rank intervals; effort, status and owner are changed where they stand. */
export function BacklogTable({ view: { artifact, result }, items, notes, names, onNote, onEffort }: Props) {
  const t = useT();
  const most = Math.max(0.01, ...result.items.map(({ score }) => score.high ?? score.value));
  const noteOf = (id: string): BacklogNote => notes.find((note) => note.id === id) ?? { id, ...EMPTY_NOTE };
  const origin = { slot: artifact.slot, seed: artifact.seed };
  return (
    <Table<BacklogItem>
      size="small"
      rowKey="id"
      dataSource={[...items]}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false, size: 'small' }}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: t('stage.service.screen.improvement.empty') }}
      expandable={{
        columnTitle: <span className="visually-hidden">{t('list.details')}</span>,
        columnWidth: 32,
        expandedRowRender: (item) => (
          <BacklogDetail item={item} note={noteOf(item.id)} {...origin} onChange={(change) => onNote(item, change)} />
        ),
      }}
      columns={[
        {
          title: t('stage.service.screen.improvement.rank'),
          key: 'rank',
          align: 'right',
          defaultSortOrder: 'ascend',
          sorter: (a, b) => a.rank - b.rank,
          render: (_, { rankLow, rankHigh }) => <RankInterval low={rankLow} high={rankHigh} />,
        },
        {
          title: t('stage.service.screen.improvement.item'),
          key: 'item',
          render: (_, item) => (
            <div className="backlog-item">
              <strong>{itemText(t, item, names)}</strong>
              <div className="tags">
                <span className="tag">{t(`stage.service.screen.improvement.type.${item.type}`)}</span>
                {item.needs.map(({ needId, name }) => (
                  <span key={needId} className="tag tag-accent">
                    {name}
                  </span>
                ))}
              </div>
              {item.detail !== null && <div className="muted small">{names.get(item.detail) ?? item.detail}</div>}
            </div>
          ),
        },
        {
          title: t('stage.service.screen.improvement.score'),
          key: 'score',
          sorter: (a, b) => a.score.value - b.score.value,
          render: (_, item) => {
            const { value, low, high } = item.score;
            const interval = low === null || high === null ? null : ([low, high] as const);
            return (
              <div className="score-cell">
                <WeightBar
                  width={66}
                  max={most}
                  interval={interval}
                  parts={[{ id: 'score', label: String(value), value }]}
                  label={itemText(t, item, names)}
                />
                <InspectedNumber
                  value={value}
                  unit="plain"
                  decimals={2}
                  interval={interval}
                  inspected={{
                    ...origin,
                    title: itemText(t, item, names),
                    method: t('stage.service.screen.improvement.scoreMethod', { draws: result.draws }),
                  }}
                />
              </div>
            );
          },
        },
        {
          title: t('stage.service.screen.improvement.weight'),
          key: 'weight',
          align: 'right',
          sorter: (a, b) => a.weight.value - b.weight.value,
          render: (_, item) => (
            <InspectedNumber
              value={item.weight.value}
              unit="share"
              decimals={0}
              inspected={{
                title: `${itemText(t, item, names)} · ${t('stage.service.screen.improvement.weight')}`,
                method: t('stage.service.screen.improvement.weightMethod'),
                slot: 'demand.needs',
              }}
            />
          ),
        },
        {
          title: t('stage.service.screen.improvement.affected'),
          key: 'affected',
          align: 'right',
          sorter: (a, b) => a.affected.value - b.affected.value,
          render: (_, item) => (
            <span className="number">
              <InspectedNumber
                value={item.affected.value}
                unit="share"
                decimals={0}
                inspected={{
                  ...origin,
                  title: `${itemText(t, item, names)} · ${t('stage.service.screen.improvement.affected')}`,
                  method: t('stage.service.screen.improvement.affectedMethod'),
                  ...(item.affected.n === null ? {} : { n: item.affected.n }),
                }}
              />
              {item.evidence.map((ref, index) => (
                <div key={JSON.stringify(ref)}>
                  <button
                    type="button"
                    className="link small"
                    onClick={() => useInspector.getState().showEvidence({ title: itemText(t, item, names), ref })}
                    data-testid={`service-backlog-evidence-${index}`}
                  >
                    {t('stage.service.screen.improvement.evidence')}
                    {item.evidence.length > 1 && ` ${index + 1}`} →
                  </button>
                </div>
              ))}
            </span>
          ),
        },
        {
          title: (
            <span title={t('stage.service.screen.improvement.effortHint')}>
              {t('stage.service.screen.improvement.effort')}
            </span>
          ),
          key: 'effort',
          sorter: (a, b) => a.effort.value - b.effort.value,
          render: (_, item) => (
            <InputNumber
              // The engine's answer replaces what was typed.
              key={item.effort.value}
              size="small"
              className="effort"
              min={0.1}
              max={1000}
              {...(item.effort.origin === 'decided' ? { defaultValue: item.effort.value } : {})}
              placeholder={`≈ ${item.effort.value}`}
              title={t('stage.service.screen.improvement.assumed')}
              aria-label={`${itemText(t, item, names)} ${t('stage.service.screen.improvement.effort')}`}
              onBlur={({ target }) => {
                const text = (target as HTMLInputElement).value.trim();
                const effort = text === '' ? null : Number(text);
                const held = item.effort.origin === 'decided' ? item.effort.value : null;
                if (effort !== held && (effort === null || effort > 0)) onEffort(item, effort);
              }}
              data-testid={`service-backlog-effort-${item.id}`}
            />
          ),
        },
        {
          title: t('stage.service.screen.improvement.status'),
          key: 'status',
          render: (_, item) => (
            <Select
              size="small"
              className="backlog-status"
              value={noteOf(item.id).status}
              options={BACKLOG_STATUSES.map((status) => ({
                value: status,
                label: t(`stage.service.screen.improvement.statuses.${status}`),
              }))}
              aria-label={`${itemText(t, item, names)} ${t('stage.service.screen.improvement.status')}`}
              onChange={(status) => onNote(item, { status })}
            />
          ),
        },
        {
          title: t('stage.service.screen.improvement.owner'),
          key: 'owner',
          render: (_, item) => (
            <Input
              size="small"
              className="backlog-owner"
              maxLength={200}
              defaultValue={noteOf(item.id).owner}
              aria-label={`${itemText(t, item, names)} ${t('stage.service.screen.improvement.owner')}`}
              onBlur={({ target }) => target.value !== noteOf(item.id).owner && onNote(item, { owner: target.value })}
            />
          ),
        },
      ]}
    />
  );
}
