import { Segmented } from 'antd';
import type { Output } from '../../../../shared/contract/index.ts';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import { CASE_ORDERS } from '../../../../shared/stages/adaptation/tables/contract.ts';
import type { TableModelType } from '../../../../shared/stages/adaptation/tables/results.ts';
import { columnWords } from '../../../../shared/stages/adaptation/tables/words.ts';
import { useT } from '../../../app/language.ts';
import { Waterfall } from '../../../charts/Waterfall.tsx';
import { Card } from '../../../components/Card.tsx';
import { useView } from '../../../components/use-view.ts';
import { ViewNotice } from '../../../components/ViewNotice.tsx';
import { useAdaptation } from '../store.ts';

interface Props {
  readonly id: string;
  readonly model: TableModelType;
}

const SHOWN_CASES = 12;
const SHOWN_STEPS = 9;

/** One row of the table, and why the model answers as it does. */
export function CaseCard({ id, model }: Props) {
  const t = useT();
  const { caseOrder, caseRow } = useAdaptation();
  const slots = [`adaptation.table:${id}`];
  const cases = useView(
    'adaptation.tableCases',
    { tableId: id, model, order: caseOrder, offset: 0, limit: SHOWN_CASES },
    slots,
  );
  const row = caseRow ?? cases.value?.cases[0]?.row ?? null;
  const explanation = useView(
    'adaptation.explainCase',
    row === null ? null : { tableId: id, model, case: { row } },
    slots,
  );
  return (
    <Card
      title={t('stage.adaptation.screen.table.case.title')}
      extra={
        <Segmented
          size="small"
          value={caseOrder}
          aria-label={t('stage.adaptation.screen.table.case.order')}
          options={CASE_ORDERS.map((order) => ({
            value: order,
            label: t(`stage.adaptation.screen.table.case.orders.${order}`),
          }))}
          onChange={(order) => useAdaptation.setState({ caseOrder: order, caseRow: null })}
          data-testid="adaptation-tables-case-order"
        />
      }
      testId="adaptation-tables-case"
    >
      <p className="muted">{t('stage.adaptation.screen.table.case.lead')}</p>
      <ViewNotice view={cases} />
      <ViewNotice view={explanation} />
      <div className="case-columns">
        <ul className="case-list">
          {(cases.value?.cases ?? []).map((found) => (
            <li key={found.row}>
              <button
                type="button"
                className="case-choice"
                aria-pressed={found.row === row}
                onClick={() => useAdaptation.setState({ caseRow: found.row })}
              >
                <span>{t('stage.adaptation.screen.table.case.row', { row: formatNumber(found.row + 1) })}</span>
                <span className="number">{formatShare(found.probability, 1)}</span>
                <span className="muted small">
                  {t(`stage.adaptation.screen.table.case.${found.event ? 'happened' : 'not'}`)}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {explanation.value !== undefined && <Explained explanation={explanation.value} />}
      </div>
    </Card>
  );
}

function Explained({ explanation }: { readonly explanation: Output<'adaptation.explainCase'> }) {
  const t = useT();
  const { probability, unseenProbability, base, contributions, method, background, coalitions, points } = explanation;
  const [shown, others] = [contributions.slice(0, SHOWN_STEPS), contributions.slice(SHOWN_STEPS)];
  const steps = shown.map(({ columnId, name, value, contribution }) => ({
    id: columnId,
    name: t('stage.adaptation.screen.table.case.value', {
      column: columnWords(name),
      value: value ?? t('stage.adaptation.screen.table.case.missing'),
    }),
    change: contribution,
  }));
  if (others.length > 0) {
    steps.push({
      id: 'others',
      name: t('stage.adaptation.screen.table.case.others', { count: others.length }),
      change: others.reduce((sum, { contribution }) => sum + contribution, 0),
    });
  }
  return (
    <div>
      <p>
        {t('stage.adaptation.screen.table.case.sentence', {
          probability: formatShare(probability, 1),
          unseen: unseenProbability === null ? '—' : formatShare(unseenProbability, 1),
        })}{' '}
        {points !== null && t('stage.adaptation.screen.table.case.points', { points: formatNumber(points) })}
      </p>
      <Waterfall
        start={{ name: t('stage.adaptation.screen.table.case.base'), value: base }}
        steps={steps}
        end={{ name: t('stage.adaptation.screen.table.case.total') }}
        label={t('stage.adaptation.screen.table.case.axis')}
        format={(value) => formatNumber(value, 2)}
      />
      <p className="muted small">
        {t(`stage.adaptation.screen.table.case.method.${method}`, {
          background: formatNumber(background),
          coalitions: formatNumber(coalitions ?? 0),
        })}{' '}
        {t('stage.adaptation.screen.table.case.note')}
      </p>
    </div>
  );
}
