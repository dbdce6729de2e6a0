import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare, formatShort } from '../../../../shared/i18n/number.ts';
import type { TableModelResult, TableResult } from '../../../../shared/stages/adaptation/tables/results.ts';
import { useT } from '../../../app/language.ts';
import { LineCurve } from '../../../charts/LineCurve.tsx';
import { ReliabilityChart } from '../../../charts/ReliabilityChart.tsx';
import { Card } from '../../../components/Card.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';

interface Props {
  readonly id: string;
  readonly view: ArtifactView<TableResult>;
  readonly model: TableModelResult;
}

/** What the costs make of the probabilities, and whether these can be believed. */
export function DecisionCard({ id, view: { artifact, result }, model }: Props) {
  const t = useT();
  const { cost, reliability } = model.evaluation;
  const name = t(`stage.adaptation.screen.table.model.${model.model}`);
  const methodParams = {
    missed: formatShort(result.costs.missed),
    falseAlarm: formatShort(result.costs.falseAlarm),
    threshold: formatShare(cost.threshold, 1),
  };
  const origin = { slot: artifact.slot, seed: artifact.seed, n: result.rows };
  const method = t('stage.adaptation.screen.table.answer.method.cost', methodParams);
  const shares = [
    { id: 'flagged', of: 'shareFlagged', estimate: cost.flagged, rows: 'flagged' },
    { id: 'caught', of: 'shareCaught', estimate: cost.caught, rows: 'caught' },
    { id: 'precision', of: 'precision', estimate: cost.precision, rows: 'false-alarm' },
  ] as const;
  return (
    <div className="two-columns">
      <Card title={t('stage.adaptation.screen.table.decision.title')} testId="adaptation-tables-decision">
        <p className="muted">{t('stage.adaptation.screen.table.decision.lead', methodParams)}</p>
        <dl className="key-figures">
          {shares.map(({ id: share, of, estimate, rows }) => (
            <div key={share}>
              <dt>
                {t(`stage.adaptation.screen.table.decision.${share === 'precision' ? 'precision' : share}`)}
                {share !== 'precision' && ` · ${t(`stage.adaptation.screen.table.decision.${of}`)}`}
              </dt>
              <dd>
                <InspectedNumber
                  value={estimate?.value ?? null}
                  unit="share"
                  decimals={1}
                  interval={estimate === null ? null : [estimate.low, estimate.high]}
                  inspected={{
                    ...origin,
                    title: `${name} · ${t(`stage.adaptation.screen.table.decision.${share}`)}`,
                    method,
                    ref: { type: 'table', tableId: id, model: model.model, rows },
                  }}
                />
              </dd>
            </div>
          ))}
        </dl>
        <p>
          {t('stage.adaptation.screen.table.decision.chosenHint', {
            threshold: formatShare(cost.chosen.threshold.value, 1),
            low: formatNumber(cost.chosen.threshold.low * 100, 1),
            high: formatNumber(cost.chosen.threshold.high * 100, 1),
          })}{' '}
          <InspectedNumber
            value={cost.chosen.perCase.value}
            unit="plain"
            decimals={2}
            interval={[cost.chosen.perCase.low, cost.chosen.perCase.high]}
            inspected={{ ...origin, title: `${name} · ${t('stage.adaptation.screen.table.decision.chosen')}`, method }}
          />
        </p>
        <LineCurve
          left={{
            label: t('stage.adaptation.screen.table.decision.curve'),
            points: cost.curve.map(({ threshold, cost: y }) => ({ x: threshold * 100, y })),
            format: (value) => formatNumber(value, 2),
            last: '',
          }}
          floors={[
            {
              name: t('stage.adaptation.screen.table.decision.curveFloor'),
              value: result.majority.costPerCase,
              text: formatNumber(result.majority.costPerCase, 2),
            },
          ]}
          xLabel={t('stage.adaptation.screen.table.decision.curveX')}
          xMax={100}
        />
      </Card>
      <Card title={t('stage.adaptation.screen.table.reliability.title')} testId="adaptation-tables-reliability">
        <p className="muted">{t('stage.adaptation.screen.table.reliability.lead')}</p>
        <ReliabilityChart
          bins={reliability.map(({ low, high, rows, predicted, observed }) => ({
            low,
            high,
            rows,
            confidence: predicted,
            accuracy: observed,
            text: t('stage.adaptation.screen.table.reliability.bin', {
              low: formatShare(low),
              high: formatShare(high),
              rows: formatNumber(rows),
              predicted: formatShare(predicted ?? 0, 1),
              observed: formatShare(observed ?? 0, 1),
            }),
          }))}
          xLabel={t('stage.adaptation.screen.table.reliability.x')}
          yLabel={t('stage.adaptation.screen.table.reliability.y')}
          format={(value) => formatShare(value)}
          exact={(value) => formatShare(value, 1)}
        />
      </Card>
    </div>
  );
}
