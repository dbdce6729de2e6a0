import { InputNumber, Select } from 'antd';
import { formatNumber } from '../../../../shared/i18n/number.ts';
import type { ErrorCost, Scenario } from '../../../../shared/stages/adaptation/results.ts';
import { useT } from '../../../app/language.ts';

interface Props {
  readonly classes: readonly { readonly value: string; readonly rows: number }[];
  readonly costs: readonly ErrorCost[];
  readonly labelMap: Scenario['labelMap'];
  /** Classes that the trained models know. */
  readonly modelLabels: readonly string[];
  readonly onCosts: (costs: ErrorCost[]) => void;
  readonly onMap: (map: Scenario['labelMap']) => void;
}

const SAME = '=';
const NONE = '-';

/** What passing over a class and wrongly naming it costs; and what the model calls it, where the names differ. */
export function CostTable({ classes, costs, labelMap, modelLabels, onCosts, onMap }: Props) {
  const t = useT();
  const needsMap =
    labelMap !== null || (modelLabels.length > 0 && classes.some(({ value }) => !modelLabels.includes(value)));
  const change = (label: string, part: Partial<ErrorCost>) =>
    onCosts(costs.map((entry) => (entry.label === label ? { ...entry, ...part } : entry)));
  const mapped = (label: string) => {
    const entry = labelMap?.find((candidate) => candidate.label === label);
    if (entry === undefined) return modelLabels.includes(label) ? SAME : NONE;
    return entry.modelLabel ?? NONE;
  };
  const map = (label: string, chosen: string) =>
    onMap(
      classes.map(({ value }) => {
        const to = value === label ? chosen : mapped(value);
        return { label: value, modelLabel: to === NONE ? null : to === SAME ? value : to };
      }),
    );
  return (
    <section className="settings-part">
      <h3>{t('stage.adaptation.screen.form.costs')}</h3>
      <p className="muted">{t('stage.adaptation.screen.form.costsHint')}</p>
      {classes.length === 0 ? (
        <p className="muted">{t('stage.adaptation.screen.form.classesNone')}</p>
      ) : (
        <div className="cost-scroll">
          <table className="plain-table">
            <thead>
              <tr>
                <th>{t('stage.adaptation.screen.form.class')}</th>
                <th>{t('stage.adaptation.screen.form.rows')}</th>
                <th>{t('stage.adaptation.screen.form.miss')}</th>
                <th>{t('stage.adaptation.screen.form.falseAlarm')}</th>
                {needsMap && <th>{t('stage.adaptation.screen.form.modelLabel')}</th>}
              </tr>
            </thead>
            <tbody>
              {classes.map(({ value, rows }) => {
                const cost = costs.find((entry) => entry.label === value);
                return (
                  <tr key={value}>
                    <td>{value}</td>
                    <td className="number muted">{formatNumber(rows)}</td>
                    {(['miss', 'falseAlarm'] as const).map((part) => (
                      <td key={part}>
                        <InputNumber
                          size="small"
                          min={0}
                          value={cost?.[part] ?? 1}
                          aria-label={`${value} ${t(`stage.adaptation.screen.form.${part}`)}`}
                          onChange={(entered) => entered !== null && change(value, { [part]: entered })}
                        />
                      </td>
                    ))}
                    {needsMap && (
                      <td>
                        <Select
                          size="small"
                          className="form-medium"
                          value={mapped(value)}
                          aria-label={`${value} ${t('stage.adaptation.screen.form.modelLabel')}`}
                          options={[
                            ...(modelLabels.includes(value)
                              ? [{ value: SAME, label: t('stage.adaptation.screen.form.sameName') }]
                              : []),
                            { value: NONE, label: t('stage.adaptation.screen.form.noSuchClass') },
                            ...modelLabels.filter((label) => label !== value).map((label) => ({ value: label, label })),
                          ]}
                          onChange={(chosen) => map(value, chosen)}
                        />
                      </td>
                    )}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
