import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { Fairness, TableResult } from '../../../../shared/stages/adaptation/tables/results.ts';
import { columnWords } from '../../../../shared/stages/adaptation/tables/words.ts';
import type { Estimate } from '../../../../shared/stages/competitiveness/results.ts';
import { useT } from '../../../app/language.ts';
import { RangeCell } from '../../../charts/RangeCell.tsx';
import { Card } from '../../../components/Card.tsx';
import { NumberText } from '../../../components/NumberText.tsx';
import { VerdictTag } from '../tests/VerdictTag.tsx';

const FOUR_FIFTHS = 0.8;

/** Decisions, errors and calibration by group, and what the four-fifths rule says. */
export function FairnessCard({ fairness, result }: { readonly fairness: Fairness; readonly result: TableResult }) {
  const t = useT();
  const share = (estimate: Estimate | null) => (
    <NumberText
      value={estimate?.value ?? null}
      unit="share"
      decimals={1}
      interval={estimate === null ? null : [estimate.low, estimate.high]}
    />
  );
  const points = (estimate: Estimate | null) => (
    <NumberText
      value={estimate === null ? null : estimate.value * 100}
      unit="points"
      interval={estimate === null ? null : [estimate.low * 100, estimate.high * 100]}
    />
  );
  return (
    <Card title={t('stage.adaptation.screen.table.fairness.title')} testId="adaptation-tables-fairness">
      <p className="muted">
        {t('stage.adaptation.screen.table.fairness.lead', {
          column: columnWords(fairness.columnName),
          threshold: formatShare(fairness.threshold, 1),
        })}
      </p>
      <p>
        <VerdictTag verdict={fairness.verdict} />{' '}
        {t(`stage.adaptation.screen.table.fairness.verdict.${fairness.verdict}`)}
      </p>
      <ul className="lines">
        {(['parityRatio', 'parityDifference', 'oddsDifference'] as const).map((measure) => (
          <li key={measure}>
            <span className="lines-grow">{t(`stage.adaptation.screen.table.fairness.${measure}`)}</span>
            {measure === 'parityRatio' ? share(fairness[measure]) : points(fairness[measure])}
          </li>
        ))}
      </ul>
      <div className="table-scroll">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">{t('stage.adaptation.screen.table.fairness.group')}</th>
              <th scope="col">{t('stage.adaptation.screen.table.fairness.rows')}</th>
              <th scope="col" colSpan={2}>
                {t('stage.adaptation.screen.table.fairness.favourable')}
              </th>
              <th scope="col">{t('stage.adaptation.screen.table.fairness.truePositive')}</th>
              <th scope="col">{t('stage.adaptation.screen.table.fairness.falsePositive')}</th>
              <th scope="col">{t('stage.adaptation.screen.table.fairness.gap')}</th>
            </tr>
          </thead>
          <tbody>
            {fairness.groups.map(({ group, rows, favourable, truePositive, falsePositive, calibrationGap, judged }) => (
              <tr key={group}>
                <th scope="row">
                  {group}
                  {!judged && <div className="muted small">{t('stage.adaptation.screen.table.fairness.small')}</div>}
                </th>
                <td className="number">{formatNumber(rows)}</td>
                <td>{share(favourable)}</td>
                <td>
                  <RangeCell
                    value={favourable.value}
                    interval={[favourable.low, favourable.high]}
                    span={[0, 1]}
                    reference={FOUR_FIFTHS * Math.max(...fairness.groups.map((other) => other.favourable.value))}
                    tone={judged ? 'accent' : 'muted'}
                    label={`${group} ${formatShare(favourable.value, 1)}`}
                    width={90}
                  />
                </td>
                <td>{share(truePositive)}</td>
                <td>{share(falsePositive)}</td>
                <td>{points(calibrationGap)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted small">
        {t('stage.adaptation.screen.table.fairness.method', { draws: formatNumber(result.resamples) })}{' '}
        {t('stage.adaptation.screen.table.fairness.note')}
      </p>
    </Card>
  );
}
