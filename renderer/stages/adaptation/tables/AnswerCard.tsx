import { Tooltip } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare, formatShort } from '../../../../shared/i18n/number.ts';
import { recommendedModel } from '../../../../shared/stages/adaptation/tables/recommend-model.ts';
import type { TableModelType, TableResult } from '../../../../shared/stages/adaptation/tables/results.ts';
import { columnWords, noticeText, pText } from '../../../../shared/stages/adaptation/tables/words.ts';
import type { Estimate } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { RangeCell, spanOf } from '../../../charts/RangeCell.tsx';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { NoticeList } from '../../../components/NoticeList.tsx';
import { NumberText, type NumberUnit } from '../../../components/NumberText.tsx';
import { useAdaptation } from '../store.ts';

interface Props {
  readonly view: ArtifactView<TableResult>;
  readonly chosen: TableModelType;
}

const FIGURES = ['auc', 'ks', 'brier', 'calibration', 'cost'] as const;
type Figure = (typeof FIGURES)[number];
const UNITS: Readonly<Record<Figure, NumberUnit>> = {
  auc: 'share',
  ks: 'share',
  brier: 'plain',
  calibration: 'share',
  cost: 'plain',
};
const DECIMALS: Readonly<Record<Figure, number>> = { auc: 1, ks: 1, brier: 3, calibration: 1, cost: 2 };

/** Which model orders best and whether that is more than chance, every measure of every model, and what may be wrong with the table. */
export function AnswerCard({ view: { artifact, result }, chosen }: Props) {
  const t = useT();
  const best = recommendedModel(result);
  const name = (model: TableModelType) => t(`stage.adaptation.screen.table.model.${model}`);
  const { costs, folds, repeats, resamples, majority } = result;
  const methodParams = {
    folds,
    repeats,
    draws: formatNumber(resamples),
    missed: formatShort(costs.missed),
    falseAlarm: formatShort(costs.falseAlarm),
    threshold: formatShare(best.evaluation.cost.threshold, 1),
  };
  const estimateOf = (model: TableResult['models'][number], figure: Figure): Estimate => {
    const { auc, ks, brier, calibrationError, cost } = model.evaluation;
    return { auc, ks, brier, calibration: calibrationError, cost: cost.perCase }[figure];
  };
  const majorityOf: Readonly<Record<Figure, number | null>> = {
    auc: majority.auc,
    ks: null,
    brier: majority.brier,
    calibration: null,
    cost: majority.costPerCase,
  };
  const span = spanOf([majority.auc, ...result.models.flatMap(({ evaluation: { auc } }) => [auc.low, auc.high])]);
  const clear = result.comparisons.filter(({ adjustedP }) => adjustedP !== null && adjustedP < 0.05);
  return (
    <Card testId="adaptation-tables-answer">
      <p className="answer">
        {t('stage.adaptation.screen.table.answer.sentence', {
          model: name(best.model),
          outcome: columnWords(result.outcome.name),
          event: result.outcome.eventValue,
          auc: formatShare(best.evaluation.auc.value, 1),
          low: formatNumber(best.evaluation.auc.low * 100, 1),
          high: formatNumber(best.evaluation.auc.high * 100, 1),
        })}
      </p>
      {best.evaluation.auc.low <= 0.5 && <p>{t('stage.adaptation.screen.table.answer.worse')}</p>}
      {result.comparisons.length > 0 && (
        <p className="muted">
          {clear.length === 0
            ? t('stage.adaptation.screen.table.answer.same')
            : clear
                .map(({ first, second, difference, adjustedP }) =>
                  t('stage.adaptation.screen.table.answer.best', {
                    first: name(difference.value > 0 ? first : second),
                    second: name(difference.value > 0 ? second : first),
                    p: adjustedP! < 0.001 ? '< 0.001' : formatNumber(adjustedP!, 3),
                  }),
                )
                .join(' ')}
        </p>
      )}
      <div className="table-scroll">
        <table className="plain-table" data-testid="adaptation-tables-models">
          <thead>
            <tr>
              <th scope="col">{t('stage.adaptation.screen.table.answer.columns.model')}</th>
              {FIGURES.map((figure) => (
                <th key={figure} scope="col" colSpan={figure === 'auc' ? 2 : 1}>
                  <Tooltip title={t(`stage.adaptation.screen.table.answer.hint.${figure}`)}>
                    <span>{t(`stage.adaptation.screen.table.answer.columns.${figure}`)}</span>
                  </Tooltip>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {result.models.map((model) => (
              <tr key={model.model} data-testid={`adaptation-tables-model-${model.model}`}>
                <th scope="row">
                  <button
                    type="button"
                    className="link"
                    aria-pressed={model.model === chosen}
                    title={t(`stage.adaptation.screen.table.modelHint.${model.model}`)}
                    onClick={() => useAdaptation.setState({ tableModel: model.model })}
                  >
                    {model.model === chosen ? '● ' : '○ '}
                    {name(model.model)}
                  </button>
                </th>
                {FIGURES.map((figure) => {
                  const estimate = estimateOf(model, figure);
                  const number = (
                    <td key={figure}>
                      <InspectedNumber
                        value={estimate.value}
                        unit={UNITS[figure]}
                        decimals={DECIMALS[figure]}
                        interval={[estimate.low, estimate.high]}
                        inspected={{
                          title: `${name(model.model)} · ${t(`stage.adaptation.screen.table.answer.columns.${figure}`)}`,
                          n: result.rows,
                          method: t(`stage.adaptation.screen.table.answer.method.${figure}`, methodParams),
                          slot: artifact.slot,
                          seed: artifact.seed,
                        }}
                      />
                    </td>
                  );
                  if (figure !== 'auc') return number;
                  return [
                    number,
                    <td key="range">
                      <RangeCell
                        value={estimate.value}
                        interval={[estimate.low, estimate.high]}
                        span={span}
                        reference={majority.auc}
                        label={`${name(model.model)} ${formatShare(estimate.value, 1)} · ${t('stage.adaptation.screen.table.answer.majority')} ${formatShare(majority.auc)}`}
                      />
                    </td>,
                  ];
                })}
              </tr>
            ))}
            <tr>
              <th scope="row" title={t('stage.adaptation.screen.table.answer.method.majority')}>
                {t('stage.adaptation.screen.table.answer.majority')}
              </th>
              {FIGURES.map((figure) => (
                <td key={figure} colSpan={figure === 'auc' ? 2 : 1}>
                  <NumberText value={majorityOf[figure]} unit={UNITS[figure]} decimals={DECIMALS[figure]} />
                </td>
              ))}
            </tr>
          </tbody>
        </table>
      </div>
      {result.comparisons.length > 0 && (
        <>
          <p className="muted">{t('stage.adaptation.screen.table.answer.comparisons')}</p>
          <ul className="lines">
            {result.comparisons.map(({ first, second, difference, adjustedP }) => (
              <li key={`${first}-${second}`}>
                <span className="lines-grow">
                  {t('stage.adaptation.screen.table.answer.difference', { first: name(first), second: name(second) })}
                </span>
                <NumberText
                  value={difference.value * 100}
                  unit="points"
                  interval={[difference.low * 100, difference.high * 100]}
                />
                <span className="muted number">{pText(t, adjustedP)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <NoticeList
        lines={result.notices.map((notice) => ({
          code: notice.code,
          severity: notice.severity,
          text: noticeText(t, notice),
        }))}
        testId="adaptation-tables-notices"
      />
      <ArtifactStamp
        artifact={artifact}
        n={result.rows}
        method={t('stage.adaptation.screen.table.answer.stamp', { folds, repeats })}
      />
    </Card>
  );
}
