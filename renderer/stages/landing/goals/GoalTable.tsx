import { Button, Popconfirm, Table } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatShare } from '../../../../shared/i18n/number.ts';
import type { GoalResult } from '../../../../shared/stages/landing/goals/results.ts';
import { inspect } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { RangeCell, spanOf } from '../../../charts/RangeCell.tsx';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { NoticeList } from '../../../components/NoticeList.tsx';
import { useCommand } from '../../../components/use-command.ts';
import { useLanding } from '../store.ts';
import { goalNoticeText, kpiText, moneyText } from '../words.ts';

type GoalView = ArtifactView<GoalResult>;

/** Goals with where they stand, where they go, whom they serve and what they are worth in a year, with its range drawn. */
export function GoalTable({ goals }: { readonly goals: readonly GoalView[] }) {
  const t = useT();
  const { send, error, clear } = useCommand();
  const values = goals.flatMap(({ result: { value } }) => (value === null ? [] : [0, value.low, value.high]));
  const span = spanOf(values);
  const missing = <span className="faint">{t('stage.landing.screen.goals.missing')}</span>;
  return (
    <Card flush title={t('stage.landing.screen.goals.table')} testId="landing-goals">
      {error !== null && <ErrorNotice error={error} onClose={clear} />}
      <Table<GoalView>
        size="small"
        rowKey={({ result }) => result.id}
        dataSource={[...goals]}
        pagination={false}
        expandable={{
          columnTitle: <span className="visually-hidden">{t('list.details')}</span>,
          defaultExpandAllRows: true,
          showExpandColumn: false,
          rowExpandable: ({ result }) => result.notices.length > 0,
          expandedRowKeys: goals.filter(({ result }) => result.notices.length > 0).map(({ result }) => result.id),
          expandedRowRender: ({ result }) => (
            <NoticeList
              lines={result.notices.map((notice) => ({
                code: notice.code,
                severity: notice.severity,
                text: goalNoticeText(t, notice, result.settings.unit),
              }))}
            />
          ),
        }}
        columns={[
          {
            title: t('stage.landing.screen.goals.title'),
            key: 'title',
            className: 'goal-title',
            render: (_, { artifact, result: { id, settings } }) => (
              <>
                <strong>
                  {id} {settings.title}
                </strong>
                <div className="muted">{settings.kpi}</div>
                {artifact.stale.length > 0 && <span className="tag tag-attention">▲ {t('stamp.stale')}</span>}
              </>
            ),
          },
          {
            title: t('stage.landing.screen.goals.fromTo'),
            key: 'change',
            className: 'cell-whole number',
            render: (_, { result: { settings } }) => (
              <>
                {settings.baseline === null ? missing : kpiText(t, settings.baseline, settings.unit)}
                {' → '}
                {settings.target === null ? missing : <strong>{kpiText(t, settings.target, settings.unit)}</strong>}
              </>
            ),
          },
          {
            title: t('stage.landing.screen.goals.due'),
            key: 'due',
            className: 'cell-whole number',
            render: (_, { result: { settings } }) => settings.dueDate ?? missing,
          },
          {
            title: t('stage.landing.screen.goals.owner'),
            key: 'owner',
            render: (_, { result: { settings } }) => (settings.owner === '' ? missing : settings.owner),
          },
          {
            title: t('stage.landing.screen.goals.needs'),
            key: 'needs',
            render: (_, { result: { needs } }) =>
              needs.length === 0 ? (
                <span className="faint">{t('stage.landing.screen.goals.noNeeds')}</span>
              ) : (
                needs.map(({ id, found }) => (
                  <div key={id}>
                    {found === null ? (
                      <span className="attention-words">▲ {t('stage.landing.screen.goals.needLost', { id })}</span>
                    ) : (
                      <button
                        type="button"
                        className="link"
                        onClick={() =>
                          inspect({
                            title: found.name,
                            value: formatShare(found.weight, 1),
                            ...(found.low === null || found.high === null
                              ? {}
                              : { interval: { low: formatShare(found.low, 1), high: formatShare(found.high, 1) } }),
                            slot: 'demand.needs',
                            ref: { type: 'need', needId: id, segment: null },
                          })
                        }
                      >
                        {found.name}
                      </button>
                    )}{' '}
                    {found !== null && (
                      <span className="muted">{t('stage.landing.screen.goals.rank', { rank: found.rank })}</span>
                    )}
                  </div>
                ))
              ),
          },
          {
            title: t('stage.landing.screen.goals.value'),
            key: 'value',
            className: 'cell-whole',
            render: (_, { result: { id, settings, value } }) => {
              if (value === null) return <span className="faint">{t('stage.landing.screen.goals.noValue')}</span>;
              const text = `${moneyText(value.median)} ${value.currency}`;
              const label = `${text} [${moneyText(value.low)}, ${moneyText(value.high)}]`;
              return (
                <button
                  type="button"
                  className="value-cell"
                  onClick={() => {
                    useLanding.setState({ openGoal: id });
                    inspect({
                      title: settings.title,
                      value: text,
                      interval: { low: moneyText(value.low), high: moneyText(value.high) },
                      method: t('stage.landing.screen.goals.valueMethod', {
                        draws: value.draws,
                        level: formatShare(value.level),
                        likely: moneyText(value.likely),
                        currency: value.currency,
                      }),
                      slot: `landing.goal:${id}`,
                    });
                  }}
                >
                  <strong className="number">{text}</strong>
                  <RangeCell
                    value={value.median}
                    interval={[value.low, value.high]}
                    span={span}
                    reference={0}
                    label={label}
                  />
                  <span className="muted number">
                    [{moneyText(value.low)}, {moneyText(value.high)}]
                  </span>
                </button>
              );
            },
          },
          {
            title: <span className="visually-hidden">{t('list.actions')}</span>,
            key: 'actions',
            align: 'right',
            className: 'cell-whole',
            render: (_, { result: { id, settings } }) => (
              <span className="actions actions-stacked">
                <Button
                  type="link"
                  size="small"
                  onClick={() => useLanding.setState({ goal: { id, settings } })}
                  data-testid={`landing-goal-edit-${id}`}
                >
                  {t('stage.landing.screen.goals.edit')}
                </Button>
                <Popconfirm
                  title={t('stage.landing.screen.goals.removeTitle', { title: settings.title })}
                  description={t('stage.landing.screen.goals.removeWhat')}
                  okText={t('stage.landing.screen.goals.remove')}
                  cancelText={t('action.cancel')}
                  okButtonProps={{ danger: true }}
                  onConfirm={() => void send('landing.removeGoal', { goalId: id })}
                >
                  <Button type="link" size="small" danger>
                    {t('stage.landing.screen.goals.remove')}
                  </Button>
                </Popconfirm>
              </span>
            ),
          },
        ]}
      />
      {goals[0] !== undefined && <ArtifactStamp artifact={goals[0].artifact} />}
    </Card>
  );
}
