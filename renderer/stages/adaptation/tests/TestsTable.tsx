import { Table } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatShare } from '../../../../shared/i18n/number.ts';
import type { ScenarioTest, TestsResult } from '../../../../shared/stages/adaptation/results.ts';
import { useT } from '../../../app/language.ts';
import { RangeCell, spanOf } from '../../../charts/RangeCell.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { boundsOf, InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { OriginChip } from '../scenarios/OriginChip.tsx';
import type { TestFilter } from '../store.ts';
import { decimalsOf, testName, withUnit } from '../words.ts';
import { shownTests, VERDICTS } from './test-order.ts';
import { VerdictTag } from './VerdictTag.tsx';

interface Props {
  readonly view: ArtifactView<TestsResult>;
  readonly needs: ReadonlyMap<string, string>;
  readonly filter: TestFilter;
  readonly order: 'outcome' | 'type';
}

const TONE = { passed: 'accent', failed: 'failed', unclear: 'attention', 'no-verdict': 'muted' } as const;

/** The axis of a test: shares that matter near 1 or near 0 get the room that they need. */
function spanFor(test: ScenarioTest): readonly [number, number] {
  const values = [test.value, test.low, test.high, test.limit].flatMap((value) => (value === null ? [] : [value]));
  if (test.unit !== 'share') return [0, Math.max(1, ...values) * 1.1];
  return test.direction === 'at-most' ? spanOf([0, ...values]) : spanOf([...values, 1]);
}

/** Every test with its value, interval and limit; each count opens its rows. */
export function TestsTable({ view: { artifact, result }, needs, filter, order }: Props) {
  const t = useT();
  const rows = shownTests([...result.tests, ...result.machineTests], filter, order);
  const kind = (test: ScenarioTest) => t(`stage.adaptation.screen.testType.${test.type}`);
  return (
    <Table<ScenarioTest>
      size="small"
      rowKey="id"
      dataSource={[...rows]}
      pagination={false}
      scroll={{ x: 'max-content' }}
      rowClassName={({ verdict }) => `test-${verdict}`}
      locale={{ emptyText: t('stage.adaptation.screen.tests.noneShown') }}
      columns={[
        ...(order === 'type'
          ? [
              {
                title: t('stage.adaptation.screen.tests.type'),
                key: 'type',
                render: (_: unknown, test: ScenarioTest, index: number) => {
                  const before = rows[index - 1];
                  return before !== undefined && kind(before) === kind(test) ? null : <strong>{kind(test)}</strong>;
                },
              },
            ]
          : []),
        {
          title: t('stage.adaptation.screen.tests.verdictColumn'),
          key: 'verdict',
          sorter: (a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict),
          render: (_, { verdict, lowBase }) => (
            <>
              <VerdictTag verdict={verdict} />
              {lowBase && <div className="muted small low-base">{t('stage.adaptation.screen.tests.lowBase')}</div>}
            </>
          ),
        },
        {
          title: t('stage.adaptation.screen.tests.test'),
          key: 'test',
          render: (_, test) => (
            <div className="test-name">
              <span>{testName(t, test, needs)}</span>
              {test.companion !== null && (
                <div className="muted small number">
                  {t(`stage.adaptation.screen.companion.${test.companion.id}`, {
                    value:
                      test.companion.id === 'changedRows'
                        ? test.companion.value
                        : test.companion.id === 'p50'
                          ? withUnit(t, test.companion.value, 'milliseconds')
                          : formatShare(test.companion.value, 1),
                  })}
                </div>
              )}
            </div>
          ),
        },
        {
          title: t('stage.adaptation.screen.tests.value'),
          key: 'value',
          className: 'cell-whole',
          render: (_, test) => (
            <InspectedNumber
              value={test.value}
              unit={test.unit}
              decimals={decimalsOf(test.unit)}
              interval={boundsOf(test.low, test.high)}
              inspected={{
                title: `${testName(t, test, needs)} · ${result.modelId}`,
                n: test.n,
                method: t(`stage.adaptation.screen.testMethod.${test.method}`),
                slot: artifact.slot,
                seed: artifact.seed,
                ...(test.rows === null
                  ? {}
                  : {
                      ref: {
                        type: 'scenarioTest' as const,
                        scenarioId: result.scenarioId,
                        modelId: result.modelId,
                        testId: test.id,
                        outcome: 'all' as const,
                      },
                    }),
              }}
            />
          ),
        },
        {
          title: t('stage.adaptation.screen.tests.against'),
          key: 'against',
          width: 124,
          render: (_, test) =>
            test.value === null ? null : (
              <RangeCell
                value={test.value}
                interval={boundsOf(test.low, test.high)}
                span={spanFor(test)}
                limit={
                  test.limit === null || test.direction === null
                    ? null
                    : { value: test.limit, direction: test.direction }
                }
                tone={TONE[test.verdict]}
                label={
                  test.limit === null
                    ? t('stage.adaptation.screen.tests.rangeNoLimit', { value: withUnit(t, test.value, test.unit) })
                    : t('stage.adaptation.screen.tests.rangeLabel', {
                        value: withUnit(t, test.value, test.unit),
                        limit: withUnit(t, test.limit, test.unit),
                      })
                }
                width={112}
              />
            ),
        },
        {
          title: t('stage.adaptation.screen.tests.limit'),
          key: 'limit',
          className: 'cell-whole',
          render: (_, { limit, direction, unit, limitOrigin }) =>
            limit === null ? (
              <span className="faint small">{t('stage.adaptation.screen.origin.none')}</span>
            ) : (
              <div>
                <div className="number">
                  {direction !== null && t(`stage.adaptation.screen.limitSide.${direction}`)} {withUnit(t, limit, unit)}
                </div>
                <OriginChip origin={limitOrigin} needs={needs} />
              </div>
            ),
        },
        {
          title: t('stage.adaptation.screen.tests.n'),
          key: 'n',
          align: 'right',
          sorter: (a, b) => a.n - b.n,
          render: (_, test) =>
            test.rows === null ? (
              <span className="number muted">{test.n}</span>
            ) : (
              <EvidenceLink
                count={test.rows.all}
                evidence={{
                  type: 'scenarioTest',
                  scenarioId: result.scenarioId,
                  modelId: result.modelId,
                  testId: test.id,
                  outcome: 'all',
                }}
                title={t('stage.adaptation.screen.tests.allRows', { test: testName(t, test, needs) })}
              />
            ),
        },
        {
          title: t('stage.adaptation.screen.tests.failedRows'),
          key: 'failed',
          align: 'right',
          sorter: (a, b) => (a.rows?.failed ?? -1) - (b.rows?.failed ?? -1),
          render: (_, test) =>
            test.rows === null ? (
              <span className="faint">—</span>
            ) : (
              <EvidenceLink
                count={test.rows.failed}
                evidence={{
                  type: 'scenarioTest',
                  scenarioId: result.scenarioId,
                  modelId: result.modelId,
                  testId: test.id,
                  outcome: 'failed',
                }}
                title={t('stage.adaptation.screen.tests.failedRowsTitle', { test: testName(t, test, needs) })}
              />
            ),
        },
      ]}
    />
  );
}
