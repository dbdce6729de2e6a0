import { Button, InputNumber, Select } from 'antd';
import type { StrategyChoice } from '../../../../shared/stages/competitiveness/strategy/choice.ts';
import { useT } from '../../../app/language.ts';

type MustBe = StrategyChoice['limits']['mustBe'];

interface Props {
  readonly mustBe: MustBe;
  readonly needs: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (mustBe: MustBe) => void;
}

const PERCENT = 100;
const DEFAULT_MINIMUM = 0.8;

/** Needs on which a strategy must reach an accuracy, or it is out. */
export function MustBeList({ mustBe, needs, onChange }: Props) {
  const t = useT();
  const free = needs.filter(({ value }) => !mustBe.some(({ needId }) => needId === value));
  return (
    <section className="settings-part">
      <h3>{t('stage.competitiveness.screen.strategy.mustBe')}</h3>
      {mustBe.map((entry, index) => (
        <div key={entry.needId} className="form-row">
          <Select
            className="form-wide"
            value={entry.needId}
            options={needs.filter(({ value }) => value === entry.needId || free.some((need) => need.value === value))}
            aria-label={t('stage.competitiveness.screen.strategy.mustBeNeed')}
            onChange={(needId: string) => onChange(mustBe.map((old, at) => (at === index ? { ...old, needId } : old)))}
          />
          <InputNumber
            min={0}
            max={PERCENT}
            suffix="%"
            value={Math.round(entry.minimumAccuracy * PERCENT)}
            aria-label={t('stage.competitiveness.screen.strategy.mustBeMinimum')}
            onChange={(value) =>
              value !== null &&
              onChange(mustBe.map((old, at) => (at === index ? { ...old, minimumAccuracy: value / PERCENT } : old)))
            }
          />
          <Button size="small" type="text" onClick={() => onChange(mustBe.filter((_, at) => at !== index))}>
            {t('stage.competitiveness.screen.strategy.remove')}
          </Button>
        </div>
      ))}
      {free[0] !== undefined && (
        <Button
          size="small"
          onClick={() =>
            free[0] !== undefined && onChange([...mustBe, { needId: free[0].value, minimumAccuracy: DEFAULT_MINIMUM }])
          }
          data-testid="competitiveness-strategy-must-be-add"
        >
          {t('stage.competitiveness.screen.strategy.mustBeAdd')}
        </Button>
      )}
    </section>
  );
}
