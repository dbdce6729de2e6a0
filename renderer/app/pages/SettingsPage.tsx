import { Button, Input, InputNumber, Segmented, Select } from 'antd';
import { useState } from 'react';
import { LOCK_MINUTES, type Settings } from '../../../shared/contract/app.ts';
import { formatNumber } from '../../../shared/i18n/number.ts';
import { Card } from '../../components/Card.tsx';
import { PageHeader } from '../../components/PageHeader.tsx';
import { useT } from '../language.ts';
import { useNavigation } from '../navigation.ts';
import { changeSettings, useSession } from '../session.ts';
import { ProvidersCard } from './ProvidersCard.tsx';
import { TranslationPackCard } from './TranslationPackCard.tsx';

const THEMES = ['system', 'light', 'dark'] as const satisfies readonly Settings['theme'][];
const LANGUAGES = [
  { value: 'zh-CN' as const, label: '中文' },
  { value: 'en' as const, label: 'English' },
];

function Machine() {
  const t = useT();
  const info = useSession((state) => state.info);
  if (info === null) return null;
  const facts: readonly (readonly [string, string])[] = [
    [t('settings.version'), info.version],
    [t('settings.platform'), info.platform],
    [t('settings.cores'), formatNumber(info.cores)],
    [t('settings.memory'), `${formatNumber(info.memoryGb, 1)} GB`],
    [t('settings.provider'), t(`providers.name.${info.provider}`)],
    [t('settings.folder'), info.projectsFolder],
    [t('settings.refused'), formatNumber(info.refusedRequests)],
  ];
  return (
    <Card title={t('settings.machine')}>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name} className="fact">
            <dt className="muted">{name}</dt>
            <dd className="number">{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

/** Language, appearance, threads and name of this user; each takes effect at once. */
export function SettingsPage() {
  const t = useT();
  const settings = useSession((state) => state.settings);
  const [actor, setActor] = useState(settings.actor);
  return (
    <section className="page" data-testid="settings">
      <PageHeader title={t('settings.title')} lead={t('settings.lead')} />
      <Card>
        <div className="settings">
          <label htmlFor="settings-language">{t('settings.language')}</label>
          <Select
            id="settings-language"
            value={settings.language}
            options={LANGUAGES}
            onChange={(language) => void changeSettings({ language })}
          />
          <span id="settings-theme">{t('settings.theme')}</span>
          <Segmented
            aria-labelledby="settings-theme"
            value={settings.theme}
            options={THEMES.map((value) => ({ value, label: t(`settings.themes.${value}`) }))}
            onChange={(theme) => void changeSettings({ theme })}
          />
          <label htmlFor="settings-threads">{t('settings.threads')}</label>
          <span>
            <InputNumber
              id="settings-threads"
              min={1}
              max={256}
              precision={0}
              value={settings.threads}
              onChange={(threads) => void changeSettings({ threads })}
            />
            <span className="muted settings-hint">{t('settings.threadsAuto')}</span>
          </span>
          <label htmlFor="settings-lock">{t('lock.after')}</label>
          <span>
            <Select
              id="settings-lock"
              value={settings.lockAfterMinutes ?? 0}
              options={[
                ...LOCK_MINUTES.map((count) => ({ value: count, label: t('lock.minutes', { count }) })),
                { value: 0, label: t('lock.never') },
              ]}
              onChange={(minutes) =>
                void changeSettings({ lockAfterMinutes: LOCK_MINUTES.find((known) => known === minutes) ?? null })
              }
            />
            <span className="muted settings-hint">{t('lock.afterHint')}</span>
          </span>
          <label htmlFor="settings-actor">{t('settings.actor')}</label>
          <span>
            <Input
              id="settings-actor"
              maxLength={100}
              value={actor}
              onChange={(event) => setActor(event.target.value)}
              onBlur={() => {
                if (actor !== settings.actor) void changeSettings({ actor });
              }}
            />
            <span className="muted settings-hint">{t('settings.actorHint')}</span>
          </span>
        </div>
      </Card>
      <Machine />
      <ProvidersCard />
      <TranslationPackCard />
      <Card title={t('offline.title')}>
        <p className="muted">{t('offline.lead')}</p>
        <p className="actions">
          <Button onClick={() => useNavigation.getState().go({ type: 'offline' })} data-testid="open-offline">
            {t('offline.open')}
          </Button>
        </p>
      </Card>
    </section>
  );
}
