import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare, formatShort } from '../../../../shared/i18n/number.ts';
import type { Translate } from '../../../../shared/i18n/translate.ts';
import type { PilotResult, VerdictReason } from '../../../../shared/stages/landing/pilot/results.ts';
import { inspect } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { WhiskerPlot, type WhiskerRow } from '../../../charts/WhiskerPlot.tsx';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { Card } from '../../../components/Card.tsx';
import { NoticeList } from '../../../components/NoticeList.tsx';
import { effectText, effectWords, pilotNoticeText } from '../words.ts';

const TONE = { go: 'verdict-go', adjust: 'verdict-adjust', stop: 'verdict-stop', blocked: 'verdict-stop' } as const;
const SIGN = { go: '✓', adjust: '▲', stop: '✕', blocked: '✕' } as const;
const POINTS = 100;

/** The verdict first, why, and the effect with its interval against nothing and against what was asked for. */
export function VerdictCard({ view }: { readonly view: ArtifactView<PilotResult> }) {
  const t = useT();
  const { artifact, result } = view;
  const { verdict, reasons, sampleRatio, metric, effect } = result;
  return (
    <Card testId="landing-verdict">
      <p className={`answer ${TONE[verdict]}`} data-verdict={verdict}>
        {SIGN[verdict]} {t(`stage.landing.screen.pilot.verdict.${verdict}`)}
      </p>
      {sampleRatio?.mismatch === true && (
        <div className="notice notice-error" role="alert" data-testid="landing-srm">
          <span>
            {t('stage.landing.screen.pilot.srm', {
              expectedControl: Math.round(sampleRatio.expectedControl),
              expectedTreatment: Math.round(sampleRatio.expectedTreatment),
              control: sampleRatio.control,
              treatment: sampleRatio.treatment,
              p: formatShort(sampleRatio.p),
            })}
          </span>
        </div>
      )}
      <ul className="reasons">
        {reasons.map((reason) => (
          <li key={JSON.stringify(reason)} data-code={reason.code}>
            {reasonText(t, reason, metric.type)}
          </li>
        ))}
      </ul>
      {effect !== null && verdict !== 'blocked' && <EffectPlot result={result} />}
      <NoticeList
        lines={result.notices.map((notice) => ({
          code: notice.code,
          severity: notice.severity,
          text: pilotNoticeText(t, notice, metric.type),
        }))}
        testId="landing-pilot-notices"
      />
      <p className="muted">{t('stage.landing.screen.pilot.rule')}</p>
      <ArtifactStamp
        artifact={artifact}
        n={result.rows.used}
        method={`${t(`stage.landing.screen.pilot.method.${result.method}`)} · ${formatShare(result.level)}`}
      />
    </Card>
  );
}

