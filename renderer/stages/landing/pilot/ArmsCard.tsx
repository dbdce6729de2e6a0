import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { PilotCell, PilotResult } from '../../../../shared/stages/landing/pilot/results.ts';
import { useT } from '../../../app/language.ts';
import { Card } from '../../../components/Card.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { boundsOf, InspectedNumber } from '../../../components/InspectedNumber.tsx';

/** Units per arm against the plan, how they ended, with the rows behind each count. */
export function ArmsCard({ result }: { readonly result: PilotResult }) {
  const t = useT();
  const { cells, metric, columns, reach, rows } = result;
  const isShare = metric.type === 'proportion';
  const nameOf = ({ arm, period }: PilotCell) => {
    const own = columns.arm === null ? null : columns.arm[arm];
    const when = period === null || columns.period === null ? null : columns.period[period];
    return [own, when].filter((part) => part !== null).join(' · ');
  };
  const refOf = (cell: PilotCell, which: 'all' | 'measured' | 'missing' | 'success') => ({
    type: 'pilot' as const,
    arm: cell.arm,
    period: cell.period,
    segment: null,
    measure: 'outcome',
    rows: which,
  });
  return (
    <Card wide title={t('stage.landing.screen.pilot.arms')} testId="landing-arms">
      <div className="table-scroll">
        <table className="figures-table">
          <thead>
            <tr>
              <th>{t('stage.landing.screen.pilot.group')}</th>
              <th>{metric.name}</th>
              <th>{t('stage.landing.screen.pilot.planned')}</th>
              <th>{t('stage.landing.screen.pilot.assigned')}</th>
              <th>{t('stage.landing.screen.pilot.measured')}</th>
              <th>{t('stage.landing.screen.pilot.missing')}</th>
              {isShare && <th>{t('stage.landing.screen.pilot.successes')}</th>}
            </tr>
          </thead>
          <tbody>
            {cells.map((cell) => {
              const name = nameOf(cell);
              const planned = reach.find(({ arm, period }) => arm === cell.arm && period === cell.period)?.planned ?? 0;
              const link = (count: number, which: 'all' | 'measured' | 'missing' | 'success', what: string) => (
                <td>
                  <EvidenceLink count={count} evidence={refOf(cell, which)} title={`${name} · ${what}`} />
                </td>
              );
              return (
                <tr key={`${cell.arm} ${cell.period}`}>
                  <th>{name}</th>
                  <td>
                    <InspectedNumber
                      value={cell.value}
                      unit={isShare ? 'share' : 'plain'}
                      interval={boundsOf(cell.low, cell.high)}
                      inspected={{
                        title: `${name} · ${metric.name}`,
                        n: cell.measured,
                        slot: 'landing.pilot',
                        ref: refOf(cell, 'measured'),
                      }}
                    />
                  </td>
                  <td className="number">{formatNumber(planned)}</td>
                  {link(cell.units, 'all', t('stage.landing.screen.pilot.assigned'))}
                  {link(cell.measured, 'measured', t('stage.landing.screen.pilot.measured'))}
                  {link(cell.units - cell.measured, 'missing', t('stage.landing.screen.pilot.missing'))}
                  {isShare && link(cell.successes ?? 0, 'success', t('stage.landing.screen.pilot.successes'))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      <p className="muted left-out">
        {t('stage.landing.screen.pilot.rowsUsed', { total: rows.total, used: rows.used })}
        {(
          [
            ['outside-design', rows.outsideDesign],
            ['repeated', rows.repeated],
            ['in-both-arms', rows.inBothArms],
          ] as const
        ).map(
          ([reason, count]) =>
            count > 0 && (
              <span key={reason}>
                {' · '}
                {t(`stage.landing.screen.pilot.leftOut.${reason}`)}{' '}
                <EvidenceLink
                  count={count}
                  evidence={{ type: 'pilot', arm: null, period: null, segment: null, measure: 'outcome', rows: reason }}
                  title={t(`stage.landing.screen.pilot.leftOut.${reason}`)}
                />
              </span>
            ),
        )}
      </p>
    </Card>
  );
}
