import { formatShare } from '../../../../shared/i18n/number.ts';
import type { DemandChange, NeedChange } from '../../../../shared/stages/service/results.ts';
import { inspect } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { goToStep } from '../../../app/navigation.ts';
import { BeforeAfterPlot } from '../../../charts/BeforeAfterPlot.tsx';
import { slotName } from '../../../components/artifact-name.ts';
import { Card } from '../../../components/Card.tsx';
import { boundsOf } from '../../../components/InspectedNumber.tsx';
import { JobButton } from '../../../components/JobButton.tsx';

interface Props {
  readonly change: DemandChange;
  readonly resamples: number;
  readonly seed: number;
}

const SIGN = { new: '★', gone: '✕', heavier: '▲', lighter: '▼', same: '●' } as const;

/** f1 before and after the new round became part of D, and what no longer holds. */
export function ChangeCard({ change, resamples, seed }: Props) {
  const t = useT();
  const { before, now, needs } = change;
  const waits = change.adopted.length > 0 && (needs.length === 0 || now?.stale === true);
  const text = ({ change: kind, before: was, now: is }: NeedChange) =>
    [
      ...(kind === null ? [] : [`${SIGN[kind]} ${t(`stage.service.screen.rounds.changes.${kind}`)}`]),
      ...(was !== null && is !== null
        ? [t('stage.service.screen.rounds.rank', { before: was.rank, now: is.rank })]
        : [t('stage.service.screen.rounds.rankOne', { rank: (is ?? was)?.rank ?? '' })]),
    ].join(' · ');
  const side = (need: NeedChange['now']) =>
    need === null ? null : { value: need.weight, interval: boundsOf(need.low, need.high) };
  return (
    <Card title={t('stage.service.screen.rounds.changed')} testId="service-change">
      {change.adopted.length === 0 && <p className="muted">{t('stage.service.screen.rounds.changedNone')}</p>}
      {waits && (
        <div className="notice notice-attention" role="status">
          <span>▲ {t('stage.service.screen.rounds.recomputeFirst')}</span>
          <JobButton
            request="demand.computeNeeds"
            input={{ resamples, seed }}
            slot="demand.needs"
            label={t('stage.service.screen.rounds.recompute')}
            primary
            testId="service-recompute-needs"
          />
        </div>
      )}
      {needs.length > 0 && before !== null && now !== null && (
        <>
          <p className="muted">{t('stage.service.screen.rounds.changedHint')}</p>
          <BeforeAfterPlot
            rows={needs.map((need) => ({
              id: need.now?.needId ?? need.before?.needId ?? '',
              name: need.now?.name ?? need.before?.name ?? '',
              before: side(need.before),
              after: side(need.now),
              tone: need.change === 'same' ? 'muted' : need.change === null ? 'muted' : 'accent',
              text: text(need),
            }))}
            label={t('stage.service.screen.rounds.weight')}
            beforeName={t('stage.service.screen.rounds.before', { version: before.version })}
            afterName={t('stage.service.screen.rounds.now', { version: now.version })}
            format={(value) => formatShare(value)}
            exact={(value) => formatShare(value, 1)}
            onSelect={(id) => {
              const need = needs.find((entry) => (entry.now?.needId ?? entry.before?.needId) === id);
              if (need?.now == null) return;
              inspect({
                title: need.now.name,
                value: formatShare(need.now.weight, 1),
                ...(need.now.low === null || need.now.high === null
                  ? {}
                  : { interval: { low: formatShare(need.now.low, 1), high: formatShare(need.now.high, 1) } }),
                slot: 'demand.needs',
                ref: { type: 'need', needId: need.now.needId, segment: null },
              });
            }}
          />
        </>
      )}
      {(change.adopted.length > 0 || change.premises.length > 0) && (
        <>
          <h3>{t('stage.service.screen.rounds.premises')}</h3>
          {change.premises.length === 0 ? (
            <p className="muted">{t('stage.service.screen.rounds.premisesNone')}</p>
          ) : (
            <>
              <p className="muted">{t('stage.service.screen.rounds.premisesHint')}</p>
              <ul className="lines">
                {change.premises.map((premise) => (
                  <li key={`${premise.slot} ${premise.itemId} ${premise.needId}`} data-change={premise.change}>
                    <span className="tag tag-attention">▲</span>
                    <span className="lines-grow">
                      <button
                        type="button"
                        className="link"
                        onClick={() => inspect({ title: slotName(t, premise.slot), slot: premise.slot })}
                      >
                        {slotName(t, premise.slot)}
                      </button>
                      {premise.itemName !== null && ` · ${premise.itemName}`}
                      {': '}
                      {t(`stage.service.screen.rounds.premise.${premise.change}`, {
                        need: premise.needName,
                        before: premise.before === null ? '—' : formatShare(premise.before, 1),
                        now: premise.now === null ? '—' : formatShare(premise.now, 1),
                      })}
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
          <h3>{t('stage.service.screen.rounds.stale')}</h3>
          {change.stale.length === 0 ? (
            <p className="muted">{t('stage.service.screen.rounds.staleNone')}</p>
          ) : (
            <div className="tags" data-testid="service-stale">
              {change.stale.map((slot) => (
                <button
                  key={slot}
                  type="button"
                  className="tag tag-attention"
                  onClick={() => inspect({ title: slotName(t, slot), slot })}
                >
                  ▲ {slotName(t, slot)}
                </button>
              ))}
              <button type="button" className="link" onClick={() => goToStep('demand', 'needs')}>
                {t('stage.demand.step.needs.title')} →
              </button>
            </div>
          )}
        </>
      )}
    </Card>
  );
}
