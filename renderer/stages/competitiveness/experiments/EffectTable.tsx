import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import type { EvidenceRef } from '../../../../shared/contract/evidence.ts';
import { formatShare } from '../../../../shared/i18n/number.ts';
import type {
  ExperimentResult,
  MetricArm,
  MetricEffect,
  MetricResult,
} from '../../../../shared/stages/competitiveness/experiment/results.ts';
import { formatP } from '../../../../shared/stages/competitiveness/strategy/plan-text.ts';
import { useT } from '../../../app/language.ts';
import { RangeCell } from '../../../charts/RangeCell.tsx';
import { EvidenceLink } from '../../../components/EvidenceLink.tsx';
import { boundsOf, InspectedNumber } from '../../../components/InspectedNumber.tsx';
import { differenceText, isShare, shownDifference } from './words.ts';

const TONE = {
  better: 'tag-accent',
  worse: 'tag-failed',
  unclear: 'tag-attention',
  blocked: '',
  'not-measured': '',
} as const;
const MARK_TONE = {
  better: 'accent',
  worse: 'failed',
  unclear: 'attention',
  blocked: 'muted',
  'not-measured': 'muted',
} as const;
const SIGN = { better: '✓', worse: '✕', unclear: '▲', blocked: '—', 'not-measured': '—' } as const;

