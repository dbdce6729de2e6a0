import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare, formatShort } from '../../../../shared/i18n/number.ts';
import type { SolutionResult } from '../../../../shared/stages/landing/solution/results.ts';
import { inspect } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { NoticeList } from '../../../components/NoticeList.tsx';
import { moneyText, solutionNoticeText } from '../words.ts';

const SLOT = 'landing.solution';

/** The answer first: how many machines, whether they answer in time, and what remains of the goals' value. */
export function SizingAnswer({ view }: { readonly view: ArtifactView<SolutionResult> }) {
  const t = useT();
  const { artifact, result } = view;
  const { sizing, business, settings, model } = result;
  const { costPerYear, netPerYear, currency } = business;
  const response = sizing?.responseP95Ms ?? null;
  const limit = sizing?.limitMs ?? null;
  const money = (amount: { readonly low: number; readonly high: number }) => ({
    low: moneyText(amount.low),
    high: moneyText(amount.high),
    currency,
  });
  const moneyMethod = t('stage.landing.screen.solution.moneyMethod', {
    draws: business.draws,
    level: formatShare(business.level),
  });
  return (
    <Card title={t('stage.landing.screen.solution.answer')} testId="landing-solution-answer">
      {sizing === null ? (
        <p className="answer">{t('stage.landing.screen.solution.answerNone', { id: model.id })}</p>
      ) : (
        <button
          type="button"
          className="answer answer-open"
          onClick={() =>
            inspect({
              title: t('stage.landing.screen.solution.answer'),
              value: formatNumber(sizing.recommended),
              interval: { low: formatNumber(sizing.instances.low), high: formatNumber(sizing.instances.high) },
              method: t('stage.landing.screen.solution.sizingMethod'),
              slot: SLOT,
            })
          }
        >
          {t('stage.landing.screen.solution.answerText', {
            count: sizing.recommended,
            spare: settings.load.spareInstances,
            threads: sizing.threadsPerInstance,
            peak: formatShort(sizing.peakPerSecond.high),
            times: formatShort(sizing.capacityFactor),
          })}
        </button>
      )}
      {response !== null && (
        <p className={limit !== null && response > limit ? 'failed-words' : ''}>
          {limit === null
            ? t('stage.landing.screen.solution.responseOnly', { value: formatShort(response) })
            : t(`stage.landing.screen.solution.${response > limit ? 'responseOver' : 'responseOk'}`, {
                value: formatShort(response),
                limit,
              })}
        </p>
      )}
      {business.lines.length > 0 && (
        <p>
          <button
            type="button"
            className="link"
            onClick={() =>
              inspect({
                title: t('stage.landing.screen.solution.section.costs'),
                value: `${moneyText(costPerYear.median)} ${currency}`,
                interval: { low: moneyText(costPerYear.low), high: moneyText(costPerYear.high) },
                method: moneyMethod,
                slot: SLOT,
              })
            }
          >
            {t('stage.landing.screen.solution.money', { cost: moneyText(costPerYear.median), ...money(costPerYear) })}
          </button>
          {netPerYear !== null && (
            <>
              {' · '}
              <button
                type="button"
                className="link"
                onClick={() =>
                  inspect({
                    title: t('stage.landing.screen.solution.line.costs.net', { currency }),
                    value: `${moneyText(netPerYear.median)} ${currency}`,
                    interval: { low: moneyText(netPerYear.low), high: moneyText(netPerYear.high) },
                    method: moneyMethod,
                    slot: SLOT,
                  })
                }
              >
                {t('stage.landing.screen.solution.net', {
                  net: moneyText(netPerYear.median),
                  share: formatShare(netPerYear.positiveShare),
                  ...money(netPerYear),
                })}
              </button>
            </>
          )}
        </p>
      )}
      <NoticeList
        lines={result.notices.map((notice) => ({
          code: notice.code,
          severity: notice.severity,
          text: solutionNoticeText(t, notice),
        }))}
        testId="landing-solution-notices"
      />
      <ArtifactStamp artifact={artifact} method="M/M/c" />
    </Card>
  );
}
