import { Table } from 'antd';
import type { Matrix } from '../../../../shared/stages/adaptation/results.ts';
import { useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { Card } from '../../../components/Card.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { chooseTested } from '../store.ts';
import { VerdictTag } from '../tests/VerdictTag.tsx';

type Row = Matrix['coverage'][number];

/** Each promise to a need with the tests that hold it; an untested one stands out. */
export function CoverageTable({ matrix }: { readonly matrix: Matrix }) {
  const t = useT();
  const scenarioName = (id: string) => matrix.scenarios.find((scenario) => scenario.id === id)?.name ?? id;
  return (
    <Card flush title={t('stage.adaptation.screen.matrix.coverage')} testId="adaptation-coverage">
      <p className="muted">{t('stage.adaptation.screen.matrix.coverageHint')}</p>
      {matrix.coverage.length === 0 ? (
        <p className="muted">{t('stage.adaptation.screen.matrix.coverageNone')}</p>
      ) : (
        <Table<Row>
          size="small"
          rowKey={({ needId, scenarioId }) => `${needId} ${scenarioId}`}
          dataSource={[...matrix.coverage]}
          pagination={false}
          columns={[
            {
              title: t('stage.adaptation.screen.matrix.need'),
              dataIndex: 'needName',
              sorter: (a, b) => a.needName.localeCompare(b.needName),
              render: (name: string) => <strong>{name}</strong>,
            },
            {
              title: t('stage.adaptation.screen.matrix.weight'),
              key: 'weight',
              align: 'right',
              sorter: (a, b) => (a.weight ?? 0) - (b.weight ?? 0),
              render: (_, { weight, needName, needId }) => (
                <InspectedNumber
                  value={weight}
                  unit="share"
                  inspected={{
                    title: `${needName} · ${t('stage.adaptation.screen.matrix.weight')}`,
                    slot: 'demand.needs',
                    ref: { type: 'need', needId, segment: null },
                  }}
                />
              ),
            },
            {
              title: t('stage.adaptation.screen.matrix.scenario'),
              key: 'scenario',
              render: (_, { scenarioId, modelId }) =>
                `${scenarioName(scenarioId)}${modelId === null ? '' : ` · ${modelId}`}`,
            },
            {
              title: t('stage.adaptation.screen.matrix.tested'),
              key: 'tests',
              render: (_, { tests, modelId, scenarioId }) =>
                modelId === null ? (
                  <span className="attention-words">{t('stage.adaptation.screen.matrix.promiseNoModel')}</span>
                ) : tests.length === 0 ? (
                  <span className="attention-words">{t('stage.adaptation.screen.matrix.promiseUntested')}</span>
                ) : (
                  <button
                    type="button"
                    className="link tags"
                    onClick={() => {
                      chooseTested(scenarioId, modelId);
                      goToStep('adaptation', 'tests');
                    }}
                  >
                    {tests.map(({ id, verdict }) => (
                      <VerdictTag key={id} verdict={verdict} />
                    ))}
                  </button>
                ),
            },
          ]}
        />
      )}
    </Card>
  );
}
