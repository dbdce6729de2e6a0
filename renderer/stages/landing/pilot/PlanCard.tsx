import { Button } from 'antd';
import type { ArtifactView } from '../../../../shared/contract/artifact.ts';
import { formatNumber, formatShare } from '../../../../shared/i18n/number.ts';
import type { PilotPlanResult } from '../../../../shared/stages/landing/pilot/results.ts';
import { inspect } from '../../../app/inspector.ts';
import { useT } from '../../../app/language.ts';
import { ArtifactStamp } from '../../../components/ArtifactStamp.tsx';
import { slotName } from '../../../components/artifact-name.ts';
import { Card } from '../../../components/Card.tsx';
import { useLanding } from '../store.ts';
import { effectWords, measureText } from '../words.ts';
import { PlanFigures } from './PlanFigures.tsx';

const HASH_CHARACTERS = 12;

/** The signed plan: what was settled before the data, and what it needs. */
export function PlanCard({ view }: { readonly view: ArtifactView<PilotPlanResult> }) {
  const t = useT();
  const { artifact, result } = view;
  const { settings, guardrails, harm } = result;
  const { metric, baselineOrigin, signedBy } = settings;
  const facts: readonly (readonly [string, string, (string | undefined)?])[] = [
    [t('stage.landing.screen.pilot.form.design'), t(`stage.landing.screen.pilot.design.${settings.design}`)],
    [t('stage.landing.screen.pilot.metric'), metric.name],
    [
      t('stage.landing.screen.pilot.baseline'),
      `${measureText(metric.baseline, metric.type)} · ${
        baselineOrigin.type === 'person'
          ? t('stage.landing.screen.pilot.origin.person')
          : t('stage.landing.screen.pilot.origin.artifact', { slot: slotName(t, baselineOrigin.slot) })
      }`,
      baselineOrigin.type === 'artifact' ? baselineOrigin.slot : undefined,
    ],
    [t('stage.landing.screen.pilot.smallest'), effectWords(t, settings.smallestEffect, metric.type)],
    ...(settings.targetEffect === null
      ? []
      : [[t('stage.landing.screen.pilot.target'), effectWords(t, settings.targetEffect, metric.type)] as const]),
    [t('stage.landing.screen.pilot.certainty'), `${formatShare(settings.level)} / ${formatShare(settings.power)}`],
    [t('stage.landing.screen.pilot.perDay'), formatNumber(settings.unitsPerDay)],
    [
      t('stage.landing.screen.pilot.stopRule'),
      harm === null
        ? t('stage.landing.screen.pilot.stop.fixed')
        : t('stage.landing.screen.pilot.stop.harm', {
            share: formatShare(harm.fraction),
            units: harm.units,
            z: formatNumber(harm.z, 2),
          }),
    ],
  ];
  return (
    <Card
      title={`${t('stage.landing.screen.pilot.plan')} · ${settings.name}`}
      extra={
        <Button size="small" onClick={() => useLanding.setState({ plan: settings })} data-testid="landing-plan-edit">
          {t('stage.landing.screen.pilot.planEdit')}
        </Button>
      }
      testId="landing-plan"
    >
      <PlanFigures result={result} />
      <dl className="facts facts-columns plan-facts">
        {facts.map(([name, value, slot]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {slot === undefined ? (
                value
              ) : (
                <button type="button" className="link" onClick={() => inspect({ title: name, value, slot })}>
                  {value}
                </button>
              )}
            </dd>
          </div>
        ))}
        {settings.guardrails.map(({ id, name, type, margin }) => {
          const power = guardrails.find((guardrail) => guardrail.id === id)?.power ?? null;
          return (
            <div key={id}>
              <dt>
                {t('stage.landing.screen.pilot.guardrail')}: {name}
              </dt>
              <dd className="number">
                {t('stage.landing.screen.pilot.margin')} {effectWords(t, margin, type).replace('+', '')}
                {power !== null && ` · ${t('stage.landing.screen.pilot.power')} ${formatShare(power)}`}
              </dd>
            </div>
          );
        })}
      </dl>
      <p className="muted">
        {signedBy.name === ''
          ? t('stage.landing.screen.pilot.unsigned')
          : t('stage.landing.screen.pilot.signed', { name: signedBy.name, role: signedBy.role || '—' })}
        {' · '}
        {t('stage.landing.screen.pilot.hash', { hash: artifact.hash.slice(0, HASH_CHARACTERS) })}
      </p>
      <ArtifactStamp
        artifact={artifact}
        method={t('stage.landing.screen.pilot.planMethod', {
          level: formatShare(settings.level),
          power: formatShare(settings.power),
        })}
      />
    </Card>
  );
}
