import { useEffect, useState } from 'react';
import type { ProvidersInfo } from '../../../shared/contract/app.ts';
import { halfState } from '../../../shared/train/provider.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import { useT } from '../../app/language.ts';
import { call } from '../../engine.ts';
import { SettingRow } from './SettingRow.tsx';

interface Props {
  readonly config: RunConfig;
  readonly onChange: (config: RunConfig) => void;
}

/** Products in half precision: offered where the trial of what computes trainings has found them right and faster, else with the reason why not. */
export function HalfPrecisionRow({ config, onChange }: Props) {
  const t = useT();
  const [info, setInfo] = useState<ProvidersInfo | null>(null);
  useEffect(() => {
    // Without an answer the option is not offered, which says enough.
    call('app.providers', {}).then(setInfo, () => undefined);
  }, []);
  const { precision, ...rest } = config;
  const state = info === null ? 'untried' : halfState(info.chosen, info.trials);
  const provider = t(`providers.name.${info?.chosen ?? 'cpu'}`);
  return (
    <SettingRow
      name={t('training.half.name')}
      when={t('training.half.when')}
      on={precision !== undefined}
      onSwitch={(on) => onChange(on ? { ...config, precision: 'float16' } : rest)}
      missing={state === 'faster' ? null : t(`training.half.not.${state}`, { provider })}
      testId="setting-half"
    />
  );
}
