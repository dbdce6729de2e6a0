import { Button, InputNumber, Select } from 'antd';
import {
  LIMIT_RULES,
  LIMIT_TESTS,
  type LimitTest,
  type ScenarioLimit,
} from '../../../../shared/stages/adaptation/limits.ts';
import { useT } from '../../../app/language.ts';
import { limitName } from '../words.ts';
import { OriginChip } from './OriginChip.tsx';

interface Props {
  readonly limits: readonly ScenarioLimit[];
  readonly needIds: readonly string[];
  readonly needs: ReadonlyMap<string, string>;
  readonly onChange: (limits: ScenarioLimit[]) => void;
  readonly onSuggest: () => void;
}

const PERCENT = 100;
/** A first value for a limit that is added by hand. */
const FIRST_VALUE: Record<'share' | 'milliseconds' | 'megabytes', number> = {
  share: 0.9,
  milliseconds: 300,
  megabytes: 1000,
};
const FIRST_AT_MOST = 0.1;

/** The bounds that tests are held against, each with where it comes from; a changed one is set by the analyst. */
export function LimitTable({ limits, needIds, needs, onChange, onSuggest }: Props) {
  const t = useT();
  const change = (index: number, value: number) =>
    onChange(limits.map((limit, at) => (at === index ? { ...limit, value, origin: { type: 'analyst' } } : limit)));
  const free = [
    ...LIMIT_TESTS.filter((test) => test !== 'needAccuracy' && !limits.some((limit) => limit.test === test)).map(
      (test) => ({ value: test as string, label: limitName(t, test, null, needs) }),
    ),
    ...needIds
      .filter((needId) => !limits.some((limit) => limit.needId === needId))
      .map((needId) => ({ value: `need ${needId}`, label: limitName(t, 'needAccuracy', needId, needs) })),
  ];
  const add = (chosen: string) => {
    const needId = chosen.startsWith('need ') ? chosen.slice('need '.length) : null;
    const test: LimitTest = needId === null ? (LIMIT_TESTS.find((id) => id === chosen) ?? 'accuracy') : 'needAccuracy';
    const { unit, direction } = LIMIT_RULES[test];
    const value = unit === 'share' && direction === 'at-most' ? FIRST_AT_MOST : FIRST_VALUE[unit];
    onChange([...limits, { test, needId, value, origin: { type: 'analyst' } }]);
  };
  return (
    <section className="settings-part">
      <div className="card-head">
        <h3>{t('stage.adaptation.screen.form.limits')}</h3>
        <Button size="small" onClick={onSuggest} data-testid="adaptation-limits-suggest">
          {t('stage.adaptation.screen.form.suggest')}
        </Button>
      </div>
      <p className="muted">{t('stage.adaptation.screen.form.limitsHint')}</p>
      {limits.length === 0 ? (
        <p className="attention-words">▲ {t('stage.adaptation.screen.form.limitsNone')}</p>
      ) : (
        <table className="plain-table limit-table">
          <thead>
            <tr>
              <th>{t('stage.adaptation.screen.form.limit')}</th>
              <th>{t('stage.adaptation.screen.form.bound')}</th>
              <th>{t('stage.adaptation.screen.form.origin')}</th>
              <th aria-label={t('stage.adaptation.screen.scenarios.remove')} />
            </tr>
          </thead>
          <tbody>
            {limits.map((limit, index) => {
              const { unit, direction } = LIMIT_RULES[limit.test];
              const scale = unit === 'share' ? PERCENT : 1;
              const name = limitName(t, limit.test, limit.needId, needs);
              return (
                <tr key={`${limit.test} ${limit.needId}`}>
                  <td title={t(`stage.adaptation.screen.limitHint.${limit.test}`)}>{name}</td>
                  <td>
                    <span className="inline-field number">
                      {t(`stage.adaptation.screen.limitSide.${direction}`)}
                      <InputNumber
                        size="small"
                        min={0}
                        {...(unit === 'share' ? { max: PERCENT } : {})}
                        value={Number((limit.value * scale).toPrecision(6))}
                        suffix={unit === 'share' ? '%' : t(`unit.${unit}`)}
                        aria-label={name}
                        onChange={(value) => value !== null && change(index, value / scale)}
                      />
                    </span>
                  </td>
                  <td>
                    <OriginChip origin={limit.origin} needs={needs} />
                  </td>
                  <td>
                    <Button
                      size="small"
                      type="text"
                      aria-label={`${t('stage.adaptation.screen.scenarios.remove')} ${name}`}
                      onClick={() => onChange(limits.filter((_, at) => at !== index))}
                    >
                      ✕
                    </Button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {free.length > 0 && (
        <Select
          size="small"
          className="form-wide"
          value={null}
          placeholder={`+ ${t('stage.adaptation.screen.form.addLimit')}`}
          aria-label={t('stage.adaptation.screen.form.addLimit')}
          options={free}
          onChange={(chosen: string) => add(chosen)}
        />
      )}
    </section>
  );
}
