import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { PilotPlanResult } from '../../../../shared/stages/landing/pilot/results.ts';
import { useT } from '../../../app/language.ts';
import { NoticeList } from '../../../components/NoticeList.tsx';
import { effectWords, pilotNoticeText } from '../words.ts';

/** How many units and days a plan needs, what other effects would cost, and what should be known before signing. */
export function PlanFigures({ result }: { readonly result: PilotPlanResult }) {
  const t = useT();
  const { settings, units, curve, notices } = result;
  const { type } = settings.metric;
  return (
    <>
      <p className="answer" data-testid="landing-plan-answer">
        {units === null
          ? t('stage.landing.screen.pilot.planNone')
          : t('stage.landing.screen.pilot.planAnswer', {
              what: t(`stage.landing.screen.pilot.planWhat.${settings.design}`),
              control: units.control,
              treatment: units.treatment,
              days: units.days,
            })}
      </p>
      <NoticeList
        lines={notices.map((notice) => ({
          code: notice.code,
          severity: notice.severity,
          text: pilotNoticeText(t, notice, type),
        }))}
      />
      <table className="figures-table curve-table" aria-label={t('stage.landing.screen.pilot.curve')}>
        <thead>
          <tr>
            <th>{t('stage.landing.screen.pilot.curveEffect')}</th>
            <th>{t('stage.landing.screen.pilot.curveUnits')}</th>
            <th>{t('stage.landing.screen.pilot.curveDays')}</th>
          </tr>
        </thead>
        <tbody>
          {curve.map(({ effect, units: needed }) => (
            <tr key={effect} className={effect === settings.smallestEffect ? 'row-planned' : ''}>
              <th className="number">{effectWords(t, effect, type)}</th>
              <td className="number">{needed === null ? '—' : formatNumber(needed.control)}</td>
              <td className="number">{needed === null ? '—' : formatNumber(needed.days)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
