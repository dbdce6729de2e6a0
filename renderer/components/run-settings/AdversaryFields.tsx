import { InputNumber, Segmented } from 'antd';
import { attackPlan } from '../../../shared/train/adversary.ts';
import { ADVERSARIES, type Adversary, robustnessProblems } from '../../../shared/train/robustness-config.ts';
import type { RunConfig } from '../../../shared/train/run-config.ts';
import { useT } from '../../app/language.ts';
import { Field } from '../Field.tsx';
import { SettingRow } from './SettingRow.tsx';

interface Props {
  readonly config: RunConfig;
  readonly onChange: (config: RunConfig) => void;
}

const TYPES = ['fgm', 'pgd', 'freelb'] as const satisfies readonly Adversary['type'][];
const FIELDS = {
  steps: { min: 1, max: 10, step: 1 },
  stepSize: { min: 0.01, max: 100, step: 0.02 },
  epsilon: { min: 0.01, max: 100, step: 0.05 },
  initialSize: { min: 0, max: 100, step: 0.1 },
  limit: { min: 0.01, max: 100, step: 0.1 },
} as const;

/** Adversarial training: which kind, how far, and what it costs. */
export function AdversaryFields({ config, onChange }: Props) {
  const t = useT();
  const { adversary } = config;
  const change = (changed: Adversary | undefined) => onChange({ ...config, adversary: changed });
  const refused = robustnessProblems({ ...config, adversary: ADVERSARIES.fgm }).some(
    ({ option }) => option === 'adversary',
  );
  return (
    <SettingRow
      name={t('training.robustness.adversary.name')}
      when={t('training.robustness.adversary.when')}
      on={adversary !== undefined}
      onSwitch={(on) => change(on ? ADVERSARIES.fgm : undefined)}
      missing={refused ? t('training.robustness.adversary.needs') : null}
      testId="setting-adversary"
    >
      {adversary !== undefined && (
        <>
          <Segmented
            value={adversary.type}
            options={TYPES.map((value) => ({ value, label: t(`training.robustness.adversary.types.${value}`) }))}
            onChange={(type) => change(ADVERSARIES[type])}
            aria-label={t('training.robustness.adversary.name')}
          />
          {(Object.keys(FIELDS) as (keyof typeof FIELDS)[])
            .filter((field) => field in adversary)
            .map((field) => (
              <Field key={field} label={t(`training.robustness.adversary.fields.${field}`)}>
                <InputNumber
                  {...FIELDS[field]}
                  value={(adversary as Partial<Record<typeof field, number | null>>)[field] ?? null}
                  onChange={(value) => value !== null && change({ ...adversary, [field]: value })}
                  data-testid={`setting-adversary-${field}`}
                />
              </Field>
            ))}
          <span className="muted small">
            {t('training.robustness.adversary.cost', { passes: attackPlan(adversary, config.seed).passes })}
          </span>
        </>
      )}
    </SettingRow>
  );
}
