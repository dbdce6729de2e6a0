import { Button, InputNumber, Select } from 'antd';
import { useState } from 'react';
import type { AppError } from '../../../../shared/errors/app-error.ts';
import type { ExperimentResult } from '../../../../shared/stages/competitiveness/experiment/results.ts';
import type { StrategyChoice } from '../../../../shared/stages/competitiveness/strategy/choice.ts';
import { useT } from '../../../app/language.ts';
import { asAppError } from '../../../app/session.ts';
import { Card } from '../../../components/Card.tsx';
import { ErrorNotice } from '../../../components/ErrorNotice.tsx';
import { Field } from '../../../components/Field.tsx';
import { NumberField } from '../../../components/NumberField.tsx';
import { call } from '../../../engine.ts';
import { useCompetitiveness } from '../store.ts';
import { MustBeList } from './MustBeList.tsx';
import { OtherStrategies } from './OtherStrategies.tsx';

interface Option {
  readonly value: string;
  readonly label: string;
}

interface Props {
  /** As they hold in the engine. */
  readonly held: StrategyChoice;
  readonly references: readonly Option[];
  readonly needs: readonly Option[];
  readonly experiments: readonly ExperimentResult[];
}

const PERCENT = 100;

/** Whether every strategy has a name and every range its low below its high. */
function isValid({ others }: StrategyChoice): boolean {
  return others.every(
    ({ name, gains }) =>
      name.trim() !== '' && gains.every(({ source }) => source.type === 'experiment' || source.low <= source.high),
  );
}

/** Reference, limits, assumptions and the share to decide; they hold once applied. */
export function SettingsCard({ held, references, needs, experiments }: Props) {
  const t = useT();
  const draft = useCompetitiveness((state) => state.strategies);
  const { draws, seed } = useCompetitiveness();
  const [error, setError] = useState<AppError | null>(null);
  const choice = draft ?? held;
  const change = (part: Partial<StrategyChoice>) => useCompetitiveness.setState({ strategies: { ...choice, ...part } });
  const limit = (part: Partial<StrategyChoice['limits']>) => change({ limits: { ...choice.limits, ...part } });
  const apply = () => {
    setError(null);
    call('competitiveness.setStrategies', choice).then(
      () => useCompetitiveness.setState({ strategies: null }),
      (failure: unknown) => setError(asAppError(failure)),
    );
  };
  return (
    <Card
      title={t('stage.competitiveness.screen.strategy.settings')}
      extra={
        draft !== null && (
          <>
            <span className="tag tag-attention">▲ {t('stage.competitiveness.screen.strategy.unapplied')}</span>
            <Button
              type="primary"
              size="small"
              disabled={!isValid(choice)}
              title={isValid(choice) ? undefined : t('stage.competitiveness.screen.strategy.invalid')}
              onClick={apply}
              data-testid="competitiveness-strategy-apply"
            >
              {t('stage.competitiveness.screen.strategy.apply')}
            </Button>
          </>
        )
      }
      testId="competitiveness-strategy-settings"
    >
      {error !== null && <ErrorNotice error={error} onClose={() => setError(null)} />}
      <p className="muted">{t('stage.competitiveness.screen.strategy.settingsHint')}</p>
      <div className="form-grid">
        <Field label={t('stage.competitiveness.screen.strategy.referenceChoice')}>
          <Select
            value={choice.referenceId ?? ''}
            options={[{ value: '', label: t('stage.competitiveness.screen.strategy.referenceDefault') }, ...references]}
            onChange={(id) => change({ referenceId: id === '' ? null : id })}
            data-testid="competitiveness-strategy-reference"
          />
        </Field>
        <Field label={t('stage.competitiveness.screen.strategy.latencyLimit')}>
          <InputNumber
            min={0.001}
            value={choice.limits.latencyP95Ms}
            onChange={(latencyP95Ms) => limit({ latencyP95Ms })}
            data-testid="competitiveness-strategy-latency"
          />
        </Field>
        <Field label={t('stage.competitiveness.screen.strategy.sizeLimit')}>
          <InputNumber
            min={0.001}
            value={choice.limits.sizeMb}
            onChange={(sizeMb) => limit({ sizeMb })}
            data-testid="competitiveness-strategy-size"
          />
        </Field>
        <Field
          label={t('stage.competitiveness.screen.strategy.decisionShare')}
          hint={t('stage.competitiveness.screen.strategy.decisionShareHint')}
        >
          <InputNumber
            min={51}
            max={100}
            value={Math.round(choice.decisionShare * PERCENT)}
            onChange={(value) => value !== null && change({ decisionShare: value / PERCENT })}
          />
        </Field>
        <NumberField
          label={t('stage.competitiveness.screen.strategy.drawsInput')}
          min={100}
          max={20_000}
          step={1000}
          value={draws}
          onChange={(value) => useCompetitiveness.setState({ draws: value })}
          data-testid="competitiveness-strategy-draws"
        />
        <NumberField
          label={t('stage.competitiveness.screen.strategy.seed')}
          min={0}
          max={4294967295}
          value={seed}
          onChange={(value) => useCompetitiveness.setState({ seed: value })}
        />
      </div>
      <MustBeList mustBe={choice.limits.mustBe} needs={needs} onChange={(mustBe) => limit({ mustBe })} />
      <OtherStrategies
        others={choice.others}
        needs={needs}
        experiments={experiments}
        onChange={(others) => change({ others })}
      />
    </Card>
  );
}
