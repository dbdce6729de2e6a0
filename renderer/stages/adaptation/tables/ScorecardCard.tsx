import { Checkbox } from 'antd';
import { Fragment, useState } from 'react';
import { formatNumber, formatShare, formatShort } from '../../../../shared/i18n/number.ts';
import type { TableResult } from '../../../../shared/stages/adaptation/tables/results.ts';
import { binText, columnWords } from '../../../../shared/stages/adaptation/tables/words.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';

interface Props {
  readonly card: NonNullable<TableResult['scorecard']>;
  readonly event: string;
}

/** The card as it is printed: characteristics, bins and points. */
export function ScorecardCard({ card, event }: Props) {
  const t = useT();
  const [all, setAll] = useState(false);
  const { baseScore, baseOdds, pointsToDouble } = card.scale;
  const shown = card.characteristics.filter(({ used }) => used || all);
  return (
    <Card
      title={t('stage.adaptation.screen.table.card.title')}
      extra={
        <Checkbox checked={all} onChange={({ target }) => setAll(target.checked)}>
          {t('stage.adaptation.screen.table.card.all')}
        </Checkbox>
      }
      testId="adaptation-tables-scorecard"
    >
      <p className="muted">
        {t('stage.adaptation.screen.table.card.lead', {
          base: formatNumber(baseScore),
          odds: formatShort(baseOdds),
          double: formatShort(pointsToDouble),
        })}
      </p>
      <div className="table-scroll">
        <table className="figures-table scorecard-table">
          <thead>
            <tr>
              <th scope="col">{t('stage.adaptation.screen.table.card.bin')}</th>
              <th scope="col">{t('stage.adaptation.screen.table.card.points')}</th>
              <th scope="col">{t('stage.adaptation.screen.table.card.rows')}</th>
              <th scope="col">{t('stage.adaptation.screen.table.card.events', { event })}</th>
              <th scope="col">{t('stage.adaptation.screen.table.card.rate')}</th>
              <th scope="col">{t('stage.adaptation.screen.table.card.woe')}</th>
              <th scope="col">{t('stage.adaptation.screen.table.card.iv')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ columnId, name, iv, band, bins, leftOut }) => (
              <Fragment key={columnId}>
                <tr className="scorecard-head">
                  <th scope="rowgroup" colSpan={6}>
                    {columnWords(name)}{' '}
                    <span className="tag">{t(`stage.adaptation.screen.table.card.band.${band}`)}</span>
                    {leftOut !== null && (
                      <span className="muted small"> {t(`stage.adaptation.screen.table.card.left.${leftOut}`)}</span>
                    )}
                  </th>
                  <td className="number">{formatNumber(iv, 3)}</td>
                </tr>
                {bins.map((bin) => (
                  <tr key={JSON.stringify(bin.bin)}>
                    <td className="scorecard-bin">{binText(t, bin.bin)}</td>
                    <td className="number">
                      <strong>{bin.points === null ? '—' : formatNumber(bin.points)}</strong>
                    </td>
                    <td className="number">{formatNumber(bin.rows)}</td>
                    <td className="number">{formatNumber(bin.events)}</td>
                    <td className="number">{formatShare(bin.events / Math.max(1, bin.rows), 1)}</td>
                    <td className="number">{formatNumber(bin.woe, 3)}</td>
                    <td className="number">{formatNumber(bin.iv, 3)}</td>
                  </tr>
                ))}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      <p className="muted small">{t('stage.adaptation.screen.table.card.note')}</p>
    </Card>
  );
}
