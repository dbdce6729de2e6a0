import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { TicketMeasureResult, TicketsResult } from '../../../../shared/stages/service/results.ts';
import { inspect } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { RangeCell } from '../../../charts/RangeCell.tsx';
import { SurvivalCurve } from '../../../charts/SurvivalCurve.tsx';
import { Card } from '../../../components/Card.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { minutesText } from '../words.ts';

interface Props {
  readonly view: ArtifactView<TicketsResult>;
  readonly measure: TicketMeasureResult;
}

/** From so many minutes on, the axis counts hours. */
const HOURS_FROM_MINUTES = 180;
const MINUTES_PER_HOUR = 60;

type Estimate = TicketMeasureResult['median'];

/** How long it takes and what share is in time: sentence, figures with intervals, curve, and the tickets behind each count. */
export function MeasureCard({ view: { artifact, result }, measure }: Props) {
  const t = useT();
  const name = t(`stage.service.screen.tickets.measure.${measure.measure}`);
  const { sla } = measure;
  const time = (label: string, estimate: Estimate, method: string) => {
    const { value, low, high, n } = estimate;
    const bounds = [low, high].map((bound) => (bound === null ? '—' : minutesText(t, bound, value ?? bound)));
    return (
      <div>
        <dt>{label}</dt>
        <dd>
          <button
            type="button"
            className="inspected number"
            onClick={() =>
              value !== null &&
              inspect({
                title: `${name} · ${label}`,
                value: minutesText(t, value),
                interval: { low: bounds[0] ?? '', high: bounds[1] ?? '' },
                n,
                method,
                slot: artifact.slot,
              })
            }
          >
            {value === null ? '—' : minutesText(t, value)}
          </button>
          {value !== null && (
            <span className="number-interval">
              [{bounds[0]}, {bounds[1]}]
            </span>
          )}
        </dd>
      </div>
    );
  };
  const count = (state: 'all' | 'done' | 'open' | 'met' | 'breached' | 'undecided', rows: number) => (
    <span className="part-count">
      {t(`stage.service.screen.tickets.${state}`)}{' '}
      <EvidenceLink
        count={rows}
        evidence={{
          type: 'ticket',
          datasetId: result.datasetId,
          measure: measure.measure,
          state,
          by: null,
          value: null,
        }}
        title={`${name} · ${t(`stage.service.screen.tickets.${state}`)}`}
      />
    </span>
  );
  const targets = result.targets.flatMap(({ priority, firstResponseMinutes, resolutionMinutes }) => {
    const value = measure.measure === 'firstResponse' ? firstResponseMinutes : resolutionMinutes;
    return value === null ? [] : [{ priority, value }];
  });
  const inHours = (measure.curve.at(-1)?.minutes ?? 0) > HOURS_FROM_MINUTES;
  const scale = inHours ? MINUTES_PER_HOUR : 1;
  const named = new Map<number, string[]>();
  for (const { priority, value } of targets) {
    named.set(value, [...(named.get(value) ?? []), priority ?? t('stage.service.screen.tickets.slaOther')]);
  }
  return (
    <Card title={name} testId={`service-tickets-${measure.measure}`}>
      <p className="answer">
        {sla === null || sla.share.value === null
          ? t('stage.service.screen.tickets.sentenceNone', {
              name,
              median: measure.median.value === null ? '—' : minutesText(t, measure.median.value),
            })
          : t('stage.service.screen.tickets.sentence', {
              name,
              share: formatShare(sla.share.value, 1),
              n: sla.share.n,
            })}
      </p>
      {sla !== null && sla.share.value !== null && (
        <div className="score-cell">
          <RangeCell
            value={sla.share.value}
            interval={[sla.share.low ?? sla.share.value, sla.share.high ?? sla.share.value]}
            span={[0, 1]}
            label={formatShare(sla.share.value, 1)}
            width={160}
          />
          <InspectedNumber
            value={sla.share.value}
            unit="share"
            interval={sla.share.low === null || sla.share.high === null ? null : [sla.share.low, sla.share.high]}
            inspected={{
              title: `${name} · ${t('stage.service.screen.tickets.share')}`,
              n: sla.share.n,
              method: t('stage.service.screen.tickets.shareMethod'),
              slot: artifact.slot,
            }}
          />
        </div>
      )}
      <p className="muted">
        {count('all', measure.n)}
        {count('done', measure.done)}
        {count('open', measure.open)}
        {sla !== null && (
          <>
            {count('met', sla.met)}
            {count('breached', sla.breached)}
            {count('undecided', sla.undecided)}
          </>
        )}
      </p>
      <dl className="key-figures">
        {time(t('stage.service.screen.tickets.median'), measure.median, t('stage.service.screen.tickets.medianMethod'))}
        {time(t('stage.service.screen.tickets.p50'), measure.p50, t('stage.service.screen.tickets.quantileMethod'))}
        {time(t('stage.service.screen.tickets.p90'), measure.p90, t('stage.service.screen.tickets.quantileMethod'))}
      </dl>
      <SurvivalCurve
        points={measure.curve.map(({ minutes, ...point }) => ({ at: minutes / scale, ...point }))}
        xLabel={t(`stage.service.screen.tickets.${inHours ? 'curveHours' : 'curveMinutes'}`)}
        yLabel={t('stage.service.screen.tickets.curve')}
        formatX={(time) => formatNumber(time)}
        formatY={(share) => formatShare(share)}
        exactX={(time) => formatNumber(time, 1)}
        exactY={(share) => formatShare(share, 1)}
        targets={[...named].map(([value, priorities]) => ({
          value: value / scale,
          name: priorities.join('/'),
        }))}
      />
    </Card>
  );
}
