import { Button, InputNumber, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { type Targets, targetsSchema } from '../../../../shared/stages/demand/results.ts';
import { useT } from '../../../app/language.ts';

interface Props {
  readonly targets: Targets;
  readonly busy: boolean;
  readonly onSave: (targets: Targets) => Promise<boolean>;
}

const PERCENT = 100;
const EXPLAINABILITY = ['none', 'on-request', 'every-decision'] as const;
const PRIVACY = ['public', 'internal', 'personal', 'sensitive'] as const;

/** The analyst's targets. An empty field means “not set”, and is said so; nothing is filled in. */
export function TargetsForm({ targets, busy, onSave }: Props) {
  const t = useT();
  const [draft, setDraft] = useState<Targets | null>(null);
  const shown = draft ?? targets;
  const set = (change: Partial<Targets>) => setDraft({ ...shown, ...change });
  const notSet = t('stage.demand.screen.needs.notSet');
  const isValid = targetsSchema.safeParse(shown).success;
  const field = (label: string, control: ReactNode) => (
    <div className="field">
      <span className="reading-label">{label}</span>
      {control}
    </div>
  );
  return (
    <div className="fields" data-testid="demand-targets">
      {field(
        t('stage.demand.screen.target.accuracy'),
        <InputNumber
          size="small"
          className="fill"
          min={0}
          max={PERCENT}
          suffix="%"
          placeholder={notSet}
          aria-label={t('stage.demand.screen.target.accuracy')}
          value={shown.accuracy === null ? null : Number((shown.accuracy * PERCENT).toFixed(2))}
          onChange={(value) => set({ accuracy: value === null ? null : value / PERCENT })}
          data-testid="demand-target-accuracy"
        />,
      )}
      {field(
        t('stage.demand.screen.target.latencyMs'),
        <InputNumber
          size="small"
          className="fill"
          min={1}
          suffix="ms"
          placeholder={notSet}
          aria-label={t('stage.demand.screen.target.latencyMs')}
          value={shown.latencyMs}
          onChange={(latencyMs) => set({ latencyMs })}
          data-testid="demand-target-latency"
        />,
      )}
      {field(
        t('stage.demand.screen.target.explainability'),
        <Select
          size="small"
          className="fill"
          allowClear
          placeholder={notSet}
          aria-label={t('stage.demand.screen.target.explainability')}
          value={shown.explainability}
          onChange={(value) => set({ explainability: value ?? null })}
          options={EXPLAINABILITY.map((value) => ({ value, label: t(`stage.demand.screen.explainability.${value}`) }))}
          data-testid="demand-target-explainability"
        />,
      )}
      {field(
        t('stage.demand.screen.target.privacy'),
        <Select
          size="small"
          className="fill"
          allowClear
          placeholder={notSet}
          aria-label={t('stage.demand.screen.target.privacy')}
          value={shown.privacy}
          onChange={(value) => set({ privacy: value ?? null })}
          options={PRIVACY.map((value) => ({ value, label: t(`stage.demand.screen.privacy.${value}`) }))}
          data-testid="demand-target-privacy"
        />,
      )}
      <Button
        size="small"
        disabled={busy || draft === null || !isValid}
        onClick={() => void onSave(shown).then((saved) => saved && setDraft(null))}
        data-testid="demand-targets-save"
      >
        {t('stage.demand.screen.needs.saveTargets')}
      </Button>
    </div>
  );
}