/** Every metric and arm: both values, the difference with its interval around 0, p, and what it comes to. Grey where blocked. */
export function EffectTable({ view }: { readonly view: ArtifactView<ExperimentResult> }) {
  const t = useT();
  const { result } = view;
  return (
    <div className="table-scroll">
      <table
        className={`figures-table effect-table${result.sampleRatio.blocked ? ' effects-blocked' : ''}`}
        data-testid={`competitiveness-effects-${result.id}`}
      >
        <thead>
          <tr>
            <th scope="col">{t('stage.competitiveness.screen.experiments.metric')}</th>
            <th scope="col">
              {t('stage.competitiveness.screen.experiments.controlValue', { arm: result.controlArm })}
            </th>
            <th scope="col">{t('stage.competitiveness.screen.experiments.armColumn')}</th>
            <th scope="col" colSpan={2}>
              {t('stage.competitiveness.screen.experiments.effect', {
                arm: t('stage.competitiveness.screen.experiments.armColumn'),
                control: result.controlArm,
              })}
            </th>
            <th scope="col">{t('stage.competitiveness.screen.experiments.p')}</th>
            <th scope="col">{t('stage.competitiveness.screen.experiments.lift')}</th>
            <th scope="col">{t('stage.competitiveness.screen.experiments.verdict')}</th>
          </tr>
        </thead>
        <tbody>
          {result.metrics.flatMap((metric) =>
            metric.effects.map((effect) => (
              <EffectRow key={`${metric.id} ${effect.arm}`} view={view} metric={metric} effect={effect} />
            )),
          )}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps {
  readonly view: ArtifactView<ExperimentResult>;
  readonly metric: MetricResult;
  readonly effect: MetricEffect;
}

function EffectRow({ view, metric, effect }: RowProps) {
  const t = useT();
  const { result, artifact } = view;
  const { difference, verdict, p, adjustedP, relativeLift, guardrailBreached, detectable, underPowered } = effect;
  const control = metric.arms.find(({ arm }) => arm === result.controlArm);
  const arm = metric.arms.find((one) => one.arm === effect.arm);
  const n = (control?.n ?? 0) + (arm?.n ?? 0);
  const title = t('stage.competitiveness.screen.experiments.effectTitle', {
    experiment: result.id,
    metric: metric.name,
    arm: effect.arm,
    control: result.controlArm,
  });
  const reach = difference === null ? 1 : Math.max(Math.abs(difference.low), Math.abs(difference.high));
  return (
    <tr data-metric={metric.id} data-verdict={verdict}>
      <th scope="row">
        {metric.name}
        <div className="muted effect-role">
          {t(`stage.competitiveness.screen.experiments.role.${metric.role}`)} ·{' '}
          {t(`stage.competitiveness.screen.experiments.direction.${metric.direction}`)}
        </div>
      </th>
      <td>{control !== undefined && <ArmValue view={view} metric={metric} arm={control} />}</td>
      <td>
        <div className="muted">{effect.arm}</div>
        {arm !== undefined && <ArmValue view={view} metric={metric} arm={arm} />}
      </td>
      <td>
        {difference !== null && (
          <RangeCell
            value={difference.value}
            interval={[difference.low, difference.high]}
            span={[-reach * 1.1, reach * 1.1]}
            reference={0}
            tone={MARK_TONE[verdict]}
            label={`${title}: ${differenceText(t, metric, difference.value)}; ${t('stage.competitiveness.screen.experiments.zero')}`}
            width={110}
          />
        )}
      </td>
      <td>
        <InspectedNumber
          value={difference === null ? null : shownDifference(metric, difference.value)}
          unit={isShare(metric) ? 'points' : 'plain'}
          decimals={isShare(metric) ? 1 : 2}
          interval={
            difference === null
              ? null
              : [shownDifference(metric, difference.low), shownDifference(metric, difference.high)]
          }
          inspected={{
            title,
            slot: artifact.slot,
            n,
            method: t(`stage.competitiveness.screen.experiments.method.${effect.method}`),
          }}
        />
        {isShare(metric) && <div className="muted">{t('stage.competitiveness.screen.models.points')}</div>}
      </td>
      <td className="number">
        {p === null ? '—' : formatP(p)}
        {adjustedP !== null && p !== null && adjustedP !== p && (
          <div className="muted">
            {t('stage.competitiveness.screen.experiments.adjusted', { p: formatP(adjustedP) })}
          </div>
        )}
      </td>
      <td className="number" title={t('stage.competitiveness.screen.experiments.liftMethod')}>
        {relativeLift === null ? '—' : `${relativeLift > 0 ? '+' : ''}${formatShare(relativeLift, 1)}`}
      </td>
      <td className="effect-verdict">
        <span className={`tag ${TONE[verdict]}`}>
          {SIGN[verdict]} {t(`stage.competitiveness.screen.experiments.verdictWord.${verdict}`)}
        </span>
        {guardrailBreached === true && (
          <span className="tag tag-failed">✕ {t('stage.competitiveness.screen.experiments.breached')}</span>
        )}
        {underPowered && verdict === 'unclear' && (
          <div className="muted" title={t('stage.competitiveness.screen.experiments.underPowered')}>
            ▲{' '}
            {detectable === null
              ? t('stage.competitiveness.screen.experiments.underPowered')
              : t('stage.competitiveness.screen.experiments.detectable', {
                  value: differenceText(t, metric, detectable).replace('+', ''),
                })}
          </div>
        )}
      </td>
    </tr>
  );
}

/** A share or mean in one arm, with the rows behind its answers. */
function ArmValue({ view, metric, arm }: Omit<RowProps, 'effect'> & { readonly arm: MetricArm }) {
  const t = useT();
  const { result, artifact } = view;
  const title = t('stage.competitiveness.screen.experiments.valueTitle', {
    experiment: result.id,
    metric: metric.name,
    arm: arm.arm,
  });
  const opens = result.datasetId !== null && result.repeatedUnits === 0;
  const rows = (which: 'answered' | 'success' | 'missing' | 'unusable'): EvidenceRef => ({
    type: 'experiment',
    experimentId: result.id,
    arms: [arm.arm],
    metricId: metric.id,
    rows: which,
  });
  return (
    <>
      <InspectedNumber
        value={arm.value}
        unit={isShare(metric) ? 'share' : 'plain'}
        decimals={isShare(metric) ? 1 : 2}
        interval={boundsOf(arm.low, arm.high)}
        inspected={{
          title,
          slot: artifact.slot,
          n: arm.n,
          method: t(`stage.competitiveness.screen.experiments.method.${metric.type}`),
        }}
      />
      <div className="muted number">
        {arm.successes !== null &&
          (opens ? <EvidenceLink count={arm.successes} evidence={rows('success')} title={title} /> : arm.successes)}
        {arm.successes === null ? 'n = ' : ' / '}
        {opens ? <EvidenceLink count={arm.n} evidence={rows('answered')} title={title} /> : arm.n}
        {(['missing', 'unusable'] as const).map(
          (which) =>
            arm[which] > 0 && (
              <div key={which}>
                {t(`stage.competitiveness.screen.experiments.${which}`)}{' '}
                {opens ? (
                  <EvidenceLink
                    count={arm[which]}
                    evidence={rows(which)}
                    title={t(`stage.competitiveness.screen.experiments.${which}Title`, {
                      experiment: result.id,
                      arm: arm.arm,
                      metric: metric.name,
                    })}
                  />
                ) : (
                  arm[which]
                )}
              </div>
            ),
        )}
      </div>
    </>
  );
}
