import { Button, Select } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { ProvidersInfo } from '../../../shared/contract/app.ts';
import { formatNumber } from '../../../shared/i18n/number.ts';
import { PROVIDERS, type Provider, type ProviderTrial } from '../../../shared/train/provider.ts';
import { Card } from '../../components/Card.tsx';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { numberWithUnit } from '../../components/NumberText.tsx';
import { call } from '../../engine.ts';
import { useT } from '../language.ts';
import { asAppError, changeSettings, refreshInfo, useSession } from '../session.ts';

type Failure = ReturnType<typeof asAppError>;

function TrialFacts({ trial }: { readonly trial: ProviderTrial }) {
  const t = useT();
  const { stepMs, cpuStepMs, largestDifference, detail, half } = trial;
  return (
    <>
      {stepMs !== null && cpuStepMs !== null && (
        <p className="muted">
          {t('providers.speed', {
            step: numberWithUnit(t, stepMs, 'milliseconds', 1),
            cpu: numberWithUnit(t, cpuStepMs, 'milliseconds', 1),
            ratio: formatNumber(cpuStepMs / stepMs, 2),
            difference: (largestDifference ?? Number.NaN).toExponential(1),
          })}
        </p>
      )}
      {half !== undefined && (
        <p className="muted">
          {t(`providers.half.${half.outcome}`, {
            step: numberWithUnit(t, half.stepMs ?? Number.NaN, 'milliseconds', 1),
            difference: (half.largestDifference ?? Number.NaN).toExponential(1),
          })}
        </p>
      )}
      {detail !== null && <p className="muted">{t('providers.said', { detail })}</p>}
    </>
  );
}

/** What this machine can compute trainings with: tried here, chosen here. */
export function ProvidersCard() {
  const t = useT();
  const wish = useSession((state) => state.settings.provider);
  const [info, setInfo] = useState<ProvidersInfo | null>(null);
  const [trying, setTrying] = useState<Provider | null>(null);
  const [error, setError] = useState<Failure | null>(null);
  const stopped = useRef(false);

  useEffect(() => {
    call('app.providers', {})
      .then(setInfo)
      .catch((failure: unknown) => setError(asAppError(failure)));
  }, []);

  const tryAll = async (candidates: readonly Provider[]) => {
    stopped.current = false;
    setError(null);
    try {
      for (const provider of candidates) {
        if (stopped.current) break;
        setTrying(provider);
        setInfo(await call('app.tryProvider', { provider }));
      }
      await refreshInfo();
    } catch (failure) {
      setError(asAppError(failure));
    } finally {
      setTrying(null);
    }
  };
  const stop = () => {
    stopped.current = true;
    call('app.stopTryingProvider', {}).catch((failure: unknown) => setError(asAppError(failure)));
  };
  const choose = async (provider: Provider | null) => {
    await changeSettings({ provider });
    await refreshInfo();
    setInfo(await call('app.providers', {}));
  };

  if (info === null) return error === null ? null : <ErrorNotice error={error} />;
  const wishes = PROVIDERS.filter((provider) => provider === 'cpu' || info.candidates.includes(provider));
  return (
    <Card title={t('providers.title')} testId="providers">
      <p className="muted">{t('providers.lead')}</p>
      {error !== null && <ErrorNotice error={error} />}
      <div className="settings settings-part">
        <label htmlFor="settings-provider">{t('providers.use')}</label>
        <Select<Provider | 'auto'>
          id="settings-provider"
          value={wish ?? 'auto'}
          options={[
            { value: 'auto' as const, label: t('providers.auto', { provider: t(`providers.name.${info.chosen}`) }) },
            ...wishes.map((provider) => ({ value: provider, label: t(`providers.name.${provider}`) })),
          ]}
          onChange={(value) =>
            void choose(value === 'auto' ? null : value).catch((failure: unknown) => setError(asAppError(failure)))
          }
        />
      </div>
      <dl className="settings-part">
        {info.candidates.map((provider) => {
          const trial = info.trials.find((other) => other.provider === provider);
          const state = trying === provider ? 'trying' : (trial?.outcome ?? 'untried');
          return (
            <div key={provider} className="fact" data-testid={`provider-${provider}`}>
              <dt>{t(`providers.name.${provider}`)}</dt>
              <dd>
                <p>{t(`providers.outcome.${state}`)}</p>
                {trial !== undefined && trying !== provider && <TrialFacts trial={trial} />}
              </dd>
            </div>
          );
        })}
      </dl>
      <p className="settings-part" aria-live="polite">
        {trying === null ? (
          <Button onClick={() => void tryAll(info.candidates)} data-testid="try-providers">
            {t('providers.try')}
          </Button>
        ) : (
          <Button onClick={stop} data-testid="stop-trying">
            {t('providers.stop')}
          </Button>
        )}
      </p>
    </Card>
  );
}
