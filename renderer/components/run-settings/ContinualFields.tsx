import { Select } from 'antd';
import { CONTINUAL, type Continual, continualProblems } from '../../../shared/train/continual-config.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import { useT } from '../../app/language.ts';
import { GlossedText } from '../GlossedText.tsx';
import { NumberField } from '../NumberField.tsx';
import { SettingRow } from './SettingRow.tsx';

interface Props {
  readonly config: RunConfig;
  readonly keepsHead: boolean;
  readonly onChange: (config: RunConfig) => void;
}

type Part = keyof Continual;
const MEMORIES = ['balanced', 'reservoir'] as const;

/** What keeps a model from forgetting what it was trained on before. */
export function ContinualFields({ config, keepsHead, onChange }: Props) {
  const t = useT();
  const { continual = {}, ...rest } = config;
  const { replay, lwf, ewc } = continual;
  const change = (changed: Continual) => {
    const left = Object.entries({ ...continual, ...changed }).filter(([, part]) => part !== undefined);
    onChange(left.length === 0 ? rest : { ...rest, continual: Object.fromEntries(left) });
  };
  const missing = (part: Part) => {
    if (part !== 'replay' && !keepsHead) return t('training.continual.needsHead');
    const problems = continualProblems({ ...config, continual: { [part]: CONTINUAL[part] } });
    return problems.length > 0 ? t(`training.continual.${part}.needs`) : null;
  };
  const row = (part: Part) => ({
    name: t(`training.continual.${part}.name`),
    when: t(`training.continual.${part}.when`),
    on: continual[part] !== undefined,
    onSwitch: (on: boolean) => change({ [part]: on ? CONTINUAL[part] : undefined }),
    missing: missing(part),
    testId: `setting-${part}`,
  });
  return (
    <section className="setting-group" aria-label={t('training.continual.title')}>
      <h3>{t('training.continual.title')}</h3>
      <p className="muted small">
        <GlossedText text={t('training.continual.lead')} />
      </p>
      <SettingRow {...row('replay')}>
        {replay !== undefined && (
          <>
            <NumberField
              label={t('training.continual.replay.share')}
              min={0.05}
              max={0.9}
              step={0.05}
              value={replay.share}
              onChange={(share) => change({ replay: { ...replay, share } })}
              data-testid="setting-replay-share"
            />
            <NumberField
              label={t('training.continual.replay.rows')}
              min={1}
              max={100_000}
              step={100}
              value={replay.rows}
              onChange={(rows) => change({ replay: { ...replay, rows } })}
            />
            <Select
              className="form-medium"
              value={replay.memory}
              options={MEMORIES.map((value) => ({ value, label: t(`training.continual.replay.memory.${value}`) }))}
              onChange={(memory) => change({ replay: { ...replay, memory } })}
              aria-label={t('training.continual.replay.memory.name')}
            />
          </>
        )}
      </SettingRow>
      <SettingRow {...row('lwf')}>
        {lwf !== undefined && (
          <>
            <NumberField
              label={t('training.continual.lwf.weight')}
              min={0.1}
              max={100}
              step={0.5}
              value={lwf.weight}
              onChange={(weight) => change({ lwf: { ...lwf, weight } })}
              data-testid="setting-lwf-weight"
            />
            <NumberField
              label={t('training.continual.lwf.temperature')}
              min={1}
              max={100}
              step={0.5}
              value={lwf.temperature}
              onChange={(temperature) => change({ lwf: { ...lwf, temperature } })}
            />
          </>
        )}
      </SettingRow>
      <SettingRow {...row('ewc')}>
        {ewc !== undefined && (
          <>
            <NumberField
              label={t('training.continual.ewc.strength')}
              min={1}
              max={1e9}
              step={1000}
              value={ewc.strength}
              onChange={(strength) => change({ ewc: { ...ewc, strength } })}
              data-testid="setting-ewc-strength"
            />
            <NumberField
              label={t('training.continual.ewc.rows')}
              min={1}
              max={10_000}
              step={50}
              value={ewc.rows}
              onChange={(rows) => change({ ewc: { ...ewc, rows } })}
            />
          </>
        )}
      </SettingRow>
    </section>
  );
}