function EffectPlot({ result }: { readonly result: PilotResult }) {
  const t = useT();
  const { metric, effect, segments, forecast, method, level, rows } = result;
  if (effect === null) return null;
  const isShare = metric.type === 'proportion';
  const scale = isShare ? POINTS : 1;
  const sign = metric.direction === 'increase' ? 1 : -1;
  const target = result.targetEffect ?? result.smallestEffect;
  const row = (
    id: string,
    name: string,
    estimate: { value: number; low: number; high: number },
    tone: NonNullable<WhiskerRow['tone']>,
    n: number,
  ): WhiskerRow => ({
    id,
    name,
    value: estimate.value * scale,
    interval: [estimate.low * scale, estimate.high * scale],
    text: `${effectText(estimate.value, metric.type)} [${interval(estimate, metric.type)}]`,
    tone,
    n,
  });
  const plotted: readonly WhiskerRow[] = [
    row('effect', t('stage.landing.screen.pilot.gainRow'), effect, 'accent', rows.used),
    ...(forecast === null
      ? []
      : [row('forecast', t('stage.landing.screen.pilot.forecastRow'), forecast, 'muted', rows.used)]),
    ...segments.flatMap(({ segment, units, effect: own }) =>
      own === null ? [] : [row(`segment ${segment}`, segment, own, 'muted', units)],
    ),
  ];
  const ends = plotted.flatMap(({ interval: bounds }) => bounds ?? []);
  const targetAt = sign * target * scale;
  const axis = t(`stage.landing.screen.pilot.${result.design === 'before-after' ? 'effectAxisChange' : 'effectAxis'}`);
  return (
    <div className="effect-plot" data-testid="landing-effect">
      <WhiskerPlot
        rows={plotted}
        label={`${metric.name} · ${axis}${isShare ? ` · ${t('stage.landing.screen.pilot.form.points')}` : ''}`}
        formatTick={(value) => formatNumber(value, isShare ? 0 : 2)}
        exact={(value) => formatNumber(value, 2)}
        floor={{
          value: targetAt,
          name: `${t(`stage.landing.screen.pilot.${result.targetEffect === null ? 'smallestRow' : 'targetRow'}`)} ${effectText(sign * target, metric.type)}`,
        }}
        domain={[Math.min(0, targetAt, ...ends), Math.max(0, targetAt, ...ends)]}
        onSelect={(id) => {
          const segment = id.startsWith('segment ') ? id.slice('segment '.length) : null;
          const found =
            segment === null
              ? id === 'forecast'
                ? forecast
                : effect
              : segments.find((each) => each.segment === segment)?.effect;
          if (found === null || found === undefined) return;
          inspect({
            title: segment ?? metric.name,
            value: effectText(found.value, metric.type),
            interval: { low: effectText(found.low, metric.type), high: effectText(found.high, metric.type) },
            n: segment === null ? rows.used : (segments.find((each) => each.segment === segment)?.units ?? 0),
            method: `${t(`stage.landing.screen.pilot.method.${method}`)} · ${formatShare(level)}`,
            slot: id === 'forecast' && forecast !== null ? forecast.slot : 'landing.pilot',
            ...(id === 'forecast'
              ? {}
              : {
                  ref: {
                    type: 'pilot' as const,
                    arm: null,
                    period: null,
                    segment,
                    measure: 'outcome',
                    rows: 'all' as const,
                  },
                }),
          });
        }}
      />
      {segments.length > 0 && <p className="muted">{t('stage.landing.screen.pilot.segments')}</p>}
      {forecast !== null && (
        <p>
          {t('stage.landing.screen.pilot.forecastText', {
            name: forecast.name,
            forecast: effectText(forecast.value, metric.type),
            result: effectText(effect.value, metric.type),
            difference: effectText(forecast.difference.value, metric.type),
            low: effectText(forecast.difference.low, metric.type),
            high: effectText(forecast.difference.high, metric.type),
          })}{' '}
          {t(`stage.landing.screen.pilot.${forecast.agrees ? 'forecastAgrees' : 'forecastDiffers'}`)}
        </p>
      )}
    </div>
  );
}

function interval({ low, high }: { readonly low: number; readonly high: number }, type: 'proportion' | 'mean'): string {
  const text = (value: number) => (type === 'proportion' ? formatNumber(value * POINTS, 1) : formatShort(value));
  return `${text(low)}, ${text(high)}`;
}

function reasonText(t: Translate, reason: VerdictReason, type: 'proportion' | 'mean'): string {
  const key = 'stage.landing.screen.pilot.reason' as const;
  const effect = (value: number) => effectWords(t, value, type);
  switch (reason.code) {
    case 'effect-shown':
      return t(`${key}.effect-shown`, { low: effect(reason.low) });
    case 'effect-not-shown':
      return t(`${key}.effect-not-shown`, { low: effect(reason.low), high: effect(reason.high) });
    case 'harm-shown':
      return t(`${key}.harm-shown`, { high: effect(reason.high) });
    case 'goal-reachable':
    case 'goal-out-of-reach':
      return t(`${key}.${reason.code}`, { target: effect(reason.target), high: effect(reason.high) });
    case 'too-few-units':
      return t(`${key}.too-few-units`, {
        arm: t(`stage.landing.screen.pilot.armName.${reason.arm}`),
        planned: reason.planned,
        reached: reason.reached,
      });
    case 'sample-ratio-mismatch':
      return t(`${key}.sample-ratio-mismatch`, { p: formatShort(reason.p) });
    case 'no-effect-computed':
      return t(`${key}.no-effect-computed`);
    default: {
      const { code, ...params } = reason;
      return t(`${key}.${code}`, params);
    }
  }
}
