import { InputNumber, Select } from 'antd';
import type { ExperimentMetric } from '../../../../shared/stages/competitiveness/experiment/results.ts';
import { useT } from '../../../app/language.ts';

type Fields = Pick<ExperimentMetric, 'type' | 'direction' | 'role' | 'scale' | 'needId'>;

interface Props {
  readonly metric: Fields;
  readonly needs: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (part: Partial<Fields>) => void;
}

const TYPES = ['proportion', 'mean'] as const;
const DIRECTIONS = ['up', 'down'] as const;
const ROLES = ['primary', 'secondary', 'guardrail'] as const;

/** How a metric is read: share or mean, which way is better, what it decides, its scale, the need that it speaks for. */
export function MetricFields({ metric, needs, onChange }: Props) {
  const t = useT();
  const { scale } = metric;
  return (
    <>
      <Select
        size="small"
        value={metric.type}
        aria-label={t('stage.competitiveness.screen.experiments.metricType')}
        options={TYPES.map((value) => ({ value, label: t(`stage.competitiveness.screen.experiments.type.${value}`) }))}
        onChange={(type) => onChange(type === 'proportion' ? { type, scale: null } : { type })}
      />
      <Select
        size="small"
        value={metric.direction}
        aria-label={t('stage.competitiveness.screen.experiments.directionLabel')}
        options={DIRECTIONS.map((value) => ({
          value,
          label: t(`stage.competitiveness.screen.experiments.direction.${value}`),
        }))}
        onChange={(direction) => onChange({ direction })}
      />
      <Select
        size="small"
        value={metric.role}
        aria-label={t('stage.competitiveness.screen.experiments.roleLabel')}
        options={ROLES.map((value) => ({ value, label: t(`stage.competitiveness.screen.experiments.role.${value}`) }))}
        onChange={(role) => onChange({ role })}
      />
      <Select
        size="small"
        className="metric-need"
        value={metric.needId ?? ''}
        aria-label={t('stage.competitiveness.screen.experiments.need')}
        options={[{ value: '', label: t('stage.competitiveness.screen.experiments.needNone') }, ...needs]}
        onChange={(needId: string) => onChange({ needId: needId === '' ? null : needId })}
      />
      {metric.type === 'mean' && (
        <span className="metric-scale">
          <span className="muted">{t('stage.competitiveness.screen.experiments.scale')}</span>
          <InputNumber
            size="small"
            controls={false}
            value={scale?.low ?? null}
            placeholder={t('stage.competitiveness.screen.experiments.scaleNone')}
            aria-label={t('stage.competitiveness.screen.experiments.low')}
            onChange={(low) =>
              onChange({ scale: low === null ? null : { low, high: Math.max(scale?.high ?? low + 1, low) } })
            }
          />
          –
          <InputNumber
            size="small"
            controls={false}
            value={scale?.high ?? null}
            placeholder={t('stage.competitiveness.screen.experiments.scaleNone')}
            aria-label={t('stage.competitiveness.screen.experiments.high')}
            onChange={(high) =>
              onChange({ scale: high === null ? null : { low: Math.min(scale?.low ?? 0, high), high } })
            }
          />
        </span>
      )}
    </>
  );
}
