import { Select } from 'antd';
import { CONTRASTIVE, type Contrastive, contrastiveProblems } from '../../../shared/train/contrastive-config.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import { useT } from '../../app/language.ts';
import { NumberField } from '../NumberField.tsx';
import { SettingRow } from './SettingRow.tsx';

interface Props {
  readonly config: RunConfig;
  readonly onChange: (config: RunConfig) => void;
}

const LOSSES = ['supcon', 'cosine'] as const;

/** A contrastive start: with which loss, how often each text is compared, and how fast. */
export function ContrastiveFields({ config, onChange }: Props) {
  const t = useT();
  const { contrastive, ...rest } = config;
  const change = (changed: Contrastive) => onChange({ ...rest, contrastive: changed });
  const refused = contrastiveProblems({ ...config, contrastive: CONTRASTIVE }).length > 0;
  return (
    <SettingRow
      name={t('training.contrastive.name')}
      when={t('training.contrastive.when', { rounds: (contrastive ?? CONTRASTIVE).rounds })}
      on={contrastive !== undefined}
      onSwitch={(on) => onChange(on ? { ...rest, contrastive: CONTRASTIVE } : rest)}
      missing={refused ? t('training.contrastive.needs') : null}
      testId="setting-contrastive"
    >
      {contrastive !== undefined && (
        <>
          <Select
            className="form-medium"
            value={contrastive.loss}
            options={LOSSES.map((value) => ({ value, label: t(`training.contrastive.loss.${value}`) }))}
            onChange={(loss) => change({ ...contrastive, loss })}
            aria-label={t('training.contrastive.loss.name')}
          />
          <NumberField
            label={t('training.contrastive.rounds')}
            min={1}
            max={200}
            value={contrastive.rounds}
            onChange={(rounds) => change({ ...contrastive, rounds })}
            data-testid="setting-contrastive-rounds"
          />
          <NumberField
            label={t('training.contrastive.learningRate')}
            min={1e-6}
            max={0.1}
            step={1e-5}
            value={contrastive.learningRate}
            onChange={(learningRate) => change({ ...contrastive, learningRate })}
          />
        </>
      )}
    </SettingRow>
  );
}
